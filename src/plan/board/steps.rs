//! A ladder as steps: from which value on a reader sees which level.

use crate::ladder::{Ladder, Place, Rung, Side};
use crate::quantity::Number;

/// From a value on, what values mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The value where it begins; `None` for the smallest of all.
    pub from: Option<Number>,
    /// What values mean from there to the next step.
    pub place: Place,
}

/// The steps of a ladder, the smallest value first. The first has no beginning, and no two begin at the same value.
#[must_use]
pub fn steps(ladder: &Ladder) -> Vec<Step> {
    let place = |rung: Rung| match rung {
        Rung::Normal => Place::Short,
        Rung::Level(level) => Place::Level(level),
    };
    let mut below = ladder.line(Side::Below);
    below.reverse();
    let inner = below.iter().skip(1).map(|bound| place(bound.rung)).chain([Place::Normal]);
    let mut all: Vec<(Number, Place)> = below.iter().map(|bound| bound.bound.value).zip(inner).collect();
    let above = ladder.line(Side::Above);
    all.extend(above.iter().map(|bound| (bound.bound.value, place(bound.rung))));
    let first = below.first().map_or(Place::Normal, |bound| place(bound.rung));
    let mut steps = vec![Step { from: None, place: first }];
    for (value, place) in all {
        match steps.last_mut().filter(|last| last.from == Some(value)) {
            // Where one value is all that is normal, it is shown as normal.
            Some(last) if place != Place::Short => last.place = place,
            Some(_) => {}
            None => steps.push(Step { from: Some(value), place }),
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ladder::{Bound, Condition, Level, Range, Rungs};
    use crate::source::{Sources, Span};

    fn bound(value: i64) -> Bound {
        let file = Sources::default().add("x", "");
        let span = Span { file, start: 0, end: 0 };
        Bound { value: Number::from_integer(value), text: value.to_string(), span }
    }

    fn ladder(normal: (Option<i64>, Option<i64>), levels: &[(Level, Option<i64>, Option<i64>)]) -> Ladder {
        let mut rungs = Rungs {
            normal: Range { min: normal.0.map(bound), max: normal.1.map(bound) },
            ..Rungs::default()
        };
        for (level, above, below) in levels {
            let condition = Condition { above: above.map(bound), below: below.map(bound) };
            rungs.levels.entry(*level).or_default().push(condition);
        }
        Ladder::new(rungs).unwrap()
    }

    fn told(ladder: &Ladder) -> String {
        let word = |place| match place {
            Place::Normal => "normal".to_owned(),
            Place::Short => "short".to_owned(),
            Place::Level(level) => level.name().to_owned(),
        };
        let step = |step: Step| match step.from {
            Some(from) => format!("{from} {}", word(step.place)),
            None => word(step.place),
        };
        steps(ladder).into_iter().map(step).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn upward_each_level_begins_at_its_bound() {
        let levels = [(Level::Warn, Some(5), None), (Level::Rollback, Some(9), None)];
        assert_eq!(told(&ladder((None, Some(3)), &levels)), "normal, 3 short, 5 warn, 9 rollback");
        assert_eq!(told(&ladder((None, None), &levels)), "normal, 5 warn, 9 rollback");
    }

    #[test]
    fn downward_the_harshest_level_comes_first() {
        let levels =
            [(Level::Warn, None, Some(5)), (Level::Hold, None, Some(3)), (Level::Rollback, None, Some(1))];
        assert_eq!(told(&ladder((Some(8), None), &levels)), "rollback, 1 hold, 3 warn, 5 short, 8 normal");
    }

    #[test]
    fn a_band_has_both_sides() {
        let levels = [(Level::Warn, Some(7), Some(3)), (Level::Rollback, Some(9), Some(1))];
        assert_eq!(
            told(&ladder((Some(4), Some(6)), &levels)),
            "rollback, 1 warn, 3 short, 4 normal, 6 short, 7 warn, 9 rollback"
        );
    }

    #[test]
    fn a_level_that_begins_where_normal_ends_hides_no_other() {
        assert_eq!(told(&ladder((None, Some(0)), &[(Level::Warn, Some(0), None)])), "normal, 0 warn");
        let below = [(Level::Warn, None, Some(5)), (Level::Rollback, None, Some(3))];
        assert_eq!(told(&ladder((Some(5), None), &below)), "rollback, 3 warn, 5 normal");
        assert_eq!(
            told(&ladder((Some(1), Some(1)), &[(Level::Warn, Some(4), None)])),
            "short, 1 normal, 4 warn"
        );
    }

    #[test]
    fn without_bounds_all_is_normal() {
        assert_eq!(told(&ladder((None, None), &[])), "normal");
    }
}
