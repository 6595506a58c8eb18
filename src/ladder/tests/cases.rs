use super::super::{
    Direction, Disorder, Ladder, LadderFault, Level, Place, Rung, Rungs, Side, TargetPosition,
    reading_as_target,
};
use super::{above, bound, rungs};
use crate::quantity::Number;

fn ladder(rungs: Rungs) -> Ladder {
    Ladder::new(rungs).expect("in order")
}

/// Each fault in short: side, milder rung, harsher rung, kind.
fn disorders(rungs: Rungs) -> Vec<(Side, &'static str, &'static str, Disorder)> {
    let short = |fault: LadderFault| match fault {
        LadderFault::OutOfOrder { side, milder, harsher, kind, .. } => {
            (side, milder.rung.name(), harsher.rung.name(), kind)
        }
        other => panic!("{other:?}"),
    };
    Ladder::new(rungs).expect_err("out of order").into_iter().map(short).collect()
}

#[test]
fn a_whole_ladder_tells_where_a_value_lies() {
    let ladder = ladder(above(Some(2), Some(5), Some(10), Some(20)));
    assert_eq!(ladder.direction(), Some(Direction::HigherIsWorse));
    assert_eq!(ladder.levels(), Level::ALL);
    let places = [
        (-1, Place::Normal),
        (2, Place::Normal),
        (3, Place::Short),
        (5, Place::Short),
        (6, Place::Level(Level::Warn)),
        (10, Place::Level(Level::Warn)),
        (11, Place::Level(Level::Hold)),
        (20, Place::Level(Level::Hold)),
        (21, Place::Level(Level::Rollback)),
    ];
    for (value, place) in places {
        assert_eq!(ladder.place(&Number::from_integer(value)), place, "{value}");
    }
}

#[test]
fn a_ladder_tells_which_bound_a_value_has_passed() {
    let band = rungs(
        (Some(10), Some(20)),
        &[vec![(Some(8), Some(25))], vec![], vec![(Some(3), None), (None, Some(40))]],
    );
    let band = ladder(band);
    let passed =
        |value| band.passed(&Number::from_integer(value)).map(|it| (it.side, it.rung.name(), it.bound.text));
    assert_eq!(passed(10), None);
    assert_eq!(passed(20), None);
    assert_eq!(passed(9), Some((Side::Below, "normal", "10".to_owned())));
    assert_eq!(passed(25), Some((Side::Above, "normal", "20".to_owned())));
    assert_eq!(passed(26), Some((Side::Above, "warn", "25".to_owned())));
    assert_eq!(passed(2), Some((Side::Below, "rollback", "3".to_owned())));
    assert_eq!(passed(41), Some((Side::Above, "rollback", "40".to_owned())));
}

#[test]
fn ladders_differ_where_both_have_a_rung_with_other_values() {
    let differing = |one: &Ladder, other: &Ladder| -> Vec<(&'static str, String, String)> {
        let found = one.differing(other).into_iter();
        found.map(|(ours, theirs)| (ours.rung.name(), ours.bound.text, theirs.bound.text)).collect()
    };
    let one = ladder(above(Some(2), Some(5), Some(10), None));
    let other = ladder(above(Some(1), Some(5), None, Some(10)));
    assert_eq!(differing(&one, &other), [("normal", "2".to_owned(), "1".to_owned())]);
    assert_eq!(differing(&one, &one), []);
    let below = ladder(rungs((Some(2), None), &[vec![(Some(1), None)], vec![], vec![]]));
    assert_eq!(differing(&one, &below), []);
    let list =
        |second| ladder(rungs((None, None), &[vec![(None, Some(5)), (None, Some(second))], vec![], vec![]]));
    assert_eq!(differing(&list(8), &list(9)), [("warn", "8".to_owned(), "9".to_owned())]);
}

#[test]
fn without_normal_everything_short_of_the_first_level_is_normal() {
    let ladder = ladder(above(None, None, Some(10), None));
    assert_eq!(ladder.place(&Number::from_integer(10)), Place::Normal);
    assert_eq!(ladder.levels(), [Level::Hold]);
}

