//! A ladder from end to end: what holds between each bound and the next.

use super::{Bound, Condition, Ladder, Level, Place};

/// The values between two neighbouring bounds, all of which lie at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone<'a> {
    /// The bound below; `None` for the lowest values.
    pub from: Option<&'a Bound>,
    /// The bound above; `None` for the greatest values.
    pub to: Option<&'a Bound>,
    /// Where the values between them lie.
    pub place: Place,
}

impl Ladder {
    /// All values in order, cut at every bound. Bounds of the same value are one, the first that was written; a ladder
    /// without bounds is one zone.
    #[must_use]
    pub fn zones(&self) -> Vec<Zone<'_>> {
        let ends = [&self.rungs.normal.min, &self.rungs.normal.max].into_iter().flatten();
        let levels = Level::ALL.into_iter().flat_map(|level| self.bounds(level));
        let mut bounds: Vec<&Bound> =
            ends.chain(levels.flat_map(|one| one.above.iter().chain(&one.below))).collect();
        bounds.sort_by(|a, b| a.value.cmp(&b.value).then(a.span.cmp(&b.span)));
        bounds.dedup_by(|a, b| a.value == b.value);
        let starts = std::iter::once(None).chain(bounds.iter().copied().map(Some));
        let ends = bounds.iter().copied().map(Some).chain([None]);
        starts.zip(ends).map(|(from, to)| Zone { from, to, place: self.between(from, to) }).collect()
    }

    /// Where the values strictly between two neighbouring bounds lie.
    fn between(&self, from: Option<&Bound>, to: Option<&Bound>) -> Place {
        let above = |bound: &Bound| from.is_some_and(|from| from.value >= bound.value);
        let below = |bound: &Bound| to.is_some_and(|to| to.value <= bound.value);
        let raised =
            |one: &Condition| one.above.as_ref().is_some_and(above) || one.below.as_ref().is_some_and(below);
        let normal = &self.rungs.normal;
        let level = Level::ALL.into_iter().rev().find(|level| self.bounds(*level).iter().any(raised));
        match level {
            Some(level) => Place::Level(level),
            None if normal.min.as_ref().is_none_or(above) && normal.max.as_ref().is_none_or(below) => {
                Place::Normal
            }
            None => Place::Short,
        }
    }
}
