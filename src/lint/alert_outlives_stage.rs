//! An alert needs longer to fire than a stage lasts.
//!
//! ## What
//! The window, the `for` and one evaluation come to no less than the shortest time that a stage lasts. Where a level
//! has several conditions, the quickest counts.
//!
//! ## Why
//! However bad the values are, the alert can't fire before the stage is over. A stage that nothing can stop protects
//! nobody.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5%, for: 1h }
//! stages:
//!   - { id: canary-5, traffic: 5%, lasts: 1h, approve: lead }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5%, for: 1h }
//!     where:
//!       - { stage: canary-5, rollback: { for: 15m } }
//! stages:
//!   - { id: canary-5, traffic: 5%, lasts: 1h, approve: lead }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::Level;
use crate::quantity::Duration;
use crate::source::Span;
use crate::spec::metric::{LevelLimits, Metric};
use crate::spec::stage::Stage;
use crate::spec::timing::{self, Timing};
use crate::spec::{Spec, metric::Lasts};
use std::collections::{BTreeMap, BTreeSet};

/// The lint.
pub static LINT: Lint = Lint::new(
    "alert-outlives-stage",
    Severity::Warning,
    include_str!("alert_outlives_stage.rs"),
    Check::Release(check),
);

/// All alerts that wait for one `for` and need the same time.
struct Late<'a> {
    timing: Timing,
    wait: Lasts,
    alerts: BTreeMap<Span, (&'a Metric, Level)>,
    stages: BTreeMap<Span, (&'a str, &'a Duration)>,
}

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    let mut late: BTreeMap<(Span, u64), Late<'_>> = BTreeMap::new();
    for metric in spec.metrics.iter().filter(|metric| metric.alerts()) {
        for stage in &spec.stages {
            for case in shared::at_stage(metric, stage) {
                for (level, limits) in &case.limits.levels {
                    note(&mut late, spec, context, metric, stage, *level, limits);
                }
            }
        }
    }
    for ((place, _), late) in late {
        sink.extend(finding(place, &late));
    }
}

fn note<'a>(
    late: &mut BTreeMap<(Span, u64), Late<'a>>,
    spec: &Spec,
    context: &Context<'_>,
    metric: &'a Metric,
    stage: &'a Stage,
    level: Level,
    limits: &LevelLimits,
) {
    // A stage of no time is a finding of its own.
    let Some(lasts) = stage.shortest().filter(|lasts| !lasts.value.is_zero()) else { return };
    let quickest = timing::waits(limits).into_iter().min_by_key(|wait| wait.duration.millis());
    let Some(wait) = quickest else { return };
    let timing = Timing::of(metric, &wait.duration, context.config);
    let Some(needs) = timing.to_fire().filter(|needs| *needs >= lasts.value) else { return };
    let place = shared::wait_place(&wait, level, spec, context, limits.span);
    let entry = late.entry((place, needs.millis())).or_insert_with(|| Late {
        timing,
        wait,
        alerts: BTreeMap::new(),
        stages: BTreeMap::new(),
    });
    entry.alerts.insert(limits.span, (metric, level));
    entry.stages.insert(lasts.span, (stage.id(), &lasts.value));
}

fn finding(place: Span, late: &Late<'_>) -> Option<Diagnostic> {
    let needs = late.timing.to_fire()?.to_canonical();
    let (metric, level) = late.alerts.values().next()?;
    let shortest = late.stages.values().map(|(_, lasts)| *lasts).min()?;
    let names: BTreeSet<_> = late.stages.values().map(|(id, _)| *id).collect();
    let names = super::words::all_of(&names.into_iter().collect::<Vec<_>>());
    let who = match late.alerts.len() {
        1 => format!("{} of `{}`", level.name(), metric.id.value),
        many => format!("{many} levels with `for: {}`", late.wait.duration.text()),
    };
    let stages = if late.stages.len() == 1 { "stage" } else { "stages" };
    let far = late.alerts.iter().filter(|(span, _)| late.wait.written.is_none() && **span != place);
    Some(
        LINT.finding(format!(
            "{who} can never fire in {stages} {names}: it needs {needs}, and {shortest} is all there is",
            shortest = shortest.text()
        ))
        .label(place, sum(late, &needs))
        .labels(late.stages.iter().map(|(span, (id, _))| (*span, format!("all of `{id}`"))))
        .labels(far.map(|(span, (metric, level))| {
            (*span, format!("{} of `{}` takes it", level.name(), metric.id.value))
        }))
        .help(help(late, shortest)),
    )
}

/// How the time comes about: `5m window + 1h for + 30s evaluation = 1h5m30s`.
fn sum(late: &Late<'_>, needs: &str) -> String {
    let timing = &late.timing;
    let window =
        if timing.window.is_zero() { String::new() } else { format!("{} window + ", timing.window.text()) };
    format!("{window}{} wait + {} evaluation = {needs}", timing.wait.text(), timing.evaluation.to_canonical())
}

fn help(late: &Late<'_>, shortest: &Duration) -> String {
    let rest =
        shortest.checked_sub(&late.timing.window).and_then(|rest| rest.checked_sub(&late.timing.evaluation));
    match rest.filter(|rest| !rest.is_zero()) {
        Some(rest) => format!(
            "write a `for` shorter than {} at that stage (`where: [ {{ stage: …, … }} ]`), or let the stage last longer",
            rest.to_canonical()
        ),
        None => {
            "let the stage last longer, or shorten the `window`: no `for` is short enough here".to_owned()
        }
    }
}
