//! A level begins exactly where normal ends.
//!
//! ## What
//! The first level beyond `normal` has the same number as the end of `normal`. That is legal, since normal includes
//! its end and a level does not include its bound, but there is no room between the two. A natural edge such as no
//! error at all or 100 % is fine.
//!
//! ## Why
//! A value that sits at the end of its usual range, where it may be any day, raises the alert with its smallest move.
//! People learn to ignore such an alert.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     warn:     { above: 1% }
//!     rollback: { above: 5% }
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
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::{RungBound, Side};
use crate::quantity::{Number, Unit};
use crate::spec::Spec;
use crate::spec::metric::Metric;
use std::collections::BTreeSet;

/// The lint.
pub static LINT: Lint =
    Lint::new("no-headroom", Severity::Warning, include_str!("no_headroom.rs"), Check::Release(check));

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in &spec.metrics {
        let mut seen = BTreeSet::new();
        for (end, first) in shared::active(metric).flat_map(|case| case.limits.ladder.no_headroom()) {
            if !is_natural_edge(metric, &end) && seen.insert((end.bound.span, first.bound.span)) {
                sink.push(finding(metric, &end, &first));
            }
        }
    }
}

/// No error at all, or all there is: nothing lies between such an edge and the first bad value.
fn is_natural_edge(metric: &Metric, end: &RungBound) -> bool {
    let all = match metric.unit {
        Unit::Ratio => Some(Number::ONE),
        Unit::Percent => Some(Number::from_integer(100)),
        _ => None,
    };
    let value = end.bound.value;
    metric.relative.is_none()
        && match end.side {
            Side::Above => value.is_zero(),
            Side::Below => all == Some(value),
        }
}

fn finding(metric: &Metric, end: &RungBound, first: &RungBound) -> Diagnostic {
    let (id, level, value) = (&metric.id.value, first.rung.name(), &first.bound.text);
    let farther = if first.side == Side::Above { "higher" } else { "lower" };
    let nearer = if first.side == Side::Above { "lower" } else { "higher" };
    LINT.finding(format!("`{level}` of `{id}` begins exactly where normal ends, at {value}"))
        .label(first.bound.span, format!("`{level}` begins here"))
        .label(end.bound.span, "normal ends here")
        .help(format!(
            "leave room between the two: a {farther} `{level}.{}`, or a {nearer} `normal.{}`",
            first.key(),
            end.key()
        ))
}
