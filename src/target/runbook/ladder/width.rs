//! How wide a text is. Fonts differ from reader to reader, so the widths are those of a wide one.

/// The most that a text takes, in pixels, at a size of the font in pixels.
#[must_use]
pub fn width(text: &str, size: u32) -> u32 {
    let hundredths: u32 = text.chars().map(hundredths).sum();
    (hundredths * size).div_ceil(100)
}

/// The width of a character in hundredths of the font's size.
fn hundredths(c: char) -> u32 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | 'I' => 35,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 96,
        'A'..='Z' | '+' | '=' | '<' | '>' | '~' => 76,
        _ if c.is_ascii() => 62,
        '\u{b7}' => 40,
        '\u{80}'..='\u{2ff}' => 80,
        _ => 105,
    }
}

/// The text, cut to a width with a sign that it goes on.
#[must_use]
pub fn fit(text: &str, size: u32, most: u32) -> String {
    if width(text, size) <= most {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        cut.push(c);
        if width(&cut, size) + size > most {
            cut.pop();
            break;
        }
    }
    format!("{}…", cut.trim_end())
}
