//! A route of the team's own Alertmanager file holds back alerts that can't wait.
//!
//! ## What
//! Alerts at `hold` or `rollback` for which the release names no channel end at a route of the team's own file with
//! `mute_time_intervals` or `active_time_intervals`, and at none without; or at routes whose `group_wait` alone is longer
//! than `rollback.detect_within`.
//!
//! ## Why
//! Outside of its times a route tells nobody, and nobody is told of that: a rollback at night wakes nobody. What waits
//! longer than the plan allows to see a fault breaks the plan, however fast the rules are.
//!
//! ## Bad
//! ```yaml
//! # file: relspec.yaml
//! alertmanager: alertmanager.yml
//! # file: alertmanager.yml
//! route:
//!   receiver: mailbox
//!   routes:
//!     - { receiver: team, matchers: [ 'severity=~"critical|warning"' ], active_time_intervals: [ office-hours ] }
//! receivers:
//!   - name: mailbox
//!   - name: team
//! time_intervals:
//!   - { name: office-hours, time_intervals: [ { weekdays: [ "monday:friday" ] } ] }
//! ```
//!
//! ## Good
//! ```yaml
//! # file: relspec.yaml
//! alertmanager: alertmanager.yml
//! # file: alertmanager.yml
//! route:
//!   receiver: mailbox
//!   routes:
//!     - { receiver: pager, matchers: [ 'level=~"hold|rollback"' ] }
//!     - { receiver: team, matchers: [ 'severity=~"critical|warning"' ], active_time_intervals: [ office-hours ] }
//! receivers:
//!   - name: mailbox
//!   - name: pager
//!   - name: team
//! time_intervals:
//!   - { name: office-hours, time_intervals: [ { weekdays: [ "monday:friday" ] } ] }
//! ```

use super::shared::inhibited::{Alert, alerts};
use super::{Check, Context, Lint, words};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::Level;
use crate::spec::Spec;
use crate::spec::alertmanager::route::value;
use crate::spec::alertmanager::{Landing, Route};
use crate::spec::scalar::DurationText;

/// The lint.
pub static LINT: Lint = Lint::new(
    "held-back-by-route",
    Severity::Warning,
    include_str!("held_back_by_route.rs"),
    Check::Project(check),
);

fn check(specs: &[Spec], context: &Context<'_>, sink: &mut Sink) {
    let Some(team) = &context.config.own else { return };
    for spec in specs.iter().filter(|spec| spec.whole) {
        let all = alerts(spec);
        let unnamed = all.iter().filter(|alert| is_urgent(alert) && goes_to_the_team(spec, alert, context));
        let landings: Vec<(&Alert, Vec<Landing<'_>>)> =
            unnamed.map(|alert| (alert, team.route.resolve(alert))).collect();
        silent(spec, &landings, sink);
        late(spec, &landings, sink);
    }
}

fn is_urgent(alert: &Alert) -> bool {
    value(alert, "level") != Level::Warn.name()
}

/// Whether the release names no channel for its level, so that the team's own routes have it.
fn goes_to_the_team(spec: &Spec, alert: &Alert, context: &Context<'_>) -> bool {
    let level = Level::ALL.into_iter().find(|level| level.name() == value(alert, "level"));
    level.is_some_and(|level| spec.told(level, context.config).is_empty())
}

/// Alerts that are told only at certain times, once for each route.
fn silent(spec: &Spec, landings: &[(&Alert, Vec<Landing<'_>>)], sink: &mut Sink) {
    let mut told: Vec<&Route> = Vec::new();
    let at_times = |landing: &Landing<'_>| !intervals(landing.route).is_empty();
    let only = landings.iter().filter(|(_, landings)| landings.iter().all(at_times));
    for (alert, landing) in only.flat_map(|(alert, landings)| landings.iter().map(move |one| (alert, one))) {
        if !told.iter().any(|route| route.span == landing.route.span) {
            told.push(landing.route);
            sink.push(at_times_only(spec, alert, landing));
        }
    }
}

fn intervals(route: &Route) -> Vec<&String> {
    route.mute.iter().chain(&route.active).collect()
}

fn at_times_only(spec: &Spec, alert: &Alert, landing: &Landing<'_>) -> Diagnostic {
    let names = words::all_of(&intervals(landing.route));
    LINT.finding(format!(
        "alerts of `{}` such as {} are told only at certain times: their route has {names}",
        spec.id(),
        value(alert, "alertname")
    ))
    .labels(landing.route.span.map(|span| (span, "at other times this route tells nobody".to_owned())))
    .help(
        "name channels under `notify`, or put a route without time intervals for `level=~\"hold|rollback\"` before \
         this one",
    )
}

/// Rollback alerts that wait longer than the plan allows.
fn late(spec: &Spec, landings: &[(&Alert, Vec<Landing<'_>>)], sink: &mut Sink) {
    let limit = spec.rollback.as_ref().and_then(|rollback| rollback.detect_within.as_ref());
    let Some(limit) = limit else { return };
    let rollback = landings.iter().filter(|(alert, _)| value(alert, "level") == Level::Rollback.name());
    let slow = |landing: &&Landing<'_>| landing.waits()[0] > limit.value;
    let mut all =
        rollback.filter(|(_, landings)| !landings.is_empty() && landings.iter().all(|one| slow(&one)));
    if let Some((alert, landings)) = all.next() {
        sink.extend(landings.first().map(|landing| too_late(spec, alert, landing, limit)));
    }
}

fn too_late(spec: &Spec, alert: &Alert, landing: &Landing<'_>, limit: &DurationText) -> Diagnostic {
    let [wait, ..] = landing.waits();
    // A wait may be written at a route above.
    let written = landing.way.iter().rev().find(|route| route.waits.wait.is_some());
    let span = written.and_then(|route| route.span).or(landing.route.span);
    LINT.finding(format!(
        "{} of `{}` waits {} at its route alone, and `detect_within` is {}",
        value(alert, "alertname"),
        spec.id(),
        wait.to_canonical(),
        limit.text()
    ))
    .labels(span.map(|span| (span, format!("its `group_wait` is {}", wait.to_canonical()))))
    .label(limit.span, "what the plan allows")
    .help(
        "name channels under `notify`, whose routes tell a rollback within a minute; or shorten `group_wait`",
    )
}
