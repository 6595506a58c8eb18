//! The structs of a source that are serialised for templates, with the comments of their fields.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A struct that templates see.
pub struct Part {
    pub name: String,
    doc: String,
    fields: Vec<(String, String, String)>,
}

impl Part {
    /// A heading and a table of the fields; `names` are the structs that have a table of their own.
    pub fn table(&self, names: &BTreeSet<String>) -> String {
        let mut text = format!(
            "### {}\n\n{}\n\n| name | value | what it is |\n| --- | --- | --- |\n",
            self.name, self.doc
        );
        for (name, of, doc) in &self.fields {
            let _ =
                writeln!(text, "| `{name}` | {} | {doc} |", value(of, &self.name, names).replace('|', "\\|"));
        }
        text
    }
}

/// The structs of a file that are serialised, with the comments of their fields.
pub fn structs(file: &Path) -> Vec<Part> {
    let text = fs::read_to_string(file).expect("a source");
    let (mut parts, mut doc, mut open, mut seen): (Vec<Part>, String, bool, bool) = Default::default();
    for line in text.lines() {
        let code = line.trim();
        if let Some(comment) = code.strip_prefix("/// ") {
            doc = if doc.is_empty() { comment.to_owned() } else { format!("{doc} {comment}") };
            continue;
        }
        if code.starts_with("#[derive(") {
            seen = code.contains("Serialize");
            continue;
        }
        let head = code.trim_start_matches("pub ").strip_prefix("struct ").filter(|_| seen);
        if let Some(head) = head {
            let name = head.split(['<', ' ']).next().unwrap_or(head).to_owned();
            parts.push(Part { name, doc: doc.clone(), fields: Vec::new() });
            open = true;
        } else if line == "}" {
            (open, seen) = (false, false);
        } else if let Some((name, of)) = code.trim_start_matches("pub ").split_once(": ").filter(|_| open) {
            let of = of.trim_end_matches(',').to_owned();
            assert!(!doc.is_empty(), "{}: {name} has no comment", file.display());
            parts.last_mut().expect("an open struct").fields.push((name.to_owned(), of, doc.clone()));
        }
        doc.clear();
    }
    parts
}

/// A type in words.
fn value(of: &str, own: &str, names: &BTreeSet<String>) -> String {
    let inside = |wrap: &str| of.strip_prefix(wrap).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return format!("{} (or none)", value(inner, own, names));
    }
    if let Some(inner) = inside("Vec<") {
        return format!("list: {}", value(inner, own, names));
    }
    if let Some(inner) = of.strip_prefix("&'a [").and_then(|rest| rest.strip_suffix(']')) {
        return format!("list: {}", value(inner, own, names));
    }
    if let Some((_, inner)) = inside("BTreeMap<").and_then(|inner| inner.split_once(", ")) {
        return format!("mapping: {}", value(inner, own, names));
    }
    if let Some(inner) = inside("Row<") {
        return format!("`key` and `value`: {}", value(inner, own, names));
    }
    if let Some((first, second)) = of.strip_prefix('(').and_then(|of| of.strip_suffix(')')?.split_once(", "))
    {
        return format!("pair: {} and {}", value(first, own, names), value(second, own, names));
    }
    match of.trim_start_matches("&'a ").trim_start_matches("&'static ") {
        "String" | "str" | "Text" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" | "u64" => "number".to_owned(),
        "Release" => "the keys of [`release`](language.md#release)".to_owned(),
        "Deliverable" => "the keys of [a deliverable](language.md#deliverablesid)".to_owned(),
        "Self" => link(own),
        name if names.contains(name) => link(name),
        other => panic!("no words for the type {other}"),
    }
}

fn link(name: &str) -> String {
    format!("[{name}](#{})", name.to_lowercase())
}
