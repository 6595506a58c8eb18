//! Nothing is sent to a channel.
//!
//! ## What
//! A channel that no level of `notify.routes` names. For a channel of `relspec.yaml` that none of the releases uses, and for
//! a receiver of the team's own Alertmanager file to which none of its routes sends an alert, this is told as information
//! only. A route that gets no alert sends none, and neither does one whose alerts all go to a route below it.
//!
//! ## Why
//! Somebody has been promised a message that never comes. Alertmanager says nothing about it.
//!
//! ## Bad
//! ```yaml
//! notify:
//!   channels:
//!     chat:  { slack: { channel: "#shop", api_url_file: /etc/alertmanager/secrets/slack } }
//!     pager: { pagerduty: { routing_key_file: /etc/alertmanager/secrets/pagerduty } }
//!   routes: { warn: chat, hold: chat, rollback: chat }
//! ```
//!
//! ## Good
//! ```yaml
//! notify:
//!   channels:
//!     chat:  { slack: { channel: "#shop", api_url_file: /etc/alertmanager/secrets/slack } }
//!     pager: { pagerduty: { routing_key_file: /etc/alertmanager/secrets/pagerduty } }
//!   routes: { warn: chat, hold: chat, rollback: [pager, chat] }
//! ```

use super::shared::routes::{Fate, visit};
use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::Level;
use crate::spec::Spec;
use crate::spec::receiver::Channel;
use crate::spec::shape::{Row, Text};

/// The lint.
pub static LINT: Lint = Lint::new(
    "unused-receiver",
    Severity::Warning,
    include_str!("unused_receiver.rs"),
    Check::Project(check),
);

fn check(specs: &[Spec], context: &Context<'_>, sink: &mut Sink) {
    for spec in specs.iter().filter(|spec| spec.whole) {
        let unused = spec.channels().iter().filter(|row| !names(spec, &row.key.value));
        sink.extend(unused.map(|row| finding(&row.key)));
    }
    let config = context.config;
    let used = |row: &&Row<Channel>| {
        let id = &row.key.value;
        specs.iter().any(|spec| names(spec, id) && spec.channel(id, config).is_some_and(|found| found.shared))
    };
    let shared = config.channels.iter().filter(|row| !used(row));
    sink.extend(shared.map(|row| informed(finding(&row.key), "no release that was read names it")));
    let Some(team) = &config.own else { return };
    let visited = visit(&team.route);
    let told = |name: &str| {
        visited.iter().any(|visited| matches!(visited.fate, Fate::Keeps) && visited.receiver == name)
    };
    let named = |name: &str| team.route.all().iter().any(|route| route.receiver.as_deref() == Some(name));
    for name in team.receivers.iter().filter(|name| !told(&name.value)) {
        let who = if named(&name.value) { GETS_NONE } else { "no route of the team's file names it" };
        sink.push(informed(finding(name), who));
    }
}

/// Why a receiver that is named is told nothing.
const GETS_NONE: &str = "every route that names it gets no alert, or leaves all to those below it";

fn names(spec: &Spec, id: &str) -> bool {
    Level::ALL.iter().any(|level| spec.routed(*level).iter().any(|channel| channel.value == id))
}

fn finding(id: &Text) -> Diagnostic {
    LINT.finding(format!("nothing is sent to `{}`", id.value))
        .label(id.span, "no level of `notify.routes` names it")
        .help("name it at the levels that it is for, or remove it")
}

/// What is no fault of a release, and may be wanted.
fn informed(finding: Diagnostic, who: &str) -> Diagnostic {
    let labels = finding.labels.into_iter().map(|mut label| {
        who.clone_into(&mut label.text);
        label
    });
    Diagnostic { severity: Severity::Info, labels: labels.collect(), help: None, ..finding }
}
