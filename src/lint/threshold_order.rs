//! The levels of a metric are out of order: a harsher one is reached before a milder one.
//!
//! ## What
//! On each side of normal the levels follow one another, away from normal and without overlap: normal, `warn`, `hold`,
//! `rollback`. Two levels may not begin at the same value; the first may begin where normal ends, since `max` and `min`
//! belong to normal and `above` and `below` begin beyond their value. The law holds in the metric's unit, and at
//! every stage and for every label after `where` is applied.
//!
//! ## Why
//! With `warn` above 5 % and `rollback` above 1 % nobody is ever warned: the rollback comes first, and the warning after
//! it says nothing. Such a plan was written by somebody who meant something else.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 500 }
//!     rollback: { above: 200 }
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

mod advice;
mod cause;

pub use cause::Misplaced;

use super::{Check, Lint, mixed_direction, words};
use crate::diag::Diagnostic;
use crate::ladder::{Bound, Disorder, LadderFault, RungBound};
use crate::spec::shape::Text;
use cause::Cause;

/// The lint.
pub static LINT: Lint = Lint::law("threshold-order", include_str!("threshold_order.rs"), Check::Reading);

/// One finding for each cause among the faults of all places of one metric. The place is named only where the
/// limits that hold everywhere are not at fault.
#[must_use]
pub fn report(metric: &Text, misplaced: &[Misplaced]) -> Vec<Diagnostic> {
    let say = |cause: Cause<'_>| {
        let subject = format!("`{}`{}", metric.value, cause.where_words());
        match &cause.first.fault {
            LadderFault::OutOfOrder { milder, kind, .. } => out_of_order(&subject, milder, *kind, &cause),
            LadderFault::EmptyNormal { min, max } => empty_normal(&subject, min, max),
            LadderFault::SidesCross { below, above } => sides_cross(&subject, below, above),
            LadderFault::MixedDirection { higher, lower } => mixed_direction::mixed(&subject, higher, lower),
        }
    };
    cause::causes(misplaced).into_iter().map(say).collect()
}

fn out_of_order(subject: &str, milder: &RungBound, kind: Disorder, cause: &Cause<'_>) -> Diagnostic {
    let culprits: Vec<String> = cause.harsher.iter().map(|bound| name(bound)).collect();
    let many = culprits.len() > 1;
    let culprits = words::joined(&culprits, "and");
    let end = &milder.bound.text;
    let message = match kind {
        Disorder::Reversed => {
            format!("{subject}: {culprits} {} reached before {}", if many { "are" } else { "is" }, name(milder))
        }
        Disorder::Equal => format!("{subject}: {culprits} begins where {} begins", name(milder)),
        Disorder::InsideNormal => {
            let verb = if many { "lie" } else { "lies" };
            format!("{subject}: {culprits} {verb} inside normal, which goes {} to {end}", advice::up(milder.side))
        }
    };
    let labels = cause.harsher.iter().map(|bound| (bound.bound.span, must(bound, milder, kind)));
    let begins = match kind {
        Disorder::InsideNormal => "normal ends here".to_owned(),
        _ => format!("{} begins here", milder.rung.name()),
    };
    LINT.finding(message).labels(labels).label(milder.bound.span, begins).help(advice::help(cause, milder, kind))
}

/// What would be right for a bound that is out of place.
fn must(bound: &RungBound, milder: &RungBound, kind: Disorder) -> String {
    let (name, milder_name, limit) = (bound.rung.name(), milder.rung.name(), &milder.bound.text);
    match kind {
        Disorder::Reversed => {
            format!("{name} must lie beyond {milder_name}: {} {limit}", bound.side.name())
        }
        Disorder::Equal => format!("{name} begins at the same value"),
        Disorder::InsideNormal => format!("{name} may begin at {limit} at the earliest"),
    }
}

/// `rollback above 1%`.
fn name(bound: &RungBound) -> String {
    format!("{} {} {}", bound.rung.name(), bound.key(), bound.bound.text)
}

fn empty_normal(subject: &str, min: &Bound, max: &Bound) -> Diagnostic {
    let message = format!("{subject}: no value is normal, since min {} is greater than max {}", min.text, max.text);
    LINT.finding(message)
        .label(min.span, "the smallest normal value")
        .label(max.span, "the greatest normal value")
        .help("exchange the two; or write `max` alone if only high values are bad, `min` alone if only low ones are")
}

fn sides_cross(subject: &str, below: &RungBound, above: &RungBound) -> Diagnostic {
    let message =
        format!("{subject}: {} and {} leave nothing between them: every value raises one", name(below), name(above));
    LINT.finding(message)
        .label(below.bound.span, format!("everything below {} raises {}", below.bound.text, below.rung.name()))
        .label(above.bound.span, format!("everything above {} raises {}", above.bound.text, above.rung.name()))
        .help("`below` must be the smaller of the two: exchange them, or keep only the side on which values are bad")
}
