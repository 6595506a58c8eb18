//! A secret is written out in a channel.
//!
//! ## What
//! A channel has a password, a token, a key or an address that lets whoever knows it post there: a field that
//! Alertmanager counts among its secrets, a header or parameter named like one, or a web address with a user, with a token
//! in its path or parameters, or of a service whose addresses are secrets. The address of an adapter on the team's own
//! hosts is fine. A field for the name of a file (`…_file`) with a web address or a token in it is found as well.
//!
//! ## Why
//! Specs and generated files are committed and reviewed, and what was committed once stays in the history. Every kind of
//! receiver reads its secrets from files on Alertmanager's host (`…_file`).
//!
//! ## Bad
//! ```yaml
//! notify:
//!   channels:
//!     chat: { slack: { channel: "#shop", api_url: "https://hooks.slack.com/services/T00/B00/XXXX" } }
//!   routes: { warn: chat, hold: chat, rollback: chat }
//! ```
//!
//! ## Good
//! ```yaml
//! notify:
//!   channels:
//!     chat: { slack: { channel: "#shop", api_url_file: /etc/alertmanager/secrets/slack } }
//!   routes: { warn: chat, hold: chat, rollback: chat }
//! ```

use super::{Check, Lint};
use crate::diag::Diagnostic;
use crate::source::{Span, Spanned};

/// The lint.
pub static LINT: Lint = Lint::law("inline-secret", include_str!("inline_secret.rs"), Check::Reading);

/// A field that holds a secret. What is said names the key and never repeats the value.
#[must_use]
pub fn written_out(key: &Spanned<String>, instead: &str) -> Diagnostic {
    let help = match instead {
        "profile" => {
            "leave it out: Alertmanager takes the keys of its machine, of a `profile` or of a `role_arn`"
                .to_owned()
        }
        file => format!(
            "put it into a file on Alertmanager's host and name that: `{file}: /etc/alertmanager/secrets/…`; if it was \
             committed, replace the secret too"
        ),
    };
    LINT.finding(format!("`{}` is a secret, and it is written out", key.value))
        .label(key.span, "would be in every generated file")
        .help(help)
}

/// A field that names a file, and has a web address or a token instead. What is said never repeats the value.
#[must_use]
pub fn in_place_of_file(key: &Spanned<String>) -> Diagnostic {
    LINT.finding(format!("`{}` names a file, and this looks like what belongs into that file", key.value))
        .label(key.span, "would be in every generated file")
        .help(format!(
            "put it into a file on Alertmanager's host and name that: `{}: /etc/alertmanager/secrets/…`; if it was \
             committed, replace the secret too",
            key.value
        ))
}

/// A web address that is a secret.
#[must_use]
pub fn address(why: &str, span: Span) -> Diagnostic {
    LINT.finding(format!("this address is a secret: {why}"))
        .label(span, "would be in every generated file")
        .help(
            "put it into a file on Alertmanager's host and name that in `url_file` (a webhook has it from Alertmanager \
             0.26 on), or send to an adapter on your own hosts that knows the secret",
        )
}

/// A header or parameter whose name says that its value is a secret.
#[must_use]
pub fn value(key: &Spanned<String>) -> Diagnostic {
    LINT.finding(format!("`{}` looks like a secret, and it is written out", key.value))
        .label(key.span, "would be in every generated file")
        .help("use `authorization: { credentials_file: … }`, or `files: [ … ]` under `http_headers` (from 0.28 on)")
}
