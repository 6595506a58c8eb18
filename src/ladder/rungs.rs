//! What a ladder is made of, not yet judged.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::quantity::Number;
use crate::source::Span;

/// A level of a metric; the greater is the harsher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Look closely.
    Warn,
    /// Stop here and decide.
    Hold,
    /// Go back now.
    Rollback,
}

impl Level {
    /// Every level, the mildest first.
    pub const ALL: [Self; 3] = [Self::Warn, Self::Hold, Self::Rollback];

    /// Its name in a spec.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Hold => "hold",
            Self::Rollback => "rollback",
        }
    }

    /// The level that a spec calls `name`; `None` when there is no such level.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// A side of normal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Values greater than normal.
    Above,
    /// Values smaller than normal.
    Below,
}

impl Side {
    /// Both sides.
    pub const ALL: [Self; 2] = [Self::Above, Self::Below];

    /// The key of a level's bound on this side.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::Below => "below",
        }
    }

    /// The key of a range's end on this side.
    #[must_use]
    pub fn end_name(self) -> &'static str {
        match self {
            Self::Above => "max",
            Self::Below => "min",
        }
    }

    /// Compares by the distance from normal: `Greater` when `a` lies farther out than `b`.
    #[must_use]
    pub fn outward(self, a: &Number, b: &Number) -> Ordering {
        match self {
            Self::Above => a.cmp(b),
            Self::Below => b.cmp(a),
        }
    }

    /// Whether `a` lies farther out than `b`; as a level's bound, whether `b` being exceeded by `a` raises it.
    #[must_use]
    pub fn beyond(self, a: &Number, b: &Number) -> bool {
        self.outward(a, b) == Ordering::Greater
    }
}

/// One threshold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// In the metric's unit.
    pub value: Number,
    /// As the author wrote it.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// One condition of a level: values beyond either bound raise it, the bounds themselves do not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition {
    /// Greater values raise the level.
    pub above: Option<Bound>,
    /// Smaller values raise the level.
    pub below: Option<Bound>,
}

impl Condition {
    /// Its bound on a side.
    #[must_use]
    pub fn bound(&self, side: Side) -> Option<&Bound> {
        match side {
            Side::Above => self.above.as_ref(),
            Side::Below => self.below.as_ref(),
        }
    }

    /// Whether `value` lies beyond one of its bounds.
    #[must_use]
    pub fn raised_by(&self, value: &Number) -> bool {
        Side::ALL
            .into_iter()
            .any(|side| self.bound(side).is_some_and(|bound| side.beyond(value, &bound.value)))
    }
}

/// An inclusive range: `normal` or `target`. An end that is absent is no limit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Range {
    /// The smallest value within.
    pub min: Option<Bound>,
    /// The greatest value within.
    pub max: Option<Bound>,
}

impl Range {
    /// Its end on a side.
    #[must_use]
    pub fn end(&self, side: Side) -> Option<&Bound> {
        match side {
            Side::Above => self.max.as_ref(),
            Side::Below => self.min.as_ref(),
        }
    }

    /// Whether it has no end at all.
    #[must_use]
    pub fn is_unbounded(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }

    /// Whether `min` is greater than `max`, so that no value lies within.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!((&self.min, &self.max), (Some(min), Some(max)) if min.value > max.value)
    }

    /// Whether `value` lies within.
    #[must_use]
    pub fn contains(&self, value: &Number) -> bool {
        Side::ALL.into_iter().all(|side| self.end(side).is_none_or(|end| !side.beyond(value, &end.value)))
    }
}

/// What a bound belongs to; the greater is the farther out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// The normal range.
    Normal,
    /// A level.
    Level(Level),
}

impl Rung {
    /// Its key in a spec.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Level(level) => level.name(),
        }
    }
}

/// A bound with its place on the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RungBound {
    /// What it belongs to.
    pub rung: Rung,
    /// On which side it stands.
    pub side: Side,
    /// The bound.
    pub bound: Bound,
}

impl RungBound {
    /// Its key: `max` or `min` of normal, `above` or `below` of a level.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self.rung {
            Rung::Normal => self.side.end_name(),
            Rung::Level(_) => self.side.name(),
        }
    }
}

/// Everything that is written for one metric at one place, in the metric's unit. Levels without a number are absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rungs {
    /// The normal range.
    pub normal: Range,
    /// The conditions of each level, any of which raises it; a condition without a bound counts for nothing.
    pub levels: BTreeMap<Level, Vec<Condition>>,
}

impl Rungs {
    /// The conditions of a level; empty when it is absent.
    #[must_use]
    pub fn conditions(&self, level: Level) -> &[Condition] {
        self.levels.get(&level).map_or(&[], Vec::as_slice)
    }

    /// Whether a level has a bound.
    pub(super) fn has(&self, level: Level) -> bool {
        Side::ALL.into_iter().any(|side| self.on_side(level, side).next().is_some())
    }

    /// The bounds of a level on one side, as written.
    pub(super) fn on_side(&self, level: Level, side: Side) -> impl Iterator<Item = &Bound> {
        self.conditions(level).iter().filter_map(move |condition| condition.bound(side))
    }

    /// All bounds of a side in the order in which they should stand: from normal outward, within a level the mildest first.
    #[must_use]
    pub fn line(&self, side: Side) -> Vec<RungBound> {
        let placed = |rung: Rung, bound: &Bound| RungBound { rung, side, bound: bound.clone() };
        let mut line: Vec<RungBound> =
            self.normal.end(side).map(|end| placed(Rung::Normal, end)).into_iter().collect();
        for level in Level::ALL {
            line.extend(self.on_side(level, side).map(|bound| placed(Rung::Level(level), bound)));
        }
        // Stable, so that equal bounds keep the order in which they were written.
        line.sort_by(|a, b| a.rung.cmp(&b.rung).then_with(|| side.outward(&a.bound.value, &b.bound.value)));
        line
    }
}
