//! The verdict: one series that says 0 nothing speaks against going on, 1 hold, 2 rollback. It fails closed.

use super::expr::{on, one_of, times};
use super::guard::{self, narrowed};
use super::measured::MetricPlan;
use super::names::{self, DONE, VERDICT};
use super::variants::{Place, StageChoice, partition};
use super::{Draft, Group, Recording, Rule, off, signal};
use crate::promql;
use crate::spec::metric::{Limits, NoDataLevel};
use std::collections::BTreeMap;

/// The verdict's group; none where no metric makes alerts.
pub fn group(draft: &Draft<'_>) -> Option<Group> {
    let watched: Vec<_> = draft.metrics.iter().filter(|metric| metric.metric.alerts()).collect();
    if watched.is_empty() {
        return None;
    }
    let release = promql::quote(draft.release());
    let alerts = |rest: &str| format!("ALERTS{{release={release},{rest}}}");
    let rollback = alerts("level=\"rollback\",alertstate=\"firing\"");
    let firing = alerts("alertstate=\"firing\"");
    // A level that waits for a milder one to last is pending from that one's first moment. It does not count
    // before the milder level fires, which then counts itself.
    let pending = alerts("level=~\"hold|rollback\",because!~\"after-.*\"");
    let mut branches = vec![
        format!("2 * group by (release) ({rollback})"),
        format!("group by (release) ({firing} or {pending})"),
    ];
    branches.push(format!("0 * group by (release) (\n    {}\n  )", all_of(&evidence(draft, &watched))));
    branches.push(format!("label_replace(vector(1), \"release\", {release}, \"\", \"\")"));
    let mut expr = branches.join("\n  or ");
    if draft.staged {
        let done = signal::stage(draft.release()).with("stage", DONE).selector();
        expr = format!("(\n  {expr}\n)\nunless on (release) {done}");
    }
    let rule =
        Recording { name: VERDICT.to_owned(), expr, labels: vec![("release", draft.release().to_owned())] };
    Some(Group { name: names::group(draft.release(), "verdict"), rules: vec![Rule::Recording(rule)] })
}

/// How many operators stand in a row before brackets begin: a long row is a deep tree.
const ROW: usize = 20;

/// All of the evidence, in rows that keep the expression's tree low.
fn all_of(evidence: &[String]) -> String {
    let and = "\n    and on (release) ";
    if evidence.len() <= ROW {
        return evidence.join(and);
    }
    let rows: Vec<String> = evidence.chunks(ROW).map(|row| format!("({})", row.join(and))).collect();
    all_of(&rows)
}

/// What a 0 needs: a value of each metric that makes alerts, and a stage that the plan knows.
fn evidence(draft: &Draft<'_>, watched: &[&MetricPlan<'_>]) -> Vec<String> {
    let asked = watched.iter().filter(|metric| metric.metric.no_data.level != NoDataLevel::Ignore);
    let asked: Vec<_> = asked.copied().collect();
    let owners = guards_for_all(&asked);
    let mut all: Vec<String> = asked.iter().filter_map(|metric| of_metric(draft, metric, &owners)).collect();
    if draft.staged {
        all.push(signal::planned(draft));
    }
    if all.is_empty() {
        all.push(format!(
            "label_replace(vector(1), \"release\", {}, \"\", \"\")",
            promql::quote(draft.release())
        ));
    }
    all
}

