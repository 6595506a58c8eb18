//! Durations, days and quantities as people write them in a language. All words and their order come from the phrases.

use super::phrases::Phrases;
use crate::quantity::Duration;
use jiff::civil::{Date, DateTime};
use minijinja::{Error, ErrorKind};

fn fault(why: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, why)
}

/// The number and the unit of each part of a duration, as its author wrote it.
fn parts(text: &str) -> Result<Vec<(u64, &str)>, Error> {
    let sound = Duration::parse(text).is_ok();
    let text = text.trim();
    let mut parts = Vec::new();
    let mut rest = if text == "0" { "0s" } else { text };
    while sound && !rest.is_empty() {
        let (amount, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
        let end = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let amount = amount.parse().map_err(|_| fault(format!("`{text}` is no duration")))?;
        parts.push((amount, &after[..end]));
        rest = &after[end..];
    }
    if parts.is_empty() { Err(fault(format!("`{text}` is no duration"))) } else { Ok(parts) }
}

fn in_words(phrases: &Phrases, text: &str, form: &str) -> Result<String, Error> {
    let word = |(amount, unit): (u64, &str)| {
        phrases.fill(&format!("{form}-{unit}"), minijinja::context! { n => amount })
    };
    let words: Result<Vec<_>, Error> = parts(text)?.into_iter().map(word).collect();
    Ok(words?.join(" "))
}

/// `2d` is "2 days", `1h30m` is "1 hour 30 minutes".
pub fn duration(phrases: &Phrases, text: &str) -> Result<String, Error> {
    in_words(phrases, text, "duration")
}

/// `2d` is "2 d", `1h30m` is "1 h 30 min".
pub fn brief(phrases: &Phrases, text: &str) -> Result<String, Error> {
    in_words(phrases, text, "brief")
}

/// A quantity as its author wrote it, with the blank that the language puts before its unit: `0.2%` is "0.2 %". Of a bare
/// number, and where there is a blank already, nothing changes.
pub fn quantity(phrases: &Phrases, text: &str) -> Result<String, Error> {
    let text = text.trim();
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let number = |c: char| c.is_ascii_digit() || c == '.';
    let end = text[start..].find(|c| !number(c)).map_or(text.len(), |end| start + end);
    let (amount, unit) = text.split_at(end);
    let phrase = match unit.chars().next() {
        _ if amount.is_empty() => return Ok(text.to_owned()),
        Some('%') => "quantity-share",
        Some(c) if c.is_ascii_alphabetic() && unit != "x" && !unit.chars().any(|c| c.is_ascii_digit()) => {
            "quantity-unit"
        }
        _ => return Ok(text.to_owned()),
    };
    phrases.fill(phrase, minijinja::context! { n => amount, unit })
}

/// A date with a clock time, such as `2026-03-02T09:00`: "Mon 2 Mar 2026, 09:00".
pub fn moment(phrases: &Phrases, text: &str) -> Result<String, Error> {
    at(phrases, "moment", text.parse().map_err(|_| fault(format!("`{text}` is no point in time")))?)
}

/// The same without its year: "Mon 2 Mar 09:00".
pub fn moment_short(phrases: &Phrases, text: &str) -> Result<String, Error> {
    at(phrases, "moment-short", text.parse().map_err(|_| fault(format!("`{text}` is no point in time")))?)
}

/// A day, such as `2026-03-02`: "Mon 2 Mar 2026".
pub fn day(phrases: &Phrases, text: &str) -> Result<String, Error> {
    let day: Date = text.parse().map_err(|_| fault(format!("`{text}` is no day")))?;
    at(phrases, "day", day.to_datetime(jiff::civil::Time::midnight()))
}

fn at(phrases: &Phrases, phrase: &str, moment: DateTime) -> Result<String, Error> {
    let word = |name: String| phrases.fill(&name, minijinja::context! {});
    let with = minijinja::context! {
        weekday => word(format!("weekday-{}", moment.weekday().to_monday_one_offset()))?,
        month => word(format!("month-{}", moment.month()))?,
        day => moment.day(),
        year => moment.year(),
        time => format!("{:02}:{:02}", moment.hour(), moment.minute()),
    };
    phrases.fill(phrase, with)
}
