//! A second opinion on the law, written as plainly as it can be and sharing nothing with the first.

use proptest::prelude::*;

use super::super::{Direction, Ladder, Place, Side};
use super::{Plain, rungs};
use crate::quantity::Number;

type Normal = (Option<i64>, Option<i64>);

/// Every pair of values compared with every other.
fn in_order(normal: Normal, levels: &Plain) -> bool {
    for (n, level) in levels.iter().enumerate() {
        for (below, above) in level {
            if let (Some(max), Some(above)) = (normal.1, above)
                && *above < max
            {
                return false;
            }
            if let (Some(min), Some(below)) = (normal.0, below)
                && *below > min
            {
                return false;
            }
            for (harsher_below, harsher_above) in levels[n + 1..].iter().flatten() {
                if let (Some(above), Some(harsher)) = (above, harsher_above)
                    && harsher <= above
                {
                    return false;
                }
                if let (Some(below), Some(harsher)) = (below, harsher_below)
                    && harsher >= below
                {
                    return false;
                }
            }
        }
    }
    true
}

/// Whether the good values of both sides leave at least one between them.
fn leaves_room(normal: Normal, levels: &Plain) -> bool {
    if let (Some(min), Some(max)) = normal {
        return min <= max;
    }
    let all = || levels.iter().flatten();
    all().all(|(below, _)| all().all(|(_, above)| !matches!((below, above), (Some(b), Some(a)) if b > a)))
}

/// Whether one direction explains everything that is written.
fn agrees(normal: Normal, levels: &Plain) -> bool {
    let all = || levels.iter().flatten();
    match normal {
        (Some(_), Some(_)) => true,
        (None, Some(_)) => all().all(|(below, _)| below.is_none()),
        (Some(_), None) => all().all(|(_, above)| above.is_none()),
        (None, None) => {
            levels.iter().any(|level| {
                level.iter().any(|(below, _)| below.is_some())
                    && level.iter().any(|(_, above)| above.is_some())
            }) || all().all(|(below, _)| below.is_none())
                || all().all(|(_, above)| above.is_none())
        }
    }
}

fn value() -> impl Strategy<Value = Option<i64>> {
    proptest::option::of(-4_i64..5)
}

/// What a side may hold: nothing, or anything.
fn level(below: bool, above: bool) -> impl Strategy<Value = Vec<(Option<i64>, Option<i64>)>> {
    let one = (value(), value()).prop_map(move |(b, a)| (b.filter(|_| below), a.filter(|_| above)));
    proptest::collection::vec(one, 0..3)
}

pub(super) fn anything() -> impl Strategy<Value = (Normal, Plain)> {
    (any::<bool>(), any::<bool>()).prop_flat_map(|(below, above)| {
        let normal =
            (value(), value()).prop_map(move |(min, max)| (min.filter(|_| below), max.filter(|_| above)));
        (normal, [level(below, above), level(below, above), level(below, above)])
    })
}

/// Eight increasing values: rollback, hold and warn below, both ends of normal, warn, hold and rollback above.
fn steps() -> impl Strategy<Value = Vec<i64>> {
    proptest::collection::vec(1_i64..1_000, 8).prop_map(|gaps| {
        let sums = gaps.iter().scan(-2_000_i64, |at, gap| {
            *at += gap;
            Some(*at)
        });
        sums.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn a_ladder_exists_exactly_when_it_is_in_order((normal, levels) in anything()) {
        let expected = in_order(normal, &levels) && leaves_room(normal, &levels) && agrees(normal, &levels);
        let ladder = Ladder::new(rungs(normal, &levels));
        prop_assert_eq!(ladder.is_ok(), expected, "{:?}", ladder);
    }

    #[test]
    fn what_is_made_in_order_is_a_ladder(steps in steps(), sides in 0_usize..3, present: [bool; 4]) {
        let below = |n: usize| (sides != 0).then(|| steps[n]);
        let above = |n: usize| (sides != 1).then(|| steps[n]);
        let level = |b: usize, a: usize, there: bool| if there { vec![(below(b), above(a))] } else { vec![] };
        let normal = if present[3] { (below(3), above(4)) } else { (None, None) };
        let levels = [level(2, 5, present[0]), level(1, 6, present[1]), level(0, 7, present[2])];
        let ladder = Ladder::new(rungs(normal, &levels));
        let nothing = present == [false; 4];
        let expected = [Direction::HigherIsWorse, Direction::LowerIsWorse, Direction::Band][sides];
        prop_assert_eq!(ladder.map(|ladder| ladder.direction()), Ok((!nothing).then_some(expected)));
    }

    #[test]
    fn going_outward_never_gets_milder((normal, levels) in anything(), a in -5_i64..6, b in -5_i64..6) {
        let Ok(ladder) = Ladder::new(rungs(normal, &levels)) else { return Ok(()) };
        let (near, far) = (Number::from_integer(a.min(b)), Number::from_integer(a.max(b)));
        match ladder.direction() {
            Some(Direction::HigherIsWorse) => prop_assert!(ladder.place(&near) <= ladder.place(&far)),
            Some(Direction::LowerIsWorse) => prop_assert!(ladder.place(&far) <= ladder.place(&near)),
            _ => {}
        }
        for side in Side::ALL {
            if let Some(end) = ladder.normal().end(side) {
                prop_assert_eq!(ladder.place(&end.value), Place::Normal);
            }
        }
    }
}
