//! Points in time: wherever `at`, `from`, `to` or `by` stand.

use super::shape::{Defs, Shape};
use crate::diag::Diagnostic;
use crate::lint;
use crate::quantity::Duration;
use crate::source::Span;
use crate::syntax::Node;
use jiff::civil::{Date, Time};
use serde_json::{Value, json};

/// A point in time as its author wrote it. Clock times are wall-clock in the release's zone.
#[derive(Debug, Clone)]
pub struct Point {
    /// What it says.
    pub kind: PointKind,
    /// As it was written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// What a point in time is counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PointKind {
    /// A clock time, on each day of what it belongs to: `09:00`.
    Clock(Time),
    /// A date, the whole day where no time is given: `2026-03-02T09:00`.
    Date {
        /// The day.
        date: Date,
        /// The clock time on it.
        time: Option<Time>,
    },
    /// After the start of what it belongs to: `+4h`, `4h`.
    After(Duration),
    /// Before or after the release's start: `T-30m`, `T+1h`.
    Start {
        /// Whether it lies before the start.
        before: bool,
        /// How far away.
        by: Duration,
    },
    /// Days from the date of the release's start, negative before it: `D-7`, `D+1 09:00`.
    Days {
        /// How many.
        days: i32,
        /// The clock time on that day.
        time: Option<Time>,
    },
    /// A day of what it belongs to, the first of which is day 1: `day 2`, `day 2 09:00`.
    Day {
        /// Its number.
        number: u32,
        /// The clock time on it.
        time: Option<Time>,
    },
    /// Working days (Monday to Friday) after the start of what it belongs to: `+2 workdays`.
    Workdays(u32),
}

impl PointKind {
    /// What a text says; `None` where it is no point in time.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(time) = clock(text) {
            return Some(Self::Clock(time));
        }
        if let Some((date, time)) = dated(text) {
            return Some(Self::Date { date, time });
        }
        if let Some(rest) = text.strip_prefix('T') {
            let (before, by) = signed(rest)?;
            return Some(Self::Start { before, by: Duration::parse(by).ok()? });
        }
        if let Some(rest) = text.strip_prefix('D') {
            return days(rest);
        }
        if let Some(rest) = text.strip_prefix("day ") {
            let (number, time) = with_time(rest)?;
            let number = number.parse().ok().filter(|number| (1..=MOST_DAYS).contains(number))?;
            return Some(Self::Day { number, time });
        }
        let after = text.strip_prefix('+').unwrap_or(text);
        if let Some(days) = after.strip_suffix("workdays").or_else(|| after.strip_suffix("workday")) {
            return days.trim().parse().ok().filter(|days| *days <= MOST_DAYS).map(Self::Workdays);
        }
        Duration::parse(after).ok().map(Self::After)
    }
}

/// The most days that a point may lie away: 27 years, so that no date leaves the calendar.
const MOST_DAYS: u32 = 9_999;

/// `09:00` or `09:00:30`.
fn clock(text: &str) -> Option<Time> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let whole = (text.len() == 5 || text.len() == 8) && digits;
    whole.then(|| text.parse().ok()).flatten()
}

/// `2026-03-02`, with a clock time after `T` or a blank where there is one.
fn dated(text: &str) -> Option<(Date, Option<Time>)> {
    let (day, rest) = text.split_at_checked(10)?;
    let date = day.parse().ok()?;
    match rest.chars().next() {
        None => Some((date, None)),
        Some('T' | ' ') => Some((date, Some(clock(&rest[1..])?))),
        Some(_) => None,
    }
}

/// `-7` or `+1`, with a clock time where there is one.
fn days(text: &str) -> Option<PointKind> {
    let (number, time) = if text.is_empty() { ("+0", None) } else { with_time(text)? };
    let (before, number) = signed(number)?;
    let number = i32::try_from(number.parse::<u32>().ok().filter(|days| *days <= MOST_DAYS)?).ok()?;
    Some(PointKind::Days { days: if before { -number } else { number }, time })
}

fn signed(text: &str) -> Option<(bool, &str)> {
    let after = text.strip_prefix('+').map(|rest| (false, rest));
    after.or_else(|| text.strip_prefix('-').map(|rest| (true, rest)))
}

fn with_time(text: &str) -> Option<(&str, Option<Time>)> {
    match text.trim().split_once(' ') {
        None => Some((text.trim(), None)),
        Some((number, time)) => Some((number, Some(clock(time.trim())?))),
    }
}

impl serde::Serialize for Point {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text)
    }
}

impl Shape for Point {
    fn schema(_: &mut Defs) -> Value {
        let examples = ["09:00", "2026-03-02T09:00", "+4h", "T-30m", "D-7", "day 2 09:00", "+2 workdays"];
        json!({ "type": ["string", "number"], "examples": examples })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let text = node.as_text()?;
        let Some(kind) = PointKind::parse(text) else {
            findings.push(lint::bad_time::not_a_point(text, node.span));
            return None;
        };
        Some(Self { kind, text: text.to_owned(), span: node.span })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str) -> Option<PointKind> {
        PointKind::parse(text)
    }

    #[test]
    fn every_form_is_read() {
        let nine = Time::constant(9, 0, 0, 0);
        let hours = |text: &str| Duration::parse(text).unwrap_or_else(|_| Duration::zero());
        assert_eq!(reads("09:00"), Some(PointKind::Clock(nine)));
        let date = Date::constant(2026, 3, 2);
        assert_eq!(reads("2026-03-02T09:00"), Some(PointKind::Date { date, time: Some(nine) }));
        assert_eq!(reads("2026-03-02 09:00"), Some(PointKind::Date { date, time: Some(nine) }));
        assert_eq!(reads("2026-03-02"), Some(PointKind::Date { date, time: None }));
        assert_eq!(reads("+4h"), Some(PointKind::After(hours("4h"))));
        assert_eq!(reads("4h"), reads("+4h"));
        assert_eq!(reads("0h"), Some(PointKind::After(hours("0h"))));
        assert_eq!(reads("T-30m"), Some(PointKind::Start { before: true, by: hours("30m") }));
        assert_eq!(reads("T+1h"), Some(PointKind::Start { before: false, by: hours("1h") }));
        assert_eq!(reads("D-7"), Some(PointKind::Days { days: -7, time: None }));
        assert_eq!(reads("D+1 09:00"), Some(PointKind::Days { days: 1, time: Some(nine) }));
        assert_eq!(reads("day 2"), Some(PointKind::Day { number: 2, time: None }));
        assert_eq!(reads("day 2 09:00"), Some(PointKind::Day { number: 2, time: Some(nine) }));
        assert_eq!(reads("+2 workdays"), Some(PointKind::Workdays(2)));
    }

    #[test]
    fn what_is_no_point_is_refused() {
        for text in ["", "9 am", "25:00", "day 0", "day two", "T30m", "D7x", "2026-02-30", "tomorrow", "-4h"]
        {
            assert_eq!(reads(text), None, "{text}");
        }
    }
}
