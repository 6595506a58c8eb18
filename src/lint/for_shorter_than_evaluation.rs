//! A `for` is shorter than the time between two evaluations of the rules.
//!
//! ## What
//! A level's `for` is shorter than the evaluation interval (30s, unless `relspec.yaml` says otherwise), and is not `0s`.
//!
//! ## Why
//! Rules are only looked at once in an interval. A shorter `for` lasts a whole interval in truth, so the number says
//! what does not happen.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: { above: 1000, for: 10s }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: { above: 1000, for: 0s }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::source::Span;
use crate::spec::Spec;
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "for-shorter-than-evaluation",
    Severity::Warning,
    include_str!("for_shorter_than_evaluation.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    let evaluation = &context.config.evaluation;
    let mut short: BTreeMap<Span, Vec<shared::Wait<'_>>> = BTreeMap::new();
    for wait in shared::waits(spec, context) {
        if !wait.lasts.duration.is_zero() && wait.lasts.duration < *evaluation {
            short.entry(wait.place).or_default().push(wait);
        }
    }
    for (place, waits) in short {
        let Some(first) = waits.first() else { continue };
        let (text, every) = (first.lasts.duration.text(), evaluation.to_canonical());
        let finding = LINT
            .finding(format!("{} is shorter than the {every} between two evaluations", shared::who(&waits)))
            .label(place, format!("in truth {every}"))
            .labels(shared::others(&waits))
            .help(format!("write `0s` for \"at once\", or `{every}` or more; {text} is never kept"));
        sink.push(finding);
    }
}
