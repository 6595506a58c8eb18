//! A counter is measured as a gauge, so that its value only ever grows.
//!
//! ## What
//! A `gauge` whose series has the name of a counter: one that ends in `_total`, `_count`, `_sum` or `_bucket`. Or a query that
//! takes a counter for a gauge: its whole value is the sum, the average, the least or the greatest of counters, it divides
//! counters as they stand, it makes a quantile of such buckets, or it asks a function of gauges (`delta`, `deriv`,
//! `avg_over_time`, `predict_linear`) about a `_total`.
//!
//! ## Why
//! A counter counts from the start of its process. Any limit is passed some day, by a process that lives long enough, and a
//! restart makes everything look well again. A share of two counters is the one since the start: after a week of good days
//! a bad hour moves it by nothing.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failures:
//!     title: Failures
//!     unit: count
//!     gauge: { metric: http_failures_total, aggregate: sum }
//!     warn:     { above: 10 }
//!     rollback: { above: 50 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failures:
//!     title: Failures
//!     unit: per_minute
//!     rate: { counter: http_failures_total }
//!     warn:     { above: 10 }
//!     rollback: { above: 50 }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::promql::gauges_of_counters;
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Metric, Promql};

/// The lint.
pub static LINT: Lint = Lint::new(
    "gauge-of-counter",
    Severity::Warning,
    include_str!("gauge_of_counter.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for metric in shared::measured_once(spec) {
        if let Measurement::Query(query) = &metric.measurement {
            queried(metric, query, context, sink);
        }
        let Measurement::Gauge { metric: gauge, .. } = &metric.measurement else { continue };
        let name = gauge.expr.as_selector().and_then(|selector| selector.metric());
        let Some(name) = name.filter(|name| shared::is_counter(name)) else { continue };
        sink.push(
            LINT.finding(format!(
                "`{}` takes `{name}` for a gauge, and its name is one of a counter",
                metric.id.value
            ))
            .label(gauge.span(), "only ever grows")
            .help(format!(
                "write `rate: {{ counter: {name} }}` for how fast it grows, or `increase` for by how much"
            )),
        );
    }
}

/// The counters that a query takes for gauges, each once.
fn queried(metric: &Metric, query: &Promql, context: &Context<'_>, sink: &mut Sink) {
    let found = gauges_of_counters(&query.expr);
    let Some(name) = found.first().and_then(|selector| selector.metric()) else { return };
    let places = found.iter().map(|selector| {
        (query.place(context.sources, selector.core.clone()), "counts since its process started".to_owned())
    });
    sink.push(
        LINT.finding(format!(
            "the query of `{}` takes `{name}` for a gauge, and its name is one of a counter",
            metric.id.value
        ))
        .labels(places)
        .help(format!("take how fast it grows, `rate({name}[5m])`, or `increase` for by how much")),
    );
}
