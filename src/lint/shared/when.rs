//! Moments and distances in words, for lints about times.

use crate::quantity::Duration;
use crate::spec::calendar::{Calendar, Instant};
use crate::spec::point::{Point, PointKind};
use jiff::civil::DateTime;

/// From one moment to another in milliseconds; negative where the other one is earlier.
pub(in crate::lint) fn millis(from: DateTime, to: DateTime) -> i64 {
    i64::try_from(to.duration_since(from).as_millis()).unwrap_or(i64::MAX)
}

/// A distance as people say it, whichever way it goes.
pub(in crate::lint) fn length(millis: i64) -> String {
    Duration::from_millis(millis.unsigned_abs())
        .map_or_else(|| "centuries".to_owned(), |of| of.to_canonical())
}

/// A moment of the release: a date with a time where that is known, or the distance from the start.
pub(in crate::lint) fn moment(calendar: &Calendar, at: DateTime) -> String {
    if calendar.is_dated() { date(at) } else { format!("T{}", signed(calendar.since_start(at))) }
}

/// A moment that is counted from a point: the time of the clock where the point is one and no date is known.
pub(in crate::lint) fn moment_near(calendar: &Calendar, point: &Point, at: DateTime) -> String {
    if is_clocked(point) && !calendar.is_dated() {
        return at.strftime("%H:%M").to_string();
    }
    moment(calendar, at)
}

/// A moment of a stage that begins at `begin`, in the same way.
pub(in crate::lint) fn moment_of_stage(calendar: &Calendar, begin: DateTime, at: DateTime) -> String {
    if calendar.is_dated() { date(at) } else { signed(millis(begin, at)) }
}

fn date(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

fn signed(millis: i64) -> String {
    format!("{}{}", if millis < 0 { '-' } else { '+' }, length(millis))
}

/// Whether a point is at a time of the clock. Where the release does not say when it starts, such a point has a distance
/// to others of its kind and to nothing else.
pub(in crate::lint) fn is_clocked(point: &Point) -> bool {
    match &point.kind {
        PointKind::Clock(_) | PointKind::Date { .. } | PointKind::Workdays(_) => true,
        PointKind::Days { time, .. } | PointKind::Day { time, .. } => time.is_some(),
        PointKind::After(_) | PointKind::Start { .. } => false,
    }
}

/// The shortest and the longest time from one instant to another, in milliseconds; a whole day may mean any moment of it.
pub(in crate::lint) fn distances(from: Instant, to: Instant) -> (i64, i64) {
    (millis(from.end(), to.at), millis(from.at, to.end()))
}
