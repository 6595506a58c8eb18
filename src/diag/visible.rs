//! Text of authors on a terminal: nothing in it is obeyed.

/// A text in which nothing can command the terminal or turn the direction of writing.
#[must_use]
pub fn visible(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { sign(c) }).collect()
}

/// The sign for a character that is not to be printed; of the same length in UTF-8.
#[must_use]
pub fn sign(c: char) -> char {
    match c {
        '\t' => c,
        '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'
        | '\u{2029}' => '\u{fffd}',
        '\u{80}'..='\u{9f}' => '¿',
        c if c.is_control() => '?',
        c => c,
    }
}
