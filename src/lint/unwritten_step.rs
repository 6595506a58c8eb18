//! A step, a condition or a title is empty or holds the place of what is to be written.
//!
//! ## What
//! A text of a step (`do`, `run`, `expect`, `otherwise`, `link`), a `judge`, a title of a metric, a stage or a scenario, or
//! the `reason` of a waiver is empty or only says that it will be written: `TBD`, `TODO`, `FIXME`, `N/A`, `???`, `待定`, `待补充`.
//! Or a list that says what to do has no steps: `steps` of a way back, or a procedure.
//!
//! ## Why
//! It is noticed when the step is to be done, which is the worst moment. A way back without a step is a heading with
//! nothing below it.
//!
//! ## Bad
//! ```yaml
//! rollback:
//!   within: 10m
//!   steps:
//!     - { do: TBD, takes: 2m }
//!   verify:
//!     - { do: The old version is healthy, run: ./health stable, takes: 2m }
//! ```
//!
//! ## Good
//! ```yaml
//! rollback:
//!   within: 10m
//!   steps:
//!     - { do: Send all traffic to the old version, run: ./traffic 0, takes: 2m }
//!   verify:
//!     - { do: The old version is healthy, run: ./health stable, takes: 2m }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::condition::{Condition, ConditionKind};
use crate::spec::shape::Text;
use crate::spec::step::Step;
use std::collections::BTreeSet;

/// The lint.
pub static LINT: Lint =
    Lint::new("unwritten-step", Severity::Warning, include_str!("unwritten_step.rs"), Check::Release(check));

/// What people write for what they have not written yet, as a whole text.
const OPEN: [&str; 15] = [
    "tbd",
    "tba",
    "tbc",
    "todo",
    "fixme",
    "n/a",
    "placeholder",
    "to be defined",
    "to be done",
    "待定",
    "待填",
    "待填写",
    "待补",
    "待补充",
    "未定",
];

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    // What stands in the project's file is no release's own.
    let mut open: BTreeSet<(Span, &str)> = BTreeSet::new();
    open.extend(
        texts(spec).into_iter().filter(|(_, text)| is_open(&text.value)).map(|(key, text)| (text.span, key)),
    );
    for (place, key) in open.into_iter().filter(|(place, _)| place.file == spec.file) {
        sink.push(
            LINT.finding(format!("the text of `{key}` is still to be written"))
                .label(place, "nothing is said here")
                .help("write it, or take it out"),
        );
    }
    for (what, place) in without_steps(spec).into_iter().filter(|(_, place)| place.file == spec.file) {
        sink.push(no_steps(&what, place));
    }
}

fn no_steps(what: &str, place: Span) -> Diagnostic {
    LINT.finding(format!("{what} has no steps"))
        .label(place, "nothing is said here")
        .help("write what to do: `[ { do: …, run: … } ]`, or take the key out")
}

/// Every text that must say something, with its key.
fn texts(spec: &Spec) -> Vec<(&'static str, &Text)> {
    let mut all: Vec<(&'static str, &Text)> = spec.steps().into_iter().flat_map(of_step).collect();
    let leaves = spec.conditions().into_iter().flat_map(|(_, list)| list).flat_map(Condition::leaves);
    all.extend(leaves.filter_map(|leaf| match &leaf.kind {
        ConditionKind::Judge(text) => Some(("judge", text)),
        _ => None,
    }));
    let levels =
        spec.metrics.iter().flat_map(|metric| &metric.cases).flat_map(|case| case.limits.levels.values());
    all.extend(levels.flat_map(|level| &level.judge).map(|text| ("judge", text)));
    all.extend(spec.metrics.iter().map(|metric| ("title", &metric.title)));
    let stages = spec.stages.iter().map(|stage| &stage.title);
    let titles = stages.chain(spec.scenarios.iter().map(|row| &row.value.title));
    all.extend(titles.flatten().map(|text| ("title", text)));
    all.extend(spec.allow.iter().map(|waiver| ("reason", &waiver.reason)));
    all
}

fn of_step(step: &Step) -> Vec<(&'static str, &Text)> {
    let text = &step.0;
    let keys = [
        ("do", &text.r#do),
        ("run", &text.run),
        ("expect", &text.expect),
        ("otherwise", &text.otherwise),
        ("link", &text.link),
    ];
    keys.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?))).collect()
}

/// Every list that says what to do and has no steps, with its name and place.
fn without_steps(spec: &Spec) -> Vec<(String, Span)> {
    let is_empty = |steps: &Option<Vec<Step>>| steps.as_ref().is_some_and(Vec::is_empty);
    let mut found = Vec::new();
    let procedures = spec.procedures.iter().filter(|row| row.value.is_empty());
    found.extend(procedures.map(|row| (format!("the procedure `{}`", row.key.value), row.key.span)));
    let Some(rollback) = &spec.rollback else { return found };
    if is_empty(&rollback.steps) {
        found.push(("the way back".to_owned(), rollback.span));
    }
    for row in rollback.modes.iter().flat_map(|table| &table.0) {
        if is_empty(&row.value.steps) {
            found.push((format!("the way back `{}`", row.key.value), row.key.span));
        }
    }
    found
}

/// Whether a text says nothing yet. What a command shows may well be `[]`.
fn is_open(text: &str) -> bool {
    let inner = text.trim().trim_matches(|c: char| "[](){}<>【】（）*: ：.。".contains(c));
    let lower = inner.to_lowercase();
    text.trim().is_empty()
        || OPEN.contains(&lower.as_str())
        || ["todo:", "tbd:", "fixme:"].iter().any(|open| lower.starts_with(open))
        || (!inner.is_empty() && inner.chars().all(|c| "?？…".contains(c)))
}
