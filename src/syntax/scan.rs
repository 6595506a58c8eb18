//! Small looks at the text around a place, for finding what the parser's events leave out.

use std::ops::Range;

use crate::diag::{Diagnostic, Label, Severity};
use crate::source::{FileId, Span};

/// The start of the next value after `from`: past blanks, comments, anchors, tags and the marks between values.
pub(super) fn next_value(text: &str, from: usize) -> usize {
    skip(text, from, b":-?,[{")
}

/// The dash of the next list item after `from`.
pub(super) fn next_dash(text: &str, from: usize) -> Option<usize> {
    let at = skip(text, from, b":?");
    text[at..].starts_with('-').then_some(at)
}

fn skip(text: &str, from: usize, marks: &[u8]) -> usize {
    let bytes = text.as_bytes();
    let mut at = from.min(bytes.len());
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b'#' => length_until(&bytes[at..], |byte| byte == b'\n'),
            b'&' | b'!' => length_until(&bytes[at..], |byte| byte.is_ascii_whitespace()),
            _ if byte.is_ascii_whitespace() || marks.contains(&byte) => 1,
            _ => return at,
        };
    }
    at
}

fn length_until(bytes: &[u8], stop: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|&byte| stop(byte)).unwrap_or(bytes.len())
}

/// The nearest character boundary at or before `at`.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The first byte of the line that `at` lies in.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1)
}

/// One past the last byte of the line that `at` lies in, its line break not counted.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length)
}

/// The blanks that the line begins with.
pub(super) fn indentation(text: &str, at: usize) -> Range<usize> {
    let start = line_start(text, at);
    let length = text[start..].bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    start..start + length
}

/// From `at` to the end of the line, without a comment or blanks at its end.
pub(super) fn rest_of_line(text: &str, at: usize) -> Range<usize> {
    let rest = &text[at..line_end(text, at)];
    let value = rest.split(" #").next().unwrap_or(rest).trim_end();
    at..at + value.len()
}

/// One character at `at`, or the empty place where a line or the text ends.
pub(super) fn one_character(text: &str, at: usize) -> Range<usize> {
    let at = boundary(text, at);
    let length = text[at..].chars().next().filter(|c| !matches!(c, '\n' | '\r')).map_or(0, char::len_utf8);
    at..at + length
}

/// A finding about the text's form, at one place.
pub(super) fn fault(
    file: FileId,
    range: Range<usize>,
    message: impl Into<String>,
    label: impl Into<String>,
    help: impl Into<String>,
) -> Diagnostic {
    Diagnostic {
        lint: "yaml-syntax",
        severity: Severity::Error,
        message: shorten(message.into()),
        labels: vec![Label { span: Span::new(file, range), text: label.into() }],
        help: Some(shorten(help.into())),
    }
}

/// Sentences repeat what the author wrote, which may be a line of a million characters: both ends say enough.
fn shorten(sentence: String) -> String {
    const END: usize = 150;
    if sentence.len() <= 3 * END {
        return sentence;
    }
    let tail = boundary(&sentence, sentence.len() - END);
    format!("{} … {}", &sentence[..boundary(&sentence, END)], &sentence[tail..])
}
