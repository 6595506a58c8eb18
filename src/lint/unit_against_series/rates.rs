//! How fast something grows, against the unit of its metric.

use super::{LINT, NEAR};
use crate::diag::Diagnostic;
use crate::lint::shared;
use crate::promql::measure::Measure;
use crate::quantity::Unit;
use crate::source::Span;
use crate::spec::metric::{Measurement, Metric};

/// The units of rates, with how long each is in seconds.
const UNITS: [(Unit, &str); 4] = [
    (Unit::PerSecond, "events per second"),
    (Unit::PerMinute, "events per minute"),
    (Unit::PerHour, "events per hour"),
    (Unit::PerDay, "events per day"),
];

/// A metric whose query gives events per second or per another time, and whose unit is something else. Of a rate that is
/// multiplied with any other number it is not sure what it is: there are weights, and windows.
pub(super) fn finding(metric: &Metric, measure: &Measure, place: Span) -> Option<Diagnostic> {
    let near = |unit: &Unit| {
        let seconds = shared::rate_seconds(*unit).and_then(|seconds| u32::try_from(seconds).ok());
        seconds.is_some_and(|seconds| (f64::from(seconds) / measure.scale - 1.0).abs() < NEAR)
    };
    let (own, is) = UNITS.iter().find(|(unit, _)| near(unit))?;
    let asked = shared::rate_seconds(metric.unit);
    let per_second = *own == Unit::PerSecond;
    let wrong = match metric.unit {
        Unit::Count | Unit::Ratio | Unit::Percent => per_second,
        unit => asked.is_some() && unit != *own,
    };
    let own = own.name();
    let help = match (&metric.measurement, asked) {
        (Measurement::Query(query), Some(seconds)) if per_second => {
            format!("write `unit: {own}`, or `({}) * {seconds}`", query.text().trim())
        }
        (_, None) if metric.unit == Unit::Count => {
            format!("write `unit: {own}`, or `increase` for how many there were")
        }
        (_, None) => format!("write `unit: {own}`, or divide by how fast all events come"),
        _ => format!("write `unit: {own}`"),
    };
    wrong.then(|| {
        LINT.finding(format!(
            "`{}` has `unit: {}`, and its series give {is}",
            metric.id.value,
            metric.unit.name()
        ))
        .label(place, format!("gives {is}"))
        .label(metric.unit_span, "the unit in which its limits are compared")
        .help(help)
    })
}
