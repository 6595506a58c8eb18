//! A level has no number: only a person decides that it is reached.
//!
//! ## What
//! A level is written with `judge` alone. It stands in the runbook and makes no alert.
//!
//! ## Why
//! Nothing wakes anybody when such a level is reached. That may be right, and a reader of the findings should know.
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
use crate::spec::metric::Metric;
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
}

/// The levels in words alone, by the place of their words.
fn judged(metric: &Metric) -> BTreeMap<Span, Level> {
    let levels = shared::active(metric).flat_map(|case| &case.limits.levels);
    let words = levels.filter(|(_, limits)| limits.conditions.is_empty() && limits.after.is_empty());
    words.flat_map(|(level, limits)| limits.judge.iter().map(|text| (text.span, *level))).collect()
}
