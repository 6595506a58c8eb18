//! The timetable says something else about the stages than `stages` and `starts` do.
//!
//! ## What
//! Lines with a `stage` come in another order than `stages`; the time between two of them is none that the stage `lasts`; the
//! first stage does not begin when the release `starts` (`T+0m`); a stage begins twice; or a stage is left out between two
//! others, or as the only one of all.
//!
//! ## Why
//! The runbook shows the timetable, and beside it the dates that follow from `starts` and `lasts`. Where they disagree,
//! half of the readers follow the wrong one.
//!
//! ## Bad
//! ```yaml
//! stages:
//!   - { id: canary-5, traffic: 5%, lasts: 2d, approve: lead }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! timeline:
//!   - { at: T+0m, do: Switch 5 %, stage: canary-5 }
//!   - { at: T+1d, do: Switch everything, stage: full }
//! ```
//!
//! ## Good
//! ```yaml
//! stages:
//!   - { id: canary-5, traffic: 5%, lasts: 2d, approve: lead }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! timeline:
//!   - { at: T+0m, do: Switch 5 %, stage: canary-5 }
//!   - { at: T+2d, do: Switch everything, stage: full }
//! ```

mod missing;

use super::shared::when;
use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::quantity::Duration;
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::calendar::{Calendar, Instant};
use crate::spec::point::Point;
use crate::spec::shape::Text;
use crate::spec::stage::Lasts;

/// The lint.
pub static LINT: Lint = Lint::new(
    "timeline-against-stages",
    Severity::Warning,
    include_str!("timeline_against_stages.rs"),
    Check::Release(check),
);

/// A line at which a stage begins.
struct Line<'a> {
    name: &'a Text,
    point: &'a Point,
    /// The number of the stage, from 0.
    stage: usize,
    at: Instant,
}

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let calendar = Calendar::new(spec);
    let lines = lines(spec, &calendar);
    if let Some(first) = lines.first() {
        sink.extend(beginning(spec, &calendar, first));
    }
    for pair in lines.windows(2) {
        if let [one, two] = pair {
            sink.extend(order(spec, one, two).or_else(|| distance(spec, &calendar, one, two)));
        }
    }
    sink.extend(missing::findings(spec));
}

/// The lines at which stages begin, in the order of time. Where the date of the start is not known, only those of one kind
/// have a distance to one another.
fn lines<'a>(spec: &'a Spec, calendar: &Calendar) -> Vec<Line<'a>> {
    let known = spec.timeline.iter().zip(calendar.timeline(spec)).filter_map(|(entry, at)| {
        let name = entry.stage.as_ref()?;
        let stage = spec.stages.iter().position(|stage| stage.id() == name.value)?;
        Some(Line { name, point: entry.at.as_ref()?, stage, at: at? })
    });
    let mut lines: Vec<Line<'_>> = known.collect();
    let kind = lines.first().map(|line| when::is_clocked(line.point));
    lines.retain(|line| calendar.is_dated() || Some(when::is_clocked(line.point)) == kind);
    lines.sort_by_key(|line| line.at.at);
    lines
}

/// The first line, against the start and the stages before it.
fn beginning(spec: &Spec, calendar: &Calendar, line: &Line<'_>) -> Option<Diagnostic> {
    if !calendar.is_dated() && when::is_clocked(line.point) {
        return None;
    }
    let earliest = calendar.stages().get(line.stage)?.from?;
    let before = spec.stages.get(..line.stage)?;
    let slack = before.iter().filter_map(|stage| stage.lasts.as_ref()).map(longer).sum::<i64>();
    let (least, most) = (when::millis(earliest, line.at.at), when::millis(earliest, line.at.end()));
    if most >= 0 && least <= slack {
        return None;
    }
    let (by, way) = if most < 0 { (most, "before") } else { (least - slack, "after") };
    let starts =
        spec.release.starts.as_ref().map(|starts| (starts.0.span, "the first stage begins".to_owned()));
    let lasts = before.iter().filter_map(|stage| stage.lasts.as_ref());
    Some(
        LINT.finding(format!(
            "stage `{}` begins here {} {way} the time that the stages give it",
            line.name.value,
            when::length(by)
        ))
        .label(line.point.span, format!("by the stages at {}", when::moment(calendar, earliest)))
        .labels(starts)
        .labels(lasts.map(|lasts| (lasts.min.span, String::new())))
        .help(match line.stage {
            0 => "`T+0m` is when the first stage begins; move the line, or let the release start at another time",
            _ => "move the line, or correct `starts` or `lasts`",
        }),
    )
}

/// How much longer than the shortest time a stage may take, in milliseconds.
fn longer(lasts: &Lasts) -> i64 {
    millis(&lasts.max.value).saturating_sub(millis(&lasts.min.value))
}

fn millis(duration: &Duration) -> i64 {
    i64::try_from(duration.millis()).unwrap_or(i64::MAX)
}

/// Two stages in the wrong order, or one twice.
fn order(spec: &Spec, one: &Line<'_>, two: &Line<'_>) -> Option<Diagnostic> {
    let place = |line: &Line<'_>| spec.stages.get(line.stage)?.id.as_ref().map(|id| id.0.span);
    if one.stage == two.stage {
        return Some(
            LINT.finding(format!("stage `{}` begins twice", two.name.value))
                .label(two.name.span, "begins again")
                .label(one.name.span, "begins for the first time")
                .help("give `stage` to the line at which the stage begins, and to no other"),
        );
    }
    (one.stage > two.stage).then(|| {
        let labels = [(place(one), "comes later here"), (place(two), "comes first here")];
        let labels = labels.into_iter().filter_map(|(span, text)| Some((span?, text.to_owned())));
        LINT.finding(format!("stage `{}` begins before stage `{}`", one.name.value, two.name.value))
            .label(one.point.span, "begins first")
            .label(two.point.span, "begins later")
            .labels(labels.collect::<Vec<(Span, String)>>())
            .help("correct one of the two times, or the order of the stages")
    })
}

/// Two stages, one after the other, between which there is another time than the first one lasts.
fn distance(spec: &Spec, calendar: &Calendar, one: &Line<'_>, two: &Line<'_>) -> Option<Diagnostic> {
    // Where a stage is left out, that is told instead.
    let lasts = spec.stages.get(one.stage)?.lasts.as_ref().filter(|_| two.stage == one.stage + 1)?;
    let (least, most) = when::distances(one.at, two.at);
    let (min, max) = (millis(&lasts.min.value), millis(&lasts.max.value));
    if most >= min && least <= max {
        return None;
    }
    let given = when::length(when::millis(one.at.at, two.at.at));
    let (min, max) = (&lasts.min, &lasts.max);
    let text = if min == max { min.text().to_owned() } else { format!("{} to {}", min.text(), max.text()) };
    let limit = if most < millis(&min.value) { min } else { max };
    let id = &one.name.value;
    Some(
        LINT.finding(format!("stage `{id}` has {given} in the timetable and lasts {text}"))
            .label(two.point.span, format!("`{}` begins, {given} later", two.name.value))
            .label(
                one.point.span,
                format!("`{id}` begins at {}", when::moment_near(calendar, one.point, one.at.at)),
            )
            .label(limit.span, format!("`{id}` lasts {text}"))
            .help(format!("move one of the two lines, or write `lasts: {given}`")),
    )
}
