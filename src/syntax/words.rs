//! What is said about faults that the parser lets pass.

use std::ops::Range;

use super::parse::{MAX_DEPTH, MAX_NODES};
use super::scan::{self, fault};
use super::{Kind, Node, Style};
use crate::diag::{Diagnostic, Label};
use crate::source::{FileId, Span, Spanned};

pub(super) fn too_large(file: FileId, bytes: usize, most: usize) -> Diagnostic {
    let unit = most >> 20;
    let message = format!("this file is too large: {bytes} bytes, and the limit is {most} ({unit} MiB)");
    fault(file, 0..0, message, "this file", "describe one release per file, and keep data out of it")
}

pub(super) fn empty(file: FileId, text: &str) -> Diagnostic {
    let message = match () {
        () if text.trim_start_matches('\u{FEFF}').trim().is_empty() => "this file is empty",
        () => "this file describes nothing: all that it holds are comments or empty documents",
    };
    fault(
        file,
        0..0,
        message,
        "nothing here",
        "write a release into it, or put `_` before its name to leave it out",
    )
}

pub(super) fn control_character(file: FileId, at: usize, character: char) -> Diagnostic {
    let message = format!("the control character U+{:04X} may not stand in this file", u32::from(character));
    let help = "remove it; if it was meant, write it as an escape inside double quotes, such as \"\\x07\"";
    fault(file, at..at + character.len_utf8(), message, "an invisible character", help)
}

pub(super) fn directive(file: FileId, range: Range<usize>) -> Diagnostic {
    let help = "remove this line: files are read as YAML 1.2, and no other instruction has an effect";
    fault(file, range, "instructions to the YAML reader have no meaning here", "begins with `%`", help)
}

pub(super) fn tag(file: FileId, text: &str, range: Range<usize>) -> Diagnostic {
    let written = text.get(range.clone()).unwrap_or("!");
    let help = match written {
        "!!str" => "remove it, and put the value in quotes".to_owned(),
        _ => "remove it; if `!` belongs to the text, put the whole value in quotes".to_owned(),
    };
    fault(file, range.clone(), format!("tags such as `{written}` have no meaning here"), "a tag", help)
}

pub(super) fn too_deep(file: FileId, range: Range<usize>) -> Diagnostic {
    let message = format!("lists and mappings stand more than {MAX_DEPTH} deep in one another");
    fault(
        file,
        range,
        message,
        "this one is too deep",
        "a release needs fewer than ten levels: check the brackets",
    )
}

pub(super) fn too_many(file: FileId, range: Range<usize>) -> Diagnostic {
    let message = format!("this file holds more than {MAX_NODES} values once its aliases are replaced");
    let help = "use fewer aliases (`*name`), and describe one release per file";
    fault(file, range, message, "the limit is reached here", help)
}

pub(super) fn unknown_alias(file: FileId, range: Range<usize>, name: &str) -> Diagnostic {
    let message = format!("`*{name}` repeats a value that has no name `&{name}` above it");
    let help = format!(
        "if it is text, put it in quotes: \"*{name}\"; else write `&{name}` before the value to repeat"
    );
    fault(file, range, message, "an unquoted `*` begins an alias", help)
}

pub(super) fn alias_in_itself(
    file: FileId,
    text: &str,
    range: Range<usize>,
    around: Option<usize>,
) -> Diagnostic {
    let name = text.get(range.clone()).unwrap_or("*");
    let message = format!("`{name}` stands inside the value that it repeats");
    let mut finding = fault(file, range.clone(), message, "this has no end", "write the value out");
    if let Some(start) = around {
        let span = Span::new(file, scan::one_character(text, start));
        finding.labels.push(Label { span, text: "the value that is repeated begins here".to_owned() });
    }
    finding
}

/// A block list or mapping that a tab moves to its place, before it or after a dash.
pub(super) fn tab_before(file: FileId, text: &str, start: usize) -> Option<Diagnostic> {
    let line = scan::line_start(text, start);
    let before = &text[line..start];
    let tab = before.find('\t').filter(|_| before.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'-')))?;
    Some(tab_at(file, line + tab))
}

