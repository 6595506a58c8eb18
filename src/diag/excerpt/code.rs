//! An excerpt as a source of miette: lines keep their numbers, columns count characters, files stay apart.

use super::Excerpt;
use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let (mut first, mut last) = (self.line_at(start), self.line_at(end.max(start + 1) - 1));
        let follows = |a: usize, b: usize| {
            matches!((self.lines.get(a), self.lines.get(b)),
                (Some(a), Some(b)) if a.file == b.file && a.number + 1 == b.number)
        };
        if self.lines.is_empty() || (first..last).any(|line| !follows(line, line + 1)) {
            return Err(MietteError::OutOfBounds);
        }
        let label = &self.lines[first];
        let in_line = self.text.get(label.shown.start..start.max(label.shown.start)).unwrap_or_default();
        let column = if before == 0 { label.skipped + in_line.chars().count() } else { 0 };
        for _ in 0..before {
            first = if first > 0 && follows(first - 1, first) { first - 1 } else { first };
        }
        for _ in 0..after {
            last = if follows(last, last + 1) { last + 1 } else { last };
        }
        let (from, to) = (self.lines[first].shown.start, self.lines[last].shown.end + 1);
        let data = self.text.as_bytes().get(from..to).ok_or(MietteError::OutOfBounds)?;
        let place = SourceSpan::from((from, to - from));
        let name = self.files[self.lines[first].file].clone();
        let number = self.lines[first].number;
        Ok(Box::new(MietteSpanContents::new_named(name, data, place, number, column, last + 1 - first)))
    }
}
