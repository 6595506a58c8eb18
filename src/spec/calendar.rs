//! When things happen: stages one after another, and points in time counted from what they belong to.
//!
//! All of it is wall-clock time in the release's zone, so that `2d` is two calendar days. Where the release does not say when it
//! starts, only what is counted from there has a time, and no date is shown.

pub mod checks;
#[cfg(test)]
mod tests;

pub use checks::{MOST_TIMES, Range};

use super::Spec;
use super::point::{Point, PointKind};
use super::stage::Stage;
use crate::quantity::Duration;
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span, ToSpan};

/// When the stages of a release begin and end.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// When the release starts; on a day of no meaning where that is not known.
    start: DateTime,
    /// Whether the date of the start is known.
    dated: bool,
    /// Whether the clock time of the start is known.
    clocked: bool,
    /// The stages, in order.
    stages: Vec<StageTime>,
}

/// When a stage begins and ends if all goes well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageTime {
    /// The earliest beginning; `None` where a stage before it does not say how long it lasts.
    pub from: Option<DateTime>,
    /// The earliest end.
    pub to: Option<DateTime>,
    /// The latest end, when it takes as long as it may.
    pub at_most: Option<DateTime>,
}

/// What a point in time belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// The release as a whole.
    Release,
    /// The stage of that number, from 0.
    Stage(usize),
    /// The end of the last stage.
    End,
    /// Something that begins when it is needed, at a moment that nobody knows: the way back, a scenario, a checklist.
    Begun,
    /// The end of a rollback.
    Back,
}

/// A point in time that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant {
    /// The moment; the first one of a whole day.
    pub at: DateTime,
    /// Whether it is the whole day.
    pub whole_day: bool,
}

impl Instant {
    /// The last moment of it: a whole day ends where the next begins.
    #[must_use]
    pub fn end(self) -> DateTime {
        if self.whole_day { plus(self.at, 1.day()).unwrap_or(self.at) } else { self.at }
    }
}

impl Calendar {
    /// The calendar of a release.
    #[must_use]
    pub fn new(spec: &Spec) -> Self {
        let starts = spec.release.starts.as_ref().map(|moment| moment.0.value);
        let clock = spec.timeline.iter().find_map(|entry| match entry.at.as_ref()?.kind {
            PointKind::Clock(time) => Some(time),
            _ => None,
        });
        let start = starts.unwrap_or_else(|| UNDATED.to_datetime(clock.unwrap_or_else(Time::midnight)));
        let clocked = starts.is_some() || clock.is_some();
        let mut calendar = Self { start, dated: starts.is_some(), clocked, stages: Vec::new() };
        let mut from = Some(start);
        for stage in &spec.stages {
            let lasts = stage.lasts.as_ref();
            let after = |length: Option<&Duration>| add(from?, length?);
            let to = after(lasts.map(|lasts| &lasts.min.value));
            let at_most = after(lasts.map(|lasts| &lasts.max.value));
            calendar.stages.push(StageTime { from, to, at_most });
            from = to;
        }
        calendar
    }

    /// The release's start, where its date is known.
    #[must_use]
    pub fn start(&self) -> Option<DateTime> {
        self.dated.then_some(self.start)
    }

    /// Whether dates are known, and not only distances.
    #[must_use]
    pub fn is_dated(&self) -> bool {
        self.dated
    }

    /// The stages' times, in order.
    #[must_use]
    pub fn stages(&self) -> &[StageTime] {
        &self.stages
    }

    /// How long after the release's start a moment is, in milliseconds; negative before it.
    #[must_use]
    pub fn since_start(&self, at: DateTime) -> i64 {
        let distance = at.duration_since(self.start).as_millis();
        i64::try_from(distance).unwrap_or(i64::MAX)
    }

