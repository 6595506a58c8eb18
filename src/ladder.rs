//! A metric's levels in order: the one place where thresholds are compared.

mod check;
mod compare;
mod rungs;
#[cfg(test)]
mod tests;
mod zones;

use std::cmp::Ordering;

pub use check::{Disorder, LadderFault};
pub use rungs::{Bound, Condition, Level, Range, Rung, RungBound, Rungs, Side};
pub use zones::Zone;

/// Which values of a metric are bad; never declared, always inferred from what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Only large values are bad.
    HigherIsWorse,
    /// Only small values are bad.
    LowerIsWorse,
    /// Values on both sides of normal are bad.
    Band,
}

/// Where a value lies on a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Within normal; without a normal range, short of every level.
    Normal,
    /// Outside normal, yet short of every level.
    Short,
    /// At this level, the harshest that the value raises.
    Level(Level),
}

/// Where one end of a promise (`target`) lies on a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetPosition {
    /// Tighter than the usual range, so that an ordinary day breaks the promise.
    InsideNormal,
    /// At the end of normal or beyond it, and short of rollback: where a promise belongs.
    Between,
    /// Where rollback begins, or beyond: the promise would be broken no earlier than everything is given up.
    AtRollback,
    /// On a side that the metric does not watch.
    WrongSide,
}

/// The bounds of one metric at one place, in order.
///
/// Invariant: a ladder out of order cannot exist. On each side every value of a rung lies strictly beyond every value of
/// the rungs before it (normal, warn, hold, rollback); only the first level may begin exactly where normal ends. All
/// bounds agree on one direction. The bounds are in the metric's unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    rungs: Rungs,
    direction: Option<Direction>,
}

impl Ladder {
    /// The only way to a ladder.
    ///
    /// # Errors
    /// All faults when the bounds are out of order or disagree on the direction.
    pub fn new(rungs: Rungs) -> Result<Self, Vec<LadderFault>> {
        let direction = check::judge(&rungs)?;
        Ok(Self { rungs, direction })
    }

    /// Which values are bad; `None` when there is no bound at all.
    #[must_use]
    pub fn direction(&self) -> Option<Direction> {
        self.direction
    }

    /// The levels that have a bound, the mildest first.
    #[must_use]
    pub fn levels(&self) -> Vec<Level> {
        Level::ALL.into_iter().filter(|level| self.rungs.has(*level)).collect()
    }

    /// The conditions of a level, as written; empty when it has no bound.
    #[must_use]
    pub fn bounds(&self, level: Level) -> &[Condition] {
        self.rungs.conditions(level)
    }

    /// The normal range; without ends when none was written.
    #[must_use]
    pub fn normal(&self) -> &Range {
        &self.rungs.normal
    }

    /// The bound of a level that is reached first on a side.
    #[must_use]
    pub fn mildest(&self, level: Level, side: Side) -> Option<&Bound> {
        self.rungs.on_side(level, side).min_by(|a, b| side.outward(&a.value, &b.value))
    }

    /// The bound of a level that is reached last on a side.
    #[must_use]
    pub fn harshest(&self, level: Level, side: Side) -> Option<&Bound> {
        self.rungs.on_side(level, side).max_by(|a, b| side.outward(&a.value, &b.value))
    }

    /// All bounds of a side from normal outward.
    #[must_use]
    pub fn line(&self, side: Side) -> Vec<RungBound> {
        self.rungs.line(side)
    }

    /// The pairs of normal's end and the first level's beginning that are the same value: legal, but there is no room
    /// between them. Whether that is a natural edge (0 errors, 100 %) the caller knows.
    #[must_use]
    pub fn no_headroom(&self) -> Vec<(RungBound, RungBound)> {
        let touching = |side: Side| {
            let mut line = self.line(side).into_iter();
            let (end, first) = (line.next()?, line.next()?);
            (end.rung == Rung::Normal && end.bound.value == first.bound.value).then_some((end, first))
        };
        Side::ALL.into_iter().filter_map(touching).collect()
    }

    /// The sides of a band that a level with bounds does not watch.
    #[must_use]
    pub fn sides_unwatched(&self) -> Vec<(Level, Side)> {
        if self.direction != Some(Direction::Band) {
            return Vec::new();
        }
        let pairs = self.levels().into_iter().flat_map(|level| Side::ALL.map(|side| (level, side)));
        pairs.filter(|(level, side)| self.rungs.on_side(*level, *side).next().is_none()).collect()
    }

    /// Where one end of a promise lies: its `max` is on the side [`Side::Above`], its `min` on [`Side::Below`].
    #[must_use]
    pub fn target_position(&self, side: Side, target: &Bound) -> TargetPosition {
        let watched = self.direction.is_none_or(|direction| direction.watches(side));
        let rollback = self.mildest(Level::Rollback, side);
        if !watched {
            TargetPosition::WrongSide
        } else if rollback
            .is_some_and(|rollback| side.outward(&target.value, &rollback.value) != Ordering::Less)
        {
            TargetPosition::AtRollback
        } else if self.rungs.normal.end(side).is_some_and(|end| side.beyond(&end.value, &target.value)) {
            TargetPosition::InsideNormal
        } else {
            TargetPosition::Between
        }
    }
}

impl Direction {
    /// Whether values on this side are bad.
    #[must_use]
    pub fn watches(self, side: Side) -> bool {
        match self {
            Self::HigherIsWorse => side == Side::Above,
            Self::LowerIsWorse => side == Side::Below,
            Self::Band => true,
        }
    }
}

/// Whether everything would be right if `normal` were written as `target` instead: the levels alone are in order, and
/// what is now normal lies short of rollback. To be asked about rungs that are out of order; false without a normal range.
#[must_use]
pub fn reading_as_target(rungs: &Rungs) -> bool {
    let target = &rungs.normal;
    if target.is_unbounded() || target.is_empty() {
        return false;
    }
    let levels = Rungs { normal: Range::default(), ..rungs.clone() };
    let Ok(ladder) = Ladder::new(levels) else { return false };
    let sound = |side: Side| {
        target.end(side).is_none_or(|end| ladder.target_position(side, end) == TargetPosition::Between)
    };
    Side::ALL.into_iter().all(sound)
}
