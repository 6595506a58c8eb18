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

use super::shared::inhibited::{Alert, alerts, loosely};
use super::words::all_of;
use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Sink};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::alertmanager::route::value;
use crate::spec::alertmanager::{Inhibition, TeamFile};

/// The lint.
pub static LINT: Lint =
    Lint::law("inhibition-without-equal", include_str!("inhibition_without_equal.rs"), Check::Project(check));

fn check(specs: &[Spec], context: &Context<'_>, sink: &mut Sink) {
    let Some(team) = &context.config.own else { return };
    let alerts: Vec<Alert> = specs.iter().flat_map(alerts).collect();
    for rule in &team.inhibitions {
        if let (Some(alert), Some(place)) = (loosely(rule, &alerts), rule.span) {
            sink.push(finding(rule, alert, place, team));
        }
    }
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
