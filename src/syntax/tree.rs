//! The parser's events, put together to a tree.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, ScalarStyle, StructureStyle};

use super::parse::{MAX_DEPTH, MAX_NODES};
use super::{Entry, Kind, Node, Scalar, Style, scan, words};
use crate::diag::Diagnostic;
use crate::source::{FileId, Span, Spanned};

/// A limit was reached: the finding is written, and reading on would cost too much.
pub(super) struct Stop;

/// The tree as far as it is read.
pub(super) struct Builder<'a> {
    text: &'a str,
    file: FileId,
    /// Whether `<<` is replaced by what it stands for.
    merging: bool,
    findings: Vec<Diagnostic>,
    stack: Vec<Frame>,
    anchors: HashMap<usize, Value>,
    spent: usize,
    last_end: usize,
    last_scalar: Option<Range<usize>>,
    root: Option<Node>,
}

/// A list or mapping that is not closed yet.
struct Frame {
    body: Body,
    place: Range<usize>,
    flow: bool,
    brackets: bool,
    anchor: usize,
    cost: usize,
    height: usize,
}

enum Body {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, seen: HashMap<String, Span>, key: Pending },
}

/// What the mapping waits for.
enum Pending {
    Key,
    ValueOf(Spanned<String>),
    /// The key was at fault; its value is read and left out.
    ValueOfNone,
}

/// A finished value, what it costs to repeat, and where it (or the alias for it) is written.
#[derive(Clone)]
struct Value {
    node: Node,
    cost: usize,
    height: usize,
    place: Range<usize>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(text: &'a str, file: FileId, merging: bool) -> Self {
        Self {
            text,
            file,
            merging,
            findings: Vec::new(),
            stack: Vec::new(),
            anchors: HashMap::new(),
            spent: 0,
            last_end: 0,
            last_scalar: None,
            root: None,
        }
    }

    /// Where the last event ended.
    pub(super) fn last_end(&self) -> usize {
        self.last_end
    }

    /// The scalar that was read last.
    pub(super) fn last_scalar(&self) -> Option<Range<usize>> {
        self.last_scalar.clone()
    }

    /// The opening bracket of the innermost flow value that is not closed yet.
    pub(super) fn open_flow(&self) -> Option<usize> {
        self.stack.iter().rev().find(|frame| frame.brackets).map(|frame| frame.place.start)
    }

