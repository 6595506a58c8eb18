//! A comma or a ` #` ended a sentence that was not in quotes.
//!
//! ## What
//! Inside `{ … }` a comma begins a new key, so `{ judge: Errors, or anything odd }` says `judge: Errors` and a key `or anything
//! odd` without a value. A blank with `#` begins a comment anywhere. The comma is found where what follows it has no
//! value, or has a blank in its name. The ` #` is found after a text of two words or more where one blank stands before
//! it and a letter or a digit directly after it (`Fixes issue #3`); write a blank after `#` if it is a comment.
//!
//! ## Why
//! The rest of the sentence would be missing in the runbook, which is where it is needed.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: { above: 500, judge: Jobs are lost, or their order is wrong }
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
//!     rollback: { above: 500, judge: "Jobs are lost, or their order is wrong" }
//! ```

mod number;

use super::{Check, Lint, bad_duration, bad_quantity, threshold_order};
use crate::diag::Diagnostic;
use crate::source::{Sources, Span};
use crate::spec::structure::Place;
use crate::syntax::{Entry, Kind, Node, Style};
use number::{is_digits, number};

/// The lint.
pub static LINT: Lint = Lint::law("text-cut-short", include_str!("text_cut_short.rs"), Check::Reading);

/// The finding for an unknown key that is the rest of a sentence; `None` when it is a key.
#[must_use]
pub fn at_comma(node: &Node, name: &str) -> Option<Diagnostic> {
    let at = node.entries().iter().position(|entry| entry.key.value == name)?;
    let before = node.entries().get(at.checked_sub(1)?)?;
    let rests: Vec<&Entry> = node.entries()[at..].iter().take_while(|entry| is_rest(entry)).collect();
    if !node.flow || rests.is_empty() || !is_plain(&before.value) {
        return None;
    }
    Some(comma(before, &rests))
}

/// Whether an unknown key is a further part of a sentence, of which its first part has told.
#[must_use]
pub fn goes_on(node: &Node, name: &str) -> bool {
    let Some(at) = node.entries().iter().position(|entry| entry.key.value == name) else { return false };
    let mut before = node.entries()[..at].iter().rev();
    let parts = before.by_ref().take_while(|entry| entry.value.is_null()).collect::<Vec<_>>();
    let is_part = |entry: &&Entry| entry.key.value.contains(' ') || is_digits(&entry.key.value);
    let text = node.entries().get(at.wrapping_sub(parts.len() + 1));
    node.flow
        && node.entries().get(at).is_some_and(is_rest)
        && !parts.is_empty()
        && parts.iter().all(is_part)
        && text.is_some_and(|entry| is_plain(&entry.value))
}

/// Whether a key looks like the rest of a sentence.
fn is_rest(entry: &Entry) -> bool {
    entry.value.is_null() || entry.key.value.contains(' ')
}

fn is_plain(node: &Node) -> bool {
    matches!(&node.kind, Kind::Scalar(scalar) if scalar.style == Style::Plain)
}

fn comma(before: &Entry, rests: &[&Entry]) -> Diagnostic {
    let (key, text) = (&before.key.value, before.value.as_text().unwrap_or(""));
    let tails: Vec<&str> = rests.iter().map(|rest| rest.key.value.as_str()).collect();
    let finding = LINT
        .finding(format!("a comma ended the text of `{key}`: it now says only `{text}`"))
        .labels(rests.first().map(|rest| (rest.key.span, "read as a key of its own".to_owned())))
        .label(before.value.span, "the text ends here");
    if let Some(advice) = number(key, text, &tails) {
        return finding.help(advice);
    }
    // Between digits a comma has no blank behind it.
    let joint = |tail: &str| {
        let within =
            text.ends_with(|c: char| c.is_ascii_digit()) && tail.starts_with(|c: char| c.is_ascii_digit());
        if within { "," } else { ", " }
    };
    let mut whole = text.to_owned();
    for (number, tail) in tails.iter().enumerate() {
        whole.push_str(if number == 0 { joint(tail) } else { ", " });
        whole.push_str(tail);
    }
    let whole = whole.replace('\\', "\\\\").replace('"', "\\\"");
    let more = if rests.iter().all(|rest| rest.value.is_null()) { "" } else { " …" };
    finding.help(format!("quote this sentence: `{key}: \"{whole}{more}\"`"))
}

/// Drops what is told of a number that is only the beginning of the one that was written.
pub fn drop_consequences(findings: &mut Vec<Diagnostic>) {
    let cut = findings.iter().filter(|finding| finding.lint == LINT.name);
    let texts: Vec<Span> = cut.filter_map(|finding| finding.labels.get(1)).map(|label| label.span).collect();
    let of_numbers = [bad_duration::LINT.name, bad_quantity::LINT.name, threshold_order::LINT.name];
    findings.retain(|finding| {
        let about_cut = || finding.labels.iter().any(|label| texts.contains(&label.span));
        !of_numbers.contains(&finding.lint) || !about_cut()
    });
}

/// The finding for a free key without a value that is the rest of a sentence (`facts: { Pods: 2 new, 10 old }`).
#[must_use]
pub fn in_table(place: &Place<'_>) -> Option<Diagnostic> {
    // The path is a JSON pointer.
    let name = &place.path.rsplit('/').next()?.replace("~1", "/").replace("~0", "~");
    let is_rest = name.contains(' ') || (is_digits(name) && name.len() == 3);
    if !place.node.is_null() || !place.node.flow || !is_rest {
        return None;
    }
    let finding = LINT
        .finding(format!("a comma ended a text, and `{name}` became a key without a value"))
        .label(place.key.unwrap_or(place.node.span), "read as a key of its own")
        .help("put the whole text before it in quotes, comma included");
    Some(finding)
}

/// Every text of a file that a ` #` ended.
#[must_use]
pub fn by_comments(sources: &Sources, root: &Node) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        open.extend(node.items());
        open.extend(node.entries().iter().map(|entry| &entry.value));
        if is_plain(node)
            && let Some(comment) = comment(sources, node)
        {
            found.push(
                LINT.finding(format!(
                    "a `#` ended this text: it now says only `{}`",
                    node.as_text().unwrap_or("")
                ))
                .label(comment, "read as a comment")
                .label(node.span, "the text ends here")
                .help("quote this sentence; if it is a comment, put a blank after `#`"),
            );
        }
    }
    found
}

/// The comment directly after a text, where it looks like a part of it.
fn comment(sources: &Sources, node: &Node) -> Option<Span> {
    let text = &sources.get(node.span.file).text;
    let words = text.get(node.span.range())?.split_whitespace().count();
    let end = node.span.range().end;
    let rest = text.get(end..)?.lines().next()?;
    let mut after = rest.strip_prefix(" #")?.chars();
    let joined = after.next().is_some_and(char::is_alphanumeric);
    (words > 1 && joined).then(|| Span::new(node.span.file, end + 1..end + rest.trim_end().len()))
}
