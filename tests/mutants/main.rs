//! What the generated rule tests are worth: the generated rules are changed, one thing at a time, and promtool must see it.
//!
//! `cargo test` judges a sample; `make mutants` judges all and writes the report to `target/tmp/mutants.txt`. The variable
//! `RELSPEC_MUTANTS` names another folder than `generated`, `RELSPEC_MUTANTS_SAMPLE` another size of the sample, and
//! `RELSPEC_MUTANTS_LIKE` is a pattern of the mutants that are judged, found in `rule: operator: what is changed`.
//!
//! The interval of a group is left alone, because promtool pays no attention to it.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test fails by a panic")]

mod bench;
mod duration;
mod equivalent;
mod fixture;
mod flow;
mod judge;
mod operators;
mod promtool;
mod report;
mod rules;
mod run;
mod sample;
mod suite;

use report::Count;
use run::Part;
use std::path::Path;

/// So many mutants take about a minute.
const SAMPLE: usize = 120;
/// Of the mutants that change something, so many must be caught, in percent.
const LEAST: f64 = 99.0;

/// The same of a sample. It takes each operator in turn and leaves out what is listed as changing nothing, so that rare kinds
/// of mutants, among them those that are hard to see, weigh more in it than among all.
const LEAST_OF_SAMPLE: f64 = 94.0;

fn judge(part: Part) -> (Count, Vec<String>) {
    let folder = std::env::var_os("RELSPEC_MUTANTS").unwrap_or_else(|| "generated".into());
    let releases = run::releases(Path::new(&folder));
    assert!(
        !releases.is_empty(),
        "{} has no release with tests beside its rules",
        Path::new(&folder).display()
    );
    for release in &releases {
        println!("{}: {} mutants, {} tests", release.name, release.mutants().len(), release.tests.len());
        for lack in &release.lacks {
            println!("{}: {lack} is left alone: no promtool at hand knows native histograms", release.name);
        }
    }
    let names: Vec<&str> = operators::operators().iter().map(|operator| operator.name).collect();
    let entries = equivalent::read(include_str!("equivalent.yaml"), &names);
    let lines = run::run(&releases, &entries, part);
    let reasons: Vec<&str> = entries.iter().map(|entry| entry.why.as_str()).collect();
    let report = report::report(&lines, &reasons, part == Part::All);
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutants.txt");
    std::fs::write(&path, &report).expect("the folder of tests");
    println!("{report}\nThis report is in {}.", path.display());
    let gaps = lines.iter().filter(|line| line.is_gap());
    let gaps = gaps.map(|line| format!("{} / {}: {}: {}", line.group, line.rule, line.operator, line.shown));
    (Count::of(&lines), gaps.collect())
}

#[test]
fn a_sample_of_mutants_is_caught() {
    let size = std::env::var("RELSPEC_MUTANTS_SAMPLE").ok().and_then(|size| size.parse().ok());
    let (count, gaps) = judge(Part::Sample(size.unwrap_or(SAMPLE)));
    assert!(
        count.all > 0 && (gaps.is_empty() || count.score() >= LEAST_OF_SAMPLE),
        "{:.2} %, not caught:\n{}",
        count.score(),
        gaps.join("\n")
    );
}

#[test]
#[ignore = "takes long; `make mutants` runs it"]
fn every_mutant_is_caught_or_changes_nothing() {
    let (count, gaps) = judge(Part::All);
    assert!(
        gaps.is_empty() || count.score() >= LEAST,
        "{:.2} %, not caught:\n{}",
        count.score(),
        gaps.join("\n")
    );
}
