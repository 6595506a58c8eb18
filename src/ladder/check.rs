//! The law: what makes rungs a ladder.

use std::cmp::Ordering;

use super::Direction;
use super::rungs::{Bound, Condition, Rung, RungBound, Rungs, Side};

/// How a harsher bound stands to the milder one that it should lie beyond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Disorder {
    /// Two levels begin at the same value; the stronger alone would do.
    Equal,
    /// The harsher level begins before the milder one does.
    Reversed,
    /// A level begins inside normal.
    InsideNormal,
}

/// Why rungs are no ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LadderFault {
    /// A level does not lie beyond a milder rung of its side. There is one such fault for each level that is out of
    /// place; faults with the same `milder` have one cause.
    OutOfOrder {
        /// The side on which it happens.
        side: Side,
        /// The bound that should lie nearer to normal: the farthest of all that come before.
        milder: RungBound,
        /// The bound that should lie beyond it: the nearest of its level.
        harsher: RungBound,
        /// All bounds of the side in the order in which they should stand, to be shown on one line.
        line: Vec<RungBound>,
        /// How the two stand.
        kind: Disorder,
    },
    /// `normal.min` is greater than `normal.max`: no value is normal.
    EmptyNormal {
        /// The lower end.
        min: Bound,
        /// The upper end.
        max: Bound,
    },
    /// Without a normal range, a level's `below` is greater than a level's `above`: every value raises one of them.
    SidesCross {
        /// The greatest `below`.
        below: RungBound,
        /// The smallest `above`.
        above: RungBound,
    },
    /// Some bounds say that large values are bad, others that small ones are, and nothing makes it a band.
    MixedDirection {
        /// Normal's `max` and every `above`.
        higher: Vec<RungBound>,
        /// Normal's `min` and every `below`.
        lower: Vec<RungBound>,
    },
}

/// The direction of rungs that are in order, or everything that is wrong with them.
pub(super) fn judge(rungs: &Rungs) -> Result<Option<Direction>, Vec<LadderFault>> {
    let mut faults: Vec<LadderFault> =
        Side::ALL.into_iter().flat_map(|side| order_faults(rungs, side)).collect();
    faults.extend(empty_normal(rungs));
    let direction = match direction(rungs) {
        Ok(direction) => {
            faults.extend(crossing(rungs));
            direction
        }
        Err((higher, lower)) => {
            faults.push(LadderFault::MixedDirection { higher, lower });
            None
        }
    };
    if faults.is_empty() { Ok(direction) } else { Err(faults) }
}

/// Walks a side from normal outward and compares the nearest bound of each level with the farthest one before it.
fn order_faults(rungs: &Rungs, side: Side) -> Vec<LadderFault> {
    let line = rungs.line(side);
    let mut faults = Vec::new();
    let mut farthest: Option<&RungBound> = None;
    for group in line.chunk_by(|a, b| a.rung == b.rung) {
        let (Some(nearest), Some(last)) = (group.first(), group.last()) else { continue };
        if let Some(milder) = farthest
            && let Some(kind) = disorder(milder, nearest)
        {
            let (milder, harsher) = (milder.clone(), nearest.clone());
            faults.push(LadderFault::OutOfOrder { side, milder, harsher, line: line.clone(), kind });
        }
        // An equal bound takes over, so that a third level there is compared with a level and not with normal.
        if farthest.is_none_or(|before| !side.beyond(&before.bound.value, &last.bound.value)) {
            farthest = Some(last);
        }
    }
    faults
}

fn disorder(milder: &RungBound, harsher: &RungBound) -> Option<Disorder> {
    let order = harsher.side.outward(&harsher.bound.value, &milder.bound.value);
    match (order, milder.rung) {
        (Ordering::Greater, _) | (Ordering::Equal, Rung::Normal) => None,
        (Ordering::Equal, Rung::Level(_)) => Some(Disorder::Equal),
        (Ordering::Less, Rung::Normal) => Some(Disorder::InsideNormal),
        (Ordering::Less, Rung::Level(_)) => Some(Disorder::Reversed),
    }
}

fn empty_normal(rungs: &Rungs) -> Option<LadderFault> {
    let (min, max) = (rungs.normal.min.clone()?, rungs.normal.max.clone()?);
    rungs.normal.is_empty().then_some(LadderFault::EmptyNormal { min, max })
}

/// With a normal range the order of each side keeps the two apart; without one they are compared with each other.
fn crossing(rungs: &Rungs) -> Option<LadderFault> {
    if !rungs.normal.is_unbounded() {
        return None;
    }
    let nearest =
        |side: Side| rungs.line(side).into_iter().min_by(|a, b| side.outward(&a.bound.value, &b.bound.value));
    let (above, below) = (nearest(Side::Above)?, nearest(Side::Below)?);
    (below.bound.value > above.bound.value).then_some(LadderFault::SidesCross { below, above })
}

/// The bounds of both sides where they disagree.
type Mixed = (Vec<RungBound>, Vec<RungBound>);

fn direction(rungs: &Rungs) -> Result<Option<Direction>, Mixed> {
    let (higher, lower) = (rungs.line(Side::Above), rungs.line(Side::Below));
    match (higher.is_empty(), lower.is_empty()) {
        (true, true) => Ok(None),
        (false, true) => Ok(Some(Direction::HigherIsWorse)),
        (true, false) => Ok(Some(Direction::LowerIsWorse)),
        (false, false) if is_band(rungs) => Ok(Some(Direction::Band)),
        (false, false) => Err((higher, lower)),
    }
}

/// A band says so in one place: a normal range with both ends or, without one, a level with both sides.
fn is_band(rungs: &Rungs) -> bool {
    let has = |conditions: &[Condition], side: Side| conditions.iter().any(|one| one.bound(side).is_some());
    let both = |conditions: &Vec<Condition>| Side::ALL.into_iter().all(|side| has(conditions, side));
    let normal = &rungs.normal;
    (normal.min.is_some() && normal.max.is_some())
        || (normal.is_unbounded() && rungs.levels.values().any(both))
}
