//! The steps behind a metric's lines are its ladder: asked at any value, both give the same level.

use crate::projects::{all, boards, compiled, list};
use relspec::ladder::{Ladder, Level, Place};
use relspec::plan::names;
use relspec::quantity::Number;
use relspec::spec::metric::Metric;
use serde_json::Value;

fn colour(place: Place) -> &'static str {
    match place {
        Place::Normal => "green",
        Place::Short => "transparent",
        Place::Level(Level::Warn) => "yellow",
        Place::Level(Level::Hold) => "orange",
        Place::Level(Level::Rollback) => "red",
    }
}

/// Between two values, and beyond the last.
fn between(from: Option<Number>, to: Option<Number>) -> Number {
    let half = Number::from_fraction(1, 2).expect("a half");
    let one = Number::from_integer(1);
    match (from, to) {
        (Some(from), Some(to)) => from.checked_add(&to).expect("a sum").checked_mul(&half).expect("a half"),
        (Some(from), None) => from.checked_add(&one).expect("a sum"),
        (None, Some(to)) => to.checked_sub(&one).expect("a difference"),
        (None, None) => one,
    }
}

fn steps(panel: &Value) -> Vec<(Option<Number>, String)> {
    let steps = list(&panel["fieldConfig"]["defaults"]["thresholds"], "steps").iter();
    let number = |value: &Value| {
        (!value.is_null()).then(|| Number::parse(&value.to_string()).expect("a decimal number"))
    };
    steps.map(|step| (number(&step["value"]), step["color"].as_str().expect("a colour").to_owned())).collect()
}

fn judge(metric: &Metric, ladder: &Ladder, panel: &Value) {
    let steps = steps(panel);
    assert_eq!(steps.first().map(|step| step.0), Some(None), "{}: the base", metric.id.value);
    for (n, (from, shown)) in steps.iter().enumerate() {
        let to = steps.get(n + 1).and_then(|step| step.0);
        assert!(to.is_none() || *from < to, "{}: out of order", metric.id.value);
        // A step that is one value wide lies between two that are drawn alike.
        let value = between(*from, to);
        assert_eq!(shown, colour(ladder.place(&value)), "{} at {value}", metric.id.value);
    }
    let mut bounds: Vec<Number> = Level::ALL
        .into_iter()
        .flat_map(|level| ladder.bounds(level).to_vec())
        .flat_map(|condition| [condition.above, condition.below])
        .chain([ladder.normal().min.clone(), ladder.normal().max.clone()])
        .filter_map(|bound| bound.map(|bound| bound.value))
        .collect();
    bounds.sort();
    bounds.dedup();
    let drawn: Vec<Number> = steps.into_iter().filter_map(|(from, _)| from).collect();
    assert_eq!(drawn, bounds, "{}: every bound is a step, exactly", metric.id.value);
}

#[test]
fn steps_are_the_ladder() {
    let mut judged = 0;
    for (_, outcome) in all() {
        let boards = boards(&outcome);
        for spec in &outcome.specs {
            let path = names::board_file(spec.id());
            let board = boards.iter().find(|board| board.path == path).expect("a board");
            let panels = names::panels(spec.metrics.iter().map(|metric| metric.id.value.as_str()));
            for metric in &spec.metrics {
                let panel = board.panel(panels[&metric.id.value]);
                assert_eq!(panel.is_some(), metric.is_measured(), "{}", metric.id.value);
                let (Some(panel), Some(base)) = (panel, metric.base()) else { continue };
                judge(metric, &base.ladder, panel);
                judged += 1;
            }
        }
    }
    assert!(judged > 60, "{judged} metrics");
}

#[test]
fn a_number_keeps_all_of_its_digits() {
    let spec = crate::stability::spec(&["a"])
        .replace("0.5%", "0.123456789012345678")
        .replace("above: 1%", "above: 0.2");
    let board = boards(&compiled(&spec)).remove(0);
    assert!(board.text.contains("\"value\": 0.123456789012345678\n"), "{}", board.text);
    assert!(board.text.contains("\"value\": 0.001\n"), "{}", board.text);
}
