//! Lines and columns of many spans: the starts of a file's lines are looked up, not counted again for each span.

use crate::source::{FileId, Sources, Span, floor_boundary};
use std::collections::BTreeMap;

/// A place as people count it: lines and columns from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line of the first character.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The line of the end.
    pub end_line: usize,
    /// The column one past the last character.
    pub end_column: usize,
}

/// Turns spans into places.
pub struct Places<'a> {
    sources: &'a Sources,
    lines: BTreeMap<FileId, Vec<usize>>,
}

impl<'a> Places<'a> {
    /// Places in these texts.
    #[must_use]
    pub fn new(sources: &'a Sources) -> Self {
        Self { sources, lines: BTreeMap::new() }
    }

    /// The place of a span.
    #[must_use]
    pub fn of(&mut self, span: Span) -> Place {
        let (line, column) = self.point(span.file, span.range().start);
        let (end_line, end_column) = self.point(span.file, span.range().end);
        Place { line, column, end_line, end_column }
    }

    /// Line and column of a byte, both from 1.
    fn point(&mut self, file: FileId, byte: usize) -> (usize, usize) {
        let text = self.sources.get(file).text.as_str();
        let starts = self.lines.entry(file).or_insert_with(|| line_starts(text));
        let byte = floor_boundary(text, byte);
        let line = starts.partition_point(|start| *start <= byte);
        let start = line.checked_sub(1).and_then(|at| starts.get(at)).copied().unwrap_or(0);
        (line, text.get(start..byte).unwrap_or_default().chars().count() + 1)
    }
}

/// Where each line begins.
pub(super) fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_from_one() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "标题: 订单\nk: é\n");
        let mut places = Places::new(&sources);
        let place = |places: &mut Places<'_>, range| {
            let place = places.of(Span::new(file, range));
            (place.line, place.column, place.end_line, place.end_column)
        };
        assert_eq!(place(&mut places, 8..14), (1, 5, 1, 7));
        assert_eq!(place(&mut places, 18..20), (2, 4, 2, 5));
        assert_eq!(place(&mut places, 21..21), (3, 1, 3, 1));
        assert_eq!(place(&mut places, 0..999), (1, 1, 3, 1));
    }
}
