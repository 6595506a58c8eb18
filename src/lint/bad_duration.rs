//! A text is no duration.
//!
//! ## What
//! Durations are written as Prometheus writes them: whole numbers with a unit (`ms`, `s`, `m`, `h`, `d`, `w`, `y`), from the
//! longest unit to the shortest, without blanks: `30s`, `5m`, `1h30m`. Also found: a shortest time that is longer than the
//! longest, and an interval or a window of nothing.
//!
//! ## Why
//! Prometheus refuses the whole rule file over one duration that it can't read.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200, for: 1.5h }
//!     rollback: { above: 500 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200, for: 1h30m }
//!     rollback: { above: 500 }
//! ```

use super::{Check, Lint};
use crate::diag::Diagnostic;
use crate::quantity::DurationFault;
use crate::source::Span;
use crate::spec::scalar::DurationText;

/// The lint.
pub static LINT: Lint = Lint::law("bad-duration", include_str!("bad_duration.rs"), Check::Reading);

/// A text that is no duration.
#[must_use]
pub fn not_a_duration(fault: &DurationFault, span: Span) -> Diagnostic {
    LINT.finding(fault.message()).label(span, "not a duration").help(fault.help())
}

/// A scrape or evaluation interval of no time at all.
#[must_use]
pub fn zero_interval(span: Span) -> Diagnostic {
    LINT.finding("an interval of no time at all can't be kept")
        .label(span, "this must be longer than 0s")
        .help("write the interval of your Prometheus, such as `15s`, or leave the key out")
}

/// A window of no time at all.
#[must_use]
pub fn zero_window(span: Span) -> Diagnostic {
    LINT.finding("a window of no time at all holds no samples")
        .label(span, "this must be longer than 0s")
        .help("write the time from which each value is made, such as `5m`")
}

/// A shortest time that is longer than the longest.
#[must_use]
pub fn reversed(min: &DurationText, max: &DurationText) -> Diagnostic {
    LINT.finding(format!("the shortest time {} is longer than the longest {}", min.text(), max.text()))
        .label(min.span, "the shortest")
        .label(max.span, "the longest")
        .help("exchange the two, or write one duration")
}
