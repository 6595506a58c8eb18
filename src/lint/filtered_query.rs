//! A query has a value only while something is wrong, since it compares its value or asks what is absent.
//!
//! ## What
//! A `query` that as a whole is a comparison, such as the expression of an alert, or `absent(…)`. A comparison with `bool`
//! is none of these.
//!
//! ## Why
//! A comparison in PromQL drops the values for which it does not hold. While all is well the metric has no value at all:
//! that looks like a lack of data, and a level short of the comparison can never be seen. `absent` is the same: it gives 1
//! while series are missing, and nothing once they are there.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue:
//!     title: Queue
//!     unit: count
//!     query: max(queue_length) > 500
//!     warn:     { above: 200 }
//!     rollback: { above: 500 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   queue:
//!     title: Queue
//!     unit: count
//!     query: max(queue_length)
//!     warn:     { above: 200 }
//!     rollback: { above: 500 }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::promql;
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Metric, Promql};

/// The lint.
pub static LINT: Lint =
    Lint::new("filtered-query", Severity::Warning, include_str!("filtered_query.rs"), Check::Release(check));

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    // A metric that shares the measurement has the same query at the same place.
    for metric in spec.metrics.iter().filter(|metric| metric.same_as.is_none()) {
        let Measurement::Query(query) = &metric.measurement else { continue };
        sink.extend(absence(metric, query, context));
        let Some(comparison) = promql::whole_comparison(&query.expr) else { continue };
        let value = query.text().get(comparison.left.span.clone()).unwrap_or("the left side").trim();
        let symbol = comparison.op.symbol();
        sink.push(
            LINT.finding(format!(
                "`{}` has a value only while its query's comparison `{symbol}` holds",
                metric.id.value
            ))
            .label(query.place(context.sources, comparison.op_span.clone()), "drops every other value")
            .help(format!(
                "write the value alone, `query: {value}`, and the number as a level of the metric"
            )),
        );
    }
}

fn absence(metric: &Metric, query: &Promql, context: &Context<'_>) -> Option<Diagnostic> {
    let (function, expr) = promql::whole_absence(&query.expr)?;
    let text = query.text().get(expr.span.clone()).unwrap_or(function).trim();
    Some(
        LINT.finding(format!("`{}` has a value only while series are missing", metric.id.value))
            .label(query.place(context.sources, expr.span.clone()), "gives nothing while they are there")
            .help(format!(
                "write `{text} or vector(0)` with `no_data: {{ level: ignore }}`, so that it is 0 while they are there"
            )),
    )
}
