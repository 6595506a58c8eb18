//! Numbers from decimal text and back into PromQL, without a detour through floating point.

use std::fmt;

use super::Number;

/// Most significant digits that a written number may have, and most digits after its point.
const MAX_DIGITS: usize = 18;
/// Greatest exponent that a written number may have, in either direction.
const MAX_EXPONENT: i32 = 18;
/// Up to here every whole number is exact in floating point.
const EXACT_IN_F64: i128 = 1 << 53;

/// Why a text is no [`Number`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// It is no decimal number.
    NotANumber,
    /// It has more than 18 significant digits, or more than 18 after the point.
    TooManyDigits,
    /// Its exponent is beyond ±18.
    ExponentTooLarge,
}

impl Number {
    /// Reads decimal text exactly: an optional sign, digits with an optional point, an optional exponent (`1e6`).
    ///
    /// # Errors
    /// When the text is no such number, has more than 18 significant digits, or an exponent beyond ±18.
    pub fn parse(text: &str) -> Result<Self, NumberFault> {
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = split_point(mantissa)?;
        let fraction = fraction.trim_end_matches('0');
        let digits = format!("{whole}{fraction}");
        let digits = digits.trim_start_matches('0');
        let places = i32::try_from(fraction.len()).map_err(|_| NumberFault::TooManyDigits)?;
        if digits.len() > MAX_DIGITS || fraction.len() > MAX_DIGITS {
            return Err(NumberFault::TooManyDigits);
        }
        let magnitude: i128 = if digits.is_empty() { 0 } else { digits.parse().unwrap_or(0) };
        let magnitude = shifted(magnitude, exponent - places).ok_or(NumberFault::ExponentTooLarge)?;
        Ok(if text.starts_with('-') { magnitude.negated() } else { magnitude })
    }

    /// As plain decimal text without exponent and trailing zeros; `None` when the decimals never end.
    #[must_use]
    pub fn to_decimal(&self) -> Option<String> {
        let (numerator, denominator) = self.as_fraction();
        let (rest, twos) = divide_out(denominator, 2);
        let (rest, fives) = divide_out(rest, 5);
        if rest != 1 {
            return None;
        }
        let places = twos.max(fives);
        let missing = 2_i128.checked_pow(places - twos)?.checked_mul(5_i128.checked_pow(places - fives)?)?;
        let digits = numerator.checked_mul(missing)?.unsigned_abs().to_string();
        let places = usize::try_from(places).ok()?;
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        let sign = if self.is_negative() { "-" } else { "" };
        Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
    }

    /// As an exact PromQL literal: `0.001`, `200`, `-0.05`, and `(1 / 86400)` where decimals never end.
    #[must_use]
    pub fn to_promql(&self) -> String {
        let (numerator, denominator) = self.as_fraction();
        self.to_decimal().unwrap_or_else(|| format!("({numerator} / {denominator})"))
    }

    /// The nearest floating-point number; only for what is never compared, such as a chart's axis.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn to_f64(&self) -> f64 {
        let (numerator, denominator) = self.as_fraction();
        let divided = numerator as f64 / denominator as f64;
        if numerator.abs() <= EXACT_IN_F64 && denominator <= EXACT_IN_F64 {
            return divided;
        }
        self.to_decimal().and_then(|text| text.parse().ok()).unwrap_or(divided)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_promql())
    }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn split_point(mantissa: &str) -> Result<(&str, &str), NumberFault> {
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let sound = all_digits(whole) && all_digits(fraction) && !fraction.is_empty() && !mantissa.is_empty();
    if sound { Ok((whole, fraction)) } else { Err(NumberFault::NotANumber) }
}

fn parse_exponent(text: &str) -> Result<i32, NumberFault> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !all_digits(digits) {
        return Err(NumberFault::NotANumber);
    }
    let size = digits.parse::<i32>().unwrap_or(i32::MAX);
    match size {
        ..=MAX_EXPONENT => Ok(if text.starts_with('-') { -size } else { size }),
        _ => Err(NumberFault::ExponentTooLarge),
    }
}

fn shifted(value: i128, places: i32) -> Option<Number> {
    let power = 10_i128.checked_pow(places.unsigned_abs())?;
    if places < 0 {
        Number::from_fraction(value, power)
    } else {
        Number::from_fraction(value.checked_mul(power)?, 1)
    }
}

fn divide_out(mut value: i128, factor: i128) -> (i128, u32) {
    let mut times = 0;
    while value % factor == 0 {
        value /= factor;
        times += 1;
    }
    (value, times)
}
