//! Events are counted once for each bucket of a histogram.
//!
//! ## What
//! A `ratio`, `rate` or `increase` of series whose name ends in `_bucket` and that no matcher on `le` tells apart; or a `sum`
//! in a query that adds up such buckets.
//!
//! ## Why
//! A bucket counts all observations up to its bound, so that an observation is in every bucket above it. Of a histogram with
//! ten buckets the sum is up to eleven times what happened, and how many times depends on how slow it was.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   requests:
//!     title: Requests per second
//!     unit: per_second
//!     rate: { counter: http_request_duration_seconds_bucket }
//!     normal:   { min: 20 }
//!     rollback: { below: 5 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   requests:
//!     title: Requests per second
//!     unit: per_second
//!     rate: { counter: http_request_duration_seconds_count }
//!     normal:   { min: 20 }
//!     rollback: { below: 5 }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::promql::{self, Selector};
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Metric, Promql};

/// The lint.
pub static LINT: Lint = Lint::new(
    "counted-per-bucket",
    Severity::Warning,
    include_str!("counted_per_bucket.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for (metric, promql) in shared::promql(spec) {
        // A measurement alone is summed by what is generated; an author's own PromQL says where it sums.
        let generated = metric.measurement.promql().iter().any(|own| own.span() == promql.span())
            && !matches!(metric.measurement, Measurement::Query(_));
        let found = if generated {
            counted(metric, promql).into_iter().collect()
        } else {
            promql::sums_of_buckets(&promql.expr)
        };
        if !selected(metric) {
            found.into_iter().for_each(|selector| tell(metric, promql, selector, context, sink));
        }
    }
}

/// The selector of buckets that is counted.
fn counted<'a>(metric: &Metric, promql: &'a Promql) -> Option<&'a Selector> {
    let counts = matches!(
        metric.measurement,
        Measurement::Ratio { .. } | Measurement::Rate { .. } | Measurement::Increase { .. }
    );
    let selector = promql.expr.as_selector().filter(|_| counts)?;
    promql::selects_all_buckets(selector).then_some(selector)
}

/// Whether matchers of the scope choose a bucket.
fn selected(metric: &Metric) -> bool {
    metric.reach.matchers().iter().any(|matcher| matcher.label.value == "le")
}

fn tell(metric: &Metric, promql: &Promql, selector: &Selector, context: &Context<'_>, sink: &mut Sink) {
    let name = selector.metric().unwrap_or_default();
    let base = name.strip_suffix("_bucket").unwrap_or(name);
    sink.push(
        LINT.finding(format!(
            "`{}` counts each event once for every bucket of `{base}` that it is in",
            metric.id.value
        ))
        .label(promql.place(context.sources, selector.core.clone()), "all buckets together")
        .help(format!(
            "count `{base}_count`, or one bucket: `{name}{{le=\"…\"}}` are all events up to that bound"
        )),
    );
}
