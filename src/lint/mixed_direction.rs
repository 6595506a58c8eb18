//! Some limits of a metric say that high values are bad, others that low ones are, and it is no band.
//!
//! ## What
//! The direction of a metric is never declared: `max` and `above` say that higher is worse, `min` and `below` that lower is
//! worse. Both together make a band, which says so in one place: `normal` with both ends or, without `normal`, a level
//! with both sides.
//!
//! ## Why
//! `normal: { max: 100 }` with `rollback: { below: 400 }` rolls back while everything is normal.
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
//!     rollback: { below: 500 }
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
//!     rollback: { above: 500 }
//! ```

use super::{Check, Lint, words};
use crate::diag::Diagnostic;
use crate::ladder::{Rung, RungBound};
use crate::source::Span;

/// The lint.
pub static LINT: Lint = Lint::law("mixed-direction", include_str!("mixed_direction.rs"), Check::Reading);

/// Limits of the metric called `subject` that disagree; neither list is empty.
#[must_use]
pub fn mixed(subject: &str, higher: &[RungBound], lower: &[RungBound]) -> Diagnostic {
    let message = format!(
        "{subject}: {} that high values are bad, and {} that low ones are",
        says(higher),
        says(lower)
    );
    let (few, many) = if higher.len() < lower.len() { (higher, lower) } else { (lower, higher) };
    LINT.finding(message)
        .labels(labels(few))
        .labels(labels(many))
        .help(format!("{}; if values on both sides are bad, write both ends of `normal`", help(few, many)))
}

fn says(bounds: &[RungBound]) -> String {
    let names: Vec<_> = bounds.iter().map(|b| format!("{} {} {}", b.rung.name(), b.key(), b.bound.text)).collect();
    format!("{} {}", words::joined(&names, "and"), if names.len() == 1 { "says" } else { "say" })
}

fn labels(bounds: &[RungBound]) -> Vec<(Span, String)> {
    let word = |bound: &RungBound| match bound.side {
        crate::ladder::Side::Above => "high values are bad",
        crate::ladder::Side::Below => "low values are bad",
    };
    bounds.iter().map(|bound| (bound.bound.span, word(bound).to_owned())).collect()
}

/// The side with fewer limits is more likely the slip; with as many on both, nobody can tell.
fn help(few: &[RungBound], many: &[RungBound]) -> String {
    let (Some(one), Some(other)) = (few.first(), many.first()) else { return String::new() };
    let worse = if other.side == crate::ladder::Side::Above { "higher" } else { "lower" };
    let mut keys: Vec<String> = Vec::new();
    for bound in few {
        let right = RungBound { side: other.side, ..bound.clone() };
        let advice = match bound.rung {
            Rung::Normal => format!("`{}` in place of `{}` in `normal`", right.key(), bound.key()),
            Rung::Level(_) => format!("`{}` in place of `{}`", right.key(), bound.key()),
        };
        if !keys.contains(&advice) {
            keys.push(advice);
        }
    }
    let tail = if few.len() == many.len() {
        let worse = if one.side == crate::ladder::Side::Above { "higher" } else { "lower" };
        format!(", and the reverse if {worse} is worse")
    } else {
        String::new()
    };
    format!("if {worse} is worse, write {}{tail}", words::joined(&keys, "and"))
}
