//! A text is no point in time: no date, no clock time, no time zone.
//!
//! ## What
//! `starts` is a date with a clock time (`2026-03-02T09:00`), wall-clock in the release's `timezone`, which is an IANA name
//! such as `Europe/Berlin`. `until` of a waiver is a day (`2026-03-01`). `at`, `from`, `to` and `by` are points in time: a clock
//! time, a date with a time, `+4h` after the start of what they belong to, `T-30m` and `D-7` counted from the release's start,
//! `day 2 09:00`, or `+2 workdays`. Where clocks are put forward, `starts` is no time that they skip.
//!
//! ## Why
//! The runbook's timetable is computed from them. A moment without a zone of its own is the same for everybody who reads
//! the runbook; one with an offset would be right on only one side of a change to summer time.
//!
//! ## Bad
//! ```yaml
//! release:
//!   id: shop-v3
//!   title: Shop 3.0
//!   service: shop
//!   version: 3.0.0
//!   owner: web
//!   timezone: Berlin
//! ```
//!
//! ## Good
//! ```yaml
//! release:
//!   id: shop-v3
//!   title: Shop 3.0
//!   service: shop
//!   version: 3.0.0
//!   owner: web
//!   timezone: Europe/Berlin
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Sink};
use crate::source::Span;
use crate::spec::Spec;

/// The lint.
pub static LINT: Lint = Lint::law("bad-time", include_str!("bad_time.rs"), Check::Release(check));

/// A start at a time that the clocks of the zone skip.
fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let (Some(starts), Some(zone)) = (&spec.release.starts, &spec.release.timezone) else { return };
    let Ok(known) = jiff::tz::TimeZone::get(&zone.0.value) else { return };
    let moment = starts.0.value;
    if let jiff::tz::AmbiguousOffset::Gap { .. } = known.to_ambiguous_timestamp(moment).offset() {
        let (day, time) = (moment.strftime("%Y-%m-%d"), moment.strftime("%H:%M"));
        let finding = LINT
            .finding(format!("there is no {time} in {} on {day}", zone.0.value))
            .label(starts.0.span, "clocks are put forward over this time")
            .label(zone.0.span, "by the clocks of this zone")
            .help("let the release start at another hour, or name the `timezone` that is meant");
        sink.push(finding);
    }
}

/// A text that is no date with a clock time.
#[must_use]
pub fn not_a_moment(text: &str, span: Span) -> Diagnostic {
    let has_zone = text.ends_with(['Z', 'z']) || text.rfind(['+', '-']).is_some_and(|at| at > 10);
    let (why, help) = if text.parse::<jiff::civil::Date>().is_ok() && text.len() <= 10 {
        ("has no clock time", format!("write the time as well, such as `{text}T09:00`"))
    } else if has_zone && text.len() > 10 {
        let help =
            "write the wall-clock time alone, such as `2026-03-02T09:00`, and the zone under `timezone`";
        ("brings a time zone of its own", help.to_owned())
    } else {
        ("is no date with a clock time", "write it like `2026-03-02T09:00`".to_owned())
    };
    LINT.finding(format!("`{text}` {why}")).label(span, "a date and a time belong here").help(help)
}

/// A text that is no point in time.
#[must_use]
pub fn not_a_point(text: &str, span: Span) -> Diagnostic {
    LINT.finding(format!("`{text}` is no point in time"))
        .label(span, "when is that?")
        .help(
            "write a clock time (`09:00`), a date with a time (`2026-03-02T09:00`), a time after the start of what it \
             belongs to (`+4h`, `day 2 09:00`, `+2 workdays`), or one counted from the release's start (`T-30m`, `D-7`)",
        )
}

/// A text that is no day.
#[must_use]
pub fn not_a_day(text: &str, span: Span) -> Diagnostic {
    LINT.finding(format!("`{text}` is no day"))
        .label(span, "a day belongs here")
        .help("write it as year, month and day: `2026-03-01`")
}

/// A text that names no time zone.
#[must_use]
pub fn not_a_zone(text: &str, span: Span) -> Diagnostic {
    let help = match named(text) {
        Some(zone) => format!("did you mean `{zone}`?"),
        None => "write its IANA name, such as `Europe/Berlin`, `Asia/Shanghai` or `UTC`".to_owned(),
    };
    LINT.finding(format!("there is no time zone `{text}`")).label(span, "not an IANA time zone").help(help)
}

/// The zone whose city that is.
fn named(text: &str) -> Option<String> {
    let city = text.rsplit('/').next()?.trim().replace(' ', "_");
    let regions = ["Europe", "Asia", "America", "Africa", "Australia", "Pacific", "Atlantic"];
    let zones = regions.iter().filter_map(|region| jiff::tz::TimeZone::get(&format!("{region}/{city}")).ok());
    zones.into_iter().next().and_then(|zone| zone.iana_name().map(str::to_owned))
}