#[test]
fn no_bounds_have_no_direction() {
    let ladder = ladder(Rungs::default());
    assert_eq!(ladder.direction(), None);
    assert_eq!(ladder.place(&Number::ZERO), Place::Normal);
}

#[test]
fn direction_follows_from_what_is_written() {
    let lower = rungs((Some(10), None), &[vec![(Some(8), None)], vec![], vec![(Some(3), None)]]);
    assert_eq!(ladder(lower).direction(), Some(Direction::LowerIsWorse));
    let band = rungs((Some(10), Some(20)), &[vec![(Some(8), None)], vec![], vec![(None, Some(30))]]);
    let band = ladder(band);
    assert_eq!(band.direction(), Some(Direction::Band));
    assert_eq!(band.sides_unwatched(), [(Level::Warn, Side::Above), (Level::Rollback, Side::Below)]);
    let no_normal = rungs((None, None), &[vec![(Some(8), Some(20))], vec![], vec![(Some(3), None)]]);
    assert_eq!(ladder(no_normal).direction(), Some(Direction::Band));
    let listed = rungs((None, None), &[vec![(None, Some(9)), (Some(3), None)], vec![], vec![]]);
    assert_eq!(ladder(listed).direction(), Some(Direction::Band));
}

#[test]
fn bounds_that_disagree_on_the_direction_are_refused() {
    let cases = [
        rungs((None, Some(5)), &[vec![(Some(3), None)], vec![], vec![]]),
        rungs((None, Some(5)), &[vec![(Some(3), Some(9))], vec![], vec![]]),
        rungs((Some(5), None), &[vec![(None, Some(9))], vec![], vec![]]),
        rungs((None, None), &[vec![(None, Some(9))], vec![], vec![(Some(3), None)]]),
    ];
    for rungs in cases {
        let faults = Ladder::new(rungs).expect_err("mixed");
        assert!(matches!(&faults[..], [LadderFault::MixedDirection { .. }]), "{faults:?}");
    }
}

#[test]
fn each_level_out_of_place_is_named_once() {
    use Side::Above;
    assert_eq!(
        disorders(above(None, Some(5), Some(3), Some(4))),
        [(Above, "warn", "hold", Disorder::Reversed), (Above, "warn", "rollback", Disorder::Reversed)]
    );
    assert_eq!(
        disorders(above(None, Some(5), None, Some(5))),
        [(Above, "warn", "rollback", Disorder::Equal)]
    );
    assert_eq!(
        disorders(above(Some(10), Some(5), None, Some(20))),
        [(Above, "normal", "warn", Disorder::InsideNormal)]
    );
    assert_eq!(disorders(above(Some(5), Some(5), Some(5), None)), [(Above, "warn", "hold", Disorder::Equal)]);
    let below = rungs((Some(10), None), &[vec![(Some(12), None)], vec![], vec![(Some(1), None)]]);
    assert_eq!(disorders(below), [(Side::Below, "normal", "warn", Disorder::InsideNormal)]);
}

#[test]
fn the_mildest_of_a_list_lies_beyond_the_harshest_before_it() {
    let list = |hold| {
        rungs((None, Some(1)), &[vec![(None, Some(10)), (None, Some(5))], vec![(None, Some(hold))], vec![]])
    };
    assert_eq!(disorders(list(7)), [(Side::Above, "warn", "hold", Disorder::Reversed)]);
    let ladder = ladder(list(11));
    let text = |bound: Option<&super::super::Bound>| bound.map(|bound| bound.text.clone());
    assert_eq!(text(ladder.mildest(Level::Warn, Side::Above)).as_deref(), Some("5"));
    assert_eq!(text(ladder.harshest(Level::Warn, Side::Above)).as_deref(), Some("10"));
    assert_eq!(text(ladder.mildest(Level::Warn, Side::Below)), None);
    assert_eq!(ladder.bounds(Level::Warn).len(), 2);
}

