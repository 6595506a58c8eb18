//! The times at which a check is made.

use super::{Base, Calendar, add, plus};
use crate::spec::check::Check;
use crate::spec::point::{Point, PointKind};
use jiff::ToSpan;
use jiff::civil::DateTime;

/// The most times of one check that are listed one by one.
pub const MOST_TIMES: usize = 2_000;

/// From when until when a check is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The first moment.
    pub from: DateTime,
    /// The last moment.
    pub to: DateTime,
}

impl Calendar {
    /// From when until when a check of a stage is made: what it says, or the whole stage. `None` where that is not known.
    #[must_use]
    pub fn range(&self, check: &Check, stage: usize) -> Option<Range> {
        let time = self.stages().get(stage)?;
        let begin = time.from?;
        let resolved = |point: &Point| self.resolve(&point.kind, Base::Stage(stage));
        let from = match &check.0.from {
            // The first day of a stage begins with the stage and not at midnight.
            Some(point) => resolved(point).map(|at| if at.whole_day { at.at.max(begin) } else { at.at })?,
            None => begin,
        };
        let to = match &check.0.to {
            Some(point) => resolved(point)?.end(),
            None => time.at_most?,
        };
        Some(Range { from, to })
    }

    /// The same, each day's for a check that is made between two clock times, which may lie on both sides of midnight.
    #[must_use]
    pub fn ranges(&self, check: &Check, stage: usize) -> Vec<Range> {
        let Some((first, last)) = check.daily() else {
            return self.range(check, stage).into_iter().collect();
        };
        let Some(begin) = self.stages().get(stage).and_then(|time| time.from).filter(|_| self.clocked) else {
            return Vec::new();
        };
        let end = self.stages().get(stage).and_then(|time| time.at_most).or_else(|| plus(begin, 1.day()));
        let day = |from: DateTime| {
            let to = from.date().to_datetime(last);
            let to = if last < first { plus(to, 1.day())? } else { to };
            Some(Range { from: from.max(begin), to: to.min(end?) })
        };
        let before = plus(begin.date().to_datetime(first), -1.day());
        let days = std::iter::successors(before, |at| plus(*at, 1.day()));
        let days = days.take_while(|at| end.is_some_and(|end| *at <= end)).take(MOST_TIMES);
        days.filter_map(day).filter(|range| range.from <= range.to).collect()
    }

    /// The times at which a check of a stage is made, in order, at most [`MOST_TIMES`] of them.
    #[must_use]
    pub fn times(&self, check: &Check, stage: usize) -> Vec<DateTime> {
        let mut times: Vec<DateTime> = Vec::new();
        for range in self.ranges(check, stage) {
            match &check.0.every {
                Some(every) => {
                    let next = |at: &DateTime| add(*at, &every.value).filter(|next| next > at);
                    let all = std::iter::successors(Some(range.from), next);
                    times.extend(all.take_while(|at| *at <= range.to).take(MOST_TIMES));
                }
                None => times.extend(self.clock_times(check, stage, range)),
            }
        }
        times.sort();
        times.dedup();
        times.truncate(MOST_TIMES);
        times
    }

    /// The times of `at`: a clock time on each day of the range, everything else once.
    fn clock_times(&self, check: &Check, stage: usize, range: Range) -> Vec<DateTime> {
        let mut times = Vec::new();
        for point in check.0.at.iter().flat_map(|at| &at.0) {
            let PointKind::Clock(time) = &point.kind else {
                times.extend(self.resolve(&point.kind, Base::Stage(stage)).map(|instant| instant.at));
                continue;
            };
            if !self.clocked {
                continue;
            }
            let first = range.from.date().to_datetime(*time);
            let days = std::iter::successors(Some(first), |at| plus(*at, 1.day()));
            let days = days.take_while(|at| *at <= range.to).take(MOST_TIMES);
            times.extend(days.filter(|at| *at >= range.from));
        }
        times
    }
}
