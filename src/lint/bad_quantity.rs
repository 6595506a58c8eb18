//! A text is no quantity of its metric.
//!
//! ## What
//! A limit is a number with a unit (`0.5%`, `200ms`, `3GiB`, `15/day`) or a bare number in the metric's unit. Also found: a
//! share of the traffic over 100 %, a quantile outside 0 and 1, buckets that do not ascend, `min_events` that is no number
//! of events.
//!
//! ## Why
//! Every limit is compared with the others and written into rules exactly as its author meant it. What can be read in
//! two ways (`1,500`) is not guessed.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: "~100" }
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
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: { above: 500 }
//! ```

use super::{Check, Lint, sign_mismatch, unit_mismatch};
use crate::diag::Diagnostic;
use crate::ladder::Bound;
use crate::quantity::QuantityFault;
use crate::source::Span;

/// The lint.
pub static LINT: Lint = Lint::law("bad-quantity", include_str!("bad_quantity.rs"), Check::Reading);

/// The finding for a text that is no quantity of its metric, under the lint that its fault belongs to.
#[must_use]
pub fn from_fault(fault: &QuantityFault, text: &str, span: Span) -> Diagnostic {
    let (lint, label) = match fault {
        QuantityFault::NotAQuantity { .. } => (&LINT, "not a quantity"),
        QuantityFault::WrongDimension { .. } => (&unit_mismatch::LINT, "another unit"),
        QuantityFault::Signed { .. } => (&sign_mismatch::LINT, "a difference"),
        QuantityFault::Unsigned { .. } => (&sign_mismatch::LINT, "no difference"),
    };
    let label = if text.trim().is_empty() { "nothing is written here" } else { label };
    lint.finding(fault.message()).label(span, label).help(fault.help())
}

/// A share of the traffic below nothing or above all.
#[must_use]
pub fn not_a_share(text: &str, span: Span) -> Diagnostic {
    let percent = text.trim().parse::<u32>().is_ok_and(|number| number <= 100);
    let help = if percent {
        format!("write `{}%`; a bare number is a share from 0 to 1", text.trim())
    } else {
        "write a share such as `5%` or `0.05`".to_owned()
    };
    LINT.finding(format!("`{text}` is no share of the traffic: it must lie between 0 and 100%"))
        .label(span, "not between 0 and 100%")
        .help(help)
}

/// A number of events that is none.
#[must_use]
pub fn not_a_count(text: &str, span: Span) -> Diagnostic {
    // Digits in groups are a number all the same.
    let joined = text.replace([',', '_', '\'', ' '], "");
    let example = if joined.parse::<u64>().is_ok_and(|count| count > 0) { joined.as_str() } else { "200" };
    LINT.finding(format!("`{text}` is no number of events"))
        .label(span, "a whole number above 0 belongs here")
        .help(format!(
            "write it in digits alone, such as `{example}`; without the key every number of events is enough"
        ))
}

/// A bucket that does not lie beyond the one before it.
#[must_use]
pub fn buckets_not_ascending(first: &Bound, second: &Bound) -> Diagnostic {
    LINT.finding(format!("the buckets do not ascend: {} follows {}", second.text, first.text))
        .label(second.span, format!("must be greater than {}", first.text))
        .label(first.span, "the bucket before")
        .help("list the upper bounds from the smallest to the greatest, each once, as the histogram has them")
}

/// A quantile outside 0 and 1.
#[must_use]
pub fn not_a_quantile(text: &str, span: Span) -> Diagnostic {
    let number = text.trim().trim_start_matches(['p', 'P']).parse::<u32>().ok();
    let help = match number.filter(|number| (1..100).contains(number)) {
        Some(number) => format!("write `0.{}`", format!("{number:02}").trim_end_matches('0')),
        None => "write it like `0.95` or `0.99`; for the greatest value use a gauge".to_owned(),
    };
    LINT.finding(format!("`{text}` is no quantile: it must lie between 0 and 1, both excluded"))
        .label(span, "not between 0 and 1")
        .help(help)
}
