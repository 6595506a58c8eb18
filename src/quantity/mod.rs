//! Quantities: exact numbers with the units, signs and durations that authors write.

mod delta;
mod duration;
mod fault;
mod number;
mod scale;
mod scan;
mod slip;
#[cfg(test)]
mod tests;
mod unit;
mod words;

pub use delta::{Delta, DeltaForm, common_form};
pub use duration::{Duration, DurationFault, DurationProblem};
pub use fault::QuantityFault;
pub use number::{Number, NumberFault};
pub use scale::{ScaleSuspicion, scale_suspicion};
pub use unit::{Dimension, Unit};

use scan::{Sign, Suffix, Written};
use slip::Slip;

/// An absolute value of a metric: a bound, a promise, a measured fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// As the author wrote it, trimmed.
    pub text: String,
    /// The same in the metric's unit; negative only where the unit is `none`.
    pub value: Number,
}

impl Quantity {
    /// Reads text with a unit, or a bare number that is already in the metric's `unit`.
    ///
    /// # Errors
    /// When it is no quantity, measures something else than the metric, or is a difference (signed, `x` or `pp`).
    pub fn parse(text: &str, unit: Unit) -> Result<Self, QuantityFault> {
        let text = text.trim();
        let written = fault::scan_or_explain(text, unit, unit.examples())?;
        // A plus, `x` or `pp` is a difference whatever it is counted in: what is missing is what it is compared with.
        if matches!(written.suffix, Suffix::Times | Suffix::Points) || written.sign == Some(Sign::Plus) {
            return Err(QuantityFault::Signed { text: text.to_owned(), unit });
        }
        require_dimension(text, &written, unit, unit.examples())?;
        refuse_sign(text, &written, unit)?;
        let value = in_unit(&written, unit).ok_or_else(|| out_of_reach(text))?;
        Ok(Self { text: text.to_owned(), value })
    }

    /// Whether it was written without a unit.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        scan::scan(&self.text).is_ok_and(|written| written.suffix == Suffix::Bare)
    }
}

fn require_dimension(
    text: &str,
    written: &Written,
    wanted: Unit,
    examples: &'static str,
) -> Result<(), QuantityFault> {
    match written.suffix.dimension() {
        Some(found) if found != wanted.dimension() => {
            Err(QuantityFault::WrongDimension { text: text.to_owned(), found, wanted, examples })
        }
        _ => Ok(()),
    }
}

fn refuse_sign(text: &str, written: &Written, unit: Unit) -> Result<(), QuantityFault> {
    let signed = || QuantityFault::Signed { text: text.to_owned(), unit };
    match written.sign {
        None => Ok(()),
        Some(Sign::Plus) => Err(signed()),
        Some(Sign::Minus) if written.suffix != Suffix::Bare => Err(signed()),
        Some(Sign::Minus) if unit == Unit::None => Ok(()),
        Some(Sign::Minus) => {
            let why = format!("a value in `{}` can't be negative", unit.name());
            let advice =
                format!("write a value such as {}; only the unit `none` goes below 0", unit.examples());
            Err(QuantityFault::not_a_quantity(text, Slip::told(why, advice)))
        }
    }
}

/// The signed amount in `unit`, whose dimension fits; `None` when it is beyond what can be computed exactly.
fn in_unit(written: &Written, unit: Unit) -> Option<Number> {
    let amount = written.signed();
    let whole = Number::from_integer;
    match (written.suffix, unit) {
        (Suffix::Percent | Suffix::Points, Unit::Ratio) => amount.checked_div(&whole(100)),
        (Suffix::Seconds, Unit::Days) => amount.checked_div(&whole(86_400)),
        (Suffix::PerSecond, Unit::PerMinute) => amount.checked_mul(&whole(60)),
        (Suffix::PerSecond, Unit::PerHour) => amount.checked_mul(&whole(3_600)),
        (Suffix::PerSecond, Unit::PerDay) => amount.checked_mul(&whole(86_400)),
        _ => Some(amount),
    }
}

fn out_of_reach(text: &str) -> QuantityFault {
    QuantityFault::not_a_quantity(text, Slip::told("it is too large or too small", "use another unit"))
}
