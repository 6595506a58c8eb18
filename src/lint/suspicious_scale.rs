//! A number is probably a hundred or a thousand times off.
//!
//! ## What
//! A share above 100 %, a bare number beside percentages, or a bare number of seconds beside milliseconds. The number
//! is sound as it stands, but a slip of scale would make it fit its neighbours; a share above 100 % is told in any case.
//!
//! ## Why
//! `0.5` on a ratio is 50 %, not half a percent. An alert a hundred times too high is an alert that never fires, and
//! nobody notices that it is silent.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     min_events: 200
//!     normal:   { max: 0.2% }
//!     warn:     { above: 0.5 }
//!     rollback: { above: 0.9 }
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
//!     rollback: { above: 1% }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::{Bound, Ladder, Side};
use crate::quantity::{Number, Quantity, ScaleSuspicion, Unit, scale_suspicion};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Limits, Measurement, Metric};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "suspicious-scale",
    Severity::Warning,
    include_str!("suspicious_scale.rs"),
    Check::Release(check),
);

/// A value, its place and its two readings.
type Suspect<'a> = (Span, &'a Quantity, ScaleSuspicion);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in spec.metrics.iter().filter(|metric| metric.relative.is_none()) {
        let written = quantities(metric);
        let all: Vec<_> = written.values().cloned().collect();
        let suspects: Vec<Suspect<'_>> = written
            .iter()
            .filter_map(|(span, one)| Some((*span, one, scale_suspicion(one, metric.unit, &all)?)))
            .collect();
        let (misfits, readable): (Vec<Suspect<'_>>, Vec<Suspect<'_>>) =
            suspects.iter().cloned().partition(|suspect| is_misfit(metric, suspect, &suspects));
        sink.extend(two_readings(metric, &readable));
        // Of a share that is counted it is certain that it never comes to that, which is a finding of its own.
        if !matches!(metric.measurement, Measurement::Ratio { .. }) {
            sink.extend(too_much(metric, &misfits));
        }
    }
}

fn two_readings(metric: &Metric, suspects: &[Suspect<'_>]) -> Option<Diagnostic> {
    let (_, first, readings) = suspects.first()?;
    let (id, unit) = (&metric.id.value, metric.unit.name());
    let (text, means, maybe) = (&first.text, &readings.as_written, &readings.maybe);
    let labels = suspects.iter().map(|(span, _, suspicion)| {
        (*span, format!("{} as it stands, {} perhaps", suspicion.as_written, suspicion.maybe))
    });
    let message = format!("`{text}` of `{id}`, in `{unit}`, means {means}; was {maybe} meant?");
    Some(LINT.finding(message).labels(labels).help(help(first, readings)))
}

/// A share above 100 % that no slip of scale explains.
fn too_much(metric: &Metric, suspects: &[Suspect<'_>]) -> Option<Diagnostic> {
    let (_, first, readings) = suspects.first()?;
    let (id, means) = (&metric.id.value, &readings.as_written);
    let labels = suspects.iter().map(|(span, ..)| (*span, "more than 100%".to_owned()));
    Some(
        LINT.finding(format!("`{}` of `{id}` is more than 100%, where a share ends", first.text))
            .labels(labels)
            .help(format!(
                "write a share below 100%; where values of {means} are usual, choose another unit"
            )),
    )
}

/// Whether the other reading of a share above 100 % is out of order beside the values that nobody doubts.
fn is_misfit(metric: &Metric, (place, one, readings): &Suspect<'_>, suspects: &[Suspect<'_>]) -> bool {
    let all = match metric.unit {
        Unit::Ratio => Number::ONE,
        Unit::Percent => Number::from_integer(100),
        _ => return false,
    };
    let Ok(meant) = Quantity::parse(&readings.maybe, metric.unit) else { return false };
    let doubted = |bound: &Bound| suspects.iter().any(|(span, ..)| *span == bound.span);
    let out_of_order = |ladder: &Ladder, side: Side| {
        let line = ladder.line(side);
        let Some(at) = line.iter().position(|rung| rung.bound.span == *place) else { return false };
        let mut milder = line[..at].iter().filter(|rung| !doubted(&rung.bound));
        milder.any(|rung| !side.beyond(&meant.value, &rung.bound.value))
    };
    let mut ladders = metric.cases.iter().map(|case| &case.limits.ladder);
    one.value > all && ladders.any(|ladder| Side::ALL.into_iter().any(|side| out_of_order(ladder, side)))
}

fn help(first: &Quantity, readings: &ScaleSuspicion) -> String {
    let (means, maybe) = (&readings.as_written, &readings.maybe);
    if first.is_bare() && first.text != *means && !means.starts_with(&format!("{}00", first.text)) {
        return format!("write `{maybe}`, or `{means}` if it is right as it stands");
    }
    format!("write `{maybe}`; where values of {means} are usual, choose another unit")
}

/// Every value of the metric by its place.
fn quantities(metric: &Metric) -> BTreeMap<Span, Quantity> {
    let limits = metric.cases.iter().flat_map(|case| bounds(&case.limits));
    let all = limits.chain(metric.observed.iter().map(|(_, bound)| bound));
    all.filter_map(|bound| Some((bound.span, Quantity::parse(&bound.text, metric.unit).ok()?))).collect()
}

fn bounds(limits: &Limits) -> Vec<&Bound> {
    let ranges = limits.normal.iter().chain(limits.target.iter().map(|target| &target.range));
    let ends = ranges.flat_map(|range| range.min.iter().chain(&range.max));
    let levels = limits.levels.values().flat_map(|level| &level.conditions);
    let levels = levels.flat_map(|condition| condition.above.iter().chain(&condition.below));
    ends.chain(levels).collect()
}
