//! A query that is compared with a series can have labels that `by` does not keep, so that nothing can be paired.
//!
//! ## What
//! A metric with `relative_to` and a `query` whose result may carry labels besides those of `by`.
//!
//! ## Why
//! The value and its reference are paired by the labels of `by`. With a label more there are several series on each side,
//! Prometheus refuses to pair them, and the rule has an error in place of a value.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   heap:
//!     title: Heap against the running version
//!     unit: bytes
//!     query: jvm_memory_used_bytes{area="heap"}
//!     relative_to: baseline
//!     warn:     { above: +20% }
//!     rollback: { above: +50% }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   heap:
//!     title: Heap against the running version
//!     unit: bytes
//!     query: max(jvm_memory_used_bytes{area="heap"})
//!     relative_to: baseline
//!     warn:     { above: +20% }
//!     rollback: { above: +50% }
//! ```

use super::{Check, Context, Lint, words};
use crate::diag::{Severity, Sink};
use crate::promql::{self, LabelSet};
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Metric, Promql, Reference};

/// The lint.
pub static LINT: Lint =
    Lint::new("free-label", Severity::Warning, include_str!("free_label.rs"), Check::Release(check));

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in &spec.metrics {
        let paired = metric
            .relative
            .as_ref()
            .filter(|relative| matches!(relative.reference, Reference::Baseline | Reference::Offset(_)));
        let (Some(relative), Measurement::Query(query)) = (paired, &metric.measurement) else { continue };
        let Some(free) = free_labels(metric, query) else { continue };
        let by: Vec<&str> = metric.by.iter().map(|label| label.value.as_str()).collect();
        let by = if by.is_empty() { String::new() } else { format!(" by ({})", by.join(", ")) };
        sink.push(
            LINT.finding(format!(
                "`{}` is compared with other series, and its query can have {free}",
                metric.id.value
            ))
            .label(query.span(), "may be several series")
            .label(relative.span, "pairs one series with one")
            .help(format!("aggregate it, for example `max{by} (…)`, or keep the labels with `by`")),
        );
    }
}

/// The labels that the result may carry besides those of `by`, in words; `None` where there are none.
fn free_labels(metric: &Metric, query: &Promql) -> Option<String> {
    match promql::labels(&query.expr) {
        LabelSet::AllBut(_) => Some("any label of its series".to_owned()),
        LabelSet::Known(known) => {
            let kept = |label: &String| metric.by.iter().any(|by| by.value == *label);
            let free: Vec<&String> = known.iter().filter(|label| !kept(label)).collect();
            let many = if free.len() == 1 { "label" } else { "labels" };
            (!free.is_empty()).then(|| format!("the {many} {}", words::all_of(&free)))
        }
    }
}
