//! What several lints ask of a release.

mod alike;
mod histogram;
pub(super) mod inhibited;
pub(super) mod routes;
pub(super) mod when;

pub(super) use alike::{measures, reaches};
pub(super) use histogram::{looser, same_histogram};

use super::Context;
use crate::ladder::{Bound, Level, Side, TargetPosition};
use crate::quantity::{Duration, Unit};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Case, Condition, Lasts, Limits, Metric, Promql};
use crate::spec::release::{Defaults, Strategy};
use crate::spec::scenario::{AlertOf, Scenario, Sign};
use crate::spec::shape::Row;
use crate::spec::stage::Stage;
use std::collections::BTreeSet;

/// The cases of a metric in which it is there, the base first.
pub(super) fn active(metric: &Metric) -> impl Iterator<Item = &Case> {
    metric.cases.iter().filter(|case| case.limits.off.is_none())
}

/// The cases that hold at a stage: its own or, where `where` does not name it, those of no stage.
pub(super) fn at_stage<'a>(metric: &'a Metric, stage: &Stage) -> Vec<&'a Case> {
    let of = |stage: Option<&str>| {
        metric.cases.iter().filter(move |case| case.place.stage.as_deref() == stage).collect::<Vec<_>>()
    };
    let own = of(Some(stage.id()));
    let cases = if own.is_empty() { of(None) } else { own };
    cases.into_iter().filter(|case| case.limits.off.is_none()).collect()
}

/// Every piece of PromQL with the metric that it was first met in; a shared measurement counts once.
pub(super) fn promql(spec: &Spec) -> Vec<(&Metric, &Promql)> {
    let mut seen = BTreeSet::new();
    let all = spec.metrics.iter().flat_map(|metric| {
        metric.measurement.promql().into_iter().chain(&metric.only_when).map(move |promql| (metric, promql))
    });
    all.filter(|(_, promql)| seen.insert(promql.span())).collect()
}

/// The metrics whose measurement was not met in an earlier one.
pub(super) fn measured_once(spec: &Spec) -> Vec<&Metric> {
    let mut seen = BTreeSet::new();
    let measured = spec.metrics.iter().filter(|metric| metric.is_measured());
    measured.filter(|metric| metric.same_as.is_none() && seen.insert(metric.measurement_span)).collect()
}

/// The defaults that a release's metrics take, its own first.
fn defaults<'a>(spec: &'a Spec, context: &Context<'a>) -> impl Iterator<Item = &'a Defaults> {
    spec.release.defaults.iter().chain(&context.config.defaults)
}

/// Where a wait was written: at the level itself or among the defaults. `otherwise` stands for the built-in default.
pub(super) fn wait_place(
    wait: &Lasts,
    level: Level,
    spec: &Spec,
    context: &Context<'_>,
    otherwise: Span,
) -> Span {
    let default = || {
        defaults(spec, context).find_map(|defaults| {
            let each = defaults.r#for.as_ref()?;
            let one = match level {
                Level::Warn => &each.warn,
                Level::Hold => &each.hold,
                Level::Rollback => &each.rollback,
            };
            one.as_ref().map(|text| text.span)
        })
    };
    wait.written.or_else(default).unwrap_or(otherwise)
}

/// Where a metric's window was written: at the metric itself or among the defaults; `None` for the built-in one.
pub(super) fn window_place(metric: &Metric, spec: &Spec, context: &Context<'_>) -> Option<Span> {
    let default = || defaults(spec, context).find_map(|defaults| Some(defaults.window.as_ref()?.span));
    metric.window.written.or_else(default)
}

/// Whether nothing is rolled out and what is in service is watched.
pub(super) fn only_watches(spec: &Spec) -> bool {
    let strategies = spec.release.strategy.as_ref().map_or(&[][..], |all| &all.0);
    !strategies.is_empty() && strategies.iter().all(|one| *one == Strategy::Watch)
}

/// How long the unit of a rate is, in seconds; `None` for what is no rate.
pub(super) fn rate_seconds(unit: Unit) -> Option<i64> {
    match unit {
        Unit::PerSecond => Some(1),
        Unit::PerMinute => Some(60),
        Unit::PerHour => Some(3_600),
        Unit::PerDay => Some(86_400),
        _ => None,
    }
}

/// A duration as people say it, twice as long: what to write where more than it is wanted.
pub(super) fn doubled(duration: &Duration) -> String {
    duration.checked_mul(2).unwrap_or_else(|| duration.clone()).to_canonical()
}

