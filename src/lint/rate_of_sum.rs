//! A rate is taken of an aggregated counter.
//!
//! ## What
//! `rate`, `irate` or `increase` stands around an aggregation, such as `rate(sum(…)[5m:])`.
//!
//! ## Why
//! `rate` corrects for counters that restart, and it can only see that in the single series. The sum of counters
//! drops whenever an instance goes away, which looks like a restart of everything: a rollout of pods then reads as a
//! burst of several times the true rate.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   jobs_per_second:
//!     title: Jobs per second
//!     unit: per_second
//!     query: rate(sum(thumbnailer_jobs_total)[5m:30s])
//!     normal:   { min: 2 }
//!     rollback: { below: 1 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   jobs_per_second:
//!     title: Jobs per second
//!     unit: per_second
//!     query: sum(rate(thumbnailer_jobs_total[5m]))
//!     normal:   { min: 2 }
//!     rollback: { below: 1 }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::promql::rates_of_aggregates;
use crate::spec::Spec;

/// The lint.
pub static LINT: Lint =
    Lint::new("rate-of-sum", Severity::Error, include_str!("rate_of_sum.rs"), Check::Release(check));

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for (metric, promql) in shared::promql(spec) {
        for rate in rates_of_aggregates(&promql.expr) {
            let (id, function, op) = (&metric.id.value, &rate.call.name, rate.aggregation.op);
            let place = |range| promql.place(context.sources, range);
            let finding = LINT
                .finding(format!("`{function}` of a `{op}` in `{id}` mistakes every lost series for a restart"))
                .label(place(rate.call.name_span.clone()), "sees only the aggregate")
                .label(place(rate.inner.clone()), "aggregated before the rate")
                .help(format!("take the rate first: `{op}({function}(…[5m]))`"));
            sink.push(finding);
        }
    }
}
