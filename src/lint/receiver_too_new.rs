//! A channel uses what the targeted Alertmanager does not have.
//!
//! ## What
//! A kind of receiver, or a field of one, that came later than `versions.alertmanager` of `relspec.yaml` (0.25 where it says
//! nothing).
//!
//! ## Why
//! Alertmanager refuses the whole configuration for one field that it does not know. On a reload it keeps the old one, and
//! the release's alerts go nowhere.
//!
//! ## Bad
//! ```yaml
//! notify:
//!   channels:
//!     chat: { webhook: { url_file: /etc/alertmanager/secrets/chat } }
//!   routes: { warn: chat, hold: chat, rollback: chat }
//! ```
//!
//! ## Good
//! ```yaml
//! # file: relspec.yaml
//! versions: { alertmanager: "0.26" }
//! # file: specs/example.yaml
//! notify:
//!   channels:
//!     chat: { webhook: { url_file: /etc/alertmanager/secrets/chat } }
//!   routes: { warn: chat, hold: chat, rollback: chat }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::promql::Version;
use crate::spec::Spec;
use crate::spec::receiver::{Channel, Newer};

/// The lint.
pub static LINT: Lint = Lint::new(
    "receiver-too-new",
    Severity::Error,
    include_str!("receiver_too_new.rs"),
    Check::Project(check),
);

fn check(specs: &[Spec], context: &Context<'_>, sink: &mut Sink) {
    let target = context.config.alertmanager;
    let own = specs.iter().flat_map(Spec::channels);
    for row in own.chain(&context.config.channels) {
        let newer = row.value.newer.iter().filter(|newer| newer.since > target);
        sink.extend(newer.map(|newer| finding(newer, &row.value, target)));
    }
}

fn finding(newer: &Newer, channel: &Channel, target: Version) -> Diagnostic {
    let since = newer.since;
    let raise = format!("`versions: {{ alertmanager: \"{since}\" }}` in relspec.yaml if none is older");
    let help = match channel.kind() {
        "webhook" => {
            format!("send to an adapter on your own hosts, whose `url` holds no secret; or write {raise}")
        }
        _ => format!("use a `webhook` to an adapter on your own hosts, or write {raise}"),
    };
    LINT.finding(format!("{} needs Alertmanager {since}, and the routes are for {target}", newer.what))
        .label(newer.span, format!("{target} does not know this"))
        .help(help)
}
