//! A value is of the wrong kind: a list where a mapping belongs, a word that is not one of the known ones, an id that is none.
//!
//! ## What
//! Every key takes one kind of value: text, a list, a mapping, one of a few words. Ids are `[a-z][a-z0-9-]*`, those of metrics
//! `[a-z][a-z0-9_]*` since they become the names of series.
//!
//! ## Why
//! What is of the wrong kind can't be read, and reading half of it would change what the release says.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal: 100
//!     warn:     { above: 200 }
//!     rollback: { above: 500 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: { above: 500 }
//! ```

mod channels;
mod ids;
mod kinds;
mod values;

pub use channels::{
    bad_channel_id, exclusive, no_base_address, no_interval, not_a_list, not_a_matcher, not_an_address,
    repeated, several_kinds,
};
pub use ids::{bad_key, bad_label, bad_metric_id, bad_name, bad_text};
pub use values::{
    basic_authorization, empty_field, fixed_field, header_twice, item_needs, misspelt_link, negative,
    no_port, none_of,
};

use super::{Check, Lint, text_cut_short, unknown_key, words};
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::spec::metric::written::WhereText;
use crate::spec::shape::Text;
use crate::spec::structure::Place;

/// The lint.
pub static LINT: Lint = Lint::law("wrong-type", include_str!("wrong_type.rs"), Check::Reading);

/// A value of another kind than those `wanted` (JSON Schema's names for them).
#[must_use]
pub fn wrong_kind(place: &Place<'_>, wanted: &[String]) -> Diagnostic {
    let told = text_cut_short::in_table(place).or_else(|| unknown_key::in_where(place, &WhereText::KEYS));
    if let Some(finding) = told {
        return finding;
    }
    let (name, wanted) = (place.name(), kinds::wanted(wanted));
    if place.node.is_null() {
        return LINT
            .finding(format!("{name} has no value"))
            .label(place.span(), format!("{wanted} belongs here"))
            .help("write a value, or remove the key; a value that begins with `#` needs quotes");
    }
    let found = place.node.describe();
    LINT.finding(format!("{name} must be {wanted}, and this is {found}"))
        .label(place.span(), found)
        .help(kinds::help(place, wanted))
}

/// A text that is none of the words that are known here.
#[must_use]
pub fn not_a_word(place: &Place<'_>, known: &[String]) -> Diagnostic {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let Some(text) = place.node.as_text() else {
        let (found, list) = (place.node.describe(), words::one_of(&known));
        return LINT
            .finding(format!("{} must be one word, and this is {found}", place.name()))
            .label(place.span(), found)
            .help(format!("write {list}"));
    };
    let finding = LINT.finding(format!("{} can't be `{text}`", place.name()));
    if let Some(limit) = kinds::bare_limit(place) {
        return finding.label(place.span(), "on which side?").help(limit);
    }
    if let Some(forms) = kinds::other_forms(place) {
        return finding.label(place.span(), "not known here").help(forms);
    }
    let finding = finding.label(place.span(), format!("must be {}", words::one_of(&known)));
    match kinds::habit(text, &known).or_else(|| words::nearest(text, known.iter().copied())) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding.help(format!("write {}", words::one_of(&known))),
    }
}

/// An empty list or mapping where something must stand.
#[must_use]
pub fn empty(place: &Place<'_>) -> Diagnostic {
    LINT.finding(format!("{} is empty", place.name()))
        .label(place.span(), "nothing is in it")
        .help("write at least one entry, or remove the key")
}

/// Anything else that the structure does not allow, in the checker's words.
#[must_use]
pub fn other(place: &Place<'_>, why: &str) -> Diagnostic {
    LINT.finding(format!("{} has a value that does not fit: {why}", place.name()))
        .label(place.span(), "does not fit")
        .help("`relspec schema` prints what may stand here")
}

/// A file of a version of the language that is not known.
#[must_use]
pub fn language_version(text: &str, span: Span) -> Diagnostic {
    LINT.finding(format!("this program reads version 1 of the language, and the file says {text}"))
        .label(span, "must be 1")
        .help("write `relspec: 1`; for a later version of the language use a later version of the program")
}

/// A text that is no version of a program.
#[must_use]
pub fn not_a_version(text: &Text) -> Diagnostic {
    LINT.finding(format!("`{}` is no version", text.value))
        .label(text.span, "not a version")
        .help("write it like `2.53`; put it in quotes if it ends in 0 (`\"2.50\"`)")
}

/// A severity for a lint that is always an error.
#[must_use]
pub fn fixed_severity(lint: &Text) -> Diagnostic {
    LINT.finding(format!("`{}` is always an error", lint.value))
        .label(lint.span, "its severity can't be changed")
        .help("remove this line: what it finds can never be right")
}
