//! One written quantity taken apart: sign, amount and suffix. What it may be is decided by its readers.

use super::number::{Number, NumberFault};
use super::unit::Dimension;

/// The sign that stood before an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
}

/// What followed an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suffix {
    /// Nothing.
    Bare,
    /// `%`; the amount is the number before it.
    Percent,
    /// `x`; the amount is the number before it.
    Times,
    /// `pp`; the amount is the number before it.
    Points,
    /// A unit of time; the amount is in seconds.
    Seconds,
    /// A unit of data; the amount is in bytes.
    Bytes,
    /// A rate; the amount is per second.
    PerSecond,
}

impl Suffix {
    /// What kind of thing it can measure; `None` for a bare number and for `x`, which go with anything.
    pub(super) fn dimension(self) -> Option<Dimension> {
        match self {
            Self::Bare | Self::Times => None,
            Self::Percent | Self::Points => Some(Dimension::Share),
            Self::Seconds => Some(Dimension::Time),
            Self::Bytes => Some(Dimension::Size),
            Self::PerSecond => Some(Dimension::Rate),
        }
    }
}

/// A quantity as written; `amount` is never negative, the sign stands apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) sign: Option<Sign>,
    pub(super) amount: Number,
    pub(super) suffix: Suffix,
}

impl Written {
    /// The amount with its sign.
    pub(super) fn signed(&self) -> Number {
        if self.sign == Some(Sign::Minus) { self.amount.negated() } else { self.amount }
    }
}

/// Why a text could not be taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScanFault {
    /// Its number is none.
    Number(NumberFault),
    /// No known unit follows its number.
    UnknownUnit,
    /// It is beyond what can be computed exactly.
    TooLarge,
}

/// Seconds in each unit of time, as a fraction.
const TIME: [(&str, i128, i128); 11] = [
    ("ns", 1, 1_000_000_000),
    ("us", 1, 1_000_000),
    ("µs", 1, 1_000_000),
    ("μs", 1, 1_000_000),
    ("ms", 1, 1_000),
    ("s", 1, 1),
    ("m", 60, 1),
    ("h", 3_600, 1),
    ("d", 86_400, 1),
    ("w", 604_800, 1),
    ("y", 31_536_000, 1),
];

const SIZES: [(&str, i128); 13] = [
    ("B", 1),
    ("kB", 1_000),
    ("KB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000),
    ("PB", 1_000_000_000_000_000),
    ("kiB", 1 << 10),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("TiB", 1 << 40),
    ("PiB", 1 << 50),
];

/// Seconds in what may follow the slash of a rate.
const RATES: [(&str, i128); 12] = [
    ("s", 1),
    ("sec", 1),
    ("second", 1),
    ("m", 60),
    ("min", 60),
    ("minute", 60),
    ("h", 3_600),
    ("hour", 3_600),
    ("d", 86_400),
    ("day", 86_400),
    ("w", 604_800),
    ("week", 604_800),
];

/// Takes a trimmed text apart.
pub(super) fn scan(text: &str) -> Result<Written, ScanFault> {
    let (sign, body) = split_sign(text);
    let (digits, rest) = split_number(body);
    if digits.is_empty() {
        return Err(ScanFault::Number(NumberFault::NotANumber));
    }
    let number = Number::parse(digits).map_err(ScanFault::Number)?;
    let rest = rest.trim();
    let (suffix, amount) = match suffix_of(rest) {
        Some((suffix, factor)) => (suffix, number.checked_mul(&factor).ok_or(ScanFault::TooLarge)?),
        None => (Suffix::Seconds, combination(body).ok_or(ScanFault::UnknownUnit)?),
    };
    Ok(Written { sign, amount, suffix })
}

/// The sign and what follows it.
pub(super) fn split_sign(text: &str) -> (Option<Sign>, &str) {
    let (sign, body) = match text.as_bytes().first() {
        Some(b'+') => (Some(Sign::Plus), &text[1..]),
        Some(b'-') => (Some(Sign::Minus), &text[1..]),
        _ => (None, text),
    };
    (sign, body.trim_start())
}

/// The number at the front of an unsigned text, and the rest.
pub(super) fn split_number(text: &str) -> (&str, &str) {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    text.split_at(digits + exponent_length(&text[digits..]))
}

/// An `e` counts as an exponent only when digits follow it.
fn exponent_length(rest: &str) -> usize {
    let Some(after) = rest.strip_prefix(['e', 'E']) else { return 0 };
    let unsigned = after.strip_prefix(['+', '-']).unwrap_or(after);
    let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 { 0 } else { rest.len() - unsigned.len() + digits }
}

fn suffix_of(rest: &str) -> Option<(Suffix, Number)> {
    let plain = match rest {
        "" => Some(Suffix::Bare),
        "%" => Some(Suffix::Percent),
        "x" | "X" | "×" => Some(Suffix::Times),
        "pp" => Some(Suffix::Points),
        _ => None,
    };
    if let Some(suffix) = plain {
        return Some((suffix, Number::ONE));
    }
    if let Some(per) = rest.strip_prefix('/') {
        let (_, seconds) = RATES.iter().find(|(name, _)| *name == per.trim_start())?;
        return Some((Suffix::PerSecond, Number::from_fraction(1, *seconds)?));
    }
    if let Some((_, bytes)) = SIZES.iter().find(|(name, _)| *name == rest) {
        return Some((Suffix::Bytes, Number::from_fraction(*bytes, 1)?));
    }
    Some((Suffix::Seconds, time_unit(rest)?))
}

/// Seconds in a unit of time; `None` when there is no such unit.
pub(super) fn time_unit(name: &str) -> Option<Number> {
    let (_, top, bottom) = TIME.iter().find(|(known, _, _)| *known == name)?;
    Number::from_fraction(*top, *bottom)
}

/// Whole numbers of ever smaller units of time, such as `1h30m`, in seconds.
fn combination(body: &str) -> Option<Number> {
    let mut rest = body;
    let mut total = Number::ZERO;
    let mut last: Option<Number> = None;
    while !rest.is_empty() {
        let (amount, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
        let end = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let size = time_unit(after[..end].trim())?;
        if last.is_some_and(|last| size >= last) {
            return None;
        }
        total = total.checked_add(&Number::parse(amount).ok()?.checked_mul(&size)?)?;
        last = Some(size);
        rest = &after[end..];
    }
    Some(total)
}
