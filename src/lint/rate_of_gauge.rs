//! A rate is taken of something whose name is not a counter's.
//!
//! ## What
//! A counter is wanted (in a `ratio`, `rate` or `increase`, or inside `rate(…)` in a query), and the series' name does not end in
//! `_total`, `_count`, `_sum` or `_bucket`.
//!
//! ## Why
//! `rate` takes every drop of a value for a restart. Of a gauge, which goes down as it goes up, it makes numbers that
//! look plausible and mean nothing. Old exporters do have counters without the ending: waive it there.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   uploads:
//!     title: Uploads per second
//!     unit: per_second
//!     rate: { counter: uploads_in_flight }
//!     normal:   { min: 2 }
//!     rollback: { below: 1 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   uploads:
//!     title: Uploads per second
//!     unit: per_second
//!     rate: { counter: uploads_total }
//!     normal:   { min: 2 }
//!     rollback: { below: 1 }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::promql::rates_of_non_counters;
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Promql};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint =
    Lint::new("rate-of-gauge", Severity::Warning, include_str!("rate_of_gauge.rs"), Check::Release(check));

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    let mut found: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    let mut add = |name: &str, place| found.entry(name.to_owned()).or_default().push(place);
    for (_, promql) in shared::promql(spec) {
        for rate in rates_of_non_counters(&promql.expr) {
            if let Some(name) = rate.selector.metric() {
                add(name, promql.place(context.sources, rate.selector.core.clone()));
            }
        }
    }
    for metric in shared::measured_once(spec) {
        for promql in counters(&metric.measurement) {
            let selector = promql.expr.as_selector();
            let name = selector.and_then(|selector| selector.metric());
            if let Some(name) = name.filter(|name| !shared::is_counter(name)) {
                add(name, promql.span());
            }
        }
    }
    for (name, places) in found {
        let finding = LINT
            .finding(format!("`{name}` is read as a counter, and its name is not one of a counter"))
            .labels(places.into_iter().map(|place| (place, "a rate needs a counter".to_owned())))
            .help(format!(
                "name the counter, such as `{name}_total`; of a gauge use `gauge`, or `deriv` or `delta` in a query"
            ));
        sink.push(finding);
    }
}

/// The selectors that must be counters by the key under which they stand.
fn counters(measurement: &Measurement) -> Vec<&Promql> {
    match measurement {
        Measurement::Ratio { part, total, .. } => vec![part, total],
        Measurement::Rate { counter } | Measurement::Increase { counter, .. } => vec![counter],
        _ => Vec::new(),
    }
}
