//! A template or a phrase of the project's own does not work.
//!
//! ## What
//! A file below `templates/` that replaces nothing (it must have the name of a built-in template, or of a file of phrases);
//! a template whose syntax is wrong, that uses a name that is not given to it, or that prints a value that is not there; in
//! a file of phrases an entry that no built-in phrase has the name of, or that uses other names than the built-in phrase.
//!
//! ## Why
//! A page with a gap in it is read when something is wrong already, and a file that replaces nothing changes nothing.
//!
//! ## Bad
//! ```yaml
//! # file: templates/phrases/en.yaml
//! act-rollback: "Go back now, {{ who }}."
//! ```
//!
//! ## Good
//! ```yaml
//! # file: templates/phrases/en.yaml
//! act-rollback: Go back now. Nobody will blame you.
//! ```

use super::{Check, Lint, words};
use crate::diag::Diagnostic;
use crate::source::{Span, Spanned};
use std::collections::BTreeSet;

/// The lint. What it says is found where templates are read and filled in.
pub static LINT: Lint = Lint::law("broken-template", include_str!("broken_template.rs"), Check::Reading);

/// A file that replaces no built-in one.
#[must_use]
pub fn unknown_file(place: Span, name: &str, known: &[String]) -> Diagnostic {
    let finding = LINT
        .finding(format!("`templates/{name}` replaces nothing: there is no built-in template of that name"))
        .label(place, "this file");
    match words::nearest(name, known.iter().map(String::as_str)) {
        Some(near) => finding.help(format!("did you mean `templates/{near}`?")),
        None => finding.help("`relspec list templates` lists all that can be replaced"),
    }
}

/// What the engine says of a template.
#[must_use]
pub fn does_not_work(place: Span, why: &str) -> Diagnostic {
    LINT.finding(format!("this template does not work: {why}"))
        .label(place, "here")
        .help("`relspec template NAME` prints the built-in one, which shows what can be used")
}

/// A file of phrases that is no mapping, or an entry that is no text.
#[must_use]
pub fn no_phrases(place: Span) -> Diagnostic {
    LINT.finding("phrases are texts by name")
        .label(place, "not a text with a name")
        .help("write `name: text`, with the names of the built-in phrases")
}

/// An entry that replaces no built-in phrase.
#[must_use]
pub fn unknown_phrase(key: &Spanned<String>, known: &[String]) -> Diagnostic {
    let finding = LINT
        .finding(format!("there is no phrase `{}` that this could replace", key.value))
        .label(key.span, "not the name of a phrase");
    match words::nearest(&key.value, known.iter().map(String::as_str)) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help("use the name of a built-in phrase"),
    }
}

/// A phrase that uses a name that it is not given.
#[must_use]
pub fn unknown_name(place: Span, name: &str, given: &BTreeSet<String>) -> Diagnostic {
    let finding =
        LINT.finding(format!("this phrase is given no `{name}`")).label(place, format!("uses `{name}`"));
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    match words::nearest(name, given.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None if given.is_empty() => finding.help("this phrase is given nothing: write plain words"),
        None => finding.help(format!("it is given {}", words::all_of(&given))),
    }
}
