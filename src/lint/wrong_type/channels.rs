//! What does not fit in a channel, and in the team's own Alertmanager file.

use super::LINT;
use crate::diag::Diagnostic;
use crate::source::{Span, Spanned};
use crate::spec::shape::Text;

/// A channel's id that is none.
#[must_use]
pub fn bad_channel_id(id: &Text) -> Option<Diagnostic> {
    let mut letters = id.value.chars();
    let sound = letters.next().is_some_and(|c| c.is_ascii_lowercase())
        && letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    (!sound).then(|| super::ids::bad_id(&id.value, id.span, '-'))
}

/// A channel of two kinds.
#[must_use]
pub fn several_kinds(first: Span, second: Span) -> Diagnostic {
    LINT.finding("a channel is of one kind, and this one has two")
        .label(second, "a second kind")
        .label(first, "the first")
        .help("make it two channels; a level can go to several: `rollback: [pager, chat]`")
}

/// Two fields of which only one can stand.
#[must_use]
pub fn exclusive(first: &Text, second: &Text) -> Diagnostic {
    LINT.finding(format!("`{}` and `{}` exclude each other", first.value, second.value))
        .label(second.span, "only one of the two can stand")
        .label(first.span, "the other")
        .help("keep one of them")
}

/// A text that is no web address.
#[must_use]
pub fn not_an_address(text: &str, why: &str, span: Span) -> Diagnostic {
    LINT.finding(format!("`{text}` is no web address"))
        .label(span, why)
        .help("write the whole address, such as `http://adapter.example.com:8060/send`")
}

/// A text that is no web address, in a place that links lead to.
#[must_use]
pub fn no_base_address(text: &str, why: &str, span: Span) -> Diagnostic {
    LINT.finding(format!("`{text}` is no web address")).label(span, why).help(
        "write the whole address, such as `https://git.example.com/generated`: alerts and pages link there",
    )
}

/// A matcher of an Alertmanager file that is none, or that can't be followed.
#[must_use]
pub fn not_a_matcher(text: &str, why: &str, span: Span) -> Diagnostic {
    LINT.finding(format!("`{text}` is no matcher: {why}"))
        .label(span, "Alertmanager can't read this")
        .help("write it like `severity=\"critical\"` or `severity=~\"critical|warning\"`")
}

/// A part of a time interval of an Alertmanager file that is none.
#[must_use]
pub fn no_interval(span: Span, wanted: &str) -> Diagnostic {
    LINT.finding(format!("this part of a time interval must be {wanted}"))
        .label(span, "Alertmanager can't read this")
        .help("`amtool check-config` judges the whole file")
}

/// A key of the team's own file that takes a list and has something else.
#[must_use]
pub fn not_a_list(key: &Spanned<String>) -> Diagnostic {
    LINT.finding(format!("`{}` must be a list", key.value))
        .label(key.span, "not a list")
        .help("begin each item with `- ` on a line of its own; `amtool check-config` judges the whole file")
}

/// A part of the team's own file that has to be added to and is written elsewhere.
#[must_use]
pub fn repeated(key: &Spanned<String>) -> Diagnostic {
    LINT.finding(format!(
        "`{}` is repeated from another place (`*` or `<<`), and releases are to be added to it",
        key.value
    ))
    .label(key.span, "what is added here would be added there too")
    .help(format!("write `{}` out here", key.value))
}
