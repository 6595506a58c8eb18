//! A scenario says when it is there and not what to do.
//!
//! ## What
//! A scenario has neither `steps` nor `rollback_if`. `diagnose` alone finds out and changes nothing.
//!
//! ## Why
//! A scenario is read in trouble. One that ends with a diagnosis leaves the reader where the alert left them.
//!
//! ## Bad
//! ```yaml
//! scenarios:
//!   disk-full:
//!     when: { metric: failed_uploads, level: rollback }
//!     diagnose: [ Which disk is it? ]
//! ```
//!
//! ## Good
//! ```yaml
//! scenarios:
//!   disk-full:
//!     when: { metric: failed_uploads, level: rollback }
//!     diagnose: [ Which disk is it? ]
//!     steps: [ Delete old images. ]
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::spec::Spec;
use crate::spec::scenario::Scenario;

/// The lint.
pub static LINT: Lint = Lint::new(
    "scenario-without-steps",
    Severity::Warning,
    include_str!("scenario_without_steps.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for row in spec.scenarios.iter().filter(|row| spec.whole && says_nothing(&row.value)) {
        let finding = LINT
            .finding(format!("scenario `{}` does not say what to do", row.key.value))
            .label(row.key.span, "neither `steps` nor `rollback_if`")
            .help("write its `steps`; where going back is the answer, say when: `rollback_if: …`");
        sink.push(finding);
    }
}

fn says_nothing(scenario: &Scenario) -> bool {
    scenario.steps.as_ref().is_none_or(Vec::is_empty) && scenario.rollback_if.is_none()
}
