//! The language reference as Markdown, from the same descriptions that give the reader and the JSON Schema.

mod walk;

use crate::quantity::Unit;
use serde_json::Value;
use std::collections::BTreeMap;
use walk::{Part, Walk};

/// What no table of keys can say: files, levels, quantities, measurements.
const PROSE: &str = include_str!("prose.md");
/// Where the table of units belongs in the prose.
const UNITS: &str = "<!-- units -->";

/// The whole reference.
#[must_use]
pub fn markdown() -> String {
    // What both files can have is described once.
    let mut described = BTreeMap::new();
    let release = tables(&super::release_schema(), "Keys of a release", &mut described);
    let config = tables(&super::config::config_schema(), "Keys of relspec.yaml", &mut described);
    let prose = PROSE.trim_end().replace(UNITS, units().trim_end());
    format!("{prose}\n\n{release}\n{config}")
}

/// A table of all units.
fn units() -> String {
    let row = |unit: Unit| {
        format!(
            "| `{}` | {} | {} | {} |\n",
            unit.name(),
            unit.meaning(),
            unit.examples(),
            unit.delta_examples()
        )
    };
    let rows: String = Unit::ALL.into_iter().map(row).collect();
    format!("| unit | what its values are | such as | differences |\n| --- | --- | --- | --- |\n{rows}")
}

/// One table for each mapping that a schema knows: the file itself, then the others as they come up in it.
/// `described` has links to what was described before, by its name in the schema, and gets those of this file.
fn tables(schema: &Value, title: &str, described: &mut BTreeMap<String, String>) -> String {
    let before = described.clone();
    let mut walk = Walk::new(schema, &before);
    let mut page = format!("## {title}\n");
    let mut at = 0;
    while let Some(part) = walk.parts.get(at).cloned() {
        if !part.path.is_empty() {
            page.push_str(&format!("\n### {}\n", part.heading()));
        }
        page.push_str(&table(&mut walk, &part));
        at += 1;
    }
    let named = walk.parts.iter().filter(|part| !part.name.is_empty());
    described.extend(named.map(|part| (part.name.clone(), part.link())));
    page
}

/// What one mapping means, and its keys.
fn table<'a>(walk: &mut Walk<'a>, part: &Part<'a>) -> String {
    let mut page = format!("\n{}\n", text(&part.schema["description"]));
    page.push_str("\n| key | value | meaning |\n| --- | --- | --- |\n");
    let required: Vec<&str> =
        part.schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (key, schema) in part.schema["properties"].as_object().into_iter().flatten() {
        let value = walk.describe(schema, &part.below(key));
        let mark = if required.contains(&key.as_str()) { " (required)" } else { "" };
        page.push_str(&format!("| `{key}`{mark} | {value} | {} |\n", cell(text(&schema["description"]))));
    }
    if part.schema["additionalProperties"].is_object() {
        let value = walk.describe(&part.schema["additionalProperties"], &part.below("<label>"));
        page.push_str(&format!("| any label | {value} | The value of that label for which it holds. |\n"));
    }
    page
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

/// Text inside a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
