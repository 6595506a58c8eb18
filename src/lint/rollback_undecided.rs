//! A metric has alerts, and neither a number nor a person decides when the release stops or goes back for it.
//!
//! ## What
//! A metric with `watch: alert` has neither `hold` nor `rollback`, no condition under a stage's `hold` or `rollback`
//! speaks of it, and no scenario for it has a `rollback_if`. Or a `rollback` is in words alone (`judge`) and the release
//! names nobody at all: no people, contacts, owners or approvals.
//!
//! `hold` is enough, since a person decides then. What a stage says counts when it names the metric by id or by title.
//!
//! ## Why
//! At a warning somebody is woken to look closely, and that is all. Without a bound beyond it the release may stay bad
//! for days while everyone waits for everyone.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal: { max: 1% }
//!     warn:   { above: 2% }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal: { max: 1% }
//!     warn:   { above: 2% }
//!     hold:   { after_warn: 1h }
//! ```

use super::{Check, Context, Lint, shared, words};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::Level;
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::condition::{Condition, ConditionKind, MetricsOf};
use crate::spec::metric::{LevelLimits, Metric};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "rollback-undecided",
    Severity::Warning,
    include_str!("rollback_undecided.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    // What is missing may stand in what could not be read. Where nothing is rolled out, there may be no way back.
    if !spec.whole || (shared::only_watches(spec) && spec.rollback.is_none()) {
        return;
    }
    for metric in spec.metrics.iter().filter(|metric| metric.alerts() && !is_decided(spec, metric)) {
        sink.push(undecided(metric));
    }
    if names_nobody(spec) {
        sink.extend(words_for_nobody(spec));
    }
}

fn is_decided(spec: &Spec, metric: &Metric) -> bool {
    let mut cases = shared::active(metric).peekable();
    let nowhere = cases.peek().is_none();
    let decides = |level: &Level| *level != Level::Warn;
    nowhere
        || cases.any(|case| case.limits.levels.keys().any(decides))
        || stage_conditions(spec).any(|condition| speaks_of(condition, metric))
        || shared::scenarios_of(spec, metric).any(|scenario| scenario.rollback_if.is_some())
}

/// What holds a stage or sends it back.
fn stage_conditions(spec: &Spec) -> impl Iterator<Item = &Condition> {
    let lists = spec.stages.iter().flat_map(|stage| [&stage.hold, &stage.rollback]);
    lists.flatten().flatten().flat_map(Condition::leaves)
}

fn speaks_of(condition: &Condition, metric: &Metric) -> bool {
    match &condition.kind {
        ConditionKind::Metric { metric: id, .. } => id.value == metric.id.value,
        ConditionKind::Metrics { which, .. } => matches!(which.value, MetricsOf::All | MetricsOf::Alert),
        ConditionKind::NoAlerts { .. } => true,
        ConditionKind::Judge(text) => {
            let title = metric.title.value.trim();
            text.value.contains(&metric.id.value) || (!title.is_empty() && text.value.contains(title))
        }
        ConditionKind::Any(_) => false,
    }
}

fn undecided(metric: &Metric) -> Diagnostic {
    let id = &metric.id.value;
    let warn = shared::active(metric).find_map(|case| case.limits.levels.get(&Level::Warn));
    let (place, label) = match warn {
        Some(warn) => (warn.span, "somebody looks closely, and nothing follows"),
        None => (metric.id.span, "no level beyond normal"),
    };
    LINT.finding(format!(
        "`{id}` has `watch: alert`, and neither a number nor a person decides when the release stops or goes back for it"
    ))
    .label(place, label)
    .help(
        "give it a `rollback` with a number, or `hold: { after_warn: 1h }` for a person to decide; where neither is wanted, \
         a look is enough: `watch: daily`",
    )
}

/// Whether nobody stands anywhere in the release who could decide.
fn names_nobody(spec: &Spec) -> bool {
    spec.people.is_empty() && spec.contacts.is_empty() && spec.named_people().is_empty()
}

/// Every `rollback` in words, where nobody is named who finds them true.
fn words_for_nobody(spec: &Spec) -> Option<Diagnostic> {
    let wordy = |limits: &&LevelLimits| limits.conditions.is_empty() && limits.after.is_empty();
    let mut places: BTreeMap<Span, &str> = BTreeMap::new();
    for metric in &spec.metrics {
        let levels = shared::active(metric).filter_map(|case| case.limits.levels.get(&Level::Rollback));
        let judged = levels.filter(wordy).flat_map(|limits| &limits.judge);
        places.extend(judged.map(|text| (text.span, metric.id.value.as_str())));
    }
    let mut ids: Vec<&str> = places.values().copied().collect();
    ids.dedup();
    if ids.is_empty() {
        return None;
    }
    Some(
        LINT.finding(format!(
            "only a person can decide on the rollback for {}, and the release names nobody",
            words::all_of(&ids)
        ))
        .labels(places.keys().map(|span| (*span, "who decides that?".to_owned())))
        .help("name those who decide, under `people` or in a stage's `approve`"),
    )
}
