//! A waiver accepts what is not found.
//!
//! ## What
//! An entry of `allow` names a lint that finds nothing at that place or below it, or a place that is not in the file.
//!
//! ## Why
//! The runbook lists waivers as open decisions. One that waives nothing is noise there and, worse, will silently accept
//! the fault when it comes back.
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
//!     reason: The bounds are the customer's.
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
//!     reason: The bounds are the customer's.
//! ```

use super::{Check, Lint};
use crate::diag::{Diagnostic, Severity, Waiver};

/// The lint, raised where waivers are settled.
pub static LINT: Lint =
    Lint::new("unused-waiver", Severity::Warning, include_str!("unused_waiver.rs"), Check::Reading);

/// The lint finds nothing there.
#[must_use]
pub fn finding(waiver: &Waiver) -> Diagnostic {
    let (lint, at) = (&waiver.lint.value, &waiver.at.value);
    let found =
        LINT.finding(format!("`{lint}` finds nothing at {at}")).label(waiver.span, "waives nothing");
    let found = match waiver.covers {
        Some(place) => found.label(place, format!("no `{lint}` here")),
        None => found,
    };
    found.help("take the waiver away")
}

/// The place is not in the file.
#[must_use]
pub fn nowhere(waiver: &Waiver) -> Diagnostic {
    let at = &waiver.at.value;
    LINT.finding(format!("`{at}` names nothing in this file, so nothing is waived"))
        .label(waiver.at.span, "no such place")
        .help(
            "write the keys that lead there, with points between them: `metrics.errors.warn`, `stages.canary-5`; an item of \
             a list without an id goes by its number, from 1",
        )
}
