//! Going back takes longer than the promise allows for an outage.
//!
//! ## What
//! A metric is a share of good or bad events, or a query for a share of good ones, and has a `target` with `over`.
//! Whoever promises 99.9 % over a day may be down for 86 seconds of it. A finding tells that `rollback.within` alone is
//! longer than that. The ways back under `modes` are chosen by people and not judged, and the time until the fault is
//! seen comes on top.
//!
//! ## Why
//! One outage, found at once and rolled back in time, then breaks the promise. Either the promise can't be kept in the
//! way that is planned, or the way back must be quicker.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 0.05% }
//!     warn:     { above: 1% }
//!     rollback: { above: 5% }
//!     target:   { max: 0.1%, over: 24h }
//! rollback:
//!   within: 10m
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 0.05% }
//!     warn:     { above: 1% }
//!     rollback: { above: 5% }
//!     target:   { max: 0.1%, over: 30d }
//! rollback:
//!   within: 10m
//! ```

use super::{Check, Context, Lint, shared, words};
use crate::diag::{Severity, Sink};
use crate::ladder::{Bound, Side};
use crate::quantity::{Duration, Number, Unit};
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Metric, Share};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "availability-budget",
    Severity::Warning,
    include_str!("availability_budget.rs"),
    Check::Release(check),
);

/// A promise that leaves less time than the way back takes.
struct Broken<'a> {
    id: &'a str,
    end: &'a Bound,
    over: &'a Duration,
    allowed: Duration,
}

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let Some(within) = spec.rollback.as_ref().and_then(|rollback| rollback.within.as_ref()) else { return };
    let promises = spec.metrics.iter().flat_map(promises);
    let broken: BTreeMap<_, _> = promises
        .filter(|promise| promise.allowed < within.value)
        .map(|promise| (promise.end.span, promise))
        .collect();
    let Some(least) = broken.values().min_by_key(|promise| promise.allowed.millis()) else { return };
    let mut ids: Vec<_> = broken.values().map(|promise| promise.id).collect();
    ids.dedup();
    let promises = if ids.len() == 1 { "the promise" } else { "the promises" };
    let finding = LINT
        .finding(format!(
            "going back takes up to {}, and {promises} of {} leave{} only {} of an outage",
            within.text(),
            words::all_of(&ids),
            if ids.len() == 1 { "s" } else { "" },
            least.allowed.to_canonical()
        ))
        .label(within.span, "longer than that")
        .labels(broken.values().map(|promise| (promise.end.span, label(promise))))
        .help("make the way back quicker, or promise what can be kept: a longer `over`, or a looser end");
    sink.push(finding);
}

fn label(promise: &Broken<'_>) -> String {
    format!("{} over {} allows {}", promise.end.text, promise.over.text(), promise.allowed.to_canonical())
}

/// The promises of a metric, each with the time for which everything may fail until it is broken.
fn promises(metric: &Metric) -> Vec<Broken<'_>> {
    let Some(side) = bad_side(metric) else { return Vec::new() };
    let targets = shared::active(metric).filter_map(|case| case.limits.target.as_ref());
    targets
        .filter_map(|target| {
            let over = &target.over.as_ref()?.value;
            let end = match side {
                Side::Above => target.range.max.as_ref()?,
                Side::Below => target.range.min.as_ref()?,
            };
            Some(Broken { id: &metric.id.value, end, over, allowed: allowed(metric.unit, side, end, over)? })
        })
        .collect()
}

/// On which side a share is bad when everything fails; `None` where the metric is no share of what works.
fn bad_side(metric: &Metric) -> Option<Side> {
    let share = matches!(metric.unit, Unit::Ratio | Unit::Percent) && metric.relative.is_none();
    match &metric.measurement {
        Measurement::Ratio { share: Share::Bad, .. } => Some(Side::Above),
        Measurement::Ratio { share: Share::Good, .. } | Measurement::Query(_) => Some(Side::Below),
        _ => None,
    }
    .filter(|_| share)
}

/// A minute in milliseconds.
const MINUTE: u64 = 60_000;

/// The share of bad events that is promised, of the time for which it is.
fn allowed(unit: Unit, side: Side, end: &Bound, over: &Duration) -> Option<Duration> {
    let whole = Number::from_integer(if unit == Unit::Percent { 100 } else { 1 });
    let bad = match side {
        Side::Above => end.value,
        Side::Below => whole.checked_sub(&end.value)?,
    };
    let millis =
        bad.checked_div(&whole)?.checked_mul(&over.seconds())?.checked_mul(&Number::from_integer(1_000))?;
    let (top, bottom) = millis.as_fraction();
    let millis = u64::try_from(top / bottom).ok()?;
    // Nobody counts an outage in milliseconds; whole seconds are enough but for the shortest.
    Duration::from_millis(if millis < MINUTE { millis } else { millis / 1_000 * 1_000 })
}
