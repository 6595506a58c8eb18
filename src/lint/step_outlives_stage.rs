//! A step takes longer than its stage lasts.
//!
//! ## What
//! `takes` of a step under `steps` of a stage is longer than the stage's `lasts`; where that is a range, longer than its `max`.
//!
//! ## Why
//! By the timetable the next stage begins while this step is still being done.
//!
//! ## Bad
//! ```yaml
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 1h
//!     steps: [ { do: Copy the images, takes: 3h } ]
//!     approve: lead
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```
//!
//! ## Good
//! ```yaml
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 1d
//!     steps: [ { do: Copy the images, takes: 3h } ]
//!     approve: lead
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::spec::Spec;
use crate::spec::step::Step;

/// The lint.
pub static LINT: Lint = Lint::new(
    "step-outlives-stage",
    Severity::Warning,
    include_str!("step_outlives_stage.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for stage in &spec.stages {
        let Some(lasts) = stage.lasts.as_ref().map(|lasts| &lasts.max) else { continue };
        let steps = stage.steps.iter().flatten().flat_map(Step::with_items);
        // A stage of no time is a finding of its own.
        let long = steps.filter_map(|step| step.0.takes.as_ref()).filter(|takes| takes.value > lasts.value);
        for takes in long.filter(|_| !lasts.value.is_zero()) {
            let finding = LINT
                .finding(format!(
                    "a step of stage `{}` takes {}, and the stage lasts only {}",
                    stage.id(),
                    takes.text(),
                    lasts.text()
                ))
                .label(takes.span, "longer than the stage")
                .label(lasts.span, "the stage lasts no longer")
                .help(format!("let the stage last more than {}, or do the step before it", takes.text()));
            sink.push(finding);
        }
    }
}
