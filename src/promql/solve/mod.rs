//! Which series make an expression give a wanted value.
//!
//! Series are steady: each stays at a level or climbs at a constant rate, for longer than every window of the
//! expression. So an expression has one value that no moment changes, a small evaluator finds it, and a search over
//! one series after the other finds the series for a value. What depends on the moment, or on how often samples
//! come, is told as unknown, never guessed.

mod aggregate;
mod binary;
mod build;
mod call;
mod eval;
mod histogram;
mod labels;
mod matching;
mod pattern;
mod range;
mod search;
mod settle;
mod task;
mod world;

pub use eval::{Sample, Unknown, evaluate};
pub use labels::{example, refused};
pub use search::{Aim, Signs, Want};
pub use settle::settle;
pub use task::{breaks, solve};
pub use world::{Labels, Motion, Series};

use super::ast::{Expr, Selector};

/// The label that holds a series' name.
const NAME: &str = "__name__";

/// Whether an expression may have a value although there is not one series.
#[must_use]
pub fn gives_from_nothing(expr: &Expr) -> bool {
    // What can't be told is taken for a value: whoever asks must not rely on there being none.
    evaluate(expr, &[], Some(0.0)).map_or(true, |samples| !samples.is_empty())
}

/// Whether it is known that an expression has a number as its value although there is not one series.
#[must_use]
pub fn surely_gives_from_nothing(expr: &Expr) -> bool {
    evaluate(expr, &[], Some(0.0)).is_ok_and(|samples| samples.iter().any(|sample| !sample.value.is_nan()))
}

/// Why an expression can't be foretold, as the end of "its value …"; `None` where it can.
#[must_use]
pub fn reason(expr: &Expr) -> Option<String> {
    task::reason(expr)
}

/// Whether a selector takes a series.
#[must_use]
pub fn takes(selector: &Selector, series: &Series) -> bool {
    world::takes(selector, &world::patterns(selector), series)
}