#[test]
fn the_line_shows_all_values_as_they_should_stand() {
    let faults = Ladder::new(above(Some(10), Some(5), None, Some(20))).expect_err("out of order");
    let [LadderFault::OutOfOrder { line, .. }] = &faults[..] else { panic!("{faults:?}") };
    let shown: Vec<String> =
        line.iter().map(|one| format!("{}.{} {}", one.rung.name(), one.key(), one.bound.text)).collect();
    assert_eq!(shown, ["normal.max 10", "warn.above 5", "rollback.above 20"]);
}

#[test]
fn ranges_that_leave_no_value_are_refused() {
    let empty = Ladder::new(rungs((Some(5), Some(4)), &[vec![], vec![], vec![]])).expect_err("empty");
    assert!(matches!(&empty[..], [LadderFault::EmptyNormal { .. }]), "{empty:?}");
    let crossed =
        Ladder::new(rungs((None, None), &[vec![(Some(9), Some(5))], vec![], vec![]])).expect_err("crossed");
    assert!(matches!(&crossed[..], [LadderFault::SidesCross { .. }]), "{crossed:?}");
    ladder(rungs((Some(5), Some(5)), &[vec![(Some(5), Some(5))], vec![], vec![]]));
}

#[test]
fn a_level_may_begin_where_normal_ends_but_leaves_no_room() {
    let touching = ladder(above(Some(5), None, Some(5), Some(6))).no_headroom();
    let [(end, first)] = &touching[..] else { panic!("{touching:?}") };
    assert_eq!((end.key(), first.rung), ("max", Rung::Level(Level::Hold)));
    assert!(ladder(above(Some(5), Some(6), None, None)).no_headroom().is_empty());
    assert!(ladder(above(None, Some(6), None, None)).no_headroom().is_empty());
    let both = rungs((Some(1), Some(5)), &[vec![(Some(1), Some(5))], vec![], vec![]]);
    assert_eq!(ladder(both).no_headroom().len(), 2);
}

#[test]
fn a_promise_belongs_between_normal_and_rollback() {
    let higher = ladder(above(Some(5), Some(8), None, Some(20)));
    let positions = [
        (4, TargetPosition::InsideNormal),
        (5, TargetPosition::Between),
        (19, TargetPosition::Between),
        (20, TargetPosition::AtRollback),
        (25, TargetPosition::AtRollback),
    ];
    for (value, position) in positions {
        assert_eq!(higher.target_position(Side::Above, &bound(value)), position, "{value}");
    }
    assert_eq!(higher.target_position(Side::Below, &bound(1)), TargetPosition::WrongSide);
    let lower = ladder(rungs((Some(10), None), &[vec![], vec![], vec![(Some(3), None)]]));
    assert_eq!(lower.target_position(Side::Below, &bound(12)), TargetPosition::InsideNormal);
    assert_eq!(lower.target_position(Side::Below, &bound(3)), TargetPosition::AtRollback);
}

#[test]
fn normal_is_read_as_the_target_where_that_makes_the_order_right() {
    assert!(reading_as_target(&above(Some(10), Some(5), Some(8), Some(20))));
    assert!(!reading_as_target(&above(Some(20), Some(5), Some(8), Some(20))), "a promise at rollback");
    assert!(!reading_as_target(&above(Some(10), Some(8), Some(5), Some(20))), "levels out of order");
    assert!(!reading_as_target(&above(None, Some(8), Some(5), None)), "nothing to read so");
    let mixed = rungs((Some(1), Some(10)), &[vec![(None, Some(5))], vec![], vec![(Some(0), None)]]);
    assert!(!reading_as_target(&mixed), "no band without normal");
}

#[test]
fn a_natural_order_of_sides_is_by_distance() {
    assert!(Side::Above.beyond(&Number::ONE, &Number::ZERO));
    assert!(Side::Below.beyond(&Number::ZERO, &Number::ONE));
    assert!(!Side::Below.beyond(&Number::ONE, &Number::ONE));
}
