//! A mean is held to a looser bound than a high quantile of the same histogram.
//!
//! ## What
//! One metric is the mean and another a quantile (P90 or higher) of the same histogram. At the same level, or in
//! `normal`, the mean has the higher bound.
//!
//! ## Why
//! The mean of latencies is nearly always far below their P90. A bound for the mean beyond that of the quantile is
//! reached when everything is on fire, or never: the number was most likely meant for another metric.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   mean_latency:
//!     title: Mean latency
//!     unit: seconds
//!     mean: { histogram: http_request_duration_seconds }
//!     normal:   { max: 300ms }
//!     rollback: { above: 400ms }
//!   latency_p95:
//!     title: P95 latency
//!     unit: seconds
//!     quantile: { q: 0.95, histogram: http_request_duration_seconds, buckets: [100ms, 250ms, 500ms, 1s] }
//!     normal:   { max: 200ms }
//!     rollback: { above: 500ms }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   mean_latency:
//!     title: Mean latency
//!     unit: seconds
//!     mean: { histogram: http_request_duration_seconds }
//!     normal:   { max: 80ms }
//!     rollback: { above: 160ms }
//!   latency_p95:
//!     title: P95 latency
//!     unit: seconds
//!     quantile: { q: 0.95, histogram: http_request_duration_seconds, buckets: [100ms, 250ms, 500ms, 1s] }
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
pub static LINT: Lint = Lint::new(
    "mean-above-quantile",
    Severity::Warning,
    include_str!("mean_above_quantile.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let Some(high) = Number::from_fraction(9, 10) else { return };
    for mean in &spec.metrics {
        let Measurement::Mean { .. } = &mean.measurement else { continue };
        for other in &spec.metrics {
            let Measurement::Quantile { q, .. } = &other.measurement else { continue };
            if q.value >= high && shared::same_histogram(mean, other) {
                sink.extend(finding(mean, other, &names::quantile(&q.value), &shared::looser(mean, other)));
            }
        }
    }
}

fn finding(
    mean: &Metric,
    other: &Metric,
    q: &str,
    looser: &[(&'static str, Bound, Bound)],
) -> Option<Diagnostic> {
    let (rung, loose, tight) = looser.first()?;
    let labels = looser.iter().flat_map(|(rung, loose, tight)| {
        [(loose.span, format!("{rung} of the mean")), (tight.span, format!("{rung} of the P{q}"))]
    });
    Some(
        LINT.finding(format!(
            "`{}`, a mean, is held to {} at {rung}, and `{}`, the P{q} of the same, already to {}",
            mean.id.value, loose.text, other.id.value, tight.text
        ))
        .labels(labels)
        .help("exchange the two if they were mixed up; else hold the mean to a bound below the quantile's"),
    )
}
