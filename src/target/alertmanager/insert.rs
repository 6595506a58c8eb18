//! Items put into lists of a YAML text, at the places of its tree, without a change to any byte that is there; but for the
//! word that says that a list is empty.
//!
//! A block list gets its items as lines of its own, indented like its own; a flow list (`[…]`) gets them on its line. A
//! list that is not there is written first thing in its mapping, or at the end of the file.

use super::items::{flow_items, lines};
use crate::syntax::{Entry, Kind, Node, Style};
use serde_json::Value;
use std::ops::Range;

/// Where in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Before all others.
    First,
    /// Behind all others.
    Last,
}

/// Items for one list.
pub struct Insertion<'a> {
    /// The keys that lead to the list; all but the last one are there.
    pub path: &'a [&'a str],
    /// Where in it.
    pub at: At,
    /// The items.
    pub items: Vec<Value>,
    /// A line above them, where lines can hold a comment.
    pub comment: &'a str,
}

/// Edits of one text.
pub struct Insertions<'a> {
    text: &'a str,
    root: &'a Node,
    /// Bytes and what comes in their place, in the order in which they were added.
    edits: Vec<(Range<usize>, String)>,
}

impl<'a> Insertions<'a> {
    /// No edits yet of a text with that tree.
    pub fn new(text: &'a str, root: &'a Node) -> Self {
        Self { text, root, edits: Vec::new() }
    }

    /// The text with all edits.
    pub fn text(mut self) -> String {
        // The sort keeps the order of what goes to one place.
        self.edits.sort_by_key(|(range, _)| range.start);
        let mut out = String::new();
        let mut from = 0;
        for (range, new) in &self.edits {
            out.push_str(self.text.get(from..range.start).unwrap_or_default());
            // A text may end without a line break; what follows begins on a line of its own.
            if new.ends_with('\n') && !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
            out.push_str(new);
            from = range.end;
        }
        out.push_str(self.text.get(from..).unwrap_or_default());
        out
    }

    /// Adds items to a list.
    pub fn add(&mut self, insertion: &Insertion<'_>) {
        let Some((key, above)) = insertion.path.split_last() else { return };
        let (mut parent, mut head) = (self.root, 0);
        for step in above {
            let Some(entry) = parent.get(step) else { return };
            (parent, head) = (&entry.value, self.line_end(entry.key.span.range().end));
        }
        match parent.get(key) {
            Some(entry) => match &entry.value.kind {
                Kind::Sequence(items) if entry.value.flow => self.flow_list(&entry.value, items, insertion),
                Kind::Sequence(items) => self.block_list(entry, items, insertion),
                _ => self.nothing(parent, entry, insertion),
            },
            None => self.absent(parent, head, key, insertion),
        }
    }

    fn flow_list(&mut self, list: &Node, items: &[Node], insertion: &Insertion<'_>) {
        let range = list.span.range();
        let ours = flow_items(&insertion.items);
        let edit = match (insertion.at, items.last()) {
            (_, None) => (range.start + 1, ours),
            (At::First, _) => (range.start + 1, format!("{ours}, ")),
            // An alias is written elsewhere; the list's own bracket is the only place that is sure.
            (At::Last, Some(last)) if !inside(&last.span.range(), &range) => {
                (range.end.saturating_sub(1), format!(", {ours}"))
            }
            (At::Last, Some(last)) => (last.span.range().end, format!(", {ours}")),
        };
        self.edits.push((edit.0..edit.0, edit.1));
    }

    fn block_list(&mut self, entry: &Entry, items: &[Node], insertion: &Insertion<'_>) {
        let range = entry.value.span.range();
        let column = self.column(range.start);
        let at = match insertion.at {
            At::First => self.line_end(entry.key.span.range().end),
            At::Last => self.after_block(range.end, column, items.last()),
        };
        self.edits.push((at..at, lines(&insertion.items, column, insertion.comment)));
    }

    /// A key without a value, or with `null`.
    fn nothing(&mut self, parent: &Node, entry: &Entry, insertion: &Insertion<'_>) {
        let range = entry.value.span.range();
        if parent.flow || !range.is_empty() {
            let gap = if range.is_empty() { " " } else { "" };
            self.edits.push((range, format!("{gap}[{}]", flow_items(&insertion.items))));
            return;
        }
        let column = self.column(entry.key.span.range().start) + 2;
        let at = self.line_end(entry.key.span.range().end);
        self.edits.push((at..at, lines(&insertion.items, column, insertion.comment)));
    }

    /// A list that is not there; a first one is written at `head`, the line below the mapping's own key.
    fn absent(&mut self, parent: &Node, head: usize, key: &str, insertion: &Insertion<'_>) {
        let range = parent.span.range();
        if parent.flow {
            let gap = if parent.entries().is_empty() { "" } else { ", " };
            let new = format!("\"{key}\": [{}]{gap}", flow_items(&insertion.items));
            self.edits.push((range.start + 1..range.start + 1, new));
            return;
        }
        let own = parent.entries().iter().find(|entry| inside(&entry.key.span.range(), &range));
        let column = own.map_or(0, |entry| self.column(entry.key.span.range().start));
        let at = match insertion.at {
            At::First => head,
            At::Last => self.document_end(range.end),
        };
        let items = lines(&insertion.items, column + 2, insertion.comment);
        self.edits.push((at..at, format!("{}{key}:\n{items}", " ".repeat(column))));
    }

    /// How many characters stand before a byte on its line.
    fn column(&self, at: usize) -> usize {
        self.text.get(self.line_start(at)..at).unwrap_or_default().chars().count()
    }

    fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
    }

    /// Where the line after a byte begins.
    fn line_end(&self, at: usize) -> usize {
        self.text.get(at..).and_then(|rest| rest.find('\n')).map_or(self.text.len(), |end| at + end + 1)
    }

    /// Where the lines of a block list end that holds something until `end`: behind the comments that are indented deeper
    /// than its dashes, and behind blank lines where its last text may keep them.
    fn after_block(&self, end: usize, column: usize, last: Option<&Node>) -> usize {
        let mut at = self.line_end(end);
        let keeps_blanks = last.is_some_and(ends_in_block_text);
        let mut next = at;
        while let Some(line) = self.text.get(next..).filter(|rest| !rest.is_empty()) {
            let line = line.split_inclusive('\n').next().unwrap_or_default();
            let words = line.trim_start_matches([' ', '\t']);
            let blank = words.trim().is_empty();
            let deeper = words.starts_with('#') && line.len() - words.len() > column;
            if !blank && !deeper {
                break;
            }
            next += line.len();
            if deeper || keeps_blanks {
                at = next;
            }
        }
        at
    }

    /// The end of the document, before a line that ends it by itself.
    fn document_end(&self, end: usize) -> usize {
        let mut at = self.line_end(end);
        while let Some(line) = self.text.get(at..).filter(|rest| !rest.is_empty()) {
            if line.starts_with("...") || line.starts_with("---") {
                break;
            }
            at = self.line_end(at);
        }
        at
    }
}

fn inside(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Whether the last thing in a value is a text in block style, whose end may have blank lines that count.
fn ends_in_block_text(node: &Node) -> bool {
    match &node.kind {
        Kind::Scalar(scalar) => matches!(scalar.style, Style::Literal | Style::Folded),
        Kind::Sequence(items) => items.last().is_some_and(ends_in_block_text),
        Kind::Mapping(entries) => entries.last().is_some_and(|entry| ends_in_block_text(&entry.value)),
        Kind::Null => false,
    }
}
