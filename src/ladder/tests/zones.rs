//! Zones against what the ladder says of single values.

use super::super::{Ladder, Level, Place};
use super::order::anything;
use super::{above, rungs};
use crate::quantity::Number;
use proptest::prelude::*;

fn places(ladder: &Ladder) -> Vec<Place> {
    ladder.zones().into_iter().map(|zone| zone.place).collect()
}

#[test]
fn a_ladder_is_cut_at_every_bound() {
    let ladder = Ladder::new(above(Some(1), Some(2), None, Some(4))).unwrap();
    let wanted = [Place::Normal, Place::Short, Place::Level(Level::Warn), Place::Level(Level::Rollback)];
    assert_eq!(places(&ladder), wanted);
    let touching = Ladder::new(above(Some(2), Some(2), None, None)).unwrap();
    assert_eq!(places(&touching), [Place::Normal, Place::Level(Level::Warn)]);
    assert_eq!(places(&Ladder::new(above(None, None, None, None)).unwrap()), [Place::Normal]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_value_of_a_zone_lies_at_its_place((normal, levels) in anything()) {
        let Ok(ladder) = Ladder::new(rungs(normal, &levels)) else { return Ok(()) };
        for zone in ladder.zones() {
            for tenth in -60..60 {
                let value = Number::from_fraction(tenth, 10).unwrap();
                let inside = zone.from.is_none_or(|from| from.value < value)
                    && zone.to.is_none_or(|to| value < to.value);
                prop_assert!(!inside || ladder.place(&value) == zone.place, "{:?} at {}/10", zone, tenth);
            }
        }
    }
}
