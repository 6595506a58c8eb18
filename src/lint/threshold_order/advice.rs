//! What to do about levels out of order: all values of the side on one line, and the repair.

use super::cause::Cause;
use crate::ladder::{self, Bound, Disorder, Ladder, LadderFault, Rung, RungBound, Rungs, Side};
use std::cmp::Ordering;

/// Away from normal on that side.
pub(super) fn up(side: Side) -> &'static str {
    match side {
        Side::Above => "up",
        Side::Below => "down",
    }
}

pub(super) fn help(cause: &Cause<'_>, milder: &RungBound, kind: Disorder) -> String {
    let LadderFault::OutOfOrder { line, .. } = &cause.first.fault else { return String::new() };
    let repair = match kind {
        Disorder::Reversed => reversed(cause, milder),
        Disorder::Equal => equal(cause, milder),
        Disorder::InsideNormal => inside_normal(cause, milder),
    };
    format!("as written: {}; {repair}", as_written(line))
}

/// All values of a side in the order in which they should stand, and how they do: `normal ≤ 0.2% < warn 5% > rollback 1%`.
fn as_written(line: &[RungBound]) -> String {
    let mut text = String::new();
    for (n, bound) in line.iter().enumerate() {
        if let Some(before) = n.checked_sub(1).and_then(|n| line.get(n)) {
            text.push_str(match before.bound.value.cmp(&bound.bound.value) {
                Ordering::Less => " < ",
                Ordering::Equal => " = ",
                Ordering::Greater => " > ",
            });
        }
        let end = match (bound.rung, bound.side) {
            (Rung::Normal, Side::Above) => "≤ ",
            (Rung::Normal, Side::Below) => "≥ ",
            (Rung::Level(_), _) => "",
        };
        text.push_str(&format!("{} {end}{}", bound.rung.name(), bound.bound.text));
    }
    text
}

fn reversed(cause: &Cause<'_>, milder: &RungBound) -> String {
    let than = match milder.side {
        Side::Above => "greater",
        Side::Below => "smaller",
    };
    let law = format!("each must be {than} than the one before");
    let exchange = match cause.harsher.as_slice() {
        [one] if exchanged_is_right(&cause.first.rungs, &milder.bound, &one.bound) => Some(one),
        _ => None,
    };
    match exchange {
        Some(one) => format!(
            "{law}, so exchange {} and {}, or correct the one that is wrong",
            milder.bound.text, one.bound.text
        ),
        None => format!("{law}, so correct the one that is wrong"),
    }
}

/// Whether all would be in order if two bounds changed places.
fn exchanged_is_right(rungs: &Rungs, a: &Bound, b: &Bound) -> bool {
    let mut rungs = rungs.clone();
    for condition in rungs.levels.values_mut().flatten() {
        for bound in [&mut condition.above, &mut condition.below].into_iter().flatten() {
            if bound.span == a.span {
                bound.value = b.value;
            } else if bound.span == b.span {
                bound.value = a.value;
            }
        }
    }
    Ladder::new(rungs).is_ok()
}

fn equal(cause: &Cause<'_>, milder: &RungBound) -> String {
    let stronger = cause.harsher.last().map_or("", |bound| bound.rung.name());
    let milder = milder.rung.name();
    format!("write only the stronger, `{stronger}`, or let `{milder}` begin earlier")
}

fn inside_normal(cause: &Cause<'_>, milder: &RungBound) -> String {
    let rungs = &cause.first.rungs;
    if !cause.first.has_target && ladder::reading_as_target(rungs) {
        let ends = [("min", &rungs.normal.min), ("max", &rungs.normal.max)];
        let ends: Vec<_> =
            ends.into_iter().filter_map(|(key, end)| Some(format!("{key}: {}", end.as_ref()?.text))).collect();
        return format!(
            "if {} is the promise (SLO) and not the usual range, write `target: {{ {} }}` in place of `normal`",
            milder.bound.text,
            ends.join(", ")
        );
    }
    let nearest = cause.harsher.iter().min_by(|a, b| milder.side.outward(&a.bound.value, &b.bound.value));
    let nearest = nearest.map_or("", |bound| bound.bound.text.as_str());
    let levels = if cause.harsher.len() == 1 { "the level" } else { "the levels" };
    format!("let normal end at {nearest} or before, or let {levels} begin at {} or later", milder.bound.text)
}
