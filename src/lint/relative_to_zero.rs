//! A limit in `%` or `x` refers to something that is often zero, or that can be negative.
//!
//! ## What
//! The limits of a relative metric are proportions (`+30%`, `2x`), and the reference is a share of bad events, a count of
//! events or of errors, a value without a unit, or a fixed 0.
//!
//! ## Why
//! A healthy old version has no errors at night, and 30 % more than nothing is nothing: the first error of the new
//! version is an infinite rise, and fires. Of a negative reference, `+30%` even lies on the good side.
//!
//! ## Bad
//! ```yaml
//! scope:
//!   canary:   { deployment: shop-canary }
//!   baseline: { deployment: shop-stable }
//! metrics:
//!   more_failures:
//!     title: Failed requests against the running version
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     relative_to: baseline
//!     normal:   { max: +10% }
//!     rollback: { above: +50% }
//! ```
//!
//! ## Good
//! ```yaml
//! scope:
//!   canary:   { deployment: shop-canary }
//!   baseline: { deployment: shop-stable }
//! metrics:
//!   more_failures:
//!     title: Failed requests against the running version
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     relative_to: baseline
//!     normal:   { max: +0.5pp }
//!     rollback: { above: +2pp }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::Side;
use crate::quantity::{DeltaForm, Unit};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Metric, Promql, Reference, Relative, Share};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint =
    Lint::new("relative-to-zero", Severity::Warning, include_str!("relative_to_zero.rs"), Check::Release(check));

/// Words in the name of a counter that is usually still.
const RARE: [&str; 8] = ["error", "fail", "timeout", "panic", "crash", "restart", "exception", "rejected"];

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in spec.metrics.iter().filter(|metric| metric.is_measured()) {
        let Some(relative) = &metric.relative else { continue };
        let Some(what) = why(metric, relative) else { continue };
        let limits = limits(metric);
        if relative.form == DeltaForm::Factor && !limits.is_empty() {
            sink.push(finding(metric, relative, what, &limits));
        }
    }
}

/// What makes the reference unfit for proportions; `None` where it is fit.
fn why(metric: &Metric, relative: &Relative) -> Option<&'static str> {
    if let Reference::Value(value) = &relative.reference {
        return (value.value.is_zero() || value.value.is_negative()).then_some("the reference is not above zero");
    }
    match &metric.measurement {
        Measurement::Ratio { share: Share::Bad, .. } => Some("a share of bad events is often zero"),
        Measurement::Increase { .. } => Some("a count of events is often zero"),
        Measurement::Rate { counter } if is_rare(counter) => Some("a rate of errors is often zero"),
        Measurement::Gauge { .. } | Measurement::Query(_) if metric.unit == Unit::None => {
            Some("a value without a unit can be zero or negative")
        }
        _ => None,
    }
}

fn is_rare(counter: &Promql) -> bool {
    let name = counter.expr.as_selector().and_then(|selector| selector.metric()).unwrap_or_default();
    RARE.iter().any(|word| name.contains(word))
}

/// The limits that are proportions, by their places; 0 means the same in every form.
fn limits(metric: &Metric) -> BTreeMap<Span, String> {
    let ladders = shared::active(metric).map(|case| &case.limits.ladder);
    let bounds = ladders.flat_map(|ladder| Side::ALL.into_iter().flat_map(|side| ladder.line(side)));
    bounds.filter(|bound| !bound.bound.value.is_zero()).map(|bound| (bound.bound.span, bound.bound.text)).collect()
}

fn finding(metric: &Metric, relative: &Relative, what: &str, limits: &BTreeMap<Span, String>) -> Diagnostic {
    let (id, text) = (&metric.id.value, limits.values().next_back().map_or("", String::as_str));
    let form = match metric.unit {
        Unit::Ratio | Unit::Percent => "percentage points, such as `+1pp`",
        Unit::Count | Unit::None => "numbers, such as `+5`",
        _ => "the metric's unit",
    };
    LINT.finding(format!("`{text}` of `{id}` is a proportion, but {what}"))
        .labels(limits.keys().map(|span| (*span, "a proportion of the reference".to_owned())))
        .label(relative.span, "the reference")
        .help(format!("write the differences in {form} (`unit: {}`)", metric.unit.name()))
}
