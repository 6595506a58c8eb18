//! A check lies outside its stage, or is never made.
//!
//! ## What
//! `from`, `to` or a time under `at` lies before the stage begins or after the longest time that it lasts; `to` lies before
//! `from`; or a clock time does not come between `from` and `to`. Clock times are judged where the release says when it
//! `starts`.
//!
//! ## Why
//! The runbook shows such a check among those of a stage that is over by then, or not at all. Nobody misses a check that
//! was planned and has no time.
//!
//! ## Bad
//! ```yaml
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 2d
//!     approve: lead
//!     checks:
//!       - { every: 4h, from: day 1, to: day 4, do: Look at the error log }
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
//!       - { every: 4h, from: day 1, to: day 2, do: Look at the error log }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

use super::shared::when;
use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::calendar::{Base, Calendar, Instant};
use crate::spec::check;
use crate::spec::point::{Point, PointKind};
use crate::spec::stage::Stage;
use jiff::civil::{DateTime, Time};
use jiff::{SignedDuration, ToSpan};

/// The lint.
pub static LINT: Lint = Lint::new(
    "check-outside-stage",
    Severity::Warning,
    include_str!("check_outside_stage.rs"),
    Check::Release(check),
);

/// A stage whose beginning is known.
struct Frame<'a> {
    calendar: &'a Calendar,
    stage: &'a Stage,
    number: usize,
    begin: DateTime,
    /// The latest end; `None` where the stage does not say how long it lasts.
    end: Option<DateTime>,
    /// How much later than that it may begin and end, since the stages before it may take longer, in milliseconds.
    slack: i64,
}

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let calendar = Calendar::new(spec);
    let mut slack: i64 = 0;
    for (number, (stage, time)) in spec.stages.iter().zip(calendar.stages()).enumerate() {
        let Some(begin) = time.from else { break };
        let frame = Frame { calendar: &calendar, stage, number, begin, end: time.at_most, slack };
        slack = slack.saturating_add(span_of(stage));
        for check in stage.checks.iter().flatten() {
            sink.extend(frame.findings(check));
        }
    }
}