/// A text that is all one word, since no colon in it is followed by a space.
pub(super) fn root_without_space(text: &str, root: &Node) -> Option<Diagnostic> {
    let line = scan::rest_of_line(text, root.span.range().start);
    let plain = matches!(&root.kind, Kind::Scalar(scalar) if scalar.style == Style::Plain);
    if let Some(finding) = wide_colon(root.span.file, text, line.clone()).filter(|_| plain) {
        return Some(finding);
    }
    let (name, value) =
        text[line.clone()].split_once(':').filter(|(name, _)| plain && !name.contains(' '))?;
    (!value.is_empty() && !value.starts_with('/')).then(|| no_space(root.span.file, line, name, value))
}

pub(super) fn tab_at(file: FileId, tab: usize) -> Diagnostic {
    let help = "use spaces: two for each level; most editors have a setting for it";
    fault(file, tab..tab + 1, "a line is indented with a tab", "this is a tab", help)
}

/// `warn: >1` is a block of text in YAML, and an empty one.
pub(super) fn comparison_as_block(file: FileId, text: &str, range: Range<usize>) -> Option<Diagnostic> {
    let written = scan::rest_of_line(text, range.start);
    let digit = text[written.clone()].chars().any(|c| c.is_ascii_digit());
    digit.then(|| comparison(file, text, written))
}

pub(super) fn comparison(file: FileId, text: &str, written: Range<usize>) -> Diagnostic {
    let value = &text[written.clone()];
    let bound = value.trim_start_matches(['>', '=', ' ']);
    let key = text[scan::line_start(text, written.start)..written.start].trim_end_matches([' ', '\t']);
    let key = key.strip_suffix(':').and_then(|key| key.rsplit([' ', '{', ',', '[']).next()).unwrap_or("warn");
    let message = format!("`{value}` is not a comparison: in YAML, `>` begins a block of text");
    fault(file, written, message, "read as a block of text", format!("write `{key}: {{ above: {bound} }}`"))
}

pub(super) fn no_space_in_flow(text: &str, key: &Spanned<String>) -> Option<Diagnostic> {
    let (name, value) = key.value.split_once(':')?;
    let quoted = text[key.span.range()].starts_with(['"', '\'']);
    (!quoted && !name.is_empty()).then(|| no_space(key.span.file, key.span.range(), name, value))
}

pub(super) fn no_space(file: FileId, range: Range<usize>, name: &str, value: &str) -> Diagnostic {
    let help = format!("write `{name}: {value}`; if this is text, put it in quotes");
    fault(
        file,
        range,
        format!("there is no space after the colon in `{name}:{value}`"),
        "read as one word",
        help,
    )
}

/// The full-width colon of Chinese and Japanese keyboards, written for YAML's own.
pub(super) fn wide_colon(file: FileId, text: &str, line: Range<usize>) -> Option<Diagnostic> {
    let (name, value) = text[line.clone()].split_once('：').filter(|(name, _)| !name.contains([' ', ':']))?;
    let colon = line.start + name.len();
    let help = format!("write `{name}: {}`", value.trim_start());
    let message = "a full-width colon does not separate a key from its value";
    Some(fault(file, colon..colon + '：'.len_utf8(), message, "a full-width colon", help))
}

pub(super) fn key_not_text(text: &str, key: &Node) -> Diagnostic {
    let what = if matches!(key.kind, Kind::Sequence(_)) { "a list" } else { "a mapping" };
    let braces = text[..key.span.start as usize].ends_with('{') && text[key.span.range()].starts_with('{');
    let (label, help) = match braces {
        true => (
            "`{{` opens two mappings",
            "if this is a template such as `{{ name }}`, put the whole value in quotes",
        ),
        false => ("this is the key", "write one word or one text before the colon"),
    };
    fault(key.span.file, key.span.range(), format!("a key is text, not {what}"), label, help)
}

pub(super) fn merge_key(span: Span) -> Diagnostic {
    let help = "write the keys out, or share them through `defaults` or an id in `relspec.yaml`";
    let message = "merge keys (`<<`) are not part of YAML 1.2 and have no meaning here";
    fault(span.file, span.range(), message, "a merge key", help)
}

pub(super) fn written_twice(name: &str, again: Span, first: Span) -> Diagnostic {
    let message = format!("the key `{name}` is written twice in one mapping");
    let mut finding =
        fault(again.file, again.range(), message, "again here", "remove one of the two, or rename it");
    finding.lint = "duplicate-id";
    finding.labels.push(Label { span: first, text: "first here".to_owned() });
    finding
}
