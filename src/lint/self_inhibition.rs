//! An alert can be on both sides of a rule of inhibition in the team's own Alertmanager file.
//!
//! ## What
//! Every source of a rule in `inhibit_rules` is a target of it too, or every target a source, as far as its matchers show.
//!
//! ## Why
//! Alertmanager lets no alert that is on both sides silence another one that is. A rule with the same alerts on both sides
//! thus silences nothing. Where only some are on both, what is silenced depends on which of them fire: Alertmanager 0.29 to
//! 0.33 then forgets alerts that should silence others. Its documentation advises against both.
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
//!     target_matchers: [ 'severity=~"critical|warning"' ]
//!     equal: [ release, metric ]
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
//!     target_matchers: [ 'severity="warning"' ]
//!     equal: [ release, metric ]
//! ```

use super::shared::routes::implied;
use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::alertmanager::Matcher;

/// The lint.
pub static LINT: Lint = Lint::new(
    "self-inhibition",
    Severity::Warning,
    include_str!("self_inhibition.rs"),
    Check::Project(check),
);

fn check(_: &[Spec], context: &Context<'_>, sink: &mut Sink) {
    let Some(team) = &context.config.own else { return };
    for rule in &team.inhibitions {
        let Some(place) = rule.span else { continue };
        let (source, target) = (is_also(&rule.source, &rule.target), is_also(&rule.target, &rule.source));
        match (source, target) {
            (true, true) => sink.push(finding(place, "have the same alerts, so that it silences nothing")),
            (true, false) => sink.push(finding(place, "share alerts: each of its sources is a target too")),
            (false, true) => sink.push(finding(place, "share alerts: each of its targets is a source too")),
            (false, false) => {}
        }
    }
}

/// Whether whatever one side takes is taken by the other.
fn is_also(one: &[Matcher], other: &[Matcher]) -> bool {
    implied(other, &one.iter().collect::<Vec<_>>())
}

fn finding(place: Span, what: &str) -> Diagnostic {
    LINT.finding(format!("the two sides of this inhibition {what}"))
        .label(place, "an alert on both sides silences none that is on both")
        .help("let a label have another value on each side, such as `severity`, so that no alert is on both")
}
