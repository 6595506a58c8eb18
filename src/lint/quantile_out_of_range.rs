//! A query asks for a quantile outside of 0 to 1.
//!
//! ## What
//! The first argument of `histogram_quantile`, `quantile_over_time` or `quantile` is a number below 0 or above 1.
//!
//! ## Why
//! Prometheus takes it without a word and gives infinity: 95 is not the 95th percentile. Every limit is passed for ever, or
//! none ever is.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   slowest_worker:
//!     title: Delay of the slow workers
//!     unit: seconds
//!     query: quantile(95, worker_delay_seconds)
//!     normal:   { max: 200ms }
//!     rollback: { above: 500ms }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   slowest_worker:
//!     title: Delay of the slow workers
//!     unit: seconds
//!     query: quantile(0.95, worker_delay_seconds)
//!     normal:   { max: 200ms }
//!     rollback: { above: 500ms }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::promql::quantiles_out_of_range;
use crate::spec::Spec;

/// The lint.
pub static LINT: Lint = Lint::new(
    "quantile-out-of-range",
    Severity::Error,
    include_str!("quantile_out_of_range.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for (metric, promql) in shared::promql(spec) {
        for odd in quantiles_out_of_range(&promql.expr) {
            let q = odd.q;
            let help = if (1.0..=100.0).contains(&q) {
                let q = format!("{:.6}", q / 100.0);
                format!("write it as a part of 1: {}", q.trim_end_matches('0'))
            } else {
                "a quantile is a number from 0 to 1, such as 0.95".to_owned()
            };
            sink.push(
                LINT.finding(format!("`{}` asks `{}` for the quantile {q}", metric.id.value, odd.function))
                    .label(
                        promql.place(context.sources, odd.span.clone()),
                        "gives infinity, whatever the values",
                    )
                    .help(help),
            );
        }
    }
}