    pub(super) fn take_findings(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.findings)
    }

    /// The root of the first document.
    pub(super) fn finish(self) -> Option<Node> {
        self.root
    }

    pub(super) fn event(&mut self, event: Event<'_>, place: granit_parser::Span) -> Result<(), Stop> {
        if let Some(tag) = place.tag_span().and_then(|tag| tag.byte_range()) {
            self.findings.push(words::tag(self.file, self.text, tag));
        }
        let range = self.inside(place.byte_range().unwrap_or(0..0));
        let raw_end = range.end;
        match event {
            Event::Scalar(text, style, anchor, _) => self.scalar(text, style, anchor, range)?,
            Event::SequenceStart(style, anchor, _) => {
                self.open(Body::List(Vec::new()), style, anchor, range)?
            }
            Event::MappingStart(style, anchor, _) => {
                let body = Body::Map { entries: Vec::new(), seen: HashMap::new(), key: Pending::Key };
                self.open(body, style, anchor, range)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range)?,
            Event::Alias(id) => self.alias(id, range)?,
            Event::UnresolvedAlias(name) => {
                self.findings.push(words::unknown_alias(self.file, range.clone(), &name));
                self.as_written(range)?;
            }
            _ => {}
        }
        self.last_end = self.last_end.max(raw_end);
        Ok(())
    }

    fn inside(&self, range: Range<usize>) -> Range<usize> {
        let start = scan::boundary(self.text, range.start);
        start..scan::boundary(self.text, range.end).max(start)
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        range: Range<usize>,
    ) -> Result<(), Stop> {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        let absent = style == Style::Plain && range.is_empty();
        let range = match style {
            Style::Literal | Style::Folded => self.block_text(range),
            _ if absent => self.after_colon(range),
            _ => range,
        };
        if matches!(style, Style::Literal | Style::Folded) && text.is_empty() {
            self.findings.extend(words::comparison_as_block(self.file, self.text, range.clone()));
        }
        let null = style == Style::Plain && (absent || matches!(&*text, "~" | "null" | "Null" | "NULL"));
        let kind = if null { Kind::Null } else { Kind::Scalar(Scalar { text: text.into_owned(), style }) };
        self.last_scalar = Some(range.clone());
        self.leaf(kind, range, anchor)
    }

    /// The parser's place for `|` and `>` begins with the words; ours with the sign, and ends with the last word.
    fn block_text(&self, range: Range<usize>) -> Range<usize> {
        let sign = scan::next_value(self.text, self.last_end).min(range.start);
        let written = self.text[..range.end].trim_end_matches([' ', '\t', '\r', '\n']).len();
        sign..written.max(sign + 1).min(self.text.len())
    }

    /// The parser places a value that is absent before the colon.
    fn after_colon(&self, range: Range<usize>) -> Range<usize> {
        let rest = &self.text[range.end..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let waiting =
            matches!(self.stack.last(), Some(Frame { body: Body::Map { key: Pending::ValueOf(_), .. }, .. }));
        let at = range.end + blanks + 1;
        if waiting && rest[blanks..].starts_with(':') { at..at } else { range }
    }

    fn leaf(&mut self, kind: Kind, range: Range<usize>, anchor: usize) -> Result<(), Stop> {
        let length = if let Kind::Scalar(scalar) = &kind { scalar.text.len() } else { 0 };
        let flow = self.stack.last().is_some_and(|frame| frame.flow);
        let node = Node { kind, span: self.span(range.clone()), flow };
        self.value(Value { node, cost: 1 + length / 64, height: 0, place: range }, anchor)
    }

    /// The alias stands in for itself, so that what surrounds it can still be judged.
    fn as_written(&mut self, range: Range<usize>) -> Result<(), Stop> {
        let text = self.text[range.clone()].to_owned();
        self.leaf(Kind::Scalar(Scalar { text, style: Style::Plain }), range, 0)
    }

    fn alias(&mut self, id: usize, range: Range<usize>) -> Result<(), Stop> {
        let Some(named) = self.anchors.get(&id) else {
            let around = self.stack.iter().find(|frame| frame.anchor == id).map(|frame| frame.place.start);
            self.findings.push(words::alias_in_itself(self.file, self.text, range.clone(), around));
            return self.as_written(range);
        };
        if self.stack.len() + named.height > MAX_DEPTH {
            self.findings.push(words::too_deep(self.file, range));
            return Err(Stop);
        }
        if self.spent.saturating_add(named.cost) > MAX_NODES {
            self.findings.push(words::too_many(self.file, range));
            return Err(Stop);
        }
        let copy = Value { place: range, ..named.clone() };
        self.value(copy, 0)
    }

    fn open(
        &mut self,
        body: Body,
        style: StructureStyle,
        anchor: usize,
        range: Range<usize>,
    ) -> Result<(), Stop> {
        if self.stack.len() >= MAX_DEPTH {
            self.findings.push(words::too_deep(self.file, range.start..range.start));
            return Err(Stop);
        }
        let brackets = style == StructureStyle::Flow && !range.is_empty();
        let range = match body {
            Body::List(_) if style == StructureStyle::Block => self.starting_at_dash(range),
            _ => range,
        };
        if style == StructureStyle::Block {
            self.findings.extend(words::tab_before(self.file, self.text, range.start));
        }
        let flow = style == StructureStyle::Flow || self.stack.last().is_some_and(|frame| frame.flow);
        self.stack.push(Frame { body, place: range, flow, brackets, anchor, cost: 1, height: 1 });
        Ok(())
    }

    /// The parser places a list that is indented like its key at its first item, past the dash.
    fn starting_at_dash(&self, range: Range<usize>) -> Range<usize> {
        let dash = scan::next_dash(self.text, self.last_end).filter(|dash| *dash < range.start);
        dash.unwrap_or(range.start)..range.end
    }

    fn close(&mut self, end: Range<usize>) -> Result<(), Stop> {
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        // A block value has no sign of its own at its end, so it ends with what it holds.
        let end = if frame.brackets { end.end } else { frame.place.end };
        let place = frame.place.start..end.max(frame.place.start);
        let kind = match frame.body {
            Body::List(items) => Kind::Sequence(items),
            Body::Map { entries, .. } => Kind::Mapping(if self.merging { merged(entries) } else { entries }),
        };
        let node = Node { kind, span: self.span(place.clone()), flow: frame.flow };
        // What it holds is paid for already.
        self.spent = self.spent.saturating_sub(frame.cost - 1);
        self.value(Value { node, cost: frame.cost, height: frame.height, place }, frame.anchor)
    }

    fn value(&mut self, value: Value, anchor: usize) -> Result<(), Stop> {
        let copies = if anchor > 0 { 2 } else { 1 };
        self.spent = self.spent.saturating_add(value.cost.saturating_mul(copies));
        if self.spent > MAX_NODES {
            self.findings.push(words::too_many(self.file, scan::one_character(self.text, value.place.start)));
            return Err(Stop);
        }
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        self.place(value);
        Ok(())
    }

    fn place(&mut self, value: Value) {
        let Some(frame) = self.stack.last_mut() else {
            self.root.get_or_insert(value.node);
            return;
        };
        frame.place.end = frame.place.end.max(value.place.end);
        frame.place.start = frame.place.start.min(value.place.start);
        frame.cost += value.cost;
        frame.height = frame.height.max(value.height + 1);
        match &mut frame.body {
            Body::List(items) => items.push(value.node),
            Body::Map { entries, seen, key } => match std::mem::replace(key, Pending::Key) {
                Pending::Key => {
                    let merging = self.merging;
                    *key = take_key(self.file, self.text, &value, seen, &mut self.findings, merging);
                }
                Pending::ValueOfNone => {}
                Pending::ValueOf(name) => {
                    if frame.brackets && value.node.is_null() && value.place.is_empty() {
                        self.findings.extend(words::no_space_in_flow(self.text, &name));
                    }
                    entries.push(Entry { key: name, value: value.node });
                }
            },
        }
    }
}

