//! From a text to its tree: what can be refused by looking, then the parser's events, then the tree.

use granit_parser::{Event, Parser, options};

use super::explain::{Around, explain};
use super::scan::{self, fault};
use super::tree::Builder;
use super::{MAX_BYTES, Node, words};
use crate::diag::{Diagnostic, Label};
use crate::source::{FileId, Sources, Span};

/// The most values that a file may hold once its aliases are replaced. A text counts once more per 64 bytes.
pub const MAX_NODES: usize = 200_000;

/// The most bytes that a file of our own may have: 64 MiB.
const MAX_MADE_BYTES: usize = 64 << 20;

/// How deep lists and mappings may stand in one another.
pub const MAX_DEPTH: usize = 64;

/// How many stray control characters are pointed out one by one.
const CONTROLS_SHOWN: usize = 10;

/// The tree of a text. Every fault goes to `sink`, under `yaml-syntax` or, for a key written twice, `duplicate-id`.
/// `None` when the text has no tree: it is empty, too large, or breaks off at a fault of syntax.
/// The tree of a text with lesser faults leaves out what was at fault.
#[must_use]
pub fn parse(sources: &Sources, file: FileId, sink: &mut Vec<Diagnostic>) -> Option<Node> {
    read(sources, file, MAX_BYTES, false, sink)
}

/// The same for a file that this program has made, which may be larger than what people write.
#[must_use]
pub fn parse_made(sources: &Sources, file: FileId, sink: &mut Vec<Diagnostic>) -> Option<Node> {
    read(sources, file, MAX_MADE_BYTES, false, sink)
}

/// The same for a file of another program that takes merge keys, and we may have added to: they are replaced by what they
/// stand for, and it may be larger than what people write.
#[must_use]
pub fn parse_merging(sources: &Sources, file: FileId, sink: &mut Vec<Diagnostic>) -> Option<Node> {
    read(sources, file, MAX_MADE_BYTES, true, sink)
}

fn read(
    sources: &Sources,
    file: FileId,
    most: usize,
    merging: bool,
    sink: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let text = sources.get(file).text.as_str();
    if text.len() > most {
        sink.push(words::too_large(file, text.len(), most));
        return None;
    }
    if controls(text, file, sink) {
        return None;
    }
    read_events(text, file, merging, sink)
}

/// Reports characters that no YAML text may hold.
fn controls(text: &str, file: FileId, sink: &mut Vec<Diagnostic>) -> bool {
    let forbidden = |c: char| match c {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\u{FFFE}' | '\u{FFFF}' => true,
        _ => c.is_control(),
    };
    let found = text.char_indices().filter(|(_, c)| forbidden(*c)).take(CONTROLS_SHOWN);
    let before = sink.len();
    sink.extend(found.map(|(at, c)| words::control_character(file, at, c)));
    sink.len() > before
}

fn read_events(text: &str, file: FileId, merging: bool, sink: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut limits = options! {
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
        emit_unresolved_aliases: true
    };
    // Comments between a key and its value are many in well-kept files, and the parser would cap them.
    limits.set_emit_comments(false);
    let mut tree = Builder::new(text, file, merging);
    let mut first: Option<Span> = None;
    for step in Parser::new_from_str_with_options(text, limits) {
        let (event, place) = match step {
            Ok(step) => step,
            Err(error) => {
                let around = Around {
                    text,
                    file,
                    last: tree.last_end(),
                    scalar: tree.last_scalar(),
                    open: tree.open_flow(),
                };
                sink.append(&mut tree.take_findings());
                sink.push(explain(&around, &error));
                return None;
            }
        };
        if let Event::DocumentStart(explicit, _) = event {
            let at = scan::boundary(text, place.byte_range().map_or(0, |range| range.start));
            let here = Span::new(file, at..if explicit { (at + 3).min(text.len()) } else { at });
            sink.extend(directives(text, file, tree.last_end(), at));
            if let Some(first) = first {
                sink.append(&mut tree.take_findings());
                sink.push(second_document(file, here, first));
                return tree.finish().filter(|root| !root.is_null());
            }
            first = Some(here);
            if !explicit {
                continue;
            }
        }
        if tree.event(event, place).is_err() {
            sink.append(&mut tree.take_findings());
            return None;
        }
    }
    sink.append(&mut tree.take_findings());
    finish(text, file, tree, sink)
}

fn finish(text: &str, file: FileId, tree: Builder<'_>, sink: &mut Vec<Diagnostic>) -> Option<Node> {
    match tree.finish() {
        Some(root) if !root.is_null() || !root.span.range().is_empty() => {
            let fault = words::root_without_space(text, &root);
            let sound = fault.is_none();
            sink.extend(fault);
            sound.then_some(root)
        }
        _ => {
            sink.push(words::empty(file, text));
            None
        }
    }
}

fn second_document(file: FileId, second: Span, first: Span) -> Diagnostic {
    let mut finding = fault(
        file,
        second.range(),
        "this file holds more than one document",
        "a second document begins here",
        "a file describes one release: remove this `---`, or move what follows it to a file of its own",
    );
    finding.labels.push(Label { span: first, text: "the first begins here".to_owned() });
    finding
}

/// Lines such as `%YAML 1.1` before the document that starts at `end`.
fn directives(text: &str, file: FileId, start: usize, end: usize) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut at = start.min(end);
    for line in text[at..end].split_inclusive('\n') {
        let words = line.split('#').next().unwrap_or(line).split_whitespace().collect::<Vec<_>>();
        if line.starts_with('%') && words != ["%YAML", "1.2"] {
            findings.push(words::directive(file, at..at + line.trim_end().len()));
        }
        at += line.len();
    }
    findings
}
