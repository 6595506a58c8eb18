//! A limit lies where no value of the metric can be.
//!
//! ## What
//! - A limit of a `ratio` beyond 0 % or 100 %, of a `rate` or `increase` below 0, or of a duration or a size below 0.
//! - A difference that no two such values have: 100 % less than the reference is nothing at all, and no value is less.
//!
//! ## Why
//! A share of events is never above 100 %, and a counter never shrinks. A level that begins there never fires, which looks
//! just like a healthy system; on the other side it always fires.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   orders:
//!     title: Orders
//!     unit: per_minute
//!     rate: { counter: orders_total }
//!     normal:   { min: 10 }
//!     warn:     { below: 5 }
//!     rollback: { below: 0 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   orders:
//!     title: Orders
//!     unit: per_minute
//!     rate: { counter: orders_total }
//!     normal:   { min: 10 }
//!     warn:     { below: 5 }
//!     rollback: { below: 1 }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::{Rung, RungBound, Side};
use crate::quantity::{DeltaForm, Number, Unit};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Metric, Reference, Relative};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "threshold-out-of-reach",
    Severity::Error,
    include_str!("threshold_out_of_reach.rs"),
    Check::Release(check),
);

/// What a metric's values can be: both ends can be reached, an end that is not known is none.
struct Reach {
    least: Option<Number>,
    most: Option<Number>,
    /// Why there are ends.
    why: &'static str,
}

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in spec.metrics.iter().filter(|metric| metric.is_measured()) {
        let Some(reach) = reach(metric) else { continue };
        let mut blind: BTreeMap<Span, (RungBound, &'static str)> = BTreeMap::new();
        for case in shared::active(metric) {
            for bound in Side::ALL.into_iter().flat_map(|side| case.limits.ladder.line(side)) {
                if let Some(fate) = fate(&bound, &reach) {
                    blind.insert(bound.bound.span, (bound, fate));
                }
            }
        }
        sink.extend(finding(metric, &reach, &blind));
    }
}

fn reach(metric: &Metric) -> Option<Reach> {
    let alone = alone(metric)?;
    match &metric.relative {
        Some(relative) => compared(&alone, relative),
        None => Some(alone),
    }
}

/// What is measured, compared with nothing. Classic histograms are left to their buckets.
fn alone(metric: &Metric) -> Option<Reach> {
    let zero = Some(Number::ZERO);
    match &metric.measurement {
        Measurement::Ratio { .. } => {
            let all = if metric.unit == Unit::Percent { Number::from_integer(100) } else { Number::ONE };
            Some(Reach { least: zero, most: Some(all), why: "a share lies between 0 % and 100 %" })
        }
        Measurement::Rate { .. } | Measurement::Increase { .. } => {
            Some(Reach { least: zero, most: None, why: "a counter never shrinks" })
        }
        Measurement::Quantile { buckets, .. } if !buckets.is_empty() && metric.relative.is_none() => None,
        Measurement::Quantile { .. } | Measurement::Mean { .. } if metric.unit != Unit::None => {
            Some(Reach { least: zero, most: None, why: "what is measured is never less than nothing" })
        }
        _ => None,
    }
}

/// The same, compared with its reference.
fn compared(alone: &Reach, relative: &Relative) -> Option<Reach> {
    let why = "nothing at all is 100 % less than the reference, and no value is less";
    let minus_one = Number::ZERO.checked_sub(&Number::ONE);
    match (&relative.reference, relative.form) {
        (Reference::Value(value), form) => {
            let against = |end: Number| match form {
                DeltaForm::Factor => end.checked_div(&value.value)?.checked_sub(&Number::ONE),
                DeltaForm::Points | DeltaForm::Absolute => end.checked_sub(&value.value),
            };
            let is_fit = form != DeltaForm::Factor || value.value > Number::ZERO;
            let end = |end: Option<Number>| end.filter(|_| is_fit).and_then(against);
            Some(Reach { least: end(alone.least), most: end(alone.most), why: alone.why })
        }
        (_, DeltaForm::Factor) => Some(Reach { least: minus_one, most: None, why }),
        // Two shares are at most a whole apart; two numbers without an upper end may be anything apart.
        _ => {
            let most = alone.most?;
            let least = Number::ZERO.checked_sub(&most);
            Some(Reach { least, most: Some(most), why: "two shares are never more than 100 points apart" })
        }
    }
}

/// What becomes of a limit that no value, or every value, passes; `None` for all others.
fn fate(bound: &RungBound, reach: &Reach) -> Option<&'static str> {
    let value = bound.bound.value;
    let is =
        |end: Option<Number>, test: fn(&Number, &Number) -> bool| end.is_some_and(|end| test(&value, &end));
    let level = bound.rung != Rung::Normal;
    match bound.side {
        Side::Above if level && is(reach.most, Number::ge) => Some("never fires"),
        Side::Above if is(reach.least, Number::lt) => {
            Some(if level { "always fires" } else { "is never kept" })
        }
        Side::Below if level && is(reach.least, Number::le) => Some("never fires"),
        Side::Below if is(reach.most, Number::gt) => {
            Some(if level { "always fires" } else { "is never kept" })
        }
        _ => None,
    }
}

fn finding(
    metric: &Metric,
    reach: &Reach,
    blind: &BTreeMap<Span, (RungBound, &'static str)>,
) -> Option<Diagnostic> {
    let (bound, fate) = blind.values().next()?;
    let (id, text, rung) = (&metric.id.value, &bound.bound.text, bound.rung.name());
    let help = match metric.measurement {
        Measurement::Ratio { .. } => {
            "write a limit that a share can pass; what can be more than all there is, is a `query`"
        }
        _ if bound.side == Side::Below => "write a greater limit, or leave the level away",
        _ => "write a limit that values can pass, or leave the level away",
    };
    let found = LINT
        .finding(format!("{rung} of `{id}` at {text} {fate}: {}", reach.why))
        .labels(blind.iter().map(|(span, (_, fate))| (*span, (*fate).to_owned())))
        .label(metric.measurement_span, "what is measured");
    let found = match &metric.relative {
        Some(relative) => found.label(relative.span, "with what it is compared"),
        None => found,
    };
    Some(found.help(help))
}
