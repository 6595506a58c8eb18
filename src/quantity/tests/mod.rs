//! What quantities are, case by case.

mod delta;
mod duration;
mod number;
mod quantity;
mod scale;

use super::Number;

/// The number that a decimal text stands for.
fn number(text: &str) -> Number {
    Number::parse(text).expect("a number")
}
