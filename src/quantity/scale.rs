//! Values that are sound but probably a hundred or a thousand times off.

use super::Quantity;
use super::number::Number;
use super::scan::{Suffix, scan};
use super::unit::Unit;

/// A value with two readings; neither is surely right, so a person decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleSuspicion {
    /// What the text means as it stands, with its unit: `500%`.
    pub as_written: String,
    /// What its author may have meant, as it would be written: `5%`.
    pub maybe: String,
}

/// Whether `quantity`, of a metric in `unit`, looks like a slip of scale. `siblings` are all quantities of that metric;
/// it does not matter whether `quantity` is among them.
#[must_use]
pub fn scale_suspicion(quantity: &Quantity, unit: Unit, siblings: &[Quantity]) -> Option<ScaleSuspicion> {
    match unit {
        Unit::Ratio => ratio(quantity, siblings),
        Unit::Percent => percent(quantity, siblings),
        Unit::Seconds => seconds(quantity, siblings),
        _ => None,
    }
}

/// `5` is 500 % and `0.5` beside `1%` is 50 %: both were probably meant as percentages.
fn ratio(quantity: &Quantity, siblings: &[Quantity]) -> Option<ScaleSuspicion> {
    let meant = quantity.value.checked_div(&hundred())?;
    let in_percent = |value: &Number| Some(format!("{}%", value.checked_mul(&hundred())?.to_decimal()?));
    let misread = || quantity.is_bare() && nearer_to_percentages(&quantity.value, &meant, siblings);
    let suspicious = quantity.value > Number::ONE || misread();
    if !suspicious {
        return None;
    }
    Some(ScaleSuspicion { as_written: in_percent(&quantity.value)?, maybe: in_percent(&meant)? })
}

/// Whether the bare value lies outside all values written with `%`, and its hundredth within ten times of them.
fn nearer_to_percentages(value: &Number, meant: &Number, siblings: &[Quantity]) -> bool {
    let written =
        || siblings.iter().filter(|sibling| suffix(sibling) == Some(Suffix::Percent)).map(|one| one.value);
    let (Some(low), Some(high)) = (written().min(), written().max()) else { return false };
    let ten = Number::from_integer(10);
    let near = low.checked_div(&ten).is_some_and(|low| low <= *meant)
        && high.checked_mul(&ten).is_some_and(|high| *meant <= high);
    near && *value > high && !meant.is_zero()
}

/// `0.5` beside `1%` is half a percent where the query yields 0 to 100; it may have been meant as a half.
fn percent(quantity: &Quantity, siblings: &[Quantity]) -> Option<ScaleSuspicion> {
    let beside_percentages = || siblings.iter().any(|sibling| suffix(sibling) == Some(Suffix::Percent));
    let like_a_share = !quantity.value.is_zero() && quantity.value < Number::ONE;
    let maybe = if quantity.value > hundred() {
        quantity.value.checked_div(&hundred())?
    } else if quantity.is_bare() && like_a_share && beside_percentages() {
        quantity.value.checked_mul(&hundred())?
    } else {
        return None;
    };
    let text = |value: &Number| Some(format!("{}%", value.to_decimal()?));
    Some(ScaleSuspicion { as_written: text(&quantity.value)?, maybe: text(&maybe)? })
}

/// `200` beside `500ms` is 200 seconds; it was probably meant in milliseconds.
fn seconds(quantity: &Quantity, siblings: &[Quantity]) -> Option<ScaleSuspicion> {
    let thousandth = quantity.value.checked_div(&Number::from_integer(1_000))?;
    let small =
        |sibling: &&Quantity| sibling.text.ends_with("ms") && suffix(sibling) == Some(Suffix::Seconds);
    let longest = siblings.iter().filter(small).map(|sibling| sibling.value).max()?;
    let far = longest.checked_mul(&Number::from_integer(10)).is_some_and(|far| quantity.value > far);
    if !(quantity.is_bare() && far && thousandth <= longest.checked_mul(&Number::from_integer(10))?) {
        return None;
    }
    let text = quantity.value.to_decimal()?;
    Some(ScaleSuspicion { as_written: format!("{text}s"), maybe: format!("{text}ms") })
}

fn suffix(quantity: &Quantity) -> Option<Suffix> {
    scan(&quantity.text).ok().map(|written| written.suffix)
}

fn hundred() -> Number {
    Number::from_integer(100)
}
