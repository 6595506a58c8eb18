//! A line of the timetable takes longer than until somebody's next line, or stands before an earlier one.
//!
//! ## What
//! A line with `takes` goes on when the next line of the same `owner` begins, or both begin a stage. Lines whose owners share
//! nobody may overlap, and so may those of a group (`group: true` under `people`); what takes a day or longer is not done
//! in one go and leaves time for others. Or a line of the same phase, or of the same owner, is earlier than the line above it.
//!
//! ## Why
//! On the day of the release everything that comes after an overlap is late, and the person who is late is the one
//! whom everybody waits for. Lines out of order are read in the order in which they stand.
//!
//! ## Bad
//! ```yaml
//! timeline:
//!   - { at: T-30m, phase: Prepare, do: Back up the database, owner: operator, takes: 40m }
//!   - { at: T+0m, phase: Switch, stage: canary-5, owner: operator, takes: 10m }
//! ```
//!
//! ## Good
//! ```yaml
//! timeline:
//!   - { at: T-45m, phase: Prepare, do: Back up the database, owner: operator, takes: 40m }
//!   - { at: T+0m, phase: Switch, stage: canary-5, owner: operator, takes: 10m }
//! ```

use super::shared::when;
use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::spec::Spec;
use crate::spec::calendar::{Calendar, Instant};
use crate::spec::point::Point;
use crate::spec::scalar::DurationText;
use crate::spec::shape::Text;
use crate::spec::timeline::TimelineEntry;
use jiff::SignedDuration;

/// The lint.
pub static LINT: Lint = Lint::new(
    "timeline-overlap",
    Severity::Warning,
    include_str!("timeline_overlap.rs"),
    Check::Release(check),
);

/// What takes as long as this is not done in one go, in milliseconds: a day.
const LONG: u64 = 86_400_000;

/// A line whose time is known.
#[derive(Clone, Copy)]
struct Line<'a> {
    entry: &'a TimelineEntry,
    point: &'a Point,
    at: Instant,
}

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let calendar = Calendar::new(spec);
    let known = spec.timeline.iter().zip(calendar.timeline(spec));
    let lines: Vec<Line<'_>> =
        known.filter_map(|(entry, at)| Some(Line { entry, point: entry.at.as_ref()?, at: at? })).collect();
    sink.extend(lines.windows(2).filter_map(|pair| out_of_order(&calendar, pair.first()?, pair.last()?)));
    let mut in_time = lines;
    in_time.sort_by_key(|line| line.at.at);
    for (n, line) in in_time.iter().enumerate() {
        let later = in_time.get(n + 1..).unwrap_or_default();
        sink.extend(overlap(spec, &calendar, line, later));
    }
}

/// Whether the distance between two lines is known.
fn comparable(calendar: &Calendar, a: &Line<'_>, b: &Line<'_>) -> bool {
    let same = when::is_clocked(a.point) == when::is_clocked(b.point);
    calendar.is_dated() || same || a.at.whole_day || b.at.whole_day
}

fn out_of_order(calendar: &Calendar, above: &Line<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let phase = |line: &Line<'_>| line.entry.phase.as_ref().map(|phase| phase.value.clone());
    let belong = phase(above) == phase(line) || owners(above).any(|owner| names(line, owner));
    let (at, end) = (above.at.at, line.at.end());
    let earlier = if line.at.whole_day { end <= at } else { end < at };
    // Stages in the wrong order are told by timeline-against-stages.
    let stages = above.entry.stage.is_some() && line.entry.stage.is_some();
    if !earlier || !belong || stages || !comparable(calendar, above, line) {
        return None;
    }
    let by = when::length(when::millis(end, at));
    Some(
        LINT.finding(format!(
            "`{}` stands after `{}` and is {by} earlier",
            line.point.text, above.point.text
        ))
        .label(line.point.span, format!("at {}", when::moment_near(calendar, line.point, line.at.at)))
        .label(above.point.span, format!("at {}", when::moment_near(calendar, above.point, at)))
        .help("put the lines in the order of their times, or correct one of the two"),
    )
}

/// The lines into which one runs; they are one finding, since it is the one that is too long.
fn overlap(spec: &Spec, calendar: &Calendar, line: &Line<'_>, later: &[Line<'_>]) -> Option<Diagnostic> {
    let takes = line.entry.takes.as_ref()?;
    let millis = i64::try_from(takes.value.millis()).ok()?;
    let end = line.at.at.checked_add(SignedDuration::from_millis(millis)).ok()?;
    // A whole day leaves open when on it the line begins.
    let runs_into = |other: &&Line<'_>| other.at.end() < end && comparable(calendar, line, other);
    let hit = later
        .iter()
        .take_while(|other| other.at.at < end)
        .filter(runs_into)
        .filter_map(|other| Some((other, clash(spec, line, other, takes)?)));
    let hit: Vec<_> = hit.collect();
    let (first, clash) = hit.first()?;
    let between = when::length(when::millis(line.at.at, first.at.end()));
    let message = match clash {
        Clash::Owner(owner) => format!(
            "`{}` has {} to do from `{}` on, and the next line {between} later",
            owner.value,
            takes.text(),
            line.point.text
        ),
        Clash::Stages(stage) => {
            format!(
                "what takes {} from `{}` on goes past the beginning of stage `{}`",
                takes.text(),
                line.point.text,
                stage.value
            )
        }
    };
    Some(
        LINT.finding(message)
            .label(takes.span, format!("until {}", when::moment_near(calendar, line.point, end)))
            .labels(hit.iter().map(|(other, _)| {
                (
                    other.point.span,
                    format!("begins at {}", when::moment_near(calendar, other.point, other.at.at)),
                )
            }))
            .help(help(clash, &between)),
    )
}

fn help(clash: &Clash<'_>, between: &str) -> String {
    match clash {
        Clash::Owner(owner) => format!(
            "let it take {between} or less, move one of the two, or name another owner; if `{}` is several people, say so with `group: true` under `people`",
            owner.value
        ),
        Clash::Stages(_) => format!("let it take {between} or less, or let the stage begin later"),
    }
}

/// Why two lines may not overlap.
enum Clash<'a> {
    /// One person would have to do both.
    Owner(&'a Text),
    /// A stage would begin while the one before is still beginning.
    Stages(&'a Text),
}

fn clash<'a>(spec: &Spec, line: &Line<'a>, other: &Line<'a>, takes: &DurationText) -> Option<Clash<'a>> {
    let both = line.entry.stage.as_ref().zip(other.entry.stage.as_ref());
    if let Some((_, stage)) = both.filter(|(one, two)| one.value != two.value) {
        return Some(Clash::Stages(stage));
    }
    if takes.value.millis() >= LONG {
        return None;
    }
    owners(line).find(|owner| names(other, owner) && !is_group(spec, owner)).map(Clash::Owner)
}

fn owners<'a>(line: &Line<'a>) -> impl Iterator<Item = &'a Text> {
    line.entry.owner.iter().flat_map(|owner| &owner.0)
}

fn names(line: &Line<'_>, owner: &Text) -> bool {
    owners(line).any(|other| other.value == owner.value)
}

fn is_group(spec: &Spec, owner: &Text) -> bool {
    let person = spec.person(&owner.value);
    person.and_then(|person| person.group.as_ref()).is_some_and(|group| group.value)
}
