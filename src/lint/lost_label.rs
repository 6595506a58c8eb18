//! A label is kept that the values cannot have.
//!
//! ## What
//! `by` names a label that the result of the query can't carry, since an aggregation or a function in it drops the label;
//! or it names `le` on a quantile.
//!
//! ## Why
//! Every alert and every entry of `where` for a value of that label then waits for series that never come. The limits
//! for `region: eu` simply do not hold.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   jobs_per_second:
//!     title: Jobs per second
//!     unit: per_second
//!     query: sum(rate(thumbnailer_jobs_total[5m]))
//!     by: [region]
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
//!     query: sum by (region) (rate(thumbnailer_jobs_total[5m]))
//!     by: [region]
//!     normal:   { min: 2 }
//!     rollback: { below: 1 }
//! ```

use super::words::all_of;
use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::promql::{Expr, Kind, labels};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Metric, Promql};
use crate::spec::shape::Text;
use std::collections::BTreeSet;

/// The lint.
pub static LINT: Lint =
    Lint::new("lost-label", Severity::Error, include_str!("lost_label.rs"), Check::Release(check));

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    let mut seen = BTreeSet::new();
    for metric in &spec.metrics {
        let lost: Vec<&Text> = metric.by.iter().filter(|label| is_lost(metric, &label.value)).collect();
        let places: Vec<Span> = lost.iter().map(|label| label.span).collect();
        if !lost.is_empty() && seen.insert(places) {
            sink.push(finding(metric, context, &lost));
        }
    }
}

fn is_lost(metric: &Metric, label: &str) -> bool {
    match &metric.measurement {
        Measurement::Query(query) => !labels(&query.expr).may_have(label),
        Measurement::Quantile { .. } => label == "le",
        _ => false,
    }
}

fn finding(metric: &Metric, context: &Context<'_>, lost: &[&Text]) -> Diagnostic {
    let names: Vec<_> = lost.iter().map(|label| label.value.as_str()).collect();
    let (id, all) = (&metric.id.value, all_of(&names));
    let found = LINT
        .finding(format!("the values of `{id}` can't have {all}"))
        .labels(lost.iter().map(|label| (label.span, "no series has it".to_owned())));
    let Measurement::Query(query) = &metric.measurement else {
        return found.help("take `le` out of `by`: a quantile is made of all buckets together");
    };
    let (place, what) = dropping(query, context, names.first().copied().unwrap_or_default());
    let list = names.join(", ");
    found
        .label(place, what)
        .help(format!("keep it in the query (`sum by ({list}) (…)`), or take {all} out of `by`"))
}

/// The innermost expression that loses the label, since from there on nothing has it.
fn dropping(query: &Promql, context: &Context<'_>, label: &str) -> (Span, String) {
    let has = |expr: &Expr| labels(expr).may_have(label);
    let loses = |expr: &&Expr| !has(expr) && expr.children().any(has);
    let Some(expr) = query.expr.descendants().find(loses) else {
        return (query.span(), "has no series with it".to_owned());
    };
    let range = match &expr.kind {
        Kind::Aggregation(aggregation) => match &aggregation.grouping {
            Some(grouping) => grouping.span.clone(),
            None => aggregation.op_span.clone(),
        },
        Kind::Call(call) => call.name_span.clone(),
        Kind::Binary(binary) => binary.op_span.clone(),
        _ => expr.span.clone(),
    };
    (query.place(context.sources, range), "drops it".to_owned())
}
