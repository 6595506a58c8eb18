//! Values in a channel that are of the right kind, and that Alertmanager refuses.

use super::LINT;
use crate::diag::Diagnostic;
use crate::lint::words;
use crate::source::Span;
use crate::spec::shape::Text;

/// A field that must say something and has an empty text.
#[must_use]
pub fn empty_field(key: &Text) -> Diagnostic {
    LINT.finding(format!("`{}` is empty", key.value))
        .label(key.span, "Alertmanager takes it as if it were not there")
        .help("write what belongs there")
}

/// A number that can't be below nothing.
#[must_use]
pub fn negative(key: &Text, span: Span) -> Diagnostic {
    LINT.finding(format!("`{}` can't be negative", key.value))
        .label(span, "Alertmanager refuses this")
        .help("write `0` for no limit, or leave the key out")
}

/// A text that is none of a few words.
#[must_use]
pub fn none_of(key: &Text, text: &str, known: &[&str], span: Span) -> Diagnostic {
    let finding = LINT
        .finding(format!("`{}` can't be `{text}`", key.value))
        .label(span, format!("must be {}", words::one_of(known)));
    match words::nearest(text, known.iter().copied()) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding.help(format!("write {}", words::one_of(known))),
    }
}

/// A mail server without a port.
#[must_use]
pub fn no_port(text: &str, span: Span) -> Diagnostic {
    LINT.finding(format!("`{text}` is no host with a port")).label(span, "Alertmanager refuses this").help(
        "write `smarthost: mail.example.com:587`, with the port of your mail server, and no scheme before it",
    )
}

/// Two headers of one name.
#[must_use]
pub fn header_twice(key: &Text, first: Span) -> Diagnostic {
    LINT.finding(format!("the header `{}` stands twice", key.value))
        .label(key.span, "again here; capitals make no difference")
        .label(first, "first here")
        .help("remove one of the two")
}

/// `Basic` as a type of `authorization`.
#[must_use]
pub fn basic_authorization(span: Span) -> Diagnostic {
    LINT.finding("`authorization` can't be of the type `Basic`")
        .label(span, "Alertmanager refuses this")
        .help("use `basic_auth: { username: …, password_file: … }`")
}

/// A custom field with the name of one that is always sent.
#[must_use]
pub fn fixed_field(key: &Text) -> Diagnostic {
    LINT.finding(format!("`{}` can't be a custom field", key.value))
        .label(key.span, "VictorOps has this field already")
        .help("write it beside `custom_fields` where Alertmanager has a key for it, or give it another name")
}

/// An item of a list without something that it needs.
#[must_use]
pub fn item_needs(key: &Text, names: &[&str], span: Span) -> Diagnostic {
    let names = words::one_of(names);
    LINT.finding(format!("each item of `{}` needs {names}", key.value))
        .label(span, format!("has no {names}"))
        .help(format!("add {names}"))
}

/// A link whose beginning is misspelt.
#[must_use]
pub fn misspelt_link(link: &Text) -> Diagnostic {
    LINT.finding(format!("`{}` is no web address", link.value))
        .label(link.span, "does not begin with http:// or https://")
        .help("write the whole address, such as `https://wiki.example.com/releases`")
}
