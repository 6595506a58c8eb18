//! The run itself, on two rules of which is known what their tests see.

use crate::judge::{Release, Verdict};
use crate::report::{Count, report};
use crate::run::{Part, releases, run};
use crate::{equivalent, operators};
use std::path::Path;

fn demo() -> Vec<Release> {
    releases(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mutants/fixture"))
}

const LISTED: &str = "
- operators: [matcher lost]
  release: demo
  rule: release:errors:ratio
  shown: '«\\{job=\"shop\"\\} → \\{\\}»'
  why: There is one job in this fixture and no other.
- operators: [rule lost]
  rule: NoSuchRule
  shown: the rule
  why: An entry of a rule that is not there any more.
";

/// What survives is what the tests do not hold: that other jobs do not count, that no request is no value, and an alert
/// that never fires.
#[test]
fn the_run_tells_what_the_tests_see() {
    let names: Vec<&str> = operators::operators().iter().map(|operator| operator.name).collect();
    let entries = equivalent::read(LISTED, &names);
    let lines = run(&demo(), &entries, Part::All);
    let became = |rule: &str, operator: &str| -> Vec<&Verdict> {
        let of = lines.iter().filter(|line| line.rule == rule && line.operator == operator);
        of.map(|line| &line.verdict).collect()
    };
    let test = Verdict::Caught("errors: above a half for a minute".to_owned());
    for operator in
        ["threshold +10 %", "comparison at the edge", "for one interval longer", "label lost", "rule lost"]
    {
        assert_eq!(became("ErrorsWarn", operator), [&test], "{operator}");
    }
    assert_eq!(became("ErrorsWarn", "annotation with another text"), [&test]);
    assert_eq!(became("release:errors:ratio", "recorded /1000"), [&test]);
    assert_eq!(became("release:errors:ratio", "matcher lost"), [&Verdict::Survived; 2]);
    assert_eq!(became("release:errors:ratio", "guard -1 %"), [&Verdict::Survived]);
    assert_eq!(became("release:errors:ratio", "rule twice"), [&Verdict::Refused]);
    assert_eq!(became("IdleWarn", "rule lost"), [&Verdict::Survived]);
    assert_eq!(became("IdleWarn", "threshold -10 %"), [&Verdict::Survived]);
    assert_eq!(became("IdleWarn", "threshold /1000"), [&Verdict::Survived]);

    let count = Count::of(&lines);
    assert_eq!(count.listed, 2);
    assert_eq!(count.caught + count.refused + count.survived, count.all - 2);
    assert!(count.strict() < count.score() && count.score() < 100.0);
    let text = report(&lines, &["one job", "no such rule"], true);
    for part in [
        "demo / demo-idle / IdleWarn: rule lost: the rule",
        "Changes nothing: one job\n  demo / demo-errors / release:errors:ratio: matcher lost: sum(errors«",
        "so the entry can go: no such rule",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_sample_has_all_operators_and_is_always_the_same() {
    let releases = demo();
    let mutants = releases[0].mutants();
    let all: Vec<_> = mutants.iter().map(|mutant| (0, mutant)).collect();
    let kinds = |places: &[usize]| -> std::collections::BTreeSet<&str> {
        places.iter().map(|at| mutants[*at].operator).collect()
    };
    let every = kinds(&(0..mutants.len()).collect::<Vec<_>>());
    let some = crate::sample::sample(&all, every.len());
    assert_eq!(kinds(&some), every);
    assert_eq!(some, crate::sample::sample(&all, every.len()));
    assert_eq!(crate::sample::sample(&all, usize::MAX).len(), mutants.len());
}
