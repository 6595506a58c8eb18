//! YAML that every reader takes for the same text: YAML 1.1 and 1.2, `PyYAML` and Go alike.
//!
//! Text of several lines is a literal block, a word that no reader takes for something else stands plain, and
//! everything else is in double quotes.

use serde::Serialize;
use serde_json::Value;
use std::fmt::Write as _;

/// A document, without a `---`.
#[must_use]
pub fn to_string<T: Serialize>(document: &T) -> String {
    let value = serde_json::to_value(document).unwrap_or(Value::Null);
    let mut out = Emitter { out: String::new() };
    out.block(&value, 0);
    out.out
}

struct Emitter {
    out: String,
}

impl Emitter {
    /// A value that begins on a line of its own, at an indentation.
    fn block(&mut self, value: &Value, indent: usize) {
        match value {
            Value::Object(map) if !map.is_empty() => {
                for (key, value) in map {
                    self.pad(indent);
                    self.entry(key, value, indent);
                }
            }
            Value::Array(items) if !items.is_empty() => {
                for item in items {
                    self.pad(indent);
                    self.out.push_str("- ");
                    self.item(item, indent + 2);
                }
            }
            scalar => {
                self.pad(indent);
                self.scalar(scalar, indent);
            }
        }
    }

    /// A key and its value; the indentation before the key is already written.
    fn entry(&mut self, key: &str, value: &Value, indent: usize) {
        if is_plain(key) {
            self.out.push_str(key);
        } else {
            self.quoted(key);
        }
        self.out.push(':');
        if is_nested(value) {
            self.out.push('\n');
            self.block(value, indent + 2);
        } else {
            self.out.push(' ');
            self.scalar(value, indent);
        }
    }

    /// An item of a list; `- ` is already written, and further lines begin at `indent`.
    fn item(&mut self, item: &Value, indent: usize) {
        match item {
            Value::Object(map) if !map.is_empty() => {
                for (n, (key, value)) in map.iter().enumerate() {
                    if n > 0 {
                        self.pad(indent);
                    }
                    self.entry(key, value, indent);
                }
            }
            Value::Array(items) if !items.is_empty() => {
                for (n, item) in items.iter().enumerate() {
                    if n > 0 {
                        self.pad(indent);
                    }
                    self.out.push_str("- ");
                    self.item(item, indent + 2);
                }
            }
            scalar => self.scalar(scalar, indent.saturating_sub(2)),
        }
    }

    /// A scalar and the end of its line.
    fn scalar(&mut self, value: &Value, indent: usize) {
        match value {
            Value::String(text) if is_block(text) => return self.literal(text, indent + 2),
            Value::String(text) if is_plain(text) => self.out.push_str(text),
            Value::String(text) => self.quoted(text),
            Value::Object(_) => self.out.push_str("{}"),
            Value::Array(_) => self.out.push_str("[]"),
            // Writing to a String does not fail.
            other => drop(write!(self.out, "{other}")),
        }
        self.out.push('\n');
    }

    fn literal(&mut self, text: &str, indent: usize) {
        let body = text.trim_end_matches('\n');
        let ends = text.len() - body.len();
        self.out.push_str(match ends {
            0 => "|-\n",
            1 => "|\n",
            _ => "|+\n",
        });
        for line in body.split('\n') {
            if !line.is_empty() {
                self.pad(indent);
                self.out.push_str(line);
            }
            self.out.push('\n');
        }
        (1..ends).for_each(|_| self.out.push('\n'));
    }

    fn quoted(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\t' => self.out.push_str("\\t"),
                '\r' => self.out.push_str("\\r"),
                c if is_printable(c) => self.out.push(c),
                c => drop(write!(self.out, "\\U{:08X}", u32::from(c))),
            }
        }
        self.out.push('"');
    }

    fn pad(&mut self, indent: usize) {
        (0..indent).for_each(|_| self.out.push(' '));
    }
}

fn is_nested(value: &Value) -> bool {
    match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    }
}

/// Printable in YAML and visible to people: no control, no direction mark, no blank but the ASCII one.
fn is_printable(c: char) -> bool {
    match c {
        ' '..='~' => true,
        '\u{ad}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => false,
        '\u{a1}'.. => {
            !c.is_whitespace()
                && !c.is_control()
                && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        }
        _ => false,
    }
}

/// Whether a literal block holds the text unchanged for every reader.
fn is_block(text: &str) -> bool {
    text.contains('\n')
        && !text.starts_with([' ', '\n', '\t'])
        && !text.trim_end_matches('\n').is_empty()
        && text.chars().all(|c| c == '\n' || is_printable(c))
        && !text.lines().any(|line| line.ends_with(' '))
}

/// Words that some reader takes for something other than text.
const WORDS: [&str; 14] =
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity", "nil", "none"];

/// Whether the text stands for itself without quotes, for every reader.
fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let begins = first.is_ascii_alphabetic() || first == '_' || (!first.is_ascii() && is_printable(first));
    if is_duration(text) {
        return true;
    }
    begins
        && !text.ends_with([' ', ':'])
        && text.chars().all(is_printable)
        && !text.contains(": ")
        && !text.contains(" #")
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

/// A duration such as `1h30m`: digits and units alone, ending in a unit, so that no reader takes it for a number.
fn is_duration(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(['s', 'm', 'h', 'w', 'y'])
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, 's' | 'm' | 'h' | 'd' | 'w' | 'y'))
}
