//! Characters that nobody sees or that turn the direction of writing. No text needs them, and each can make a reader see
//! something else than what is there.

/// Whether a character is invisible or commands the direction of writing. Joiners are kept: emoji and some scripts are
/// written with them.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether a character ends a line for some reader.
fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Prose without what nobody sees; every kind of line end is `\n` and every tab a blank.
#[must_use]
pub fn prose(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let shown = text.chars().filter(|c| !is_hidden(*c));
    let plain = shown.filter_map(|c| match c {
        _ if is_break(c) => Some('\n'),
        '\t' => Some(' '),
        '\u{fffe}' | '\u{ffff}' => None,
        _ if c.is_control() => None,
        _ => Some(c),
    });
    plain.collect()
}

/// The same in one line, with single blanks between words and none of any kind around them: strong words would not be strong
/// with a blank at an end.
#[must_use]
pub fn one_line(text: &str) -> String {
    let text = prose(text);
    let words = text.split([' ', '\n']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// Code, in which every character counts: what nobody sees is shown as `\u{202e}`. Line ends are `\n`.
#[must_use]
pub fn code(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if is_break(c) => shown.push('\n'),
            '\t' => shown.push(c),
            '\u{fffe}' | '\u{ffff}' => shown.extend(c.escape_unicode()),
            _ if is_hidden(c) || c.is_control() => shown.extend(c.escape_unicode()),
            _ => shown.push(c),
        }
    }
    shown
}
