//! Points in time, with their date where it is known.

use super::Pages;
use crate::spec::calendar::{Base, Instant};
use crate::spec::point::{Point, PointKind};
use crate::spec::shape::OneOrMany;
use jiff::civil::DateTime;
use serde::Serialize;

/// A point in time.
#[derive(Debug, Clone, Serialize)]
pub struct When {
    /// As the author wrote it.
    pub text: String,
    /// What it is counted from: `clock`, `date`, `after` (the start of the release), `after-end`, `after-stage`, `after-begun`, `after-back` (a rollback), `before-start`, `after-start`, `days`, `day` or `workdays`.
    pub kind: &'static str,
    /// The duration, the number of days or the clock time in it.
    pub amount: Option<String>,
    /// The clock time on a counted day.
    pub time: Option<String>,
    /// The date and time in ISO 8601, where it is known and is only one.
    pub date: Option<String>,
    /// Whether it is the whole day.
    pub whole_day: bool,
}

/// A moment in ISO 8601, to the minute.
pub fn iso(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

impl Pages<'_> {
    /// A point that belongs to `base`. A clock time has no date of its own: it may come back on every day.
    pub fn when(&self, point: &Point, base: Base) -> When {
        let instant = match point.kind {
            PointKind::Clock(_) => None,
            _ => self.calendar.resolve(&point.kind, base),
        };
        let when = self.at(point, instant);
        let kind = match (when.kind, base) {
            ("after", Base::End) => "after-end",
            ("after", Base::Stage(_)) => "after-stage",
            ("after", Base::Begun) => "after-begun",
            ("after", Base::Back) => "after-back",
            (kind, _) => kind,
        };
        When { kind, ..when }
    }

    /// A point whose moment is known.
    pub fn at(&self, point: &Point, instant: Option<Instant>) -> When {
        let clock = |time: &jiff::civil::Time| time.strftime("%H:%M").to_string();
        let (kind, amount, time) = match &point.kind {
            PointKind::Clock(time) => ("clock", Some(clock(time)), None),
            PointKind::Date { .. } => ("date", None, None),
            PointKind::After(length) => ("after", Some(length.text().to_owned()), None),
            PointKind::Start { before: true, by } => ("before-start", Some(by.text().to_owned()), None),
            PointKind::Start { before: false, by } => ("after-start", Some(by.text().to_owned()), None),
            PointKind::Days { days, time } => ("days", Some(days.to_string()), time.as_ref().map(clock)),
            PointKind::Day { number, time } => ("day", Some(number.to_string()), time.as_ref().map(clock)),
            PointKind::Workdays(days) => ("workdays", Some(days.to_string()), None),
        };
        let instant = instant.filter(|_| self.calendar.is_dated());
        When {
            text: point.text.clone(),
            kind,
            amount,
            time,
            date: instant.map(|instant| iso(instant.at)),
            whole_day: instant.is_some_and(|instant| instant.whole_day),
        }
    }

    /// All points of a list.
    pub fn whens(&self, points: &Option<OneOrMany<Point>>, base: Base) -> Vec<When> {
        points.iter().flat_map(|points| &points.0).map(|point| self.when(point, base)).collect()
    }
}
