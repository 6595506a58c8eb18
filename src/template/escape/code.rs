//! Code in Markdown: a span, a block, and what a table needs besides.

use super::{clean, prose};

/// The longest run of backticks in a text.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// A code span that shows the text as it is, in one line; [`code_cell`] is its form within a table.
#[must_use]
pub fn code(text: &str) -> String {
    let text = span(text);
    if text.is_empty() {
        return text;
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    // A reader takes one blank off each end where both are there, and a backtick must not touch the fence.
    let stripped = text.starts_with(' ') && text.ends_with(' ') && !text.trim_matches(' ').is_empty();
    let pad = if stripped || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The same for the cell of a table. A table takes a backslash off each bar, and readers do not agree on what that does to
/// a backslash of the code's own; such code is written with numbers for its signs.
#[must_use]
pub fn code_cell(text: &str) -> String {
    if !text.contains("\\|") {
        return code(text).replace('|', "\\|");
    }
    let mut safe = String::from("<code>");
    for c in span(text).chars() {
        if c.is_ascii_punctuation() { safe.push_str(&format!("&#{};", u32::from(c))) } else { safe.push(c) }
    }
    safe + "</code>"
}

/// Code in one line.
fn span(text: &str) -> String {
    clean::code(text.trim_end_matches(['\n', '\r'])).replace('\n', " ")
}

/// A code block that holds the text as it is. `indent` stands before each line but the first, so that the block can be part
/// of a list or a quotation.
#[must_use]
pub fn fence(text: &str, language: &str, indent: &str) -> String {
    let text = clean::code(text);
    let fence = "`".repeat(longest_run(&text).max(2) + 1);
    let language: String = language.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let mut block = format!("{fence}{language}");
    for line in text.trim_end_matches('\n').split('\n').chain([fence.as_str()]) {
        let line = format!("{indent}{line}");
        block.push('\n');
        block.push_str(if line.trim().is_empty() { "" } else { &line });
    }
    block
}

/// Markdown for the cell of a table, where every bar needs a backslash and a line break is the only block. Code that may
/// hold bars comes from [`code_cell`].
#[must_use]
pub fn cell(markdown: &str) -> String {
    let lines = markdown.trim_matches('\n').split('\n');
    let lines: Vec<&str> = lines.map(|line| line.strip_suffix('\\').unwrap_or(line).trim()).collect();
    let mut safe = String::with_capacity(markdown.len());
    let mut escaped = false;
    for c in lines.join("<br>").chars() {
        if c == '|' && !escaped {
            safe.push('\\');
        }
        escaped = c == '\\' && !escaped;
        safe.push(c);
    }
    safe
}

/// Author's text for the cell of a table: each line is a line there.
#[must_use]
pub fn cell_of_text(text: &str) -> String {
    let text = clean::prose(text);
    let lines = text.lines().map(prose::inline).filter(|line| !line.is_empty());
    // Bars have their backslash already, and nothing else of a table is in prose.
    lines.collect::<Vec<_>>().join("<br>")
}
