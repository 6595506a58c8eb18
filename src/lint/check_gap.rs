//! Between two checks of a stage there is a time in which nobody looks, longer than either check allows.
//!
//! ## What
//! One check ends and the next begins later than the longer of their two intervals, and no other check of the stage comes
//! in between. The interval of `every` is what it says; that of clock times is a day, since the night between them is
//! meant. What lies before the first check or after the last one is taken to be meant, too.
//!
//! ## Why
//! Ranges that are written one after another are meant to join. A hole of two hours between a check every 30 minutes and
//! one every hour is a slip of `from` or `to`, and in a table of checks nobody sees it.
//!
//! ## Bad
//! ```yaml
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 2d
//!     checks:
//!       - { every: 30m, from: 0h, to: 4h, do: Look at every metric }
//!       - { every: 1h, from: 6h, do: Look at the error log }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```
//!
//! ## Good
//! ```yaml
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 2d
//!     checks:
//!       - { every: 30m, from: 0h, to: 4h, do: Look at every metric }
//!       - { every: 1h, from: 4h, do: Look at the error log }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

use super::shared::when;
use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::calendar::Calendar;
use crate::spec::calendar::checks::{MOST_TIMES, Range};
use crate::spec::check::Check as Look;
use crate::spec::point::PointKind;
use crate::spec::stage::Stage;
use jiff::SignedDuration;
use jiff::civil::DateTime;
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint =
    Lint::new("check-gap", Severity::Warning, include_str!("check_gap.rs"), Check::Release(check));

/// A day in milliseconds.
const DAY: i64 = 86_400_000;

/// When a check is made.
struct Series<'a> {
    check: &'a Look,
    times: Times,
}

enum Times {
    /// Every so many milliseconds within a range.
    Every(i64, Range),
    /// At times of the clock, each day; those within the check's range, in order.
    Daily(Vec<DateTime>),
    /// At times of its own, in order.
    Once(Vec<DateTime>),
}

/// A time without a check.
struct Gap<'a> {
    from: DateTime,
    to: DateTime,
    before: &'a Look,
    after: &'a Look,
    /// The longest interval of the checks around it, in milliseconds.
    allowed: i64,
}

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let calendar = Calendar::new(spec);
    for (number, (stage, time)) in spec.stages.iter().zip(calendar.stages()).enumerate() {
        let Some(begin) = time.from else { break };
        let checks = stage.checks.iter().flatten();
        // A check of which the times are not known may lie in any gap.
        let series: Option<Vec<_>> = checks.map(|check| series(&calendar, check, number)).collect();
        let gaps = gaps(&series.unwrap_or_default());
        sink.extend(gaps.iter().map(|gap| finding(&calendar, stage, begin, gap)));
    }
}

fn series<'a>(calendar: &Calendar, check: &'a Look, stage: usize) -> Option<Series<'a>> {
    let text = &check.0;
    let at = text.at.iter().flat_map(|at| &at.0);
    let mut points = text.from.iter().chain(&text.to).chain(at.clone());
    if points.any(|point| when::is_clocked(point)) && !calendar.is_dated() {
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
    fn interval(&self) -> Option<i64> {
        match &self.times {
            Times::Every(every, _) => Some(*every),
            Times::Daily(_) => Some(DAY),
            Times::Once(_) => None,
        }
    }

    /// The first time after a moment, or at it.
    fn next(&self, after: DateTime, or_at: bool) -> Option<DateTime> {
        let fits = |at: &DateTime| *at > after || (or_at && *at == after);
        match &self.times {
            Times::Daily(times) | Times::Once(times) => times.iter().copied().find(fits),
            Times::Every(every, range) => {
                let passed = when::millis(range.from, after).max(0);
                let rounds = passed / every;
                let candidates = [rounds, rounds.saturating_add(1)].into_iter();
                let times = candidates.filter_map(|round| step(range.from, every.checked_mul(round)?));
                times.filter(|at| *at <= range.to).find(fits)
            }
        }
    }

    /// The last time of all.
    fn last(&self) -> Option<DateTime> {
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

/// Within its own range a check keeps its interval, so that only where one ends a gap can begin.
fn gaps<'a>(all: &[Series<'a>]) -> Vec<Gap<'a>> {
    let ends = all.iter().filter(|series| series.interval().is_some());
    let gaps = ends.filter_map(|series| gap(all, series));
    let by_place: BTreeMap<DateTime, Gap<'a>> = gaps.map(|gap| (gap.from, gap)).collect();
    by_place.into_values().collect()
}

/// The gap after the last time of a check.
fn gap<'a>(all: &[Series<'a>], ending: &Series<'a>) -> Option<Gap<'a>> {
    let end = ending.last()?;
    let (to, after) = next_regular(all, end)?;
    let there = |at: DateTime| all.iter().filter(move |series| series.next(at, true) == Some(at));
    let allowed = there(end).chain(there(to)).filter_map(Series::interval).max()?;
    // Checks that come once break the gap; what counts is the longest part.
    let once = all.iter().filter_map(|series| match &series.times {
        Times::Once(times) => Some(times),
        _ => None,
    });
    let mut points: Vec<DateTime> = once.flatten().copied().filter(|at| end < *at && *at < to).collect();
    points.extend([end, to]);
    points.sort();
    let parts = points.windows(2).filter_map(|part| Some((*part.first()?, *part.last()?)));
    let (from, to) = parts.max_by_key(|(from, to)| (when::millis(*from, *to), std::cmp::Reverse(*from)))?;
    (when::millis(from, to) > allowed).then_some(Gap { from, to, before: ending.check, after, allowed })
}

/// The next time of a check that comes back.
fn next_regular<'a>(all: &[Series<'a>], end: DateTime) -> Option<(DateTime, &'a Look)> {
    let regular = all.iter().filter(|series| series.interval().is_some());
    let next = regular.filter_map(|series| Some((series.next(end, false)?, series.check)));
    next.min_by_key(|(at, _)| *at)
}

fn finding(calendar: &Calendar, stage: &Stage, begin: DateTime, gap: &Gap<'_>) -> Diagnostic {
    let moment = |at| when::moment_of_stage(calendar, begin, at);
    let length = when::length(when::millis(gap.from, gap.to));
    LINT.finding(format!("nobody looks at stage `{}` for {length} between two checks", stage.id()))
        .label(place(gap.after), format!("looks again at {}", moment(gap.to)))
        .label(place(gap.before), format!("looks for the last time at {}", moment(gap.from)))
        .help(format!(
            "let the checks join, so that no more than {} passes between two looks",
            when::length(gap.allowed)
        ))
}

/// Where a check says when it is made.
fn place(check: &Look) -> Span {
    let text = &check.0;
    let every = text.every.as_ref().map(|every| every.span);
    every.or_else(|| Some(text.at.as_ref()?.0.first()?.span)).unwrap_or(text.span)
}
