//! Alerts of a level go to no channel.
//!
//! ## What
//! The release or `relspec.yaml` defines channels, and `notify.routes` does not name a level that the release's alerts can
//! have. A lack of data and a lost stage signal count too: they are alerts at `hold` where nothing else is said.
//!
//! ## Why
//! Such alerts go where Alertmanager sends what no route takes: to a receiver that sends nothing, or to whoever the team's own
//! file has for the rest. Nobody of this release is told.
//!
//! ## Bad
//! ```yaml
//! notify:
//!   channels:
//!     pager: { pagerduty: { routing_key_file: /etc/alertmanager/secrets/pagerduty } }
//!   routes:
//!     rollback: [pager]
//! ```
//!
//! ## Good
//! ```yaml
//! notify:
//!   channels:
//!     pager: { pagerduty: { routing_key_file: /etc/alertmanager/secrets/pagerduty } }
//!     chat:  { slack: { channel: "#shop", api_url_file: /etc/alertmanager/secrets/slack } }
//!   routes:
//!     rollback: [pager, chat]
//!     hold:     [chat]
//!     warn:     [chat]
//! ```

use super::words::all_of;
use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::spec::Spec;

/// The lint.
pub static LINT: Lint =
    Lint::new("unrouted-level", Severity::Warning, include_str!("unrouted_level.rs"), Check::Release(check));

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    if !spec.whole || !spec.says_where(context.config) {
        return;
    }
    let unrouted = |level: &crate::ladder::Level| spec.routed(*level).is_empty();
    let levels: Vec<&str> =
        spec.alert_levels().into_iter().filter(unrouted).map(crate::ladder::Level::name).collect();
    let notify = spec.notify.as_ref();
    let place = notify.map(|notify| notify.routes.as_ref().map_or(notify.span, |routes| routes.span));
    let Some(place) = place.or_else(|| Some(spec.release.id.as_ref()?.0.span)) else { return };
    if levels.is_empty() {
        return;
    }
    let keys: Vec<String> = levels.iter().rev().map(|level| format!("{level}: [ … ]")).collect();
    let ids: Vec<&str> =
        spec.channels().iter().chain(&context.config.channels).map(|row| row.key.value.as_str()).collect();
    let finding = LINT
        .finding(format!("alerts at {} go to no channel", all_of(&levels)))
        .label(place, "names no channel for them")
        .help(format!(
            "add {} under `notify.routes`; the channels are {}",
            keys.join(", "),
            if ids.is_empty() {
                "still to be defined under `notify.channels`".to_owned()
            } else {
                all_of(&ids)
            }
        ));
    sink.push(finding);
}
