//! A rule of inhibition in the team's own Alertmanager file silences alerts because of others about something else.
//!
//! ## What
//! A rule whose `equal` lets an alert about one metric or release silence one about another; and, as information only, a
//! rule without `equal`. What would silence a release because of anything at all is an error (`inhibition-without-equal`).
//!
//! ## Why
//! With `equal: [team]` a slow page silences the warning that uploads fail, as long as one team has both. Nobody hears of
//! the second fault until the first one is mended. A rule without `equal` does so for everybody whose alerts it takes.
//!
//! ## Bad
//! ```yaml
//! # file: relspec.yaml
//! alertmanager: alertmanager.yml
//! # file: alertmanager.yml
//! route: { receiver: default }
//! receivers:
//!   - name: default
//! inhibit_rules:
//!   - source_matchers: [ 'alertname="ClusterDown"' ]
//!     target_matchers: [ 'severity="warning"', 'release=""' ]
//! ```
//!
//! ## Good
//! ```yaml
//! # file: relspec.yaml
//! alertmanager: alertmanager.yml
//! # file: alertmanager.yml
//! route: { receiver: default }
//! receivers:
//!   - name: default
//! inhibit_rules:
//!   - source_matchers: [ 'alertname="ClusterDown"' ]
//!     target_matchers: [ 'severity="warning"', 'release=""' ]
//!     equal: [ cluster ]
//! ```

use super::shared::inhibited::{Alert, alerts, loosely};
use super::words::all_of;
use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::alertmanager::Inhibition;
use crate::spec::alertmanager::route::{all_match, value};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "wide-inhibition",
    Severity::Warning,
    include_str!("wide_inhibition.rs"),
    Check::Project(check),
);

fn check(specs: &[Spec], context: &Context<'_>, sink: &mut Sink) {
    let Some(team) = &context.config.own else { return };
    let alerts: Vec<Alert> = specs.iter().flat_map(alerts).collect();
    for rule in team.inhibitions.iter().filter(|rule| loosely(rule, &alerts).is_none()) {
        let Some(place) = rule.span else { continue };
        match unrelated(rule, &alerts) {
            Some((firing, silent)) => sink.push(finding(rule, place, firing, silent)),
            None if rule.equal.is_empty() => sink.push(everywhere(place)),
            None => {}
        }
    }
}

/// What an alert is about.
fn about(alert: &Alert) -> (&str, &str) {
    (value(alert, "release"), value(alert, "metric"))
}

/// Two alerts of which one silences the other, though they are about different things.
fn unrelated<'a>(rule: &Inhibition, alerts: &'a [Alert]) -> Option<(&'a Alert, &'a Alert)> {
    let key =
        |alert: &'a Alert| -> Vec<&'a str> { rule.equal.iter().map(|name| value(alert, name)).collect() };
    let is_target = |alert: &Alert| all_match(&rule.target, alert);
    // Two sources about different things are enough to find one for any target, apart for those that are targets too.
    let mut sources: BTreeMap<(Vec<&str>, bool), Vec<&Alert>> = BTreeMap::new();
    for alert in alerts.iter().filter(|alert| all_match(&rule.source, alert)) {
        let known = sources.entry((key(alert), is_target(alert))).or_default();
        if known.len() < 2 && known.iter().all(|other| about(other) != about(alert)) {
            known.push(alert);
        }
    }
    alerts.iter().filter(|alert| is_target(alert)).find_map(|silent| {
        let some = [false, true].into_iter().filter_map(|both| sources.get(&(key(silent), both))).flatten();
        let mut other = some.filter(|firing| about(firing) != about(silent) && rule.silences(firing, silent));
        other.next().map(|firing| (*firing, silent))
    })
}

fn finding(rule: &Inhibition, place: Span, firing: &Alert, silent: &Alert) -> Diagnostic {
    let named = |alert: &Alert| format!("{} of {}", value(alert, "alertname"), value(alert, "release"));
    let equal = match rule.equal.as_slice() {
        [] => "it has no `equal`".to_owned(),
        labels => format!("its `equal` names only {}", all_of(labels)),
    };
    LINT.finding(format!(
        "this inhibition would silence {} while {} fires, which is about something else: {equal}",
        named(silent),
        named(firing)
    ))
    .label(place, "silences what has nothing to do with it")
    .help("add `release` and `metric` to its `equal`, or keep releases out of it with `release=\"\"` in its target_matchers")
}

fn everywhere(place: Span) -> Diagnostic {
    let finding = LINT
        .finding("this inhibition has no `equal`: one source silences every target, wherever both are")
        .label(place, "silences all that its target_matchers take")
        .help("name in `equal` what both must share, such as `cluster` or `namespace`");
    Diagnostic { severity: Severity::Info, ..finding }
}
