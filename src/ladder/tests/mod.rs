//! What a ladder is, case by case and against a second opinion.

mod cases;
mod order;
mod zones;

use super::{Bound, Condition, Level, Range, Rungs};
use crate::quantity::Number;
use crate::source::{FileId, Span};

fn bound(value: i64) -> Bound {
    let span = Span::new(FileId(0), 0..0);
    Bound { value: Number::from_integer(value), text: value.to_string(), span }
}

fn range(min: Option<i64>, max: Option<i64>) -> Range {
    Range { min: min.map(bound), max: max.map(bound) }
}

fn condition(below: Option<i64>, above: Option<i64>) -> Condition {
    Condition { below: below.map(bound), above: above.map(bound) }
}

/// Bounds as `(below, above)`, a list for each of warn, hold and rollback.
type Plain = [Vec<(Option<i64>, Option<i64>)>; 3];

fn rungs(normal: (Option<i64>, Option<i64>), levels: &Plain) -> Rungs {
    let conditions = |list: &Vec<(Option<i64>, Option<i64>)>| {
        list.iter().map(|(below, above)| condition(*below, *above)).collect()
    };
    let levels = Level::ALL.into_iter().zip(levels.iter().map(conditions)).collect();
    Rungs { normal: range(normal.0, normal.1), levels }
}

/// Where only `above` and `max` are written, one value each.
fn above(max: Option<i64>, warn: Option<i64>, hold: Option<i64>, rollback: Option<i64>) -> Rungs {
    let one = |value: Option<i64>| value.map(|value| (None, Some(value))).into_iter().collect();
    rungs((None, max), &[one(warn), one(hold), one(rollback)])
}
