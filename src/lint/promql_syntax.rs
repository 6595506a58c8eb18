//! PromQL or a regular expression that Prometheus would refuse.
//!
//! ## What
//! Expressions are read with the newest grammar that is known, and their types are checked: operands, arguments,
//! matchers, regular expressions (which Prometheus reads as RE2).
//!
//! ## Why
//! Prometheus refuses the whole rule file, alerts of other metrics included, over one expression that it can't read.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     query: max(queue_length{queue="mail"}
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

use super::{Check, Lint};
use crate::diag::Diagnostic;
use crate::source::Span;

/// The lint.
pub static LINT: Lint = Lint::law("promql-syntax", include_str!("promql_syntax.rs"), Check::Reading);

/// A fault in an expression, in the parser's words.
#[must_use]
pub fn fault(message: &str, span: Span) -> Diagnostic {
    LINT.finding(format!("Prometheus can't read this expression: {message}"))
        .label(span, "here")
        .help("correct the expression; Prometheus' own page for queries runs it as it stands here")
}

/// A matcher's pattern that is no regular expression.
#[must_use]
pub fn bad_regex(pattern: &str, why: &str, span: Span) -> Diagnostic {
    LINT.finding(format!("`{pattern}` is no regular expression that Prometheus accepts: {why}"))
        .label(span, "not a regular expression")
        .help("correct the pattern; without `=~` or `!~` the value is compared as it is")
}
