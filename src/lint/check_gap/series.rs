//! When the checks of a stage are made, one by one or as a rule.

use super::Look;
use crate::lint::shared::when;
use crate::spec::calendar::Calendar;
use crate::spec::calendar::checks::{MOST_TIMES, Range};
use crate::spec::point::PointKind;
use jiff::SignedDuration;
use jiff::civil::DateTime;

/// A day in milliseconds.
const DAY: i64 = 86_400_000;

/// When a check is made.
pub(super) struct Series<'a> {
    pub(super) check: &'a Look,
    pub(super) times: Times,
}

/// The times of a check.
pub(super) enum Times {
    /// Every so many milliseconds within a range.
    Every(i64, Range),
    /// At times of the clock, each day; those within the check's range, in order.
    Daily(Vec<DateTime>),
    /// At times of its own, in order.
    Once(Vec<DateTime>),
}

/// When a check is made; `None` where that is not known.
pub(super) fn series<'a>(calendar: &Calendar, check: &'a Look, stage: usize) -> Option<Series<'a>> {
    let text = &check.0;
    let at = text.at.iter().flat_map(|at| &at.0);
    let mut points = text.from.iter().chain(&text.to).chain(at.clone());
    if points.any(when::is_clocked) && !calendar.is_dated() {
        return None;
    }
    let range = calendar.range(check, stage)?;
    let times = if let Some(every) = &text.every {
        let every = i64::try_from(every.value.millis()).ok().filter(|every| *every > 0)?;
        Times::Every(every, range)
    } else {
        let times = calendar.times(check, stage);
        let daily = at.clone().all(|point| matches!(point.kind, PointKind::Clock(_)));
        if times.len() >= MOST_TIMES {
            return None;
        }
        if daily { Times::Daily(times) } else { Times::Once(times) }
    };
    Some(Series { check, times })
}

impl Series<'_> {
    /// How long it may be until the next look; `None` for a check that does not come back.
    pub(super) fn interval(&self) -> Option<i64> {
        match &self.times {
            Times::Every(every, _) => Some(*every),
            Times::Daily(_) => Some(DAY),
            Times::Once(_) => None,
        }
    }

    /// The first time after a moment, or at it.
    pub(super) fn next(&self, after: DateTime, or_at: bool) -> Option<DateTime> {
        let too_early = |at: &DateTime| *at < after || (!or_at && *at == after);
        match &self.times {
            Times::Daily(times) | Times::Once(times) => times.get(times.partition_point(too_early)).copied(),
            Times::Every(every, range) => {
                let passed = when::millis(range.from, after).max(0);
                let rounds = passed / every;
                let candidates = [rounds, rounds.saturating_add(1)].into_iter();
                let times = candidates.filter_map(|round| step(range.from, every.checked_mul(round)?));
                times.filter(|at| *at <= range.to).find(|at| !too_early(at))
            }
        }
    }

    /// The last time of all.
    pub(super) fn last(&self) -> Option<DateTime> {
        match &self.times {
            Times::Daily(times) | Times::Once(times) => times.last().copied(),
            Times::Every(every, range) => {
                let length = Some(when::millis(range.from, range.to)).filter(|length| *length >= 0)?;
                step(range.from, length - length % every)
            }
        }
    }
}

fn step(from: DateTime, millis: i64) -> Option<DateTime> {
    from.checked_add(SignedDuration::from_millis(millis)).ok()
}
