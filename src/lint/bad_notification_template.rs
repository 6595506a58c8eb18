//! A template in a channel fails whenever a message is made from it.
//!
//! ## What
//! The texts of a channel (`title`, `text`, `subject` and others) go through Alertmanager's templates. Found are an action
//! that is not closed, a block without `end`, a function that Alertmanager does not have, and a field that a message or an
//! alert does not have.
//!
//! ## Why
//! Alertmanager reads these texts when it sends a message, and not before: the configuration is accepted, and no message
//! ever goes out through the channel.
//!
//! ## Bad
//! ```yaml
//! notify:
//!   channels:
//!     chat: { slack: { channel: "#shop", api_url_file: /etc/alertmanager/secrets/slack, title: "{{ .Labels.release | upper }}" } }
//!   routes: { warn: chat, hold: chat, rollback: chat }
//! ```
//!
//! ## Good
//! ```yaml
//! notify:
//!   channels:
//!     chat: { slack: { channel: "#shop", api_url_file: /etc/alertmanager/secrets/slack, title: "{{ .CommonLabels.release | toUpper }}" } }
//!   routes: { warn: chat, hold: chat, rollback: chat }
//! ```

use super::{Check, Lint};
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::spec::receiver::template::Fault;

/// The lint.
pub static LINT: Lint =
    Lint::law("bad-notification-template", include_str!("bad_notification_template.rs"), Check::Reading);

/// Functions that other templates have, and what does the same here.
const HABITS: [(&str, &str); 9] = [
    ("upper", "toUpper"),
    ("lower", "toLower"),
    ("trim", "trimSpace"),
    ("replace", "reReplaceAll"),
    ("safeHTML", "safeHtml"),
    ("safeURL", "safeUrl"),
    ("toJSON", "toJson"),
    ("humanize", "humanizeDuration"),
    ("quote", "printf \"%q\""),
];

/// A text that fails.
#[must_use]
pub fn finding(fault: &Fault, span: Span) -> Diagnostic {
    let (what, help) = match fault {
        Fault::Unclosed => (
            "has an action that is not closed".to_owned(),
            "close each `{{` with `}}`, and each quote inside".to_owned(),
        ),
        Fault::Lone(word) => (
            format!("has an `{word}` that belongs to nothing"),
            format!("remove `{{{{ {word} }}}}`, or begin the block before it"),
        ),
        Fault::Open(word) => (
            format!("has a block `{word}` that never ends"),
            "add `{{ end }}` where the block ends".to_owned(),
        ),
        Fault::Function(name) => {
            (format!("calls `{name}`, and Alertmanager has no such function"), function(name))
        }
        Fault::OfMessage(name) => {
            (format!("asks the message for `.{name}`, which it does not have"), of_message(name))
        }
        Fault::OfAlert(name) => (
            format!("asks an alert for `.{name}`, which it does not have"),
            format!("inside `range .Alerts` the dot is one alert; the message is `$`: `$.{name}`"),
        ),
    };
    LINT.finding(format!("this template {what}")).label(span, "no message could be made from this").help(help)
}

fn function(name: &str) -> String {
    match HABITS.iter().find(|(habit, _)| *habit == name) {
        Some((_, meant)) => format!("write `{meant}`"),
        None => "Alertmanager's documentation lists the functions; `amtool template render` tries a template"
            .to_owned(),
    }
}

fn of_message(name: &str) -> String {
    match name {
        "Labels" => "write `.CommonLabels` or `.GroupLabels`, or ask each alert: `{{ range .Alerts }}{{ .Labels… }}{{ end }}`".to_owned(),
        "Annotations" => "write `.CommonAnnotations`, or ask each alert: `{{ range .Alerts }}{{ .Annotations… }}{{ end }}`".to_owned(),
        "StartsAt" | "EndsAt" | "GeneratorURL" | "Fingerprint" => format!("ask each alert: `{{{{ range .Alerts }}}}{{{{ .{name} }}}}{{{{ end }}}}`"),
        _ => "the fields of a message are `.Receiver`, `.Status`, `.Alerts`, `.GroupLabels`, `.CommonLabels`, `.CommonAnnotations` and `.ExternalURL`".to_owned(),
    }
}
