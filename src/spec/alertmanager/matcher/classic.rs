//! The matchers of every version: labels are classic names, values may go without quotes, braces are optional.

use super::{Matcher, operator};

/// The blanks of this form; others belong to the value.
const BLANKS: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];

/// Whether a label can be written without quotes in every version.
pub fn is_name(label: &str) -> bool {
    let begins = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':');
    label.starts_with(begins) && label.chars().all(|c| begins(c) || c.is_ascii_digit())
}

/// The matchers of one text.
///
/// # Errors
/// What is wrong.
pub fn parse(text: &str) -> Result<Vec<Matcher>, String> {
    let text = text.strip_prefix('{').unwrap_or(text);
    let text = text.strip_suffix('}').unwrap_or(text);
    let mut parts = split(text);
    // Only what follows the last comma may be blank.
    parts.pop_if(|last| last.trim().is_empty());
    parts.into_iter().map(one).collect()
}

/// The parts between commas that stand outside quotes. A comma does not end an escape, as in Alertmanager.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            ',' if !quoted => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            ',' => {}
            '"' => {
                quoted ^= !escaped;
                escaped = false;
            }
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    parts.push(&text[start..]);
    parts
}

fn one(text: &str) -> Result<Matcher, String> {
    let none = || "it has no label followed by `=`, `!=`, `=~` or `!~`".to_owned();
    let inner = text.trim_matches(BLANKS);
    let end =
        inner.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | ':')).unwrap_or(inner.len());
    let (label, rest) = inner.split_at(end);
    let (op, value) = operator(rest.trim_start_matches(BLANKS)).ok_or_else(none)?;
    if !is_name(label) {
        return Err(none());
    }
    Matcher::new(label, op, &unquoted(value.trim_matches(BLANKS))?)
}

/// A value without its quotes and escapes; a backslash that escapes nothing stays.
fn unquoted(raw: &str) -> Result<String, String> {
    let quoted = raw.strip_prefix('"');
    let body = quoted.unwrap_or(raw);
    let mut out = String::new();
    let mut chars = body.char_indices();
    let mut closed = false;
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some((_, 'n')) => out.push('\n'),
                Some((_, known @ ('"' | '\\'))) => out.push(known),
                Some((_, other)) => out.extend(['\\', other]),
                None => out.push('\\'),
            },
            '"' if quoted.is_some() && at + 1 == body.len() => closed = true,
            '"' => return Err("it has a double quote in the middle, which needs a `\\` before it".to_owned()),
            _ => out.push(c),
        }
    }
    if quoted.is_some() && !closed {
        Err("the quote at its beginning is not closed".to_owned())
    } else {
        Ok(out)
    }
}
