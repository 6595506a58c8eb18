use super::*;
use crate::source::Sources;
use crate::spec::Config;

/// A release with these sections, whatever is found in it.
fn spec(rest: &str) -> Spec {
    let text = format!(
        "relspec: 1\nrelease: {{ id: a, title: A, service: a, version: 1.0.0, owner: a }}\nstages:\n  - id: one\nmetrics:\n  m: {{ title: M, unit: count, manual: Count., normal: {{ max: 1 }} }}\n{rest}"
    );
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", text);
    let spec = crate::spec::read(&sources, file, &Config::default(), &mut Vec::new());
    spec.unwrap_or_else(|| panic!("no spec"))
}

/// The total, the steps and the untimed ones of the steps of the way back.
fn sum(rest: &str) -> (String, usize, usize) {
    let budget = budget(rest);
    (budget.total.to_canonical(), budget.steps, budget.untimed)
}

fn budget(rest: &str) -> Budget {
    let spec = spec(rest);
    let steps = spec.rollback.as_ref().and_then(|rollback| rollback.steps.as_deref()).unwrap_or_default();
    Budget::of(&spec, steps)
}

fn text(total: &str, steps: usize, untimed: usize) -> (String, usize, usize) {
    (total.to_owned(), steps, untimed)
}

#[test]
fn steps_are_added_and_those_without_a_time_counted() {
    let steps = "rollback:\n  steps:\n    - { do: One, takes: 90s }\n    - { do: Two, takes: 1m, if: Needed }\n    - Three\n";
    assert_eq!(sum(steps), text("2m30s", 3, 1));
    assert_eq!(sum("rollback: { steps: [] }\n"), text("0s", 0, 0));
}

#[test]
fn a_time_covers_what_is_inside_and_items_count_where_there_is_none() {
    let items = "items: [ { do: One, takes: 1m }, { do: Two, takes: 2m }, Three ]";
    assert_eq!(sum(&format!("rollback: {{ steps: [ {{ do: All, {items} }} ] }}\n")), text("3m", 3, 1));
    assert_eq!(
        sum(&format!("rollback: {{ steps: [ {{ do: All, takes: 5m, {items} }} ] }}\n")),
        text("5m", 1, 0)
    );
    assert_eq!(sum("rollback: { steps: [ { do: All, items: [] } ] }\n"), text("0s", 1, 1));
}

const BACK: &str = "procedures:\n  back: [ { do: One, takes: 1m }, Two ]\n";

#[test]
fn procedures_are_written_out_as_often_as_they_are_used() {
    let twice = format!("{BACK}rollback: {{ steps: [ {{ procedure: back }}, {{ procedure: back }} ] }}\n");
    assert_eq!(sum(&twice), text("2m", 4, 2));
    assert_eq!(budget(&twice).times.len(), 1, "the time is written once");
    let timed = format!("{BACK}rollback: {{ steps: [ {{ procedure: back, takes: 30s }} ] }}\n");
    assert_eq!(sum(&timed), text("30s", 1, 0));
    let unknown = format!("{BACK}rollback: {{ steps: [ {{ procedure: beck }} ] }}\n");
    assert_eq!(sum(&unknown), text("0s", 1, 1));
}

#[test]
fn two_times_follow_one_another() {
    let spec =
        spec("rollback:\n  steps: [ { do: One, takes: 1m } ]\n  verify: [ { do: Two, takes: 2m }, Three ]\n");
    let part = |steps: &Option<Vec<Step>>| Budget::of(&spec, steps.as_deref().unwrap_or_default());
    let rollback = spec.rollback.as_ref().unwrap_or_else(|| panic!("no way back"));
    let both = part(&rollback.steps).and(&part(&rollback.verify));
    assert_eq!((both.total.to_canonical(), both.steps, both.untimed), text("3m", 3, 1));
    assert_eq!(both.times.len(), 2);
}

#[test]
fn circles_end() {
    let circle = "procedures:\n  one: [ { procedure: two }, { do: One, takes: 1m } ]\n  two: [ { procedure: one }, { procedure: one } ]\nrollback: { steps: [ { procedure: one } ] }\n";
    assert_eq!(sum(circle), text("1m", 1, 0));
}

#[test]
fn procedures_that_double_one_another_are_summed_at_once() {
    let mut text = "procedures:\n".to_owned();
    for n in 0..30 {
        text.push_str(&format!("  p{n}: [ {{ procedure: p{0} }}, {{ procedure: p{0} }} ]\n", n + 1));
    }
    text.push_str("  p30: [ { do: One, takes: 1ms } ]\nrollback: { steps: [ { procedure: p0 } ] }\n");
    assert_eq!(budget(&text).total.millis(), 1 << 30);
    assert_eq!(budget(&text).steps, 1 << 30);
}

#[test]
fn a_sum_that_is_too_long_keeps_what_could_be_counted() {
    assert_eq!(
        sum("rollback: { steps: [ { do: One, takes: 290y }, { do: Two, takes: 290y } ] }\n"),
        text("290y", 2, 0)
    );
}

#[test]
fn a_chain_that_is_too_long_ends() {
    let mut text = "procedures:\n".to_owned();
    for n in 0..5_000 {
        text.push_str(&format!("  p{n}: [ {{ procedure: p{} }} ]\n", n + 1));
    }
    text.push_str("  p5000: [ { do: One, takes: 1m } ]\nrollback: { steps: [ { procedure: p0 } ] }\n");
    assert_eq!(sum(&text), self::text("0s", 0, 0));
}
