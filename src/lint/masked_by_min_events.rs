//! So many events are asked for that there are never few enough for a level.
//!
//! ## What
//! A level of a `rate` or an `increase` is raised below a number of events in the window that `min_events` already asks
//! for. Where the metric is `extensive`, a stage's share of the traffic counts.
//!
//! ## Why
//! `min_events` counts the same counter. With `min_events: 100` in 5 minutes, values below 100 events in 5 minutes say
//! nothing, and a level that begins there never fires.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   orders:
//!     title: Orders
//!     unit: per_minute
//!     rate: { counter: orders_total }
//!     window: 5m
//!     min_events: 100
//!     normal:   { min: 30 }
//!     rollback: { below: 10 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   orders:
//!     title: Orders
//!     unit: per_minute
//!     rate: { counter: orders_total }
//!     window: 5m
//!     normal:   { min: 30 }
//!     rollback: { below: 10 }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::{Bound, Level, Side};
use crate::quantity::{Duration, Number};
use crate::source::{Span, Spanned};
use crate::spec::metric::{Case, Measurement, Metric};
use crate::spec::scalar::Share;
use crate::spec::{Spec, timing};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "masked-by-min-events",
    Severity::Error,
    include_str!("masked_by_min_events.rs"),
    Check::Release(check),
);

/// A level that begins below more events than it needs.
struct Masked<'a> {
    level: Level,
    bound: &'a Bound,
    least: &'a Spanned<u64>,
    events: Number,
    /// The stage whose share makes so few of them; none where it is so with all of the traffic.
    stage: Option<&'a str>,
}

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in spec.metrics.iter().filter(|metric| metric.alerts() && metric.relative.is_none()) {
        let Some(window) = metric.span_of_value() else { continue };
        let whole = shared::active(metric).flat_map(|case| masked(metric, case, window, None));
        let stages = spec.stages.iter().filter(|_| metric.extensive.is_some());
        let shares = stages.filter_map(|stage| {
            Some((stage, stage.traffic.as_ref().filter(|share| !share.value.is_zero())?))
        });
        let parts = shares.flat_map(|(stage, share)| {
            let cases = shared::at_stage(metric, stage);
            cases.into_iter().flat_map(move |case| masked(metric, case, window, Some((stage.id(), share))))
        });
        // What is so with all of the traffic needs no share.
        let mut found: BTreeMap<Span, Masked<'_>> = BTreeMap::new();
        for one in whole.chain(parts) {
            found.entry(one.bound.span).or_insert(one);
        }
        sink.extend(finding(metric, window, &found));
    }
}

/// The levels of a case that never fire, at a stage's share of the traffic or at all of it.
fn masked<'a>(
    metric: &'a Metric,
    case: &'a Case,
    window: &Duration,
    at: Option<(&'a str, &Share)>,
) -> Vec<Masked<'a>> {
    let Some(least) = &case.limits.min_events else { return Vec::new() };
    let asked = i64::try_from(least.value).map_or(Number::ZERO, Number::from_integer);
    let one = |level: Level| {
        // If even the mildest condition of a level can fire, the others only never come first.
        let bound = case.limits.ladder.mildest(level, Side::Below)?;
        let share = at.map_or(Number::ONE, |(_, share)| share.value);
        let events = events(metric, &bound.value.checked_mul(&share)?, window)?;
        // A bound of 0 is out of reach of every counter.
        let is_masked = events <= asked && !bound.value.is_zero();
        is_masked.then_some(Masked { level, bound, least, events, stage: at.map(|(stage, _)| stage) })
    };
    Level::ALL.into_iter().filter_map(one).collect()
}

/// How many events in the window a value is.
fn events(metric: &Metric, value: &Number, window: &Duration) -> Option<Number> {
    match &metric.measurement {
        Measurement::Rate { .. } => timing::events(value, shared::rate_seconds(metric.unit)?, window),
        Measurement::Increase { .. } => Some(*value),
        _ => None,
    }
}

fn finding(metric: &Metric, window: &Duration, masked: &BTreeMap<Span, Masked<'_>>) -> Option<Diagnostic> {
    let first = masked.values().next()?;
    let (id, level, text, least) =
        (&metric.id.value, first.level.name(), &first.bound.text, first.least.value);
    let at = first.stage.map(|stage| format!(" at stage `{stage}`")).unwrap_or_default();
    let guards: BTreeMap<Span, u64> = masked.values().map(|one| (one.least.span, one.least.value)).collect();
    let events = rounded(&first.events);
    Some(
        LINT.finding(format!(
            "{level} of `{id}` below {text} never fires{at}: that is fewer than {events} events in {}, and \
             `min_events` asks for {least}",
            window.to_canonical()
        ))
        .labels(masked.keys().map(|span| (*span, "never fires".to_owned())))
        .labels(guards.into_iter().map(|(span, least)| (span, format!("{least} events, or no verdict"))))
        .help("leave `min_events` away here: few events are what this level is to find"),
    )
}

/// Two digits after the point are enough, where there are any.
fn rounded(number: &Number) -> String {
    let text = format!("{:.2}", number.to_f64());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
