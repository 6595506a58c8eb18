//! Time intervals: when a route tells nobody.

#[cfg(test)]
mod tests;

use crate::spec::shape::Text;
use crate::syntax::Node;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use std::ops::RangeInclusive;

const WEEKDAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A named interval: a point in time is in it where it is in any of its parts.
#[derive(Debug, Clone)]
pub struct Interval {
    /// The name by which routes refer to it.
    pub name: Text,
    parts: Vec<Part>,
}

/// What must hold all at once; a list that is not written restricts nothing, and an empty one admits nothing.
#[derive(Debug, Clone)]
struct Part {
    /// Minutes of the day; the last one is not in it.
    times: Option<Vec<(i64, i64)>>,
    weekdays: Option<Vec<RangeInclusive<i64>>>,
    /// Negative days count from the end of the month.
    days: Option<Vec<RangeInclusive<i64>>>,
    months: Option<Vec<RangeInclusive<i64>>>,
    years: Option<Vec<RangeInclusive<i64>>>,
    zone: TimeZone,
}

/// A text that Alertmanager would refuse, and what belongs there.
pub struct Fault<'a> {
    /// Where.
    pub node: &'a Node,
    /// What belongs there.
    pub wanted: &'static str,
}

impl Interval {
    /// Reads an interval.
    ///
    /// # Errors
    /// The first text that is none.
    pub fn read<'a>(name: Text, node: &'a Node) -> Result<Self, Fault<'a>> {
        let parts = node.get("time_intervals").map_or(&[][..], |entry| entry.value.items());
        Ok(Self { name, parts: parts.iter().map(Part::read).collect::<Result<_, _>>()? })
    }

    /// Whether a point in time is in it.
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        self.parts.iter().any(|part| part.contains(at.to_zoned(part.zone.clone()).datetime()))
    }
}

impl Part {
    fn read(node: &Node) -> Result<Self, Fault<'_>> {
        let zone = match node.get("location").map(|entry| &entry.value) {
            None => TimeZone::UTC,
            Some(node) => node
                .as_text()
                .and_then(|name| TimeZone::get(name).ok())
                .ok_or(Fault { node, wanted: "a time zone such as `Europe/Berlin`" })?,
        };
        let number = |text: &str| text.parse().ok();
        Ok(Self {
            times: list(node, "times", times)?,
            weekdays: list(node, "weekdays", |node| {
                range(node, "days of the week", |text| index(&WEEKDAYS, text))
            })?,
            days: list(node, "days_of_month", |node| range(node, "days of the month", number))?,
            months: list(node, "months", |node| {
                range(node, "months", |text| {
                    index(&MONTHS, text).map(|month| month + 1).or_else(|| number(text))
                })
            })?,
            years: list(node, "years", |node| range(node, "years", number))?,
            zone,
        })
    }

    fn contains(&self, at: DateTime) -> bool {
        let minute = i64::from(at.hour()) * 60 + i64::from(at.minute());
        let weekday = i64::from(at.weekday().to_sunday_zero_offset());
        let length = i64::from(at.days_in_month());
        let day = |days: &RangeInclusive<i64>| within(days, i64::from(at.day()), length);
        let among = |ranges: &Option<Vec<RangeInclusive<i64>>>, value: i64| {
            ranges.as_ref().is_none_or(|ranges| ranges.iter().any(|range| range.contains(&value)))
        };
        self.times.as_ref().is_none_or(|times| times.iter().any(|(from, to)| (*from..*to).contains(&minute)))
            && self.days.as_ref().is_none_or(|days| days.iter().any(day))
            && among(&self.months, i64::from(at.month()))
            && among(&self.weekdays, weekday)
            && among(&self.years, i64::from(at.year()))
    }
}

/// Whether a day is among others of a month of that length. Days behind its end do not begin a range, and end it early.
fn within(days: &RangeInclusive<i64>, day: i64, length: i64) -> bool {
    let of_month = |day: i64| if day < 0 { length + day + 1 } else { day };
    let (from, to) = (of_month(*days.start()), of_month(*days.end()).min(length));
    from <= length && (from..=to).contains(&day)
}

fn list<'a, T>(
    node: &'a Node,
    key: &str,
    read: impl Fn(&'a Node) -> Result<T, Fault<'a>>,
) -> Result<Option<Vec<T>>, Fault<'a>> {
    let Some(entry) = node.get(key).filter(|entry| !entry.value.is_null()) else { return Ok(None) };
    entry.value.items().iter().map(read).collect::<Result<_, _>>().map(Some)
}

fn times(node: &Node) -> Result<(i64, i64), Fault<'_>> {
    let minute = |key: &str| {
        let text = node.get(key)?.value.as_text()?;
        let (hour, minute) = text.split_once(':').filter(|_| text.len() == 5)?;
        let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
        ((0..24).contains(&hour) && (0..60).contains(&minute) || (hour, minute) == (24, 0))
            .then_some(hour * 60 + minute)
    };
    let both = minute("start_time").zip(minute("end_time"));
    both.filter(|(from, to)| from < to)
        .ok_or(Fault { node, wanted: "`start_time` and a later `end_time`, such as \"09:00\" and \"17:00\"" })
}

/// `a` or `a:b`; words in small or capital letters.
fn range<'a>(
    node: &'a Node,
    wanted: &'static str,
    member: impl Fn(&str) -> Option<i64>,
) -> Result<RangeInclusive<i64>, Fault<'a>> {
    let text = node.as_text().unwrap_or_default().to_lowercase();
    let (from, to) = text.split_once(':').unwrap_or((&text, &text));
    let both = member(from).zip(member(to));
    both.map(|(from, to)| from..=to).ok_or(Fault { node, wanted })
}

fn index(words: &[&str], word: &str) -> Option<i64> {
    words.iter().zip(0..).find(|(known, _)| **known == word).map(|(_, at)| at)
}
