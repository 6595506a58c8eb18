//! The team's own Alertmanager file has something for which Alertmanager refuses the whole file.
//!
//! ## What
//! What `amtool check-config` would find in the routes, receivers, inhibitions and time intervals of the file that
//! `alertmanager` in `relspec.yaml` names: two receivers of one name, a receiver or a time interval that is nowhere defined,
//! a root route that does not take every alert, an interval of no time at all, a key that Alertmanager does not know.
//!
//! ## Why
//! The file stays as it is in the copy that holds the releases. Alertmanager refuses that copy as a whole: on a reload it
//! keeps the old configuration, and the release's alerts go nowhere.
//!
//! ## Bad
//! ```yaml
//! # file: relspec.yaml
//! alertmanager: alertmanager.yml
//! # file: alertmanager.yml
//! route:
//!   receiver: mailbox
//!   routes:
//!     - { receiver: pagr, matchers: [ 'level=~"warn|hold|rollback"' ] }
//! receivers:
//!   - name: mailbox
//!   - name: pager
//! ```
//!
//! ## Good
//! ```yaml
//! # file: relspec.yaml
//! alertmanager: alertmanager.yml
//! # file: alertmanager.yml
//! route:
//!   receiver: mailbox
//!   routes:
//!     - { receiver: pager, matchers: [ 'level=~"warn|hold|rollback"' ] }
//! receivers:
//!   - name: mailbox
//!   - name: pager
//! ```

use super::{Check, Lint, words};
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::spec::shape::Text;

/// The lint.
pub static LINT: Lint =
    Lint::law("refused-by-alertmanager", include_str!("refused_by_alertmanager.rs"), Check::Reading);

/// A second `kind` (receiver, time interval) of one name.
#[must_use]
pub fn again(kind: &str, name: &Text, first: Span) -> Diagnostic {
    LINT.finding(format!("two {kind}s are called `{}`", name.value))
        .label(name.span, "again here")
        .label(first, "first here")
        .help("remove one of the two, or give it another name")
}

/// A `kind` without a name.
#[must_use]
pub fn unnamed(kind: &str, span: Span) -> Diagnostic {
    LINT.finding(format!("this {kind} has no name"))
        .label(span, "must have a `name`")
        .help("add `name: …`; routes refer to it by that name")
}

/// A name of a `kind` that is nowhere defined in the file.
#[must_use]
pub fn undefined(kind: &str, name: &Text, known: &[&str]) -> Diagnostic {
    let finding = LINT
        .finding(format!("the file has no {kind} `{}`", name.value))
        .label(name.span, format!("not the name of a {kind}"));
    match words::suggestion(&name.value, known) {
        Some(help) => finding.help(help),
        None => finding.help(format!("define the {kind}, or use the name of one that is there")),
    }
}

/// A key that Alertmanager does not know there.
#[must_use]
pub fn unknown_key(key: &Text, section: &str, known: &[&str]) -> Diagnostic {
    let finding = LINT
        .finding(format!("Alertmanager knows no key `{}` in {section}", key.value))
        .label(key.span, "unknown here");
    match (words::nearest(&key.value, known.iter().copied()), words::short_list(known)) {
        (Some(meant), _) => finding.help(format!("did you mean `{meant}`?")),
        (None, Some(list)) => finding.help(format!("the keys here are {}", list.replace(" or ", " and "))),
        (None, None) => finding.help("`amtool check-config` judges the whole file"),
    }
}

/// An item of a receiver without what it can't do without.
#[must_use]
pub fn needs(names: &[&str], key: &str, span: Span) -> Diagnostic {
    let names = words::one_of(names);
    LINT.finding(format!("each item of `{key}` needs {names}"))
        .label(span, format!("has no {names}"))
        .help(format!("add {names}"))
}

/// A key that the root route can't have.
#[must_use]
pub fn in_root(key: &Text) -> Diagnostic {
    let (why, help) = match key.value.as_str() {
        "continue" => ("there is no route beside it", "remove it"),
        "mute_time_intervals" | "active_time_intervals" => {
            ("what reaches it must always be told", "put it into a route under `routes`")
        }
        _ => ("it takes every alert", "move it into a route under `routes`"),
    };
    LINT.finding(format!("the root route can't have `{}`: {why}", key.value))
        .label(key.span, "not in the root route")
        .help(help)
}

/// A root route without a receiver.
#[must_use]
pub fn no_default_receiver(span: Span) -> Diagnostic {
    LINT.finding("the root route names no receiver")
        .label(span, "must name the default receiver")
        .help("add `receiver: …`, which gets what no other route takes")
}

/// A time between messages of no time at all.
#[must_use]
pub fn no_time(key: &Text, span: Span) -> Diagnostic {
    LINT.finding(format!("`{}` can't be zero", key.value))
        .label(span, "must be longer than 0s")
        .help("write a duration such as `5m`, or leave the key out; only `group_wait` can be `0s`")
}

/// Something else than the kind of value that a key takes.
#[must_use]
pub fn not_a(what: &str, key: &str, span: Span) -> Diagnostic {
    LINT.finding(format!("{key} must be {what}"))
        .label(span, format!("not {what}"))
        .help("`amtool check-config` judges the whole file")
}

/// A label that stands twice in `group_by`.
#[must_use]
pub fn grouped_twice(label: &str, span: Span, first: Span) -> Diagnostic {
    LINT.finding(format!("`group_by` has the label `{label}` twice"))
        .label(span, "again here")
        .label(first, "first here")
        .help("remove one of the two")
}

/// `...` beside other labels.
#[must_use]
pub fn all_and_others(span: Span) -> Diagnostic {
    LINT.finding("`...` in `group_by` stands for every label, and other labels stand beside it")
        .label(span, "must stand alone")
        .help("write `group_by: ['...']`, or list the labels without it")
}

/// A text that is no name of a label.
#[must_use]
pub fn not_a_label(text: &str, span: Span) -> Diagnostic {
    LINT.finding(format!("`{text}` is no name of a label"))
        .label(span, "Alertmanager takes no such label here")
        .help("a label begins with a letter or `_`, and goes on with letters, digits and `_`")
}
