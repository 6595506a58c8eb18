//! A stage lasts no time at all.
//!
//! ## What
//! `lasts: 0s` of a stage, in any unit.
//!
//! ## Why
//! Alerts and gates need time to see anything. What goes wrong at such a stage is first seen at the next one, with more of the
//! traffic.
//!
//! ## Bad
//! ```yaml
//! stages:
//!   - { id: canary-5, traffic: 5%, lasts: 0h, approve: lead }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```
//!
//! ## Good
//! ```yaml
//! stages:
//!   - { id: canary-5, traffic: 5%, lasts: 2h, approve: lead }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::spec::Spec;

/// The lint.
pub static LINT: Lint = Lint::new(
    "stage-without-time",
    Severity::Warning,
    include_str!("stage_without_time.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for stage in &spec.stages {
        let Some(lasts) = stage.shortest().filter(|lasts| lasts.value.is_zero()) else { continue };
        sink.push(
            LINT.finding(format!("stage `{}` lasts no time, so that nothing can be seen in it", stage.id()))
                .label(lasts.span, "no time")
                .help("say how long it lasts, or leave `lasts` away where a person ends it (`approve`)"),
        );
    }
}
