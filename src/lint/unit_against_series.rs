//! The series are in another unit than their metric.
//!
//! ## What
//! The name of the series ends in a unit, as Prometheus asks for, and it is not the one of the metric: milliseconds under
//! `unit: seconds`, a share from 0 to 1 under `unit: percent`, bytes under `unit: ratio`. Units are followed through the
//! functions and quotients of a `query`: the `rate` of events is per second, under `unit: per_minute` too.
//!
//! ## Why
//! Limits are compared in the metric's unit. A latency of 250 in milliseconds is beyond `above: 200ms`, which is 0.2, and
//! so is one of 1; a share of 0.5 never comes near `above: 5%` where that is 5.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed:
//!     title: Failed requests
//!     unit: percent
//!     query: sum(rate(failures_total[5m])) / (sum(rate(requests_total[5m])) > 0)
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed:
//!     title: Failed requests
//!     unit: percent
//!     query: 100 * sum(rate(failures_total[5m])) / (sum(rate(requests_total[5m])) > 0)
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//! ```

mod rates;

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::promql::measure::{self, Measure, What};
use crate::promql::{Expr, Kind};
use crate::quantity::Unit;
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Metric};

/// The lint.
pub static LINT: Lint = Lint::new(
    "unit-against-series",
    Severity::Warning,
    include_str!("unit_against_series.rs"),
    Check::Release(check),
);

/// How far two scales may lie apart and be the same.
const NEAR: f64 = 0.001;

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for metric in shared::measured_once(spec) {
        let Some((measure, place)) = measured(metric, context) else { continue };
        if measure.rate && measure.what == What::Count {
            sink.extend(rates::finding(metric, &measure, place));
        }
        let Some((what, scale)) = asked(metric.unit) else { continue };
        if measure.rate || measure.what == What::Count {
            continue;
        }
        let (id, unit) = (&metric.id.value, metric.unit.name());
        let off = scale / measure.scale;
        let is = match named(&measure) {
            Some(_) if measure.what == what && (off - 1.0).abs() < NEAR => continue,
            Some(name) => name,
            // A number of the author's own: the half of two that were added, or a weight.
            None if measure.what == what => continue,
            None => of_a_kind(measure.what),
        };
        let help = help(metric, &measure, (measure.what == what).then_some(off));
        sink.push(
            LINT.finding(format!("`{id}` has `unit: {unit}`, and its series give {is}"))
                .label(place, format!("gives {is}"))
                .label(metric.unit_span, "the unit in which its limits are compared")
                .help(help),
        );
    }
}

/// What a unit measures, and how many of it make a second, a byte or a whole.
fn asked(unit: Unit) -> Option<(What, f64)> {
    match unit {
        Unit::Seconds => Some((What::Time, 1.0)),
        Unit::Days => Some((What::Time, 1.0 / 86_400.0)),
        Unit::Bytes => Some((What::Size, 1.0)),
        Unit::Ratio => Some((What::Share, 1.0)),
        Unit::Percent => Some((What::Share, 100.0)),
        Unit::Count | Unit::PerSecond | Unit::PerMinute | Unit::PerHour | Unit::PerDay | Unit::None => None,
    }
}

/// What a metric's series measure, and where that is written.
fn measured(metric: &Metric, context: &Context<'_>) -> Option<(Measure, Span)> {
    let promql = match &metric.measurement {
        Measurement::Quantile { histogram, .. } | Measurement::Mean { histogram } => histogram,
        Measurement::Gauge { metric, .. } => metric,
        Measurement::Query(query) => query,
        Measurement::Ratio { .. }
        | Measurement::Rate { .. }
        | Measurement::Increase { .. }
        | Measurement::Manual(_) => return None,
    };
    let place = promql.place(context.sources, promql.expr.span.clone());
    Some((measure::of(&promql.expr)?, place))
}

/// Scales that have a name.
const NAMED: [(What, f64, &str); 16] = [
    (What::Time, 1.0, "seconds"),
    (What::Time, 1e3, "milliseconds"),
    (What::Time, 1e6, "microseconds"),
    (What::Time, 1e9, "nanoseconds"),
    (What::Time, 1.0 / 60.0, "minutes"),
    (What::Time, 1.0 / 3_600.0, "hours"),
    (What::Time, 1.0 / 86_400.0, "days"),
    (What::Size, 1.0, "bytes"),
    (What::Size, 1e-3, "kB"),
    (What::Size, 1e-6, "MB"),
    (What::Size, 1e-9, "GB"),
    (What::Size, 1.0 / 1_024.0, "KiB"),
    (What::Size, 1.0 / 1_048_576.0, "MiB"),
    (What::Size, 1.0 / 1_073_741_824.0, "GiB"),
    (What::Share, 1.0, "a share from 0 to 1"),
    (What::Share, 100.0, "a share from 0 to 100"),
];

/// What is measured, in words; `None` on a scale that has no name.
fn named(measure: &Measure) -> Option<&'static str> {
    let is = |(what, scale, _): &&(What, f64, &str)| {
        *what == measure.what && (scale / measure.scale - 1.0).abs() < NEAR
    };
    NAMED.iter().find(is).map(|(.., name)| *name)
}

fn of_a_kind(what: What) -> &'static str {
    match what {
        What::Time => "a length of time",
        What::Size => "an amount of data",
        What::Share => "a share",
        What::Count => "a number of things",
    }
}

/// The way out; `off` is by how much a number is too small.
fn help(metric: &Metric, measure: &Measure, off: Option<f64>) -> String {
    let own = UNITS.into_iter().find(|unit| {
        let is =
            |(what, scale): (What, f64)| what == measure.what && (scale / measure.scale - 1.0).abs() < NEAR;
        asked(*unit).is_some_and(is)
    });
    let is_share = asked(metric.unit).is_some_and(|(what, _)| what == What::Share);
    let mixed = matches!(&metric.measurement, Measurement::Query(query) if mixes(&query.expr));
    if measure.what == What::Time && is_share && mixed {
        return "take `rate` on both sides, or `increase` on both".to_owned();
    }
    match (own, off, &metric.measurement) {
        (Some(own), ..) => format!("write `unit: {}`, or take series that are in the unit", own.name()),
        (None, Some(off), Measurement::Query(query)) => {
            format!("write `({}) {}`", query.text().trim(), correction(off))
        }
        (None, Some(off), _) => format!("convert them in a `query`: `… {}`", correction(off)),
        (None, None, _) => "write the unit of the series, or take the series that are meant".to_owned(),
    }
}

/// Whether it is looked both at how fast something grows and at by how much.
fn mixes(expr: &Expr) -> bool {
    let calls = |name: &str| {
        expr.descendants().any(|expr| matches!(&expr.kind, Kind::Call(call) if call.name == name))
    };
    calls("increase") && calls("rate")
}

/// The units that a name can tell.
const UNITS: [Unit; 5] = [Unit::Seconds, Unit::Days, Unit::Bytes, Unit::Ratio, Unit::Percent];

/// By what to multiply or divide.
fn correction(off: f64) -> String {
    if off >= 1.0 { format!("* {}", rounded(off)) } else { format!("/ {}", rounded(1.0 / off)) }
}

fn rounded(number: f64) -> String {
    let text = format!("{number:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
