//! Values to try: calm ones, those at a bound, and those just beyond.

use super::law::Raise;
use crate::ladder::{Bound, Side};
use crate::quantity::Number;
use crate::spec::metric::Limits;

/// A value just beyond a bound: by a thousandth of it, or by a thousandth where it is 0.
pub fn beyond(bound: &Bound, side: Side) -> Number {
    step(&bound.value, side, 1)
}

/// A value by some thousandths farther out than another.
fn step(from: &Number, side: Side, thousandths: i64) -> Number {
    let size = if from.is_zero() { Number::from_integer(1) } else { *from };
    let thousandth = |number: &Number| number.checked_div(&Number::from_integer(1000));
    let by = thousandth(&size).and_then(|by| by.checked_mul(&Number::from_integer(thousandths)));
    let Some(by) = by else { return *from };
    let outward = if by.is_negative() { by.negated() } else { by };
    let moved = match side {
        Side::Above => from.checked_add(&outward),
        Side::Below => from.checked_sub(&outward),
    };
    moved.unwrap_or(*from)
}

/// A value that raises nothing in any of the cases; `None` where every value raises something.
pub fn calm<'a>(limits: &[&'a Limits], raises: &[Raise<'a>]) -> Option<Number> {
    let mut tries: Vec<Number> = Vec::new();
    for of in limits {
        let Some(normal) = &of.normal else { continue };
        let ends: Vec<Number> =
            [&normal.min, &normal.max].into_iter().flatten().map(|bound| bound.value).collect();
        if let [min, max] = ends.as_slice() {
            let sum = min.checked_add(max);
            tries.extend(sum.and_then(|sum| sum.checked_div(&Number::from_integer(2))));
        }
        tries.extend(ends);
    }
    for raise in raises {
        let inward = if raise.side == Side::Above { Side::Below } else { Side::Above };
        tries.extend([100, 1].map(|by| step(&raise.bound.value, inward, by)));
        tries.push(raise.bound.value);
    }
    tries.push(Number::from_integer(0));
    tries.into_iter().find(|value| !raises.iter().any(|raise| raise.reached(value)))
}

/// The nearest number to `wanted` for which `computed` gives exactly `wanted` back, or the nearest one where there is none.
#[allow(clippy::float_cmp, reason = "exactly the same number is what is looked for")]
pub fn exactly(start: f64, wanted: f64, computed: impl Fn(f64) -> f64) -> f64 {
    let (mut up, mut down) = (start, start);
    for _ in 0..8 {
        if let Some(found) = [up, down].into_iter().find(|of| computed(*of) == wanted) {
            return found;
        }
        (up, down) = (up.next_up(), down.next_down());
    }
    start
}
