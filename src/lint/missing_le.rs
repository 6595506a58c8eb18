//! A quantile is taken of buckets that lost their bounds.
//!
//! ## What
//! `histogram_quantile` is given series of buckets from which an aggregation dropped the label `le`.
//!
//! ## Why
//! `le` is the upper bound of a bucket. Without it nothing is left to compute a quantile from: the query has no value,
//! and the alert can never fire.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   latency_p95:
//!     title: P95 latency
//!     unit: seconds
//!     query: histogram_quantile(0.95, sum(rate(http_request_duration_seconds_bucket[5m])))
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
//!     query: histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))
//!     normal:   { max: 200ms }
//!     rollback: { above: 500ms }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::promql::quantiles_without_le;
use crate::spec::Spec;

/// The lint.
pub static LINT: Lint =
    Lint::new("missing-le", Severity::Error, include_str!("missing_le.rs"), Check::Release(check));

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for (metric, promql) in shared::promql(spec) {
        for quantile in quantiles_without_le(&promql.expr) {
            let place = |range| promql.place(context.sources, range);
            let id = &metric.id.value;
            let found = LINT.finding(format!("the quantile in `{id}` has no value: its buckets have lost their `le`"));
            let found = match quantile.aggregation {
                Some((aggregation, span)) => {
                    let op = aggregation.op;
                    let place = if aggregation.grouping.is_some() { span.clone() } else { aggregation.op_span.clone() };
                    found
                        .label(promql.place(context.sources, place), "drops `le`")
                        .help(format!("keep it: `{op} by (le) (…)`, with the other labels that you want to keep"))
                }
                None => found
                    .label(place(quantile.span.clone()), "needs buckets with `le`")
                    .help("give it the series of buckets with their `le`"),
            };
            sink.push(found);
        }
    }
}
