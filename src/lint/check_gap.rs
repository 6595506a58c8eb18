//! Between two checks of a stage there is a time in which nobody looks, longer than either check allows.
//!
//! ## What
//! One check ends and the next begins later than the longer of their two intervals, and no other check of the stage comes
//! in between. The interval of `every` is what it says; that of clock times is a day, since the night between them is
//! meant. What lies before the first check or after the last one is taken to be meant, too. Or one list, or the same words,
//! are due every so often and at the same time at two or more clock times a day that are farther apart.
//!
//! ## Why
//! Ranges that are written one after another are meant to join. A hole of two hours between a check every 30 minutes and
//! one every hour is a slip of `from` or `to`, and in a table of checks nobody sees it. Of two rhythms of one list people
//! keep the easier one, and its nights are long.
//!
//! ## Bad
//! ```yaml
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 2d
//!     approve: lead
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
//!     approve: lead
//!     checks:
//!       - { every: 30m, from: 0h, to: 4h, do: Look at every metric }
//!       - { every: 1h, from: 4h, do: Look at the error log }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

mod rhythms;
mod series;

use super::shared::when;
use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::calendar::Calendar;
use crate::spec::check::Check as Look;
use crate::spec::stage::Stage;
use jiff::civil::DateTime;
use series::{Series, Times, series};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint =
    Lint::new("check-gap", Severity::Warning, include_str!("check_gap.rs"), Check::Release(check));

/// A time without a check.
struct Gap<'a> {
    from: DateTime,
    to: DateTime,
    /// The check that ends before it, and when.
    before: (DateTime, &'a Look),
    /// The check that goes on after it, and when.
    after: (DateTime, &'a Look),
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
        let series = series.unwrap_or_default();
        sink.extend(gaps(&series).iter().map(|gap| finding(&calendar, stage, begin, gap)));
        sink.extend(rhythms::two(&calendar, stage, begin, &series));
    }
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
    let after = next_regular(all, end)?;
    let to = after.0;
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
    (when::millis(from, to) > allowed).then_some(Gap {
        from,
        to,
        before: (end, ending.check),
        after,
        allowed,
    })
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
    let (from, to) = (moment(gap.from), moment(gap.to));
    LINT.finding(format!("nobody looks at stage `{}` from {from} to {to}, for {length}", stage.id()))
        .label(place(gap.after.1), format!("goes on at {}", moment(gap.after.0)))
        .label(place(gap.before.1), format!("ends at {}", moment(gap.before.0)))
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
