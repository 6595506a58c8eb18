//! From a place in a scalar's text to the place in the file: past escapes, folded lines and indentation.

use std::ops::Range;

use super::{Kind, Node, Style, block_text, flow_text};
use crate::source::{Sources, Span};

/// A scalar's text as it is decoded, and for each of its bytes the bytes of the source that stand for it.
#[derive(Default)]
pub(super) struct Decoded {
    text: String,
    places: Vec<(u32, u32)>,
}

impl Decoded {
    pub(super) fn push(&mut self, c: char, source: Range<usize>) {
        self.text.push(c);
        let byte = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.places.resize(self.text.len(), (byte(source.start), byte(source.end)));
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Where the source of the last character ends.
    pub(super) fn end(&self) -> Option<usize> {
        self.places.last().map(|place| place.1 as usize)
    }

    /// Takes back what was pushed after `len`, which is a former length.
    pub(super) fn truncate(&mut self, len: usize) {
        self.text.truncate(len);
        self.places.truncate(len);
    }
}

/// The exact bytes of the source behind `range`, a range of bytes of the scalar's decoded text. An empty range gives
/// an empty span. The span of the whole node when it is not a scalar or the range is not inside its text.
#[must_use]
pub fn span_within(sources: &Sources, node: &Node, range: Range<usize>) -> Span {
    map(sources, node, &range).map_or(node.span, |place| Span::new(node.span.file, place))
}

fn map(sources: &Sources, node: &Node, range: &Range<usize>) -> Option<Range<usize>> {
    let Kind::Scalar(scalar) = &node.kind else { return None };
    scalar.text.get(range.clone())?;
    let (source, place) = (sources.get(node.span.file).text.as_str(), node.span.range());
    source.get(place.clone())?;
    let mut decoded = match scalar.style {
        Style::Plain => flow_text::plain(source, place),
        Style::Single => flow_text::single(source, place),
        Style::Double => flow_text::double(source, place)?,
        Style::Literal | Style::Folded => block_text::decode(source, place, scalar.style == Style::Folded)?,
    };
    // The parser decided what the text is. A block's line breaks at its end may be more here than it kept.
    if !decoded.text.starts_with(&scalar.text) {
        return None;
    }
    decoded.truncate(scalar.text.len());
    find(&decoded.places, range)
}

fn find(places: &[(u32, u32)], range: &Range<usize>) -> Option<Range<usize>> {
    let first = places.get(range.start);
    let last = range.end.checked_sub(1).and_then(|last| places.get(last));
    Some(match (first, last) {
        (Some(first), Some(last)) if range.start < range.end => {
            first.0 as usize..(last.1.max(first.0)) as usize
        }
        (Some(first), _) => first.0 as usize..first.0 as usize,
        (None, Some(last)) => last.1 as usize..last.1 as usize,
        (None, None) => return None,
    })
}
