//! At a small share of the traffic, a lower bound comes to less than one event.
//!
//! ## What
//! The lower bound of an `extensive` metric, scaled by a stage's share, is less than one event in the window.
//!
//! ## Why
//! Less than one event is no event: at 5 % of the traffic a bound of 10 an hour is a quarter of an event in half an
//! hour. A window without any is then usual, and looks just like the failure that the bound is to find.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   jobs_per_hour:
//!     title: Jobs per hour
//!     unit: per_hour
//!     rate: { counter: thumbnailer_jobs_total }
//!     window: 30m
//!     extensive: true
//!     normal:   { min: 100 }
//!     rollback: { below: 10 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   jobs_per_hour:
//!     title: Jobs per hour
//!     unit: per_hour
//!     rate: { counter: thumbnailer_jobs_total }
//!     window: 4h
//!     extensive: true
//!     normal:   { min: 100 }
//!     rollback: { below: 10 }
//! ```

use super::words::all_of;
use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::{Bound, Level, Side};
use crate::quantity::{Duration, Number};
use crate::source::Span;
use crate::spec::metric::{Measurement, Metric};
use crate::spec::scalar::Share;
use crate::spec::{Spec, timing};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "extensive-below-one-event",
    Severity::Warning,
    include_str!("extensive_below_one_event.rs"),
    Check::Release(check),
);

/// A bound that is less than one event at a stage.
struct Thin<'a> {
    events: Number,
    level: Level,
    bound: &'a Bound,
    stage: &'a str,
    share: &'a Share,
}

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for metric in spec.metrics.iter().filter(|metric| metric.alerts() && metric.extensive.is_some()) {
        let Some(window) = metric.span_of_value().filter(|_| metric.relative.is_none()) else { continue };
        let mut thin = Vec::new();
        for stage in &spec.stages {
            let Some(share) = stage.traffic.as_ref().filter(|share| !share.value.is_zero()) else { continue };
            for case in shared::at_stage(metric, stage) {
                for level in Level::ALL {
                    let Some(bound) = case.limits.ladder.mildest(level, Side::Below) else { continue };
                    let events = expected(metric, &bound.value, share, window);
                    if let Some(events) = events.filter(|events| *events < Number::ONE && !events.is_zero()) {
                        thin.push(Thin { events, level, bound, stage: stage.id(), share });
                    }
                }
            }
        }
        let window_place = shared::window_place(metric, spec, context);
        sink.extend(finding(metric, window, window_place, &thin));
    }
}

/// How many events in the window the bound comes to at a share of the traffic.
fn expected(metric: &Metric, bound: &Number, share: &Share, window: &Duration) -> Option<Number> {
    let bound = bound.checked_mul(&share.value)?;
    match &metric.measurement {
        Measurement::Rate { .. } => timing::events(&bound, shared::rate_seconds(metric.unit)?, window),
        Measurement::Increase { .. } => Some(bound),
        _ => None,
    }
}

fn finding(metric: &Metric, window: &Duration, place: Option<Span>, thin: &[Thin<'_>]) -> Option<Diagnostic> {
    let least = thin.iter().min_by_key(|one| one.events)?;
    let (id, level, bound) = (&metric.id.value, least.level.name(), &least.bound.text);
    let (share, events) = (&least.share.text.value, decimal(&least.events));
    let bounds: BTreeMap<Span, &Thin<'_>> = thin.iter().map(|one| (one.bound.span, one)).collect();
    let stages: BTreeMap<Span, &Thin<'_>> = thin.iter().map(|one| (one.share.text.span, one)).collect();
    let names: std::collections::BTreeSet<_> = thin.iter().map(|one| one.stage).collect();
    let names = all_of(&names.into_iter().collect::<Vec<_>>());
    let found = LINT
        .finding(format!(
            "at {share} of the traffic, {level} of `{id}` below {bound} is {events} events in {}",
            window.to_canonical()
        ))
        .labels(bounds.into_iter().map(|(span, one)| (span, format!("{} for 100 % of the traffic", one.level.name()))))
        .labels(stages.into_keys().map(|span| (span, "the share".to_owned())));
    let found = match place {
        Some(place) => found.label(place, "the window"),
        None => found,
    };
    Some(found.help(format!(
        "use a longer window, take the level away at {names} (`where`), or measure the whole (`scope: fleet`)"
    )))
}

/// Two digits after the point are enough to see that it is less than one.
fn decimal(number: &Number) -> String {
    format!("{:.2}", number.to_f64())
}