/// The guards that some metric asks for at all places, each with the first metric that does. All evidence is asked for
/// together, so no other metric need ask again.
fn guards_for_all(asked: &[&MetricPlan<'_>]) -> BTreeMap<String, String> {
    let mut owners = BTreeMap::new();
    for metric in asked.iter().filter(|metric| metric.metric.by.is_empty() && off::stages(metric).is_empty())
    {
        let places = partition(metric.metric, least_events);
        let [(place, Some(least))] = places.as_slice() else { continue };
        for guard in guards(metric, place, *least) {
            owners.entry(guard).or_insert_with(|| metric.id().to_owned());
        }
    }
    owners
}

#[allow(clippy::unnecessary_wraps, reason = "a place without limits would have none")]
fn least_events(limits: &Limits) -> Option<Option<u64>> {
    Some(limits.min_events.as_ref().map(|least| least.value))
}

/// What says that there are so many events, of each version.
fn guards(metric: &MetricPlan<'_>, place: &Place, least: u64) -> Vec<String> {
    let Some(factor) = metric.events_factor() else { return Vec::new() };
    let events = metric.events().into_iter().map(|series| narrowed(series, place).selector());
    events.map(|events| format!("{} >= {least}", times(&events, &factor))).collect()
}

/// The evidence of one metric: a value from enough events, at every place where it is not taken away, and of every
/// label value that was seen within the last day.
fn of_metric(
    draft: &Draft<'_>,
    metric: &MetricPlan<'_>,
    owners: &BTreeMap<String, String>,
) -> Option<String> {
    let places = partition(metric.metric, least_events);
    if places.is_empty() {
        return None;
    }
    // Of each label value enough is asked for, and another metric speaks of the whole.
    let is_asked = |guard: &String| {
        metric.metric.by.is_empty() && owners.get(guard).is_some_and(|owner| owner != metric.id())
    };
    let values = places.iter().map(|(place, least)| {
        let guards = least.map(|least| guards(metric, place, least)).unwrap_or_default();
        value_at(draft, metric, place, guards.into_iter().filter(|guard| !is_asked(guard)))
    });
    let mut expr = values.collect::<Vec<_>>().join(" or ");
    if !metric.metric.by.is_empty() {
        // A value from too few events is known and is not among those that count, so that the first need not ask.
        let any = places.iter().map(|(place, _)| value_at(draft, metric, place, std::iter::empty()));
        let (any, known) = (any.collect::<Vec<_>>().join(" or "), remembered(draft, metric));
        let unseen = format!("{known} unless {} {}", on(&metric.by()), bracketed(expr));
        expr = format!("{} unless on (release) ({unseen})", bracketed(any));
    }
    let off = off::stages(metric);
    if !off.is_empty() {
        let off: Vec<&str> = off.iter().map(String::as_str).collect();
        let there = signal::stage(draft.release()).matching(one_of("stage", &off)).selector();
        expr = format!("{} or on (release) {there}", bracketed(expr));
    }
    Some(bracketed(expr))
}

/// An operand in brackets, where it may be more than a selector.
fn bracketed(expr: String) -> String {
    if expr.contains(' ') { format!("({expr})") } else { expr }
}

/// The values at a place for which these guards hold.
fn value_at(
    draft: &Draft<'_>,
    metric: &MetricPlan<'_>,
    place: &Place,
    guards: impl Iterator<Item = String>,
) -> String {
    let mut parts = vec![narrowed(metric.value(), place).selector()];
    parts.extend(guards.map(|guard| format!("and {} {guard}", on(&metric.by()))));
    parts.extend(stage_of(draft, metric, place));
    parts.join(" ")
}

/// The stage guard of a place, without the one of `alerts: while-running`, which the stage's own evidence covers. Stages at
/// which the metric is taken away need none: they are evidence themselves.
fn stage_of(draft: &Draft<'_>, metric: &MetricPlan<'_>, place: &Place) -> Option<String> {
    let off = off::stages(metric);
    match &place.stage {
        StageChoice::AllBut(but) if but.iter().all(|stage| off.contains(stage)) => None,
        _ => guard::stage(draft, place),
    }
}

/// Every value of the last day, but for those of label values at which the metric is taken away.
fn remembered(draft: &Draft<'_>, metric: &MetricPlan<'_>) -> String {
    let (value, day) = (metric.value(), draft.day());
    let mut expr = format!("last_over_time({})", value.over(&day));
    for place in off::places(metric).iter().filter(|place| !place.labels.is_empty()) {
        for unless in off::unless(draft, std::slice::from_ref(&value), &day, place) {
            expr = format!("{expr} {unless}");
        }
    }
    expr
}
