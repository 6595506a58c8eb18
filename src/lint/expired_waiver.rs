//! A waiver is past its last day.
//!
//! ## What
//! An entry of `allow` has an `until` that is over. `relspec lint` tells, by the day on which it runs or the one that `--today`
//! gives; `relspec build` never reads the clock.
//!
//! ## Why
//! A last day is a promise to come back. From then on the finding counts again.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5% }
//! allow:
//!   - lint: no-headroom
//!     at: metrics.failed_requests
//!     reason: The bounds are the customer's until the new contract.
//!     until: 2020-06-30
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 2% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5% }
//! allow:
//!   - lint: no-headroom
//!     at: metrics.failed_requests
//!     reason: The bounds are the customer's until the new contract.
//!     until: 2999-06-30
//! ```

use super::{Check, Lint};
use crate::diag::{Diagnostic, Severity, Waiver};
use crate::source::Spanned;
use jiff::civil::Date;

/// The lint, raised where waivers are settled.
pub static LINT: Lint =
    Lint::new("expired-waiver", Severity::Warning, include_str!("expired_waiver.rs"), Check::Reading);

/// It held until a day that is over.
#[must_use]
pub fn finding(waiver: &Waiver, last: &Spanned<Date>) -> Diagnostic {
    let (lint, at, day) = (&waiver.lint.value, &waiver.at.value, last.value);
    LINT.finding(format!("the waiver of `{lint}` at {at} held until {day} and is over"))
        .label(last.span, "its last day")
        .label(waiver.reason.span, "the reason")
        .help(format!("mend what `{lint}` finds and take the waiver away, or decide on a new day"))
}
