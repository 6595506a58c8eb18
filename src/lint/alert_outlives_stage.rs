//! An alert needs longer to fire than a stage lasts.
//!
//! ## What
//! The `for` alone is no shorter than the shortest time that a stage lasts; or the window, the `for` and one evaluation
//! come to no less than it. Where a level has several conditions, the quickest counts. The window does not count for a
//! limit of 0 or of an increase or a rate under `above`, which one burst passes at once.
//!
//! ## Why
//! With such a `for` the alert can't fire before the stage is over, however bad the values are. With such a window a grave
//! fault may be told in time and a slight one is not, since the window is filled only when the stage is over. A stage that
//! nothing can stop protects nobody.
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
use crate::spec::metric::{Limits, Measurement, Metric};
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
    /// Whether the wait alone takes all of the stage.
    never: bool,
    /// Whether a fault is told only when the window is filled.
    fills: bool,
    alerts: BTreeMap<Span, (&'a Metric, Level)>,
    stages: BTreeMap<Span, (&'a str, &'a Duration)>,
}

/// The alerts by the place of their wait, whether they can never fire, and the time that they need.
type All<'a> = BTreeMap<(Span, bool, u64), Late<'a>>;

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    let mut late = All::new();
    for metric in spec.metrics.iter().filter(|metric| metric.alerts()) {
        for stage in &spec.stages {
            for case in shared::at_stage(metric, stage) {
                for level in case.limits.levels.keys() {
                    note(&mut late, (spec, context), metric, stage, *level, &case.limits);
                }
            }
        }
    }
    for ((place, ..), late) in late {
        sink.extend(finding(place, &late));
    }
}

fn note<'a>(
    late: &mut All<'a>,
    (spec, context): (&Spec, &Context<'_>),
    metric: &'a Metric,
    stage: &'a Stage,
    level: Level,
    limits: &Limits,
) {
    // A stage of no time is a finding of its own.
    let Some(lasts) = stage.shortest().filter(|lasts| !lasts.value.is_zero()) else { return };
    let Some(of) = limits.levels.get(&level) else { return };
    let quickest = timing::waits(of).into_iter().min_by_key(|wait| wait.duration.millis());
    let Some(wait) = quickest else { return };
    let never = wait.duration >= lasts.value;
    if !never && at_once(metric, limits, level, Some(&lasts.value)) {
        return;
    }
    let fills = !at_once(metric, limits, level, None);
    let timing = Timing::of(metric, &wait.duration, context.config);
    let Some(needs) = timing.to_fire().filter(|needs| never || *needs >= lasts.value) else { return };
    let place = shared::wait_place(&wait, level, spec, context, of.span);
    let entry = late.entry((place, never, needs.millis())).or_insert_with(|| Late {
        timing,
        wait,
        never,
        fills,
        alerts: BTreeMap::new(),
        stages: BTreeMap::new(),
    });
    entry.alerts.insert(of.span, (metric, level));
    entry.stages.insert(lasts.span, (stage.id(), &lasts.value));
}

/// Whether a value passes a bound of a level, or of one that must have lasted, long before the window is filled; only
/// of those that wait for less than `most`.
fn at_once(metric: &Metric, limits: &Limits, level: Level, most: Option<&Duration>) -> bool {
    let in_time = |wait: &Duration| most.is_none_or(|most| wait < most);
    let counts = matches!(metric.measurement, Measurement::Rate { .. } | Measurement::Increase { .. })
        && metric.relative.is_none();
    let after = limits.levels.get(&level).into_iter().flat_map(|of| &of.after);
    let levels = after.filter(|after| in_time(&after.lasts.value)).map(|after| after.level);
    let own = limits.levels.get(&level).into_iter().flat_map(|of| &of.conditions);
    let own = own.filter(|condition| in_time(&condition.lasts.duration));
    let milder = levels.filter_map(|level| limits.levels.get(&level)).flat_map(|of| &of.conditions);
    own.chain(milder).any(|condition| {
        let above = condition.above.as_ref();
        above.is_some_and(|bound| counts || bound.value.is_zero()) && condition.below.is_none()
    })
}

fn finding(place: Span, late: &Late<'_>) -> Option<Diagnostic> {
    let needs = late.timing.to_fire()?.to_canonical();
    let (metric, level) = late.alerts.values().next()?;
    let shortest = late.stages.values().map(|(_, lasts)| *lasts).min()?;
    let who = match late.alerts.len() {
        1 => format!("{} of `{}`", level.name(), metric.id.value),
        many => format!("{many} levels with `for: {}`", late.wait.duration.text()),
    };
    let far = late.alerts.iter().filter(|(span, _)| late.wait.written.is_none() && **span != place);
    Some(
        LINT.finding(message(&who, late, &needs, shortest))
            .label(place, sum(late, &needs))
            .labels(late.stages.iter().map(|(span, (id, _))| (*span, format!("all of `{id}`"))))
            .labels(far.map(|(span, (metric, level))| {
                (*span, format!("{} of `{}` takes it", level.name(), metric.id.value))
            }))
            .help(help(late, shortest)),
    )
}

fn message(who: &str, late: &Late<'_>, needs: &str, shortest: &Duration) -> String {
    let names: BTreeSet<_> = late.stages.values().map(|(id, _)| *id).collect();
    let names = super::words::all_of(&names.into_iter().collect::<Vec<_>>());
    let stages = if late.stages.len() == 1 { "stage" } else { "stages" };
    let (wait, shortest) = (late.wait.duration.text(), shortest.text());
    if late.never {
        format!(
            "{who} can never fire in {stages} {names}: it waits for {wait}, and {shortest} is all there is"
        )
    } else {
        format!(
            "{who} may fire too late in {stages} {names}: a fault needs up to {needs}, and {shortest} is all there is"
        )
    }
}

/// How the time comes about: `5m window + 1h for + 30s evaluation = 1h5m30s`.
fn sum(late: &Late<'_>, needs: &str) -> String {
    let timing = &late.timing;
    if late.never {
        return format!("waits for {}", timing.wait.text());
    }
    let window =
        if timing.window.is_zero() { String::new() } else { format!("{} window + ", timing.window.text()) };
    format!("{window}{} wait + {} evaluation = {needs}", timing.wait.text(), timing.evaluation.to_canonical())
}

fn help(late: &Late<'_>, shortest: &Duration) -> String {
    let window = if late.fills { late.timing.window.clone() } else { Duration::zero() };
    let rest = shortest.checked_sub(&window).and_then(|rest| rest.checked_sub(&late.timing.evaluation));
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
