//! Labels of Mermaid diagrams.

use super::clean;

/// Author's text for a label between double quotes: `["…"]` of a node or `|"…"|` of an edge. Mermaid reads Markdown, HTML
/// and `#…;` in labels; whatever could be part of them is written by its number.
#[must_use]
pub fn mermaid(text: &str) -> String {
    let text = clean::prose(text.trim());
    let lines: Vec<String> = text.lines().map(line).filter(|line| !line.is_empty()).collect();
    lines.join("<br/>")
}

fn line(line: &str) -> String {
    let line = clean::one_line(line);
    let mut safe = String::with_capacity(line.len());
    let mut number = true;
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        let plain = match c {
            // `1. First` at the beginning of a label is taken for a list.
            '.' | ')' => !number || rest.as_str().starts_with(|next: char| next.is_ascii_digit()),
            // `fa:fa-car` is taken for a small picture.
            ':' => !rest.as_str().starts_with(|next: char| next.is_ascii_alphabetic()),
            ' ' | ',' | '%' | '/' | '=' | '?' | '(' => true,
            '-' => !safe.is_empty(),
            c => c.is_ascii_alphanumeric() || !c.is_ascii(),
        };
        number &= c.is_ascii_digit();
        if plain { safe.push(c) } else { safe.push_str(&format!("#{};", u32::from(c))) }
    }
    safe
}
