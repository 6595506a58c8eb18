//! An expression yields something that is no value to compare, or a selector is expected and more is written.
//!
//! ## What
//! A `query` yields an instant vector or a number, and `only_when` an instant vector. Where a series is named (`total:`,
//! `counter:`, `histogram:`, `metric:`), a name with matchers stands, without a function, a range or an offset around it: what is
//! computed from it is the measurement's to say.
//!
//! ## Why
//! A range vector holds many values for one moment; no threshold can be compared with it.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     query: queue_length{queue="mail"}[5m]
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: { above: 500 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     query: max(queue_length{queue="mail"})
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: { above: 500 }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Sink};
use crate::promql::ValueType;
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Promql};

/// The lint.
pub static LINT: Lint =
    Lint::law("promql-not-a-value", include_str!("promql_not_a_value.rs"), Check::Release(check));

/// More than a selector where a series is named.
#[must_use]
pub fn not_a_selector(span: Span) -> Diagnostic {
    LINT.finding("a series is named here, and this is more than a name with matchers")
        .label(span, "not a plain selector")
        .help("write the series alone, such as `http_requests_total{code=\"500\"}`; for PromQL of your own use `query`")
}

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in &spec.metrics {
        // A copy of another metric's measurement is told there.
        if let (Measurement::Query(query), None) = (&metric.measurement, &metric.same_as)
            && !matches!(query.expr.value_type(), ValueType::InstantVector | ValueType::Scalar)
        {
            sink.push(not_a_value("query", "a value for each series, or a number", query));
        }
        if let Some(guard) = &metric.only_when
            && guard.expr.value_type() != ValueType::InstantVector
        {
            sink.push(not_a_value("only_when", "series that are there or not", guard));
        }
    }
}

fn not_a_value(key: &str, wanted: &str, promql: &Promql) -> Diagnostic {
    let found = promql.expr.value_type();
    let article = if found == ValueType::InstantVector { "an" } else { "a" };
    let help = match found {
        ValueType::RangeVector => "put a function around it, such as `rate(…)` for a counter or `max_over_time(…)`",
        ValueType::Scalar => "compare a series with the number, such as `up == 1`",
        _ => "write an expression that selects series",
    };
    LINT.finding(format!("`{key}` must yield {wanted}, and this yields {article} {}", found.name()))
        .label(promql.span(), format!("{article} {}", found.name()))
        .help(help)
}
