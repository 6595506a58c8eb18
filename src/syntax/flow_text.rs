//! Plain and quoted text, character by character, with the bytes that each character comes from.

use std::ops::Range;

use super::text_map::Decoded;

/// Reads on at a line break inside the text: blanks around it and further breaks belong to it. One break is a blank;
/// more are as many line breaks, less one. Gives the byte to go on at.
fn fold(source: &str, at: usize, end: usize, out: &mut Decoded, start: usize, escaped: bool) -> usize {
    let bytes = source.as_bytes();
    let (mut next, mut breaks) = (at, Vec::new());
    while next < end {
        match bytes[next] {
            b'\n' | b'\r' => {
                let length = if bytes[next..end].starts_with(b"\r\n") { 2 } else { 1 };
                breaks.push(next..next + length);
                next += length;
            }
            b' ' | b'\t' => next += 1,
            _ => break,
        }
    }
    if breaks.len() == 1 && !escaped {
        out.push(' ', start..next);
    }
    for line in breaks.into_iter().skip(1) {
        out.push('\n', line);
    }
    next
}

/// The characters up to `end`, folded; `special` handles what the style gives a meaning to and tells where to go on.
fn read(
    source: &str,
    place: Range<usize>,
    mut special: impl FnMut(&mut Decoded, usize, char) -> Option<Special>,
) -> Option<Decoded> {
    let mut out = Decoded::default();
    let (mut at, mut blanks) = (place.start, (0, place.start));
    while let Some(c) = source[at..place.end].chars().next() {
        if c == '\n' || c == '\r' {
            out.truncate(blanks.0);
            at = fold(source, at, place.end, &mut out, blanks.1, false);
            blanks = (out.len(), at);
            continue;
        }
        let next = at + c.len_utf8();
        match special(&mut out, at, c)? {
            Special::No => out.push(c, at..next),
            Special::Character(decoded, end) => out.push(decoded, at..end),
            Special::Break => {
                at = fold(source, next, place.end, &mut out, at, true);
                blanks = (out.len(), at);
                continue;
            }
        }
        at = match out.end() {
            Some(end) => end,
            None => next,
        };
        // Blanks before a line break are left out, unless they are escaped.
        if !matches!(c, ' ' | '\t') {
            blanks = (out.len(), at);
        }
    }
    Some(out)
}

enum Special {
    No,
    /// Stands for this character, up to this byte.
    Character(char, usize),
    /// An escaped line break: nothing.
    Break,
}

pub(super) fn plain(source: &str, place: Range<usize>) -> Decoded {
    read(source, place, |_, _, _| Some(Special::No)).unwrap_or_default()
}

pub(super) fn single(source: &str, place: Range<usize>) -> Decoded {
    let inner = inside(source, place);
    let end = inner.end;
    let quote = |_: &mut Decoded, at: usize, c: char| match c {
        '\'' if source[at..end].starts_with("''") => Some(Special::Character('\'', at + 2)),
        _ => Some(Special::No),
    };
    read(source, inner, quote).unwrap_or_default()
}

/// `None` when an escape is none of YAML's.
pub(super) fn double(source: &str, place: Range<usize>) -> Option<Decoded> {
    let inner = inside(source, place);
    let end = inner.end;
    read(source, inner, |_, at, c| if c == '\\' { escape(&source[..end], at) } else { Some(Special::No) })
}

fn inside(source: &str, place: Range<usize>) -> Range<usize> {
    let quoted = place.len() >= 2 && source[place.clone()].starts_with(['"', '\'']);
    if quoted { place.start + 1..place.end - 1 } else { place.start..place.start }
}

fn escape(source: &str, at: usize) -> Option<Special> {
    let c = source[at + 1..].chars().next()?;
    let decoded = match c {
        '\n' | '\r' => return Some(Special::Break),
        'x' => return hexadecimal(source, at, 2),
        'u' => return hexadecimal(source, at, 4),
        'U' => return hexadecimal(source, at, 8),
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        ' ' | '"' | '/' | '\\' => c,
        _ => return None,
    };
    Some(Special::Character(decoded, at + 2))
}

fn hexadecimal(source: &str, at: usize, digits: usize) -> Option<Special> {
    let code = |at: usize, digits: usize| u32::from_str_radix(source.get(at..at + digits)?, 16).ok();
    let (end, high) = (at + 2 + digits, code(at + 2, digits)?);
    // A pair of surrogates, as JSON writes characters beyond the first 65,536.
    if (0xD800..0xDC00).contains(&high) && source.get(end..end + 2) == Some("\\u") {
        let low = code(end + 2, 4)?.checked_sub(0xDC00)?;
        return Some(Special::Character(char::from_u32(0x10000 + ((high - 0xD800) << 10) + low)?, end + 6));
    }
    Some(Special::Character(char::from_u32(high)?, end))
}
