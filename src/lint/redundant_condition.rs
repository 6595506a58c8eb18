//! A condition of a level can never be the first to raise it.
//!
//! ## What
//! Another condition of the same level has the same bound or one nearer to normal, waits no longer, and lets its alert go on
//! no shorter. What is told is never true earlier than the other, nor its alert longer.
//!
//! ## Why
//! The longer time or the farther bound stands in the file and in the runbook, and is never in force. Usually two sources
//! disagree about the time ("at once" here, "after ten minutes" there), and both were written down.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: [ { above: 500, for: 0s }, { above: 500, for: 15m } ]
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: [ { above: 1000, for: 0s }, { above: 500, for: 15m } ]
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::{Bound, Level, Side};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Condition, LevelLimits, Metric};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "redundant-condition",
    Severity::Warning,
    include_str!("redundant_condition.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in &spec.metrics {
        // A level that several cases share is told once.
        let mut found: BTreeMap<Span, Diagnostic> = BTreeMap::new();
        for limits in shared::active(metric).map(|case| &case.limits) {
            for (level, of_level) in &limits.levels {
                let redundant = redundant(&of_level.conditions);
                found.extend(redundant.map(|(late, early)| {
                    (place(late, of_level), finding(metric, *level, of_level, (late, early)))
                }));
            }
        }
        sink.extend(found.into_values());
    }
}

/// Each condition that another one always forestalls, with that one.
fn redundant(conditions: &[Condition]) -> impl Iterator<Item = (&Condition, &Condition)> {
    let numbered = conditions.iter().enumerate();
    numbered.filter_map(move |(number, late)| {
        let mut others = conditions.iter().enumerate().filter(|(other, _)| *other != number);
        // Of two that are the same in everything, the second is redundant.
        let early = others
            .find(|(other, early)| forestalls(early, late) && (*other < number || !forestalls(late, early)));
        Some((late, early?.1))
    })
}

/// Whether one is true whenever the other is, and no later, and its alert goes on no shorter.
fn forestalls(early: &Condition, late: &Condition) -> bool {
    let covers = |side: Side| match (bound(early, side), bound(late, side)) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(near), Some(far)) => !side.beyond(&near.value, &far.value),
    };
    let keep = |condition: &Condition| condition.keep.as_ref().map_or(0, |keep| keep.value.millis());
    let sooner = early.lasts.duration.millis() <= late.lasts.duration.millis();
    Side::ALL.into_iter().all(covers) && sooner && keep(early) >= keep(late)
}

fn bound(condition: &Condition, side: Side) -> Option<&Bound> {
    match side {
        Side::Above => condition.above.as_ref(),
        Side::Below => condition.below.as_ref(),
    }
}

fn place(condition: &Condition, level: &LevelLimits) -> Span {
    condition.lasts.written.unwrap_or_else(|| shared::bound_place(condition, level.span))
}

/// A condition in words.
fn told(condition: &Condition) -> String {
    let told = |side: Side| Some(format!("{} {}", side.name(), bound(condition, side)?.text));
    let bounds: Vec<String> = Side::ALL.into_iter().filter_map(told).collect();
    format!("{} for {}", bounds.join(" or "), condition.lasts.duration.text())
}

fn finding(
    metric: &Metric,
    level: Level,
    limits: &LevelLimits,
    (late, early): (&Condition, &Condition),
) -> Diagnostic {
    LINT.finding(format!(
        "{} is never the first to raise {} of `{}`: {} has done so by then",
        told(late),
        level.name(),
        metric.id.value,
        told(early)
    ))
    .label(place(late, limits), "never the first")
    .label(place(early, limits), "has raised the level by then")
    .help("keep the one that is meant; a second condition makes sense where the farther bound waits less")
}
