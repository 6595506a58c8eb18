//! Tests of the module as its users see it.

mod gate;
mod hostile;
mod labels;
mod measure;
mod parsing;
mod properties;
mod queries;
mod rewriting;

use super::{Expr, parse};

fn read(text: &str) -> Expr {
    parse(text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"))
}
