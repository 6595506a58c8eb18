//! A level or a gate has no number: only a person decides that it is reached.
//!
//! ## What
//! A level is written with `judge` alone. It stands in the runbook and makes no alert. Or all that a stage's `advance` asks
//! for are words, and no `approve` says whose judgement it is.
//!
//! ## Why
//! Nothing wakes anybody when such a level is reached, and of a gate in words everybody may say that it is open. That may be
//! right, and a reader of the findings should know.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   complaints:
//!     title: User complaints
//!     watch: daily
//!     unit: count
//!     manual: Count the tickets since the stage began.
//!     normal:   { max: 2 }
//!     hold:     { judge: Several complaints about the same thing. }
//!     rollback: { above: 5 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   complaints:
//!     title: User complaints
//!     watch: daily
//!     unit: count
//!     manual: Count the tickets since the stage began.
//!     normal:   { max: 2 }
//!     hold:     { above: 3, judge: Several of them are about the same thing. }
//!     rollback: { above: 5 }
//! ```

use super::words::all_of;
use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::ladder::Level;
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::condition::{Condition, ConditionKind};
use crate::spec::metric::Metric;
use crate::spec::stage::Stage;
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "unquantified-level",
    Severity::Info,
    include_str!("unquantified_level.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in &spec.metrics {
        let levels = judged(metric);
        if levels.is_empty() {
            continue;
        }
        let mut names: Vec<_> = levels.values().map(|level| level.name()).collect();
        names.dedup();
        let (id, is) = (&metric.id.value, if names.len() == 1 { "is" } else { "are" });
        let finding = LINT
            .finding(format!("only a person decides when {} of `{id}` {is} reached", all_of(&names)))
            .labels(levels.keys().map(|span| (*span, "words and no number".to_owned())))
            .help("add `above` or `below` if a number can stand for the words; the words may stay beside it");
        sink.push(finding);
    }
    // What could not be read may have been a number.
    for stage in spec.stages.iter().filter(|stage| spec.whole && stage.approve.is_none()) {
        let words = gate_in_words(stage);
        if words.is_empty() {
            continue;
        }
        let finding = LINT
            .finding(format!("only words say when stage `{}` is passed", stage.id()))
            .labels(words.into_iter().map(|span| (span, "words and no number".to_owned())))
            .help("add what can be measured, such as `{ metrics: alert, within: normal, over: 24h }`, or say who decides: `approve`");
        sink.push(finding);
    }
}

/// All that the next stage waits for, where nothing of it is measured.
fn gate_in_words(stage: &Stage) -> Vec<Span> {
    let leaves = stage.advance.iter().flatten().flat_map(Condition::leaves);
    let words = leaves.map(|leaf| match &leaf.kind {
        ConditionKind::Judge(text) => Some(text.span),
        _ => None,
    });
    words.collect::<Option<Vec<Span>>>().unwrap_or_default()
}

/// The levels in words alone, by the place of their words.
fn judged(metric: &Metric) -> BTreeMap<Span, Level> {
    let levels = shared::active(metric).flat_map(|case| &case.limits.levels);
    let words = levels.filter(|(_, limits)| limits.conditions.is_empty() && limits.after.is_empty());
    words.flat_map(|(level, limits)| limits.judge.iter().map(|text| (text.span, *level))).collect()
}