impl Frame<'_> {
    fn findings(&self, check: &check::Check) -> Vec<Diagnostic> {
        let text = &check.0;
        let times = text.at.iter().flat_map(|at| &at.0);
        if check.daily().is_some() {
            let never: Vec<_> = times.filter_map(|point| self.never(check, point)).collect();
            return if never.is_empty() { self.on_no_day(check).into_iter().collect() } else { never };
        }
        let fixed = times.clone().filter(|point| !matches!(point.kind, PointKind::Clock(_)));
        let points = text.from.iter().chain(&text.to).chain(fixed);
        let found: Vec<_> = points.filter_map(|point| self.outside(point)).collect();
        if !found.is_empty() {
            return found;
        }
        if let Some(found) = self.reversed(check) {
            return vec![found];
        }
        times.filter_map(|point| self.never(check, point)).collect()
    }

    /// When a point is, unless only the date of the start would tell.
    fn known(&self, point: &Point) -> Option<Instant> {
        let known = self.calendar.is_dated() || !when::is_clocked(point);
        known.then(|| self.calendar.resolve(&point.kind, Base::Stage(self.number)))?
    }

    fn outside(&self, point: &Point) -> Option<Diagnostic> {
        let at = self.known(point)?;
        let id = self.stage.id();
        // A whole day is outside when all of it is; the day on which a stage begins or ends belongs to it.
        let early = if at.whole_day { at.end() <= self.begin } else { at.at < self.begin };
        if early {
            let before = when::length(when::millis(at.end(), self.begin));
            let found = LINT
                .finding(format!("`{}` is {before} before stage `{id}` begins", point.text))
                .label(point.span, format!("the stage begins at {}", self.moment(self.begin)));
            return Some(found.help("move the check into the stage, or to the stage before"));
        }
        let slack = SignedDuration::from_millis(if is_of_release(point) { self.slack } else { 0 });
        let end = self.end?.checked_add(slack).ok()?;
        let after = when::millis(end, at.at);
        let late = if at.whole_day { after >= 0 } else { after > 0 };
        late.then(|| {
            let after = match after {
                0 => "begins when".to_owned(),
                millis => format!("is {} after", when::length(millis)),
            };
            LINT.finding(format!("`{}` {after} stage `{id}` is over", point.text))
                .label(point.span, format!("the stage is over at {}", self.moment(end)))
                .labels(self.lasts())
                .help("move the check into the stage, or let the stage last longer")
        })
    }

    /// A check whose last moment is before its first.
    fn reversed(&self, check: &check::Check) -> Option<Diagnostic> {
        let (from, to) = (check.0.from.as_ref()?, check.0.to.as_ref()?);
        let (first, last) = (self.known(from)?, self.known(to)?);
        (last.end() < first.at).then(|| {
            LINT.finding(format!(
                "the check is never made: `to: {}` is before `from: {}`",
                to.text, from.text
            ))
            .label(to.span, format!("at {}", self.moment(last.end())))
            .label(from.span, format!("at {}", self.moment(first.at)))
            .help("exchange the two, or move one of them")
        })
    }

    /// A check between two clock times that no day of the stage has.
    fn on_no_day(&self, check: &check::Check) -> Option<Diagnostic> {
        let (from, to) = (check.0.from.as_ref()?, check.0.to.as_ref()?);
        let is_made = !self.calendar.is_dated() || !self.calendar.times(check, self.number).is_empty();
        (!is_made).then(|| {
            let text = format!("no day of stage `{}` has a time for this check", self.stage.id());
            let begin = format!("the stage begins at {}", self.moment(self.begin));
            LINT.finding(text)
                .label(from.span, begin)
                .label(to.span, String::new())
                .labels(self.lasts())
                .help("write other times, or let the stage last longer")
        })
    }

    /// A clock time that no day has between the first and the last moment of its check.
    fn never(&self, check: &check::Check, point: &Point) -> Option<Diagnostic> {
        let PointKind::Clock(time) = &point.kind else { return None };
        let made = match (check.daily(), &check.0.from, &check.0.to) {
            (Some((first, last)), Some(from), Some(to)) => (!is_between(*time, first, last))
                .then(|| format!("made from {} to {}", from.text, to.text))?,
            _ => {
                let range = self.calendar.range(check, self.number).filter(|_| self.calendar.is_dated())?;
                let range = Some(range).filter(|range| !comes(*time, range.from, range.to))?;
                format!("made from {} to {}", self.moment(range.from), self.moment(range.to))
            }
        };
        let limits = check.0.from.iter().chain(&check.0.to).map(|limit| (limit.span, String::new()));
        let limits: Vec<(Span, String)> = limits.collect();
        Some(
            LINT.finding(format!("`{}` never comes while the check is made", point.text))
                .label(point.span, made)
                .labels(limits)
                .help("write another time, or make the check for longer"),
        )
    }

    fn moment(&self, at: DateTime) -> String {
        when::moment_of_stage(self.calendar, self.begin, at)
    }

    fn lasts(&self) -> Option<(Span, String)> {
        let lasts = self.stage.lasts.as_ref()?;
        Some((lasts.max.span, format!("all of `{}`", self.stage.id())))
    }
}

/// How much longer than the shortest time a stage may take, in milliseconds.
fn span_of(stage: &Stage) -> i64 {
    let lasts = stage.lasts.as_ref();
    let longer = lasts.and_then(|lasts| lasts.max.value.checked_sub(&lasts.min.value));
    longer.and_then(|longer| i64::try_from(longer.millis()).ok()).unwrap_or(0)
}

/// Whether a point stays where it is when its stage begins later.
fn is_of_release(point: &Point) -> bool {
    matches!(point.kind, PointKind::Date { .. } | PointKind::Start { .. } | PointKind::Days { .. })
}

/// Whether a time lies between two others of each day, which may have midnight between them.
fn is_between(time: Time, first: Time, last: Time) -> bool {
    if first <= last { first <= time && time <= last } else { first <= time || time <= last }
}

/// Whether a time of the clock comes between two moments.
fn comes(time: Time, from: DateTime, to: DateTime) -> bool {
    let first = from.date().to_datetime(time);
    let next = if first < from { first.checked_add(1.day()).ok() } else { Some(first) };
    next.is_some_and(|next| next <= to)
}