    /// When a point is; `None` where that is not known, or goes on every day.
    #[must_use]
    pub fn resolve(&self, point: &PointKind, base: Base) -> Option<Instant> {
        let moment = |at| Instant { at, whole_day: false };
        match point {
            PointKind::Clock(time) => {
                let day = self.begin(base)?.date();
                self.clocked.then(|| moment(day.to_datetime(*time)))
            }
            PointKind::Date { date, time } => self.dated.then(|| on(*date, *time)),
            PointKind::After(length) => add(self.begin(base)?, length).map(moment),
            PointKind::Start { before: true, by } => subtract(self.start, by).map(moment),
            PointKind::Start { before: false, by } => add(self.start, by).map(moment),
            PointKind::Days { days, time } => {
                let day = self.start.date().checked_add(days.days()).ok()?;
                self.day(day, *time)
            }
            PointKind::Day { number, time } => {
                let begin = self.begin(base)?;
                let days = i64::from(*number) - 1;
                if !self.clocked && time.is_none() {
                    // Without a clock a day is 24 hours from the beginning.
                    return Some(Instant { at: plus(begin, days.days())?, whole_day: true });
                }
                self.day(begin.date().checked_add(days.days()).ok()?, *time)
            }
            PointKind::Workdays(days) => {
                let day = workdays(self.begin(base)?.date(), *days)?;
                self.dated.then(|| on(day, None))
            }
        }
    }

    /// When each line of the timetable begins. A clock time is on the day of the start, and on the next day where it lies
    /// more than half a day before the line above it.
    #[must_use]
    pub fn timeline(&self, spec: &Spec) -> Vec<Option<Instant>> {
        let mut last: Option<DateTime> = None;
        let points = spec.timeline.iter().map(|entry| entry.at.as_ref());
        points
            .map(|point: Option<&Point>| {
                let mut instant = self.resolve(&point?.kind, Base::Release)?;
                let clock = matches!(point?.kind, PointKind::Clock(_));
                while clock
                    && last.is_some_and(|last| plus(instant.at, 12.hours()).is_some_and(|later| later < last))
                {
                    instant.at = plus(instant.at, 1.day())?;
                }
                last = Some(instant.at);
                Some(instant)
            })
            .collect()
    }

    /// The moment from which points of a section are counted.
    fn begin(&self, base: Base) -> Option<DateTime> {
        match base {
            Base::Release => Some(self.start),
            Base::Stage(number) => self.stages.get(number)?.from,
            Base::End => self.stages.last()?.to,
            Base::Begun | Base::Back => None,
        }
    }

    fn day(&self, day: Date, time: Option<Time>) -> Option<Instant> {
        (time.is_none() || self.clocked).then(|| on(day, time))
    }
}

/// The day on which a release starts that does not say when: a Monday, never shown.
const UNDATED: Date = Date::constant(2001, 1, 1);

fn on(date: Date, time: Option<Time>) -> Instant {
    Instant { at: date.to_datetime(time.unwrap_or_else(Time::midnight)), whole_day: time.is_none() }
}

/// The day that many working days later.
fn workdays(mut day: Date, days: u32) -> Option<Date> {
    let mut left = days;
    while left > 0 {
        day = day.tomorrow().ok()?;
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            left -= 1;
        }
    }
    Some(day)
}

fn plus(at: DateTime, span: Span) -> Option<DateTime> {
    at.checked_add(span).ok()
}

fn add(at: DateTime, length: &Duration) -> Option<DateTime> {
    plus(at, Span::new().try_milliseconds(i64::try_from(length.millis()).ok()?).ok()?)
}

fn subtract(at: DateTime, length: &Duration) -> Option<DateTime> {
    let span = Span::new().try_milliseconds(i64::try_from(length.millis()).ok()?).ok()?;
    at.checked_sub(span).ok()
}

/// The number of a stage in its release.
#[must_use]
pub fn number(spec: &Spec, stage: &Stage) -> Option<usize> {
    spec.stages.iter().position(|other| other.id() == stage.id())
}
