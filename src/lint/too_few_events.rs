//! So few events are asked for that a single one decides.
//!
//! ## What
//! - With `min_events`: one event among so many already passes the mildest bound (`min_events` times the bound is less
//!   than 1), or there are too few for the quantile (a P99 needs 100).
//! - Without: the mildest bound of a ratio is below 1 %, or the quantile lies beyond P99.
//!
//! A bound of 0, which one event is meant to pass, is fine.
//!
//! ## Why
//! With 50 requests in the window, one failure is 2 %. In the night, or with a small canary, an alert at 0.5 % is then an
//! alert for every single failure, and people learn to ignore it.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     min_events: 50
//!     normal:   { max: 0.2% }
//!     warn:     { above: 0.5% }
//!     rollback: { above: 2% }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     min_events: 200
//!     normal:   { max: 0.2% }
//!     warn:     { above: 0.5% }
//!     rollback: { above: 2% }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::{Bound, Level, Side};
use crate::quantity::{Number, Unit};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Limits, Measurement, Metric, Share};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint =
    Lint::new("too-few-events", Severity::Warning, include_str!("too_few_events.rs"), Check::Release(check));

/// The greatest number of events that a ratio or quantile without `min_events` may need.
const PLENTY: i64 = 100;

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in spec.metrics.iter().filter(|metric| metric.alerts() && metric.relative.is_none()) {
        let mut found: BTreeMap<Span, Diagnostic> = BTreeMap::new();
        for case in shared::active(metric) {
            let (place, finding) = match &metric.measurement {
                Measurement::Ratio { share, .. } => ratio(metric, *share, &case.limits).unzip(),
                Measurement::Quantile { q, .. } => quantile(metric, &q.value, q.span, &case.limits).unzip(),
                _ => (None, None),
            };
            if let (Some(place), Some(finding)) = (place, finding) {
                found.entry(place).or_insert(finding);
            }
        }
        sink.extend(found.into_values());
    }
}

/// How many events a bound needs before more than one of them must be bad.
fn needed(part: &Number) -> Option<u64> {
    let (top, bottom) = Number::ONE.checked_div(part)?.as_fraction();
    u64::try_from(top.checked_add(bottom)?.checked_sub(1)?.checked_div(bottom)?).ok()
}

/// The mildest bound that is reached first, with the share of bad events at it.
fn mildest(metric: &Metric, share: Share, limits: &Limits) -> Option<(Level, Bound, Number)> {
    let side = if share == Share::Bad { Side::Above } else { Side::Below };
    let bound = |level| Some((level, limits.ladder.mildest(level, side)?.clone()));
    let (level, bound) = Level::ALL.into_iter().find_map(bound)?;
    let all = if metric.unit == Unit::Percent { Number::from_integer(100) } else { Number::ONE };
    let part = bound.value.checked_div(&all)?;
    let bad = if share == Share::Bad { part } else { Number::ONE.checked_sub(&part)? };
    (!bad.is_zero() && !bad.is_negative()).then_some((level, bound, bad))
}

fn ratio(metric: &Metric, share: Share, limits: &Limits) -> Option<(Span, Diagnostic)> {
    let (level, bound, bad) = mildest(metric, share, limits)?;
    let needed = needed(&bad)?;
    let (id, text, level) = (&metric.id.value, &bound.text, level.name());
    let found = match &limits.min_events {
        Some(events) if events.value < needed => {
            let events = (events.span, events.value);
            LINT.finding(format!("one bad event in {} passes {level} of `{id}`, at {text}", events.1))
                .label(events.0, format!("{needed} are needed"))
                .label(bound.span, "the mildest bound")
        }
        None if i64::try_from(needed).is_ok_and(|needed| needed > PLENTY) => {
            LINT.finding(format!("with fewer than {needed} events one bad one passes {level} of `{id}`, at {text}"))
                .label(bound.span, "however few events there are")
        }
        _ => return None,
    };
    Some((bound.span, found.help(format!("write `min_events: {needed}` or more"))))
}

fn quantile(metric: &Metric, q: &Number, place: Span, limits: &Limits) -> Option<(Span, Diagnostic)> {
    let rest = Number::ONE.checked_sub(q)?;
    // The lower quantiles need as many as the upper ones: a P1 is the P99 of the other end.
    let needed = needed(if rest < *q { &rest } else { q })?;
    let (id, name) = (&metric.id.value, crate::plan::names::quantile(q));
    let found = match &limits.min_events {
        Some(events) if events.value < needed => LINT
            .finding(format!("among {} events the P{name} of `{id}` is the single slowest one", events.value))
            .label(events.span, format!("{needed} are needed"))
            .label(place, "the quantile"),
        None if i64::try_from(needed).is_ok_and(|needed| needed > PLENTY) => LINT
            .finding(format!("with fewer than {needed} events the P{name} of `{id}` is the single slowest one"))
            .label(place, "however few events there are"),
        _ => return None,
    };
    let place = limits.min_events.as_ref().map_or(place, |events| events.span);
    Some((place, found.help(format!("write `min_events: {needed}` or more"))))
}
