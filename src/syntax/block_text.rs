//! The text after `|` and `>`, line by line, with the bytes that each character comes from.

use std::ops::Range;

use super::text_map::Decoded;

/// One line of the block: its words (indentation removed) and its line break, which may be absent at the file's end.
struct Line {
    words: Range<usize>,
    end: Range<usize>,
}

/// The text of the block that begins with its sign at `place.start`, all line breaks at its end kept.
/// `None` when no such block stands there.
pub(super) fn decode(source: &str, place: Range<usize>, folded: bool) -> Option<Decoded> {
    let header_end = source[place.start..].find(['\n', '\r']).map(|length| place.start + length)?;
    let header = source[place.start..header_end].split([' ', '\t', '#']).next()?;
    let first = line_break(source, header_end).end;
    let indent = match header.contains(|c: char| c.is_ascii_digit()) {
        true => explicit(source, place.start, header)?,
        false => indentation(source, first..place.end)?,
    };
    let lines = lines(source, first, place.end, indent);
    Some(if folded { fold(source, &lines) } else { keep(source, &lines) })
}

/// The indentation of the first line that has words.
fn indentation(source: &str, place: Range<usize>) -> Option<usize> {
    let line = source.get(place)?.split(['\n', '\r']).find(|line| !line.trim_matches(' ').is_empty())?;
    Some(line.len() - line.trim_start_matches(' ').len())
}

/// The number in the header counts from the indentation of the line's own key.
fn explicit(source: &str, sign: usize, header: &str) -> Option<usize> {
    let number = header.chars().find_map(|c| c.to_digit(10))? as usize;
    let start = source[..sign].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let mut lead = source[start..sign].len() - source[start..sign].trim_start_matches([' ', '-']).len();
    // In `- |2` the item itself is the parent; in `- key: |2` the key is.
    if source[start..sign].trim_end().ends_with('-') {
        lead = source[start..sign].trim_end().len() - 1;
    }
    Some(lead + number)
}

fn line_break(source: &str, at: usize) -> Range<usize> {
    match source.as_bytes().get(at..) {
        Some([b'\r', b'\n', ..]) => at..at + 2,
        Some([_, ..]) => at..at + 1,
        _ => at..at,
    }
}

/// The lines up to the one that `last` lies in, and the blank ones after it.
fn lines(source: &str, first: usize, last: usize, indent: usize) -> Vec<Line> {
    let (mut lines, mut at) = (Vec::new(), first);
    while at < source.len() {
        let stop = source[at..].find(['\n', '\r']).map_or(source.len(), |length| at + length);
        let spaces = source[at..stop].bytes().take(indent).take_while(|&byte| byte == b' ').count();
        if at >= last && at + spaces < stop {
            break;
        }
        let end = line_break(source, stop);
        lines.push(Line { words: at + spaces..stop, end: end.clone() });
        at = end.end;
    }
    lines
}

fn words(source: &str, line: &Line, out: &mut Decoded) {
    for (at, c) in source[line.words.clone()].char_indices() {
        let start = line.words.start + at;
        out.push(c, start..start + c.len_utf8());
    }
}

fn keep(source: &str, lines: &[Line]) -> Decoded {
    let mut out = Decoded::default();
    for line in lines {
        words(source, line, &mut out);
        out.push('\n', line.end.clone());
    }
    out
}

/// A line break between two lines of words is a blank, unless one of them is indented deeper; breaks around blank
/// lines stay, less one.
fn fold(source: &str, lines: &[Line]) -> Decoded {
    let mut out = Decoded::default();
    let deeper = |line: &Line| source[line.words.clone()].starts_with([' ', '\t']);
    let mut last: Option<&Line> = None;
    let mut blank: Vec<&Line> = Vec::new();
    for line in lines {
        if line.words.is_empty() {
            blank.push(line);
            continue;
        }
        if let Some(last) = last {
            let folds = !deeper(last) && !deeper(line);
            if folds && blank.is_empty() {
                out.push(' ', last.end.start..line.words.start);
            } else if !folds {
                out.push('\n', last.end.clone());
            }
        }
        blank.drain(..).for_each(|line| out.push('\n', line.end.clone()));
        words(source, line, &mut out);
        last = Some(line);
    }
    last.into_iter().chain(blank).for_each(|line| out.push('\n', line.end.clone()));
    out
}
