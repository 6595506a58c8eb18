//! From the faults of all places of a metric to their causes, each told once.

use crate::ladder::{Disorder, LadderFault, RungBound, Rungs};
use crate::lint::words;
use crate::source::Span;
use crate::spec::metric::cases::CasePlace;

/// Limits that are no ladder: what is wrong with them, and where they hold.
#[derive(Debug, Clone)]
pub struct Misplaced {
    /// Where the limits hold.
    pub place: CasePlace,
    /// The limits.
    pub rungs: Rungs,
    /// Whether a `target` is written for them.
    pub has_target: bool,
    /// What is wrong.
    pub fault: LadderFault,
}

/// One cause and all that it breaks.
pub(super) struct Cause<'a> {
    /// Where it was met first.
    pub first: &'a Misplaced,
    /// Where it is met at all.
    places: Vec<&'a CasePlace>,
    /// The bounds that should lie beyond the milder one; empty for other faults.
    pub harsher: Vec<&'a RungBound>,
}

/// The two places in the text that contradict each other, and in which way.
type Pair = (u8, Span, Span);

/// The most places that are named.
const NAMED: usize = 3;

/// The causes, in the order in which they are met.
pub(super) fn causes(misplaced: &[Misplaced]) -> Vec<Cause<'_>> {
    let mut found: Vec<(Pair, Cause<'_>)> = Vec::new();
    for one in misplaced {
        let Some(pair) = pair(&one.fault) else { continue };
        match found.iter_mut().find(|(known, _)| *known == pair) {
            Some((_, cause)) => cause.places.push(&one.place),
            None => {
                let harsher = harsher(&one.fault).into_iter().collect();
                found.push((pair, Cause { first: one, places: vec![&one.place], harsher }));
            }
        }
    }
    let mut merged: Vec<(Pair, Cause<'_>)> = Vec::new();
    for (pair, cause) in found {
        let same = |(known, other): &&mut (Pair, Cause<'_>)| {
            known.0 == pair.0 && known.1 == pair.1 && other.places == cause.places && !cause.harsher.is_empty()
        };
        match merged.iter_mut().find(same) {
            Some((_, first)) => first.harsher.extend(cause.harsher),
            None => merged.push((pair, cause)),
        }
    }
    merged.into_iter().map(|(_, cause)| cause).collect()
}

fn harsher(fault: &LadderFault) -> Option<&RungBound> {
    if let LadderFault::OutOfOrder { harsher, .. } = fault { Some(harsher) } else { None }
}

fn pair(fault: &LadderFault) -> Option<Pair> {
    Some(match fault {
        LadderFault::OutOfOrder { milder, harsher, kind, .. } => {
            let kind = match kind {
                Disorder::Equal => 0,
                Disorder::Reversed => 1,
                Disorder::InsideNormal => 2,
            };
            (kind, milder.bound.span, harsher.bound.span)
        }
        LadderFault::EmptyNormal { min, max } => (3, min.span, max.span),
        LadderFault::SidesCross { below, above } => (4, below.bound.span, above.bound.span),
        LadderFault::MixedDirection { higher, lower } => {
            (5, higher.first()?.bound.span, lower.first()?.bound.span)
        }
    })
}

impl Cause<'_> {
    /// In words where it holds; nothing where the limits that hold everywhere are at fault.
    pub fn where_words(&self) -> String {
        let widest: Vec<&CasePlace> = self
            .places
            .iter()
            .copied()
            .filter(|place| !self.places.iter().any(|other| *other != *place && contains(other, place)))
            .collect();
        let mut named: Vec<String> =
            widest.iter().take(NAMED).map(|place| place.words().trim().to_owned()).collect();
        if widest.len() > NAMED {
            named.push(format!("at {} more places", widest.len() - NAMED));
        }
        match words::joined(&named, "and") {
            nothing if nothing.is_empty() => nothing,
            named => format!(" {named}"),
        }
    }
}

/// Whether what holds at `inner` is a part of what holds at `outer`.
fn contains(outer: &CasePlace, inner: &CasePlace) -> bool {
    let stage = outer.stage.is_none() || outer.stage == inner.stage;
    stage
        && outer
            .labels
            .iter()
            .all(|(label, value)| value.is_none() || inner.labels.get(label).is_some_and(|inner| inner == value))
}
