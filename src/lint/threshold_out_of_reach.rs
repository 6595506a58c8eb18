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
use crate::quantity::{DeltaForm, Number};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Extent, Measurement, Metric, Reference};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "threshold-out-of-reach",
    Severity::Error,
    include_str!("threshold_out_of_reach.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in spec.metrics.iter().filter(|metric| metric.is_measured()) {
        let extent = Extent::of(metric);
        let mut blind: BTreeMap<Span, (RungBound, &'static str)> = BTreeMap::new();
        for case in shared::active(metric) {
            for bound in Side::ALL.into_iter().flat_map(|side| case.limits.ladder.line(side)) {
                if let Some(fate) = fate(&bound, &extent) {
                    blind.insert(bound.bound.span, (bound, fate));
                }
            }
        }
        sink.extend(finding(metric, &blind));
    }
}

/// Why there are ends.
fn why(metric: &Metric) -> &'static str {
    let reference = metric.relative.as_ref().map(|relative| (&relative.reference, relative.form));
    match (reference, &metric.measurement) {
        (None | Some((Reference::Value(_), _)), Measurement::Ratio { .. }) => {
            "a share lies between 0 % and 100 %"
        }
        (None | Some((Reference::Value(_), _)), Measurement::Rate { .. } | Measurement::Increase { .. }) => {
            "a counter never shrinks"
        }
        (None | Some((Reference::Value(_), _)), _) => "what is measured is never less than nothing",
        (_, Measurement::Ratio { .. }) if !matches!(reference, Some((_, DeltaForm::Factor))) => {
            "two shares are never more than 100 points apart"
        }
        _ => "nothing at all is 100 % less than the reference, and no value is less",
    }
}

/// What becomes of a limit that no value, or every value, passes; `None` for all others.
fn fate(bound: &RungBound, extent: &Extent) -> Option<&'static str> {
    let value = bound.bound.value;
    let is =
        |end: Option<Number>, test: fn(&Number, &Number) -> bool| end.is_some_and(|end| test(&value, &end));
    let level = bound.rung != Rung::Normal;
    match bound.side {
        Side::Above if level && is(extent.most, Number::ge) => Some("never fires"),
        Side::Above if is(extent.least, Number::lt) => {
            Some(if level { "always fires" } else { "is never kept" })
        }
        Side::Below if level && is(extent.least, Number::le) => Some("never fires"),
        Side::Below if is(extent.most, Number::gt) => {
            Some(if level { "always fires" } else { "is never kept" })
        }
        _ => None,
    }
}

fn finding(metric: &Metric, blind: &BTreeMap<Span, (RungBound, &'static str)>) -> Option<Diagnostic> {
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
        .finding(format!("{rung} of `{id}` at {text} {fate}: {}", why(metric)))
        .labels(blind.iter().map(|(span, (_, fate))| (*span, (*fate).to_owned())))
        .label(metric.measurement_span, "what is measured");
    let found = match &metric.relative {
        Some(relative) => found.label(relative.span, "with what it is compared"),
        None => found,
    };
    Some(found.help(help))
}
