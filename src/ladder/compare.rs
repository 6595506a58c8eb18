//! Where values lie on a ladder, and how two ladders differ.

use super::{Direction, Ladder, Level, Place, Rung, RungBound, Side};
use crate::quantity::Number;

impl Ladder {
    /// Where a value lies.
    #[must_use]
    pub fn place(&self, value: &Number) -> Place {
        let raised = |level: &Level| self.bounds(*level).iter().any(|condition| condition.raised_by(value));
        match Level::ALL.into_iter().rev().find(raised) {
            Some(level) => Place::Level(level),
            None if self.rungs.normal.contains(value) => Place::Normal,
            None => Place::Short,
        }
    }

    /// The bound that a value lies beyond: the end of normal, or a bound of the level where it lies; `None` for a value
    /// that is normal.
    #[must_use]
    pub fn passed(&self, value: &Number) -> Option<RungBound> {
        let rung = match self.place(value) {
            Place::Normal => return None,
            Place::Short => Rung::Normal,
            Place::Level(level) => Rung::Level(level),
        };
        let mut bounds = Side::ALL.into_iter().flat_map(|side| self.line(side));
        bounds.find(|bound| bound.rung == rung && bound.side.beyond(value, &bound.bound.value))
    }

    /// On which side of a limit values are bad: the metric's own side; on a band the side of normal on which the limit lies.
    #[must_use]
    pub fn bad_side(&self, limit: &Number) -> Option<Side> {
        match self.direction? {
            Direction::HigherIsWorse => Some(Side::Above),
            Direction::LowerIsWorse => Some(Side::Below),
            Direction::Band => {
                let end =
                    |side| self.normal().end(side).or_else(|| self.mildest(*self.levels().first()?, side));
                let low = end(Side::Below).is_some_and(|end| !Side::Above.beyond(limit, &end.value));
                Some(if low { Side::Below } else { Side::Above })
            }
        }
    }

    /// The bounds of the same rung and side that both ladders have with other values: ours, then theirs.
    #[must_use]
    pub fn differing(&self, other: &Self) -> Vec<(RungBound, RungBound)> {
        let mut found: Vec<(RungBound, RungBound)> = Vec::new();
        for side in Side::ALL {
            let theirs = other.line(side);
            for of_rung in self.line(side).chunk_by(|a, b| a.rung == b.rung) {
                let Some(rung) = of_rung.first().map(|bound| bound.rung) else { continue };
                let theirs = theirs.iter().filter(|bound| bound.rung == rung);
                let mut pairs = of_rung.iter().zip(theirs);
                let unequal = pairs.find(|(ours, theirs)| ours.bound.value != theirs.bound.value);
                found.extend(unequal.map(|(ours, theirs)| (ours.clone(), theirs.clone())));
            }
        }
        found
    }
}
