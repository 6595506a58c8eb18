//! Differences from a reference: the bounds of metrics with `relative_to`.

use super::fault::{self, QuantityFault};
use super::number::Number;
use super::scan::{Sign, Suffix, Written};
use super::slip::Slip;
use super::unit::{Dimension, Unit};
use super::{in_unit, out_of_reach, require_dimension};

/// How a difference is counted; all differences of one metric are of one form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeltaForm {
    /// As a change in proportion to the reference: `+30%`, `2x`.
    Factor,
    /// In percentage points of a share: `-5pp`.
    Points,
    /// In the metric's unit: `+100ms`.
    Absolute,
}

/// A difference from a metric's reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta {
    /// As the author wrote it, trimmed.
    pub text: String,
    /// The difference. As a factor it is the change (`+30%` is 0.3, `2x` is 1, `0.5x` is -0.5); in the other forms
    /// it is in the metric's unit (`-5pp` is -0.05 on `ratio` and -5 on `percent`).
    pub value: Number,
    form: DeltaForm,
}

impl Delta {
    /// Reads a signed quantity or an `x` quantity; 0 needs no sign.
    ///
    /// # Errors
    /// When it is no quantity, measures something else than the metric, or has neither sign nor `x`.
    pub fn parse(text: &str, unit: Unit) -> Result<Self, QuantityFault> {
        let text = text.trim();
        let written = fault::scan_or_explain(text, unit, unit.delta_examples())?;
        // A percentage is a change in proportion, so it goes with every unit.
        if written.suffix != Suffix::Percent {
            require_dimension(text, &written, unit, unit.delta_examples())?;
        }
        require_sign(text, &written, unit)?;
        require_unit(text, &written, unit)?;
        let (form, value) = measured(&written, unit).ok_or_else(|| out_of_reach(text))?;
        let lost = form == DeltaForm::Factor && value < Number::ONE.negated() && unit != Unit::None;
        if lost {
            return Err(refused(text, "nothing can fall by more than 100%", "write at most `-100%`"));
        }
        Ok(Self { text: text.to_owned(), value, form })
    }

    /// How it is counted.
    #[must_use]
    pub fn form(&self) -> DeltaForm {
        self.form
    }
}

/// The one form of a metric's differences; `None` when there are no differences. A difference of 0 goes with every
/// form, since it means the same in each.
///
/// # Errors
/// The first two differences whose forms disagree.
pub fn common_form<'a>(deltas: &[&'a Delta]) -> Result<Option<DeltaForm>, (&'a Delta, &'a Delta)> {
    let mut telling = deltas.iter().filter(|delta| !delta.value.is_zero());
    let Some(first) = telling.next() else { return Ok(deltas.first().map(|delta| delta.form)) };
    match telling.find(|delta| delta.form != first.form) {
        Some(other) => Err((first, other)),
        None => Ok(Some(first.form)),
    }
}

fn require_sign(text: &str, written: &Written, unit: Unit) -> Result<(), QuantityFault> {
    match (written.suffix, written.sign) {
        (Suffix::Times, Some(Sign::Plus)) => {
            let advice = "write `2x` for twice the reference, or `+100%` for as much again";
            Err(refused(text, "`x` takes no sign", advice))
        }
        (Suffix::Times, Some(Sign::Minus)) => {
            let advice = "write `0.5x` for half the reference, or `-50%`";
            Err(refused(text, "`x` takes no sign", advice))
        }
        (Suffix::Times, None) | (_, Some(_)) => Ok(()),
        (_, None) if written.amount.is_zero() => Ok(()),
        (_, None) => Err(QuantityFault::Unsigned { text: text.to_owned(), unit }),
    }
}

/// A bare difference is told from a proportion only where the unit has no suffix of its own.
fn require_unit(text: &str, written: &Written, unit: Unit) -> Result<(), QuantityFault> {
    if written.suffix != Suffix::Bare || written.amount.is_zero() {
        return Ok(());
    }
    let advice = match unit.dimension() {
        Dimension::Count | Dimension::Number => return Ok(()),
        Dimension::Share => {
            format!("write `{text}%` for a part of the reference, or `{text}pp` for percentage points")
        }
        Dimension::Time => format!("write `{text}s`, `{text}ms`, or `{text}%` for a part of the reference"),
        Dimension::Size => format!("write `{text}B`, `{text}MB`, or `{text}%` for a part of the reference"),
        Dimension::Rate => {
            format!("write `{text}/s`, `{text}/day`, or `{text}%` for a part of the reference")
        }
    };
    Err(refused(text, "it does not say of what", &advice))
}

fn measured(written: &Written, unit: Unit) -> Option<(DeltaForm, Number)> {
    let value = match written.suffix {
        Suffix::Times => return Some((DeltaForm::Factor, written.amount.checked_sub(&Number::ONE)?)),
        Suffix::Percent => {
            return Some((DeltaForm::Factor, written.signed().checked_div(&Number::from_integer(100))?));
        }
        _ => in_unit(written, unit)?,
    };
    Some((if written.suffix == Suffix::Points { DeltaForm::Points } else { DeltaForm::Absolute }, value))
}

fn refused(text: &str, why: &str, advice: &str) -> QuantityFault {
    QuantityFault::not_a_quantity(text, Slip::told(why, advice))
}