/// The ends of a metric's promises that lie there, each once, with the limits among which they do.
pub(super) fn targets_at(metric: &Metric, position: TargetPosition) -> Vec<(&Limits, Side, &Bound)> {
    let mut seen = BTreeSet::new();
    let targets = active(metric).filter_map(|case| Some((&case.limits, &case.limits.target.as_ref()?.range)));
    let ends = targets.flat_map(|(limits, range)| {
        let max = range.max.iter().map(|end| (Side::Above, end));
        let min = range.min.iter().map(|end| (Side::Below, end));
        max.chain(min).map(move |(side, end)| (limits, side, end))
    });
    let there = ends.filter(|(limits, side, end)| limits.ladder.target_position(*side, end) == position);
    there.filter(|(_, _, end)| seen.insert(end.span)).collect()
}

/// One bound of an alert and how long it must be passed.
pub(super) struct Wait<'a> {
    /// Whose it is.
    pub(super) metric: &'a Metric,
    /// At which level.
    pub(super) level: Level,
    /// The bound.
    pub(super) condition: &'a Condition,
    /// How long.
    pub(super) lasts: &'a Lasts,
    /// Where that was written: at the level, among the defaults, or for the built-in default the bound itself.
    pub(super) place: Span,
}

/// The waits of all alerts, each once however many cases share it.
pub(super) fn waits<'a>(spec: &'a Spec, context: &Context<'_>) -> Vec<Wait<'a>> {
    let mut all = Vec::new();
    for metric in spec.metrics.iter().filter(|metric| metric.alerts()) {
        let mut seen = BTreeSet::new();
        for (level, limits) in active(metric).flat_map(|case| &case.limits.levels) {
            for condition in &limits.conditions {
                let bound = bound_place(condition, limits.span);
                let place = wait_place(&condition.lasts, *level, spec, context, bound);
                if seen.insert((bound, place)) {
                    all.push(Wait { metric, level: *level, condition, lasts: &condition.lasts, place });
                }
            }
        }
    }
    all
}

/// Where a condition's bound stands.
pub(super) fn bound_place(condition: &Condition, otherwise: Span) -> Span {
    condition.above.as_ref().or(condition.below.as_ref()).map_or(otherwise, |bound| bound.span)
}

/// The subject of a sentence about waits that are one wait in the author's text.
pub(super) fn who(waits: &[Wait<'_>]) -> String {
    let Some(first) = waits.first() else { return String::new() };
    let text = first.lasts.duration.text();
    let same =
        waits.iter().all(|wait| wait.metric.id.span == first.metric.id.span && wait.level == first.level);
    if same {
        return format!("`for: {text}` of {} of `{}`", first.level.name(), first.metric.id.value);
    }
    format!("`for: {text}` of {} levels", waits.len())
}

/// The bounds that take a wait from the defaults, to be shown beside it.
pub(super) fn others(waits: &[Wait<'_>]) -> Vec<(Span, String)> {
    let far = waits.iter().filter(|wait| wait.lasts.written.is_none());
    let bounds = far.map(|wait| (bound_place(wait.condition, wait.place), wait));
    bounds
        .filter(|(bound, wait)| *bound != wait.place)
        .map(|(bound, wait)| (bound, format!("{} of `{}` takes it", wait.level.name(), wait.metric.id.value)))
        .collect()
}

/// The scenarios to follow when an alert of a metric fires: the one that it names, and those that name it. A scenario
/// for a lack of data is about no value.
pub(super) fn scenarios_of<'a>(spec: &'a Spec, metric: &'a Metric) -> impl Iterator<Item = &'a Scenario> {
    let shows = |sign: &Sign| {
        let of_value = sign.0.level.as_ref().is_none_or(|level| level.value != AlertOf::NoData);
        of_value && sign.0.metric.as_ref().is_some_and(|id| id.value == metric.id.value)
    };
    let follows = move |row: &&Row<Scenario>| {
        metric.scenario.as_ref().is_some_and(|id| id.value == row.key.value)
            || row.value.when.iter().flat_map(|when| &when.0).any(shows)
    };
    spec.scenarios.iter().filter(follows).map(|row| &row.value)
}

/// Whether a series has the name of a counter, by the endings that Prometheus' client libraries give.
pub(super) fn is_counter(name: &str) -> bool {
    ["_total", "_count", "_sum", "_bucket"].iter().any(|end| name.ends_with(end))
}
