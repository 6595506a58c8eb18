//! A quantile or a mean is made of series that are no histogram by their name.
//!
//! ## What
//! `histogram` names the buckets (`…_bucket`) rather than the histogram. Or `histogram_quantile` in a query is given the count or
//! the sum of a histogram, or series that are grouped by `le` and have not the name of buckets.
//!
//! ## Why
//! A classic histogram has three kinds of series, and `histogram` is the name that they share: of `x_bucket` the rules would
//! read `x_bucket_bucket`. `histogram_quantile` needs the buckets, and of anything else it makes nothing. Either way the
//! value is missing for ever.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   latency_p95:
//!     title: P95 latency
//!     unit: seconds
//!     quantile: { q: 0.95, histogram: http_seconds_bucket, buckets: [100ms, 200ms, 500ms, 1s] }
//!     min_events: 200
//!     normal:   { max: 200ms }
//!     rollback: { above: 500ms }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   latency_p95:
//!     title: P95 latency
//!     unit: seconds
//!     quantile: { q: 0.95, histogram: http_seconds, buckets: [100ms, 200ms, 500ms, 1s] }
//!     min_events: 200
//!     normal:   { max: 200ms }
//!     rollback: { above: 500ms }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::promql;
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Metric, Promql};

/// The lint.
pub static LINT: Lint = Lint::new(
    "not-a-histogram",
    Severity::Warning,
    include_str!("not_a_histogram.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for metric in shared::measured_once(spec) {
        if let Measurement::Quantile { histogram, .. } | Measurement::Mean { histogram } = &metric.measurement
        {
            named(metric, histogram, context, sink);
        }
    }
    for (metric, promql) in shared::promql(spec) {
        queried(metric, promql, context, sink);
    }
}

/// A measurement that names the buckets.
fn named(metric: &Metric, histogram: &Promql, context: &Context<'_>, sink: &mut Sink) {
    let Some(selector) = histogram.expr.as_selector() else { return };
    let name = selector.metric().filter(|name| promql::names_buckets(name)).unwrap_or_default();
    let Some(base) = name.strip_suffix("_bucket") else { return };
    let ending = match &metric.measurement {
        Measurement::Mean { .. } => "_sum",
        Measurement::Quantile { native: true, .. } => "",
        _ => "_bucket",
    };
    sink.push(
        LINT.finding(format!(
            "`{}` names the buckets of a histogram rather than the histogram",
            metric.id.value
        ))
        .label(
            histogram.place(context.sources, selector.core.clone()),
            format!("would be read as `{name}{ending}`"),
        )
        .help(format!("write `{base}`, to which the endings are added")),
    );
}

/// Quantiles in a query.
fn queried(metric: &Metric, promql: &Promql, context: &Context<'_>, sink: &mut Sink) {
    for quantile in promql::quantiles_without_buckets(&promql.expr) {
        let (name, base) = (quantile.selector.metric().unwrap_or_default(), quantile.histogram);
        let place = promql.place(context.sources, quantile.selector.core.clone());
        let help = if name == base {
            format!("take `{base}_bucket`; a native histogram has no `le`, and is summed without it")
        } else {
            format!("take the buckets, `{base}_bucket`, and keep their `le`")
        };
        sink.push(
            LINT.finding(format!("the quantile in `{}` is not made of buckets", metric.id.value))
                .label(place, "not the name of buckets")
                .help(help),
        );
    }
}
