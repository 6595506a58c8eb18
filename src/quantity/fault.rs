//! Why a text is no quantity of its metric, in words for someone who has never seen the language.

use super::scan::{self, Written};
use super::slip;
use super::unit::{Dimension, Unit};

/// Why a text is no [`Quantity`](super::Quantity) or [`Delta`](super::Delta) of its metric.
///
/// The variants are what lints tell apart: `NotAQuantity` is bad-quantity, `WrongDimension` is unit-mismatch, `Signed`
/// and `Unsigned` are sign-mismatch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuantityFault {
    /// It cannot be read as a quantity.
    NotAQuantity {
        /// As the author wrote it, trimmed.
        text: String,
        /// What is wrong, to follow a colon.
        why: String,
        /// What would be right, as a sentence without its full stop.
        advice: String,
        /// The text that could replace it as it stands; `None` when only the author can tell.
        instead: Option<String>,
    },
    /// It is a sound quantity, but of something that the metric does not measure.
    WrongDimension {
        /// As the author wrote it, trimmed.
        text: String,
        /// What it measures.
        found: Dimension,
        /// What the metric is measured in.
        wanted: Unit,
        /// Values that the metric takes, quoted, for a sentence.
        examples: &'static str,
    },
    /// A signed or `x` quantity on a metric without `relative_to`.
    Signed {
        /// As the author wrote it, trimmed.
        text: String,
        /// What the metric is measured in.
        unit: Unit,
    },
    /// A quantity without sign or `x` on a metric with `relative_to`.
    Unsigned {
        /// As the author wrote it, trimmed.
        text: String,
        /// What the metric is measured in.
        unit: Unit,
    },
}

impl QuantityFault {
    /// What is wrong, as a sentence without its full stop.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::NotAQuantity { text, why, .. } if text.is_empty() => why.clone(),
            Self::NotAQuantity { text, why, .. } => format!("`{text}` is not a quantity: {why}"),
            Self::WrongDimension { text, found, wanted, .. } => {
                let (found, wanted) = (found.described(), wanted.name());
                format!("`{text}` is {found}, but the unit of this metric is `{wanted}`")
            }
            Self::Signed { text, .. } => {
                format!("`{text}` is a difference, but this metric is compared with nothing")
            }
            Self::Unsigned { text, .. } => format!(
                "`{text}` says neither how much more nor how much less, but this metric is compared with a reference"
            ),
        }
    }

    /// What to do about it, as a sentence without its full stop.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::NotAQuantity { advice, .. } => advice.clone(),
            Self::WrongDimension { text, found, examples, .. } => {
                let otherwise = format!("if `{text}` is right, give the metric the unit {}", found.units());
                format!("write a value such as {examples}; or, {otherwise}")
            }
            Self::Signed { text, unit } => {
                let otherwise = format!("say with `relative_to` what `{text}` is compared with");
                format!("write the value itself, such as {}; or {otherwise}", unit.examples())
            }
            Self::Unsigned { text, unit } => unsigned_help(text, *unit),
        }
    }

    /// The fault of a text that [`scan`] could not take apart, or that no reading allows.
    pub(super) fn not_a_quantity(text: &str, slip: slip::Slip) -> Self {
        let slip::Slip { why, advice, instead } = slip;
        Self::NotAQuantity { text: text.to_owned(), why, advice, instead }
    }
}

/// Takes a text apart, or says why that is not possible.
pub(super) fn scan_or_explain(text: &str, unit: Unit, examples: &str) -> Result<Written, QuantityFault> {
    scan::scan(text)
        .map_err(|fault| QuantityFault::not_a_quantity(text, slip::explain(text, unit, examples, fault)))
}

fn unsigned_help(text: &str, unit: Unit) -> String {
    let examples = unit.delta_examples();
    let signed = if text.starts_with(|c: char| c.is_ascii_digit()) && has_unit(text) {
        format!("write `+{text}` if more is worse and `-{text}` if less is worse")
    } else {
        "write how far from the reference it may be".to_owned()
    };
    format!("{signed}; such a metric takes {examples}")
}

fn has_unit(text: &str) -> bool {
    !scan::split_number(text).1.is_empty()
}
