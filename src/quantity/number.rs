//! Exact rational numbers: every threshold is one, so that `0.1%` stays `0.001` all the way to PromQL.

mod text;

use std::cmp::Ordering;

pub use text::NumberFault;

/// An exact rational number without a unit.
///
/// Invariant: the fraction is reduced, the denominator is positive and the numerator is never `i128::MIN`; so two
/// equal numbers are equal field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number {
    numerator: i128,
    denominator: i128,
}

impl Number {
    /// 0.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };
    /// 1.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// The whole number `value`.
    #[must_use]
    pub fn from_integer(value: i64) -> Self {
        Self { numerator: i128::from(value), denominator: 1 }
    }

    /// `numerator / denominator`, reduced; `None` when the denominator is 0 or the result does not fit.
    #[must_use]
    pub fn from_fraction(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        let top = i128::try_from(numerator.unsigned_abs() / divisor).ok()?;
        let bottom = i128::try_from(denominator.unsigned_abs() / divisor).ok()?;
        let negative = (numerator < 0) != (denominator < 0);
        Some(Self { numerator: if negative { -top } else { top }, denominator: bottom })
    }

    /// The reduced fraction: numerator (with the sign) and positive denominator.
    #[must_use]
    pub fn as_fraction(&self) -> (i128, i128) {
        (self.numerator, self.denominator)
    }

    /// Whether it is exactly 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.numerator == 0
    }

    /// Whether it is below 0.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.numerator < 0
    }

    /// The same distance from 0 on the other side.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self { numerator: -self.numerator, denominator: self.denominator }
    }

    /// The exact sum; `None` when it does not fit.
    #[must_use]
    pub fn checked_add(&self, other: &Self) -> Option<Self> {
        let shared =
            greatest_common_divisor(self.denominator.unsigned_abs(), other.denominator.unsigned_abs());
        let shared = i128::try_from(shared).ok()?;
        let (ours, theirs) = (self.denominator / shared, other.denominator / shared);
        let left = self.numerator.checked_mul(theirs)?;
        let right = other.numerator.checked_mul(ours)?;
        Self::from_fraction(left.checked_add(right)?, self.denominator.checked_mul(theirs)?)
    }

    /// The exact difference; `None` when it does not fit.
    #[must_use]
    pub fn checked_sub(&self, other: &Self) -> Option<Self> {
        self.checked_add(&other.negated())
    }

    /// The exact product; `None` when it does not fit.
    #[must_use]
    pub fn checked_mul(&self, other: &Self) -> Option<Self> {
        // Reducing crosswise first keeps the intermediate products as small as the result.
        let left = Self::from_fraction(self.numerator, other.denominator)?;
        let right = Self::from_fraction(other.numerator, self.denominator)?;
        let numerator = left.numerator.checked_mul(right.numerator)?;
        Self::from_fraction(numerator, left.denominator.checked_mul(right.denominator)?)
    }

    /// The exact quotient; `None` when the divisor is 0 or the quotient does not fit.
    #[must_use]
    pub fn checked_div(&self, other: &Self) -> Option<Self> {
        self.checked_mul(&Self::from_fraction(other.denominator, other.numerator)?)
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        compare((self.numerator, self.denominator), (other.numerator, other.denominator))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares two fractions by their continued fractions: nothing is multiplied, so nothing can overflow.
fn compare(mut left: (i128, i128), mut right: (i128, i128)) -> Ordering {
    let mut flipped = false;
    loop {
        let whole = left.0.div_euclid(left.1).cmp(&right.0.div_euclid(right.1));
        let rests = (left.0.rem_euclid(left.1), right.0.rem_euclid(right.1));
        let order = match (whole, rests) {
            (Ordering::Equal, (1.., 1..)) => {
                // Equal whole parts: the greater rest is the one whose reciprocal is smaller.
                (left, right) = ((left.1, rests.0), (right.1, rests.1));
                flipped = !flipped;
                continue;
            }
            (Ordering::Equal, (left_rest, right_rest)) => left_rest.cmp(&right_rest),
            (unequal, _) => unequal,
        };
        return if flipped { order.reverse() } else { order };
    }
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}
