//! The two versions are compared by a label in which they always differ.
//!
//! ## What
//! A metric with `relative_to: baseline` keeps a label in `by` that `scope.canary` and `scope.baseline` set to different
//! values.
//!
//! ## Why
//! Each value of the new version is compared with the one of the other version that has the same labels. There is none, so
//! that the difference has no value, and an alert that never fires looks just like a healthy system.
//!
//! ## Bad
//! ```yaml
//! scope:
//!   canary:   { track: canary }
//!   baseline: { track: stable }
//! metrics:
//!   queue:
//!     title: Queue
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     by: [region, track]
//!     relative_to: baseline
//!     normal:   { max: +10 }
//!     rollback: { above: +50 }
//! ```
//!
//! ## Good
//! ```yaml
//! scope:
//!   canary:   { track: canary }
//!   baseline: { track: stable }
//! metrics:
//!   queue:
//!     title: Queue
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     by: [region]
//!     relative_to: baseline
//!     normal:   { max: +10 }
//!     rollback: { above: +50 }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::promql::{Judge, MatchOp};
use crate::spec::Spec;
use crate::spec::matcher::Matcher;
use crate::spec::metric::{Metric, Reach, Reference};
use crate::spec::shape::Text;

/// The lint.
pub static LINT: Lint =
    Lint::new("never-compared", Severity::Error, include_str!("never_compared.rs"), Check::Release(check));

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in &spec.metrics {
        let relative = metric.relative.as_ref().map(|relative| &relative.reference);
        let (Some(Reference::Baseline), Reach::Release { canary, baseline: Some(baseline) }) =
            (relative, &metric.reach)
        else {
            continue;
        };
        sink.extend(metric.by.iter().filter_map(|label| differs(metric, label, canary, baseline)));
    }
}

/// What there is to say of a label in which the two versions differ.
fn differs(metric: &Metric, label: &Text, canary: &[Matcher], baseline: &[Matcher]) -> Option<Diagnostic> {
    let of = |scope: &[Matcher]| -> Vec<Matcher> {
        scope.iter().filter(|matcher| matcher.label.value == label.value).cloned().collect()
    };
    let (ours, theirs) = (of(canary), of(baseline));
    (excludes(&ours, &theirs) || excludes(&theirs, &ours)).then(|| finding(metric, label, &ours, &theirs))
}

/// Whether one side has a single value that the other does not take.
fn excludes(one: &[Matcher], other: &[Matcher]) -> bool {
    let judges: Vec<Judge> = other.iter().map(Matcher::told).filter_map(Judge::new).collect();
    let single = one.iter().filter(|matcher| matcher.op == MatchOp::Equal);
    single.into_iter().any(|matcher| judges.iter().any(|judge| !judge.takes(&matcher.value)))
}

fn finding(metric: &Metric, label: &Text, ours: &[Matcher], theirs: &[Matcher]) -> Diagnostic {
    let (id, name) = (&metric.id.value, &label.value);
    LINT.finding(format!("`{id}` is never compared: the two versions never have the same `{name}`"))
        .label(label.span, "a label that both sides must share")
        .labels(ours.iter().map(|matcher| (matcher.span, "the new version".to_owned())))
        .labels(theirs.iter().map(|matcher| (matcher.span, "the one that it replaces".to_owned())))
        .help(format!("take `{name}` out of `by`"))
}
