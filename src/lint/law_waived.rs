//! A waiver is for something that can't be waived.
//!
//! ## What
//! An entry of `allow` names a lint that marks what can never be right, such as levels out of order.
//!
//! ## Why
//! Nothing can be built from such a release, whoever accepts it.
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
//!   - lint: threshold-order
//!     at: metrics.failed_requests
//!     reason: Rollback comes first here.
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5% }
//! ```

use super::{Check, Lint};
use crate::diag::{Diagnostic, Waiver};

/// The lint, raised where waivers are settled.
pub static LINT: Lint = Lint::law("law-waived", include_str!("law_waived.rs"), Check::Reading);

/// The lint that it names has no exceptions.
#[must_use]
pub fn finding(waiver: &Waiver) -> Diagnostic {
    LINT.finding(format!("`{}` can't be waived", waiver.lint.value))
        .label(waiver.lint.span, "marks what can never be right")
        .help("take the waiver away, and mend what it is for")
}
