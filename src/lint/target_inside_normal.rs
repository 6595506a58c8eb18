//! The promise is tighter than the usual range.
//!
//! ## What
//! `target` lies inside `normal`: values that are usual already break the promise.
//!
//! ## Why
//! Usually the two were mixed up: the promise stands under `normal`, or what is usual was guessed. Nothing warns when
//! the promise is broken, since no level begins before normal ends.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 2% }
//!     warn:     { above: 3% }
//!     rollback: { above: 5% }
//!     target:   { max: 1%, over: 24h }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5% }
//!     target:   { max: 3%, over: 24h }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::{Bound, Side, TargetPosition};
use crate::spec::Spec;
use crate::spec::metric::{Limits, Metric};

/// The lint.
pub static LINT: Lint = Lint::new(
    "target-inside-normal",
    Severity::Warning,
    include_str!("target_inside_normal.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in &spec.metrics {
        for (limits, side, end) in shared::targets_at(metric, TargetPosition::InsideNormal) {
            sink.push(finding(metric, limits, side, end));
        }
    }
}

fn finding(metric: &Metric, limits: &Limits, side: Side, end: &Bound) -> Diagnostic {
    let (id, key, promise) = (&metric.id.value, side.end_name(), &end.text);
    let found = LINT
        .finding(format!("the promise of `{id}`, `target.{key}: {promise}`, is tighter than what is normal"))
        .label(end.span, "broken while the value is normal");
    let Some(normal) = limits.ladder.normal().end(side) else { return found };
    found.label(normal.span, "usual values reach to here").help(format!(
        "exchange the two if they were mixed up; else write a `normal.{key}` that is kept on an ordinary day, no farther \
         than {promise}"
    ))
}
