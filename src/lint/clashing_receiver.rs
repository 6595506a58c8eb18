//! The team's own Alertmanager file has a receiver of a name that is generated.
//!
//! ## What
//! The receivers of the releases' channels are called `relspec/<channel>` and `relspec/<release>/<channel>`. The file that they
//! are to be merged into has a receiver of such a name already.
//!
//! ## Why
//! Alertmanager refuses a file with two receivers of one name; and where only one of the two were kept, alerts would go to
//! the wrong people.
//!
//! ## Bad
//! ```yaml
//! # file: relspec.yaml
//! alertmanager: alertmanager.yml
//! channels:
//!   chat: { slack: { channel: "#shop", api_url_file: /etc/alertmanager/secrets/slack } }
//! # file: specs/example.yaml
//! notify: { routes: { warn: chat, hold: chat, rollback: chat } }
//! # file: alertmanager.yml
//! route: { receiver: relspec/chat }
//! receivers:
//!   - name: relspec/chat
//! ```
//!
//! ## Good
//! ```yaml
//! # file: relspec.yaml
//! alertmanager: alertmanager.yml
//! channels:
//!   chat: { slack: { channel: "#shop", api_url_file: /etc/alertmanager/secrets/slack } }
//! # file: specs/example.yaml
//! notify: { routes: { warn: chat, hold: chat, rollback: chat } }
//! # file: alertmanager.yml
//! route: { receiver: chat }
//! receivers:
//!   - name: chat
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Sink};
use crate::plan::names;
use crate::spec::Spec;
use crate::spec::shape::Text;

/// The lint.
pub static LINT: Lint =
    Lint::law("clashing-receiver", include_str!("clashing_receiver.rs"), Check::Project(check));

fn check(specs: &[Spec], context: &Context<'_>, sink: &mut Sink) {
    let Some(team) = &context.config.own else { return };
    let shared =
        context.config.channels.iter().map(|row| (names::receiver(None, &row.key.value), &row.key, None));
    let own = specs.iter().flat_map(|spec| {
        let name = |id: &str| names::receiver(Some(spec.id()), id);
        spec.channels().iter().map(move |row| (name(&row.key.value), &row.key, Some(spec.id())))
    });
    for (name, channel, release) in shared.chain(own) {
        if let Some(theirs) = team.receivers.iter().find(|theirs| theirs.value == name) {
            sink.push(finding(theirs, channel, release, &team.path));
        }
    }
}

fn finding(theirs: &Text, channel: &Text, release: Option<&str>, path: &str) -> Diagnostic {
    let owner = release.map_or_else(|| "relspec.yaml".to_owned(), |release| format!("the release {release}"));
    let id = &channel.value;
    LINT.finding(format!(
        "two receivers are called `{}`: one of {path}, and the channel `{id}` of {owner}",
        theirs.value
    ))
    .label(theirs.span, format!("the team's own, in {path}"))
    .label(channel.span, format!("the channel of {owner}"))
    .help("rename one of the two; names that begin with `relspec/` are best left to channels")
}
