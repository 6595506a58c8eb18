//! Values to try: calm ones, those at a bound, and those just beyond.

use super::law::Raise;
use crate::ladder::{Bound, Side};
use crate::quantity::Number;
use crate::spec::metric::{Extent, Limits};

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

/// A value that raises nothing in any of the cases; `None` where every value raises something. It is one that the metric can
/// have, where there is such a one.
pub fn calm<'a>(limits: &[&'a Limits], raises: &[Raise<'a>], extent: Extent) -> Option<Number> {
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
        let all = extent.most.filter(|_| inward == Side::Above);
        let steps = [100, 1].map(|by| step(&raise.bound.value, inward, by));
        tries.extend([Some(steps[0]), all, Some(steps[1])].into_iter().flatten());
        tries.push(raise.bound.value);
    }
    tries.push(Number::from_integer(0));
    let calm = |value: &&Number| !raises.iter().any(|raise| raise.reached(value));
    let usual = tries.iter().filter(calm).find(|value| extent.has(value));
    usual.or_else(|| tries.iter().find(calm)).copied()
}

/// A number for which `computed` gives exactly `wanted` back. Where there is none, the nearest one whose result does not
/// lie beyond `wanted` on the side that is named.
#[allow(clippy::float_cmp, reason = "exactly the same number is what is looked for")]
pub fn exactly(start: f64, wanted: f64, side: Option<Side>, computed: impl Fn(f64) -> f64) -> f64 {
    let (mut up, mut down) = (start, start);
    let mut near = None;
    for _ in 0..8 {
        if let Some(found) = [up, down].into_iter().find(|of| computed(*of) == wanted) {
            return found;
        }
        near = near.or_else(|| [up, down].into_iter().find(|of| !is_beyond(side, computed(*of), wanted)));
        (up, down) = (up.next_up(), down.next_down());
    }
    near.unwrap_or(start)
}

fn is_beyond(side: Option<Side>, value: f64, bound: f64) -> bool {
    match side {
        Some(Side::Above) => value > bound,
        Some(Side::Below) => value < bound,
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_number_gives_is_kept_short_of_the_bound() {
        let computed = |ours: f64| ours / 1000.0 - 1.0;
        let of = |side| computed(exactly(1200.0, 0.2, Some(side), computed));
        assert!(of(Side::Above) < 0.2 && of(Side::Above) > 0.2 - 1e-12);
        assert!(of(Side::Below) > 0.2 && of(Side::Below) < 0.2 + 1e-12);
        assert!(
            (computed(exactly(1500.0, 0.5, Some(Side::Below), computed)) - 0.5).abs() < f64::MIN_POSITIVE
        );
    }
}
