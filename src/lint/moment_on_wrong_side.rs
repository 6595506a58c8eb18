//! Something is due before the release when the release has begun, or after it when it has not.
//!
//! ## What
//! `at` of a group under `preflight`, or of a step in it, lies after the first stage begins; one under `after` lies before
//! that. Or the last moment of a way back (`by`) has passed before the first of the `stages` begins at which it can be taken.
//! Clock times without a day are left alone.
//!
//! ## Why
//! The runbook lists these under "before" and "after" with their dates. Whoever follows the dates does them on the wrong side.
//!
//! ## Bad
//! ```yaml
//! preflight:
//!   - { group: Data, at: D+2, items: [ Back up the data. ] }
//! ```
//!
//! ## Good
//! ```yaml
//! preflight:
//!   - { group: Data, at: D-2, items: [ Back up the data. ] }
//! ```

use super::shared::when;
use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::spec::Spec;
use crate::spec::calendar::{Base, Calendar, Instant};
use crate::spec::group::Group;
use crate::spec::point::{Point, PointKind};
use crate::spec::rollback::Mode;
use crate::spec::step::Step;
use jiff::civil::DateTime;

/// The lint.
pub static LINT: Lint = Lint::new(
    "moment-on-wrong-side",
    Severity::Warning,
    include_str!("moment_on_wrong_side.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let calendar = Calendar::new(spec);
    let Some(start) = calendar.stages().first().and_then(|stage| stage.from) else { return };
    for point in points(&spec.preflight) {
        let late = known(&calendar, point, Base::Release).filter(|at| at.at > start);
        sink.extend(late.map(|at| {
            let by = when::length(when::millis(start, at.at));
            side(
                point,
                &format!("is due before the release and is {by} after it has begun"),
                &calendar,
                start,
            )
        }));
    }
    for point in points(&spec.after) {
        let early = known(&calendar, point, Base::End).filter(|at| at.end() < start);
        sink.extend(early.map(|at| {
            let by = when::length(when::millis(at.end(), start));
            side(point, &format!("is due after the release and is {by} before it begins"), &calendar, start)
        }));
    }
    let modes = spec.rollback.iter().flat_map(|of| of.modes.iter().flat_map(|table| &table.0));
    for row in modes {
        sink.extend(passed(spec, &calendar, &row.key.value, &row.value));
    }
}

/// When groups and their steps are due.
fn points(groups: &[Group]) -> Vec<&Point> {
    let steps = groups.iter().flat_map(|group| group.items.iter().flatten()).flat_map(Step::with_items);
    let steps = steps.filter_map(|step| step.0.at.as_ref());
    groups.iter().filter_map(|group| group.at.as_ref()).chain(steps).collect()
}

/// When a point is, unless only the date of the start would tell.
fn known(calendar: &Calendar, point: &Point, base: Base) -> Option<Instant> {
    let told = calendar.is_dated() || !when::is_clocked(point);
    let told = told && !matches!(point.kind, PointKind::Clock(_));
    told.then(|| calendar.resolve(&point.kind, base))?
}

fn side(point: &Point, is: &str, calendar: &Calendar, start: DateTime) -> Diagnostic {
    LINT.finding(format!("`{}` {is}", point.text))
        .label(point.span, format!("the first stage begins at {}", when::moment(calendar, start)))
        .help("correct the time, or move it to where it belongs: `preflight`, `after` or the `steps` of a stage")
}

/// A way back whose last moment comes before the stages at which it can be taken.
fn passed(spec: &Spec, calendar: &Calendar, id: &str, mode: &Mode) -> Option<Diagnostic> {
    let by = mode.by.as_ref()?;
    let at = known(calendar, by, Base::Release)?;
    let number = |name: &str| spec.stages.iter().position(|stage| stage.id() == name);
    let named = mode.stages.iter().flatten().filter_map(|name| Some((number(&name.value)?, name)));
    let (number, name) = named.min_by_key(|(number, _)| *number)?;
    let begin = calendar.stages().get(number)?.from.filter(|begin| at.end() < *begin)?;
    let before = when::length(when::millis(at.end(), begin));
    Some(
        LINT.finding(format!(
            "`{id}` can be taken by `{}` at the latest, {before} before stage `{}` begins",
            by.text, name.value
        ))
        .label(by.span, "the last moment")
        .label(name.span, format!("begins at {} at the earliest", when::moment(calendar, begin)))
        .help("correct `by`, or the `stages` at which it can be taken"),
    )
}
