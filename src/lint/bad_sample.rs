//! An example of a query can't be read as one.
//!
//! ## What
//! Under `samples`: a series that is not a name with `label="value"` in braces, a value that is neither a number nor a number
//! in some time, labels other than those of `by`, or a metric that is not measured by a `query`.
//!
//! ## Why
//! Every example becomes a test of the rules. One that is guessed at would show something else than its author meant.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   hit_rate:
//!     title: Hit rate
//!     unit: ratio
//!     query: sum(rate(hits_total[5m])) / (sum(rate(lookups_total[5m])) > 0)
//!     samples:
//!       - { series: { hits_total: 50 a second, lookups_total: 100/s }, gives: 50% }
//!     normal:   { min: 90% }
//!     rollback: { below: 80% }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   hit_rate:
//!     title: Hit rate
//!     unit: ratio
//!     query: sum(rate(hits_total[5m])) / (sum(rate(lookups_total[5m])) > 0)
//!     samples:
//!       - { series: { hits_total: 50/s, lookups_total: 100/s }, gives: 50% }
//!     normal:   { min: 90% }
//!     rollback: { below: 80% }
//! ```

use super::{Check, Lint, words};
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::spec::shape::Text;

/// The lint.
pub static LINT: Lint = Lint::law("bad-sample", include_str!("bad_sample.rs"), Check::Reading);

/// A series that is none.
#[must_use]
pub fn no_series(key: &Text) -> Diagnostic {
    LINT.finding(format!("`{}` is no series", key.value))
        .label(key.span, "a name, and labels with `=` where it has any")
        .help("write it like `http_requests_total` or `'http_requests_total{code=\"500\"}'`")
}

/// A value that is none.
#[must_use]
pub fn no_value(value: &Text) -> Diagnostic {
    LINT.finding(format!("`{}` is no value of a series", value.value))
        .label(value.span, "neither a number nor a number in some time")
        .help("write a value that stays as `50`, and how fast a counter grows as `50/s` or `3/min`")
}

/// An example of a metric that needs none.
#[must_use]
pub fn without_query(metric: &Text, span: Span) -> Diagnostic {
    LINT.finding(format!("`{}` has `samples` and no `query`", metric.value))
        .label(span, "shows what a query makes of its series")
        .help(
            "remove `samples`: the tests of other measurements are made from their selectors, and what is not in \
             Prometheus has none; with `same_as` the other metric's examples count",
        )
}

/// An example for other labels than those that are kept.
#[must_use]
pub fn other_labels(by: &[&str], span: Span) -> Diagnostic {
    let message = match by {
        [] => "this sample has labels, and the metric keeps none".to_owned(),
        by => format!("this sample must say what {} is", words::all_of(by)),
    };
    let pairs: Vec<String> = by.iter().map(|label| format!("{label}: value")).collect();
    let help = match by {
        [] => "remove `by` here, or keep the labels with `by` of the metric".to_owned(),
        _ => format!("write `by: {{ {} }}`", pairs.join(", ")),
    };
    LINT.finding(message).label(span, "one value for one set of labels").help(help)
}
