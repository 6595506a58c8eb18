//! The promise is broken only when everything has been given up.
//!
//! ## What
//! `target` lies where rollback begins, or beyond.
//!
//! ## Why
//! A promise that outlasts the rollback says nothing: the release goes back before it is broken. One of the two
//! numbers is wrong.
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
//!     target:   { max: 10%, over: 24h }
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
//!     target:   { max: 2%, over: 24h }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Sink};
use crate::ladder::{Bound, Level, Side, TargetPosition};
use crate::spec::Spec;
use crate::spec::metric::{Limits, Metric};

/// The lint.
pub static LINT: Lint =
    Lint::law("target-beyond-rollback", include_str!("target_beyond_rollback.rs"), Check::Release(check));

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in &spec.metrics {
        for (limits, side, end) in shared::targets_at(metric, TargetPosition::AtRollback) {
            sink.push(finding(metric, limits, side, end));
        }
    }
}

fn finding(metric: &Metric, limits: &Limits, side: Side, end: &Bound) -> Diagnostic {
    let (id, key, promise) = (&metric.id.value, side.end_name(), &end.text);
    let found = LINT
        .finding(format!("the promise of `{id}`, `target.{key}: {promise}`, is broken only after rollback began"))
        .label(end.span, "broken beyond this");
    let Some(rollback) = limits.ladder.mildest(Level::Rollback, side) else { return found };
    let short = if side == Side::Above { "below" } else { "above" };
    found
        .label(rollback.span, "rollback begins here")
        .help(format!("write a `target.{key}` {short} {}, or roll back later", rollback.text))
}