fn take_key(
    file: FileId,
    text: &str,
    key: &Value,
    seen: &mut HashMap<String, Span>,
    findings: &mut Vec<Diagnostic>,
    merging: bool,
) -> Pending {
    let span = Span::new(file, key.place.clone());
    let (name, plain) = match &key.node.kind {
        Kind::Scalar(scalar) => (scalar.text.clone(), scalar.style == Style::Plain),
        Kind::Null => (text[key.node.span.range()].to_owned(), true),
        Kind::Sequence(_) | Kind::Mapping(_) => {
            findings.push(words::key_not_text(text, &key.node));
            return Pending::ValueOfNone;
        }
    };
    if plain && name == "<<" && !merging {
        findings.push(words::merge_key(span));
        return Pending::ValueOfNone;
    }
    if let Some(first) = seen.get(&name) {
        findings.push(words::written_twice(&name, span, *first));
        return Pending::ValueOfNone;
    }
    seen.insert(name.clone(), span);
    Pending::ValueOf(Spanned::new(name, span))
}

/// The entries with those that `<<` brings behind them; a key of the mapping's own goes before, and so does an earlier one
/// of several mappings.
fn merged(entries: Vec<Entry>) -> Vec<Entry> {
    let (merges, mut all): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| entry.key.value == "<<");
    for merge in merges {
        let others = match merge.value.kind {
            Kind::Sequence(items) => items,
            _ => vec![merge.value],
        };
        for entry in others.iter().flat_map(Node::entries) {
            if !all.iter().any(|own| own.key.value == entry.key.value) {
                all.push(entry.clone());
            }
        }
    }
    all
}
