//! The matchers of 0.27 and later: labels and values of any letters, in Go's double quotes where they hold anything of the
//! syntax itself.

use super::{Matcher, operator};

/// The matchers of one text.
///
/// # Errors
/// What is wrong.
pub fn parse(text: &str) -> Result<Vec<Matcher>, String> {
    let text = text.trim();
    let mut rest = match text.strip_prefix('{') {
        Some(inner) => inner.strip_suffix('}').ok_or("the brace at its beginning is not closed")?.trim(),
        None => text,
    };
    let mut matchers = Vec::new();
    // A comma may follow the last matcher, and stands nowhere else by itself.
    while !rest.is_empty() {
        let (label, after) = word(rest)?;
        let (op, after) =
            operator(after.trim_start()).ok_or("after the label comes `=`, `!=`, `=~` or `!~`")?;
        let (value, after) = word(after.trim_start())?;
        matchers.push(Matcher::new(&label, op, &value)?);
        let after = after.trim_start();
        rest = match after.strip_prefix(',') {
            Some(next) => next.trim_start(),
            None if after.is_empty() => after,
            None => return Err("after a matcher comes a comma".to_owned()),
        };
    }
    Ok(matchers)
}

/// A label or value at the beginning of a text, and what follows it.
fn word(text: &str) -> Result<(String, &str), String> {
    if text.starts_with('"') {
        let end = closing_quote(text).ok_or("a quote is not closed")?;
        let inner = text.get(1..end).unwrap_or_default();
        return Ok((unquoted(inner)?, text.get(end + 1..).unwrap_or_default()));
    }
    let end = text.find(is_reserved).unwrap_or(text.len());
    match text.split_at(end) {
        ("", _) => Err("a label or a value is missing".to_owned()),
        (word, rest) => Ok((word.to_owned(), rest)),
    }
}

fn is_reserved(c: char) -> bool {
    c.is_whitespace() || "{}!=~,\\\"'`".contains(c)
}

/// Where the quote that begins a text ends.
fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().skip(1).find_map(|(at, c)| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes.then_some(at)
    })
}

/// The text of a Go string literal without its quotes.
fn unquoted(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '\n' => return Err("a text in quotes goes over two lines; write `\\n`".to_owned()),
            '\\' => {
                let (escaped, after) =
                    escape(rest).ok_or("a backslash is followed by what it does not escape; write `\\\\`")?;
                out.push(escaped);
                rest = after;
            }
            _ => out.push(c),
        }
    }
    Ok(out)
}

/// What stands behind a backslash, and what follows it. Bytes that are no text by themselves are not taken.
fn escape(text: &str) -> Option<(char, &str)> {
    let kind = text.chars().next()?;
    let simple = match kind {
        'a' => Some('\u{7}'),
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        'v' => Some('\u{b}'),
        '\\' | '"' => Some(kind),
        _ => None,
    };
    if let Some(c) = simple {
        return Some((c, text.get(1..)?));
    }
    let (start, len, base) = match kind {
        'x' => (1, 2, 16),
        'u' => (1, 4, 16),
        'U' => (1, 8, 16),
        '0'..='7' => (0, 3, 8),
        _ => return None,
    };
    let digits = text.get(start..start + len)?;
    let code = digits.chars().all(|c| c.is_digit(base)).then(|| u32::from_str_radix(digits, base).ok())??;
    let is_byte = matches!(kind, 'x' | '0'..='7');
    let c = char::from_u32(code).filter(|c| !is_byte || c.is_ascii())?;
    Some((c, text.get(start + len..)?))
}
