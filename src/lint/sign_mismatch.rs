//! A limit is a difference where the metric is compared with nothing, or the reverse.
//!
//! ## What
//! On a metric with `relative_to` every limit says how far from the reference it lies: `+15%`, `-5pp`, `+100ms`, `2x`, all
//! of one form. On any other metric no limit has a sign.
//!
//! ## Why
//! `30%` on a metric that is compared with the old version could mean 30 % more, 30 % less or 30 % in all. The three
//! differ by whole releases.
//!
//! ## Bad
//! ```yaml
//! scope:
//!   canary:   { deployment: shop-canary }
//!   baseline: { deployment: shop-stable }
//! metrics:
//!   slower_than_before:
//!     title: Mean latency against the running version
//!     unit: seconds
//!     mean: { histogram: http_request_duration_seconds }
//!     relative_to: baseline
//!     normal:   { max: +5% }
//!     warn:     { above: +15% }
//!     rollback: { above: 30% }
//! ```
//!
//! ## Good
//! ```yaml
//! scope:
//!   canary:   { deployment: shop-canary }
//!   baseline: { deployment: shop-stable }
//! metrics:
//!   slower_than_before:
//!     title: Mean latency against the running version
//!     unit: seconds
//!     mean: { histogram: http_request_duration_seconds }
//!     relative_to: baseline
//!     normal:   { max: +5% }
//!     warn:     { above: +15% }
//!     rollback: { above: +30% }
//! ```

use super::{Check, Lint};
use crate::diag::Diagnostic;
use crate::quantity::DeltaForm;
use crate::source::Span;

/// The lint. A limit with or without a sign is put into words by `bad_quantity::from_fault`.
pub static LINT: Lint = Lint::law("sign-mismatch", include_str!("sign_mismatch.rs"), Check::Reading);

/// Two differences of one metric that are counted in different ways.
#[must_use]
pub fn two_forms(first: (DeltaForm, Span), other: (DeltaForm, Span)) -> Diagnostic {
    LINT.finding("the limits of one metric are counted in different ways, so they have no order")
        .label(other.1, described(other.0))
        .label(first.1, described(first.0))
        .help("write all limits of the metric in one way: with `%` or `x`, with `pp`, or in the metric's unit")
}

fn described(form: DeltaForm) -> &'static str {
    match form {
        DeltaForm::Factor => "in proportion to the reference",
        DeltaForm::Points => "in percentage points",
        DeltaForm::Absolute => "in the metric's unit",
    }
}
