//! The promise is about a side on which nothing is bad.
//!
//! ## What
//! `target` has an end on a side that neither `normal` nor a level watches: a `min` where high values are bad, or a
//! `max` where low ones are.
//!
//! ## Why
//! The direction of a metric follows from its numbers, and all of them must agree. A promise on the other side is
//! usually one about the opposite metric: 99 % success beside a metric that counts failures.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//!     target:   { min: 99%, over: 24h }
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
//!     rollback: { above: 5% }
//!     target:   { max: 1%, over: 24h }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Sink};
use crate::ladder::{Bound, Side, TargetPosition};
use crate::spec::Spec;
use crate::spec::metric::{Limits, Metric};

/// The lint.
pub static LINT: Lint =
    Lint::law("target-on-wrong-side", include_str!("target_on_wrong_side.rs"), Check::Release(check));

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in &spec.metrics {
        for (limits, side, end) in shared::targets_at(metric, TargetPosition::WrongSide) {
            sink.push(finding(metric, limits, side, end));
        }
    }
}

fn finding(metric: &Metric, limits: &Limits, side: Side, end: &Bound) -> Diagnostic {
    let other = if side == Side::Above { Side::Below } else { Side::Above };
    let (id, key, promise) = (&metric.id.value, side.end_name(), &end.text);
    let bad = if other == Side::Above { "high" } else { "low" };
    let found = LINT
        .finding(format!("`target.{key}: {promise}` is on the harmless side: {bad} values of `{id}` are bad"))
        .label(end.span, "nothing is bad on this side");
    let watched = limits.ladder.line(other).into_iter().next();
    let found = match watched {
        Some(first) => found.label(first.bound.span, format!("{bad} values are bad because of this")),
        None => found,
    };
    found.help(format!("write the promise as `target: {{ {}: … }}`", other.end_name()))
}
