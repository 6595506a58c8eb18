//! A rule of inhibition in the team's own Alertmanager file would silence a release's alerts because of unrelated ones.
//!
//! ## What
//! A rule of `inhibit_rules` can silence alerts of a release, and says nothing in `equal` that ties the two alerts together:
//! it has no `equal`, or names only labels that the release's alerts do not carry. Alertmanager counts a label that both
//! alerts lack as equal.
//!
//! ## Why
//! With `equal: [cluster]` and alerts without that label, any critical alert of anybody who lacks it too silences the
//! release: nobody is told to roll back, and Alertmanager shows no fault.
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
//!   - source_matchers: [ 'severity="critical"' ]
//!     target_matchers: [ 'severity="warning"' ]
//!     equal: [ cluster ]
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
//!   - source_matchers: [ 'severity="critical"' ]
//!     target_matchers: [ 'severity="warning"', 'release=""' ]
//!     equal: [ cluster ]
//! ```

use super::words::all_of;
use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Sink};
use crate::ladder::Level;
use crate::plan::names;
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::alertmanager::route::{all_match, value};
use crate::spec::alertmanager::{Inhibition, TeamFile};
use crate::spec::metric::Metric;

/// The lint.
pub static LINT: Lint =
    Lint::law("inhibition-without-equal", include_str!("inhibition_without_equal.rs"), Check::Project(check));

/// The labels of one alert that may fire.
type Alert = Vec<(String, String)>;

fn check(specs: &[Spec], context: &Context<'_>, sink: &mut Sink) {
    let Some(team) = &context.config.own else { return };
    let alerts: Vec<Alert> = specs.iter().flat_map(alerts).collect();
    for rule in &team.inhibitions {
        let hit = alerts.iter().find(|alert| all_match(&rule.target, alert) && is_loose(rule, alert));
        if let (Some(alert), Some(place)) = (hit, rule.span) {
            sink.push(finding(rule, alert, place, team));
        }
    }
}

/// Whether nothing that the alert carries must be the same. A matcher of the source for the release ties it as well.
fn is_loose(rule: &Inhibition, alert: &Alert) -> bool {
    let tied = rule.equal.iter().any(|label| !value(alert, label).is_empty());
    let release = value(alert, "release");
    let own =
        rule.source.iter().any(|one| one.label == "release" && one.matches(release) && !one.matches(""));
    !tied && !own
}

/// Every alert that a release can raise, as far as its labels are known before it fires.
fn alerts(spec: &Spec) -> Vec<Alert> {
    let text = |text: &Option<crate::spec::shape::Text>| {
        text.as_ref().map_or("", |text| text.value.as_str()).to_owned()
    };
    let of = |metric: &Metric, name: String, level: Level| -> Alert {
        let severity = if level == Level::Warn { "warning" } else { "critical" };
        let labels = [
            ("alertname", name),
            ("severity", severity.to_owned()),
            ("level", level.name().to_owned()),
            ("release", spec.id().to_owned()),
            ("service", text(&spec.release.service)),
            ("metric", metric.id.value.clone()),
            ("team", text(&spec.release.owner)),
        ];
        let labels = labels.map(|(label, value)| (label.to_owned(), value)).into_iter();
        // The values are not known, only that there are some.
        labels.chain(metric.by.iter().map(|label| (label.value.clone(), "any".to_owned()))).collect()
    };
    let metrics = spec.metrics.iter().filter(|metric| metric.alerts());
    let all = metrics.flat_map(|metric| {
        let level = |level: Level| metric.cases.iter().any(|case| case.limits.levels.contains_key(&level));
        let levels = Level::ALL.into_iter().filter(move |one| level(*one));
        let numbered = levels.map(move |level| of(metric, names::alert(&metric.id.value, level), level));
        let no_data = metric.no_data.level.level();
        numbered.chain(no_data.map(|level| of(metric, names::no_data_alert(&metric.id.value), level)))
    });
    all.collect()
}

fn finding(rule: &Inhibition, alert: &Alert, place: Span, team: &TeamFile) -> Diagnostic {
    let name = value(alert, "alertname");
    let why = match rule.equal.as_slice() {
        [] => "it has no `equal`".to_owned(),
        labels => format!("its `equal` names only {}, which that alert does not carry", all_of(labels)),
    };
    LINT.finding(format!(
        "this inhibition of {} would silence {name} of {} because of unrelated alerts: {why}",
        team.path,
        value(alert, "release")
    ))
    .label(place, "silences alerts of releases")
    .help(
        "keep releases out of it with `release=\"\"` in its target_matchers, or add `release` to its `equal`",
    )
}
