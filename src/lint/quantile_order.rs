//! A lower quantile is held to a looser bound than a higher one.
//!
//! ## What
//! Two metrics are quantiles of the same histogram. At the same level, or in `normal`, the lower quantile (P50) has a higher
//! bound than the higher quantile (P99).
//!
//! ## Why
//! A P50 is never greater than the P99 of the same requests. When the P50 passes its bound, the P99 passed its own long
//! before, so the looser bound never matters. Usually the two numbers were exchanged.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   latency_p50:
//!     title: Median latency
//!     unit: seconds
//!     quantile: { q: 0.5, histogram: http_request_duration_seconds, buckets: [50ms, 100ms, 250ms, 500ms, 1s, 2.5s] }
//!     normal:   { max: 80ms }
//!     rollback: { above: 800ms }
//!   latency_p95:
//!     title: P95 latency
//!     unit: seconds
//!     quantile: { q: 0.95, histogram: http_request_duration_seconds, buckets: [50ms, 100ms, 250ms, 500ms, 1s, 2.5s] }
//!     normal:   { max: 200ms }
//!     rollback: { above: 500ms }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   latency_p50:
//!     title: Median latency
//!     unit: seconds
//!     quantile: { q: 0.5, histogram: http_request_duration_seconds, buckets: [50ms, 100ms, 250ms, 500ms, 1s, 2.5s] }
//!     normal:   { max: 80ms }
//!     rollback: { above: 200ms }
//!   latency_p95:
//!     title: P95 latency
//!     unit: seconds
//!     quantile: { q: 0.95, histogram: http_request_duration_seconds, buckets: [50ms, 100ms, 250ms, 500ms, 1s, 2.5s] }
//!     normal:   { max: 200ms }
//!     rollback: { above: 500ms }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::Bound;
use crate::plan::names;
use crate::quantity::Number;
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Metric};

/// The lint.
pub static LINT: Lint =
    Lint::new("quantile-order", Severity::Warning, include_str!("quantile_order.rs"), Check::Release(check));

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for low in &spec.metrics {
        let Measurement::Quantile { q: low_q, .. } = &low.measurement else { continue };
        for high in &spec.metrics {
            let Measurement::Quantile { q: high_q, .. } = &high.measurement else { continue };
            if low_q.value < high_q.value && shared::same_histogram(low, high) {
                let looser = shared::looser(low, high);
                sink.extend(finding((low, &low_q.value), (high, &high_q.value), &looser));
            }
        }
    }
}

fn finding(
    low: (&Metric, &Number),
    high: (&Metric, &Number),
    looser: &[(&'static str, Bound, Bound)],
) -> Option<Diagnostic> {
    let (rung, loose, tight) = looser.first()?;
    let (low_name, high_name) = (names::quantile(low.1), names::quantile(high.1));
    let labels = looser.iter().flat_map(|(rung, loose, tight)| {
        [
            (loose.span, format!("{rung} of the P{low_name}")),
            (tight.span, format!("{rung} of the P{high_name}, which is never smaller")),
        ]
    });
    Some(
        LINT.finding(format!(
            "`{}`, a P{low_name}, is held to {} at {rung}, and `{}`, the P{high_name}, already to {}",
            low.0.id.value, loose.text, high.0.id.value, tight.text
        ))
        .labels(labels)
        .help("exchange the two if they were mixed up; else hold the lower quantile to the tighter bound"),
    )
}
