//! The lines of all files that one finding speaks of, short enough to be shown.
//!
//! A renderer gets one text in which the lines of several files stand one after another, and knows for each line where
//! it comes from. Long lines are cut around their label, and what a terminal would obey is shown as a sign.

mod code;

use super::place::line_starts;
use super::visible::{sign, visible};
use super::{Diagnostic, Label};
use crate::source::{FileId, Sources, floor_boundary};
use miette::{LabeledSpan, SourceSpan};
use std::collections::BTreeMap;

/// The most places of one finding that are shown.
const MOST_LABELS: usize = 12;
/// A label over more lines is shown at its first line only.
const MOST_LINES: usize = 8;
/// A longer line is cut, in characters.
const MOST_CHARS: usize = 160;
/// How much of a cut line stands before its label, in characters.
const BEFORE: usize = 48;
/// What stands where a line was cut.
const CUT: char = '…';

/// One line of one file, as it is shown.
struct Line {
    file: usize,
    /// The number in its file, from 0.
    number: usize,
    /// Where it stands in the shown text, without its line end.
    shown: std::ops::Range<usize>,
    /// What stands of it in the file, in bytes, without its line end.
    whole: std::ops::Range<usize>,
    /// What of that is shown.
    kept: std::ops::Range<usize>,
    /// How many characters of it were cut away at its beginning, less the sign that stands for them.
    skipped: usize,
}

/// What is shown of the files of one finding.
pub struct Excerpt {
    files: Vec<String>,
    text: String,
    lines: Vec<Line>,
    /// The labels as places of the shown text, the one to go to marked as primary.
    pub labels: Vec<LabeledSpan>,
    /// How many further places the finding has.
    pub more: usize,
}

impl Excerpt {
    /// What to show of a finding; without lines where its files have no text.
    #[must_use]
    pub fn new(finding: &Diagnostic, sources: &Sources) -> Self {
        let labels: Vec<&Label> = finding.labels.iter().take(MOST_LABELS).collect();
        let mut excerpt = Self {
            files: Vec::new(),
            text: String::new(),
            lines: Vec::new(),
            labels: Vec::new(),
            more: finding.labels.len() - labels.len(),
        };
        let mut files: Vec<FileId> = Vec::new();
        for label in &labels {
            if !files.contains(&label.span.file) && !sources.get(label.span.file).text.is_empty() {
                files.push(label.span.file);
            }
        }
        for file in files {
            let of_file = labels.iter().enumerate().filter(|(_, label)| label.span.file == file);
            excerpt.add(file, &of_file.map(|(n, label)| (n == 0, *label)).collect::<Vec<_>>(), sources);
        }
        excerpt
    }

    /// Adds the lines of one file and the labels on them.
    fn add(&mut self, file: FileId, labels: &[(bool, &Label)], sources: &Sources) {
        let source = sources.get(file);
        let text = source.text.as_str();
        let starts = line_starts(text);
        let line_of = |byte: usize| starts.partition_point(|start| *start <= byte).saturating_sub(1);
        self.files.push(visible(&source.path));
        let mut wanted: BTreeMap<usize, Option<usize>> = BTreeMap::new();
        let mut shown = Vec::new();
        for (primary, label) in labels {
            let range = label.span.range();
            let (start, end) = (floor_boundary(text, range.start), floor_boundary(text, range.end));
            let (first, mut last) = (line_of(start), line_of(end.max(start + 1) - 1));
            let mut end = end;
            if last - first >= MOST_LINES {
                last = first;
                end = end_of_line(text, &starts, first);
            }
            for line in first.saturating_sub(1)..=(last + 1).min(starts.len() - 1) {
                wanted.entry(line).or_insert(None);
            }
            wanted.entry(first).and_modify(|at| *at = Some(at.map_or(start, |at| at.min(start))));
            shown.push((*primary, start, end, label.text.clone()));
        }
        let from = self.lines.len();
        for (number, label) in wanted {
            let whole = starts[number]..end_of_line(text, &starts, number);
            // The line after the last line end is no line.
            if whole.is_empty() && number + 1 == starts.len() && label.is_none() {
                continue;
            }
            self.push_line(text, number, whole, label);
        }
        for (primary, start, end, text) in shown {
            let place =
                self.at(from, start, false)..self.at(from, end, true).max(self.at(from, start, false));
            let text = (!text.is_empty()).then(|| visible(&text));
            let span = SourceSpan::from((place.start, place.len()));
            self.labels.push(match primary {
                true => LabeledSpan::new_primary_with_span(text, span),
                false => LabeledSpan::new_with_span(text, span),
            });
        }
    }

    fn push_line(&mut self, text: &str, number: usize, whole: std::ops::Range<usize>, label: Option<usize>) {
        let line = &text[whole.clone()];
        let mut kept = whole.clone();
        let mut skipped = 0;
        let from = self.text.len();
        if let Some((end, _)) = line.char_indices().nth(MOST_CHARS) {
            kept.end = whole.start + end;
            let before = label.and_then(|at| line.get(..at.checked_sub(whole.start)?)).unwrap_or_default();
            if let Some((start, _)) = before.char_indices().rev().nth(BEFORE - 1)
                && start > 0
            {
                skipped = line[..start].chars().count() - 1;
                let rest = &line[start..];
                let end = rest.char_indices().nth(MOST_CHARS).map_or(rest.len(), |(end, _)| end);
                kept = whole.start + start..whole.start + start + end;
                self.text.push(CUT);
            }
        }
        self.text.extend(text[kept.clone()].chars().map(sign));
        if kept.end < whole.end {
            self.text.push(CUT);
        }
        let shown = from..self.text.len();
        self.text.push('\n');
        self.lines.push(Line { file: self.files.len() - 1, number, shown, whole, kept, skipped });
    }

    /// Where a byte of the newest file stands in the shown text. A place that was cut away is at the cut.
    fn at(&self, from: usize, byte: usize, is_end: bool) -> usize {
        // The end of a span that covers a line end belongs to that line.
        let begins = |line: &Line| if is_end { line.whole.start < byte } else { line.whole.start <= byte };
        let lines = &self.lines[from..];
        let Some(line) = lines[..lines.partition_point(begins)].last().or(lines.first()) else { return 0 };
        if byte < line.kept.start {
            return line.shown.start;
        }
        let inside = byte.min(line.kept.end) - line.kept.start;
        let cut = if line.kept.start > line.whole.start { CUT.len_utf8() } else { 0 };
        let shown = &self.text[line.shown.start + cut..line.shown.end];
        if byte > line.kept.end {
            return line.shown.end;
        }
        line.shown.start + cut + floor_boundary(shown, inside)
    }

    /// Whether nothing can be shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    fn line_at(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.shown.start <= at).saturating_sub(1)
    }
}

fn end_of_line(text: &str, starts: &[usize], number: usize) -> usize {
    let end = starts.get(number + 1).map_or(text.len(), |next| next - 1);
    let start = starts.get(number).copied().unwrap_or(end);
    if text.get(start..end).is_some_and(|line| line.ends_with('\r')) { end - 1 } else { end }
}
