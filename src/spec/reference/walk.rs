//! Describes the values of a schema in words, and collects the mappings that need a table of their own.

use serde_json::Value;
use std::collections::BTreeMap;

/// A mapping with keys of its own, at the first place where a file can have it.
#[derive(Clone)]
pub struct Part<'a> {
    /// Where it stands, such as `metrics.<id>.warn`; nothing for the file itself.
    pub path: String,
    /// Its schema.
    pub schema: &'a Value,
    /// The name under which the schema defines it; nothing for the file itself.
    pub name: String,
}

impl Part<'_> {
    /// The heading of its table.
    pub fn heading(&self) -> String {
        format!("`{}`", self.path)
    }

    /// The path of a key in it.
    pub fn below(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// A link to its table, by the anchor that GitHub and GitLab give the heading.
    pub fn link(&self) -> String {
        let keep = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        format!("mapping, see [{}](#{})", self.heading(), self.path.chars().filter(keep).collect::<String>())
    }
}

/// A schema on its way to tables.
pub struct Walk<'a> {
    root: &'a Value,
    /// Links to what has its table among those of another file, by its name in the schema.
    elsewhere: &'a BTreeMap<String, String>,
    /// What gets a table, in order.
    pub parts: Vec<Part<'a>>,
}

impl<'a> Walk<'a> {
    /// Starts at the file itself.
    pub fn new(root: &'a Value, elsewhere: &'a BTreeMap<String, String>) -> Self {
        let mut walk = Self { root, elsewhere, parts: Vec::new() };
        let schema = walk.follow(root);
        walk.parts.push(Part { path: String::new(), schema, name: String::new() });
        walk
    }

    /// What can stand as a value, in words.
    pub fn describe(&mut self, value: &'a Value, path: &str) -> String {
        let name = value["$ref"].as_str().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
        if let Some(link) = self.elsewhere.get(name) {
            return link.clone();
        }
        let value = self.follow(value);
        if value["if"].is_object() {
            return self.choice(value, path);
        }
        if value["properties"].is_object() {
            return self.part(value, path, name);
        }
        if let Some(words) = value["enum"].as_array() {
            let words: Vec<_> =
                words.iter().filter_map(Value::as_str).map(|word| format!("`{word}`")).collect();
            return words.join(", ");
        }
        if value["items"].is_object() {
            return format!("list of: {}", self.describe(&value["items"], &format!("{path}[]")));
        }
        if value["additionalProperties"].is_object() {
            let (name, key) =
                if value["propertyNames"].is_object() { ("<label>", "labels") } else { ("<id>", "names") };
            let inner = self.describe(&value["additionalProperties"], &format!("{path}.{name}"));
            return format!("mapping from {key} to: {inner}");
        }
        scalar(value)
    }

    /// One form or another, by the kind of value.
    fn choice(&mut self, value: &'a Value, path: &str) -> String {
        let other = self.describe(&value["else"], path);
        if value["if"]["type"] == "array" {
            return format!("{other}; or a list of them");
        }
        format!("{}; or {other}", self.describe(&value["then"], path))
    }

    fn part(&mut self, schema: &'a Value, path: &str, name: &str) -> String {
        if let Some(part) = self.parts.iter().find(|part| std::ptr::eq(part.schema, schema)) {
            return part.link();
        }
        let part = Part { path: path.to_owned(), schema, name: name.to_owned() };
        let link = part.link();
        self.parts.push(part);
        link
    }

    /// The schema behind a reference.
    fn follow(&self, value: &'a Value) -> &'a Value {
        let target = value["$ref"].as_str().and_then(|path| path.strip_prefix('#'));
        target.and_then(|path| self.root.pointer(path)).unwrap_or(value)
    }
}

fn scalar(value: &Value) -> String {
    let examples: Vec<_> = value["examples"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(|example| format!("`{example}`"))
        .collect();
    if !examples.is_empty() {
        return format!("such as {}", examples.join(", "));
    }
    match (value["type"].as_str(), value["pattern"].as_str()) {
        (Some("boolean"), _) => "`true`, `false`".to_owned(),
        (_, Some(_)) => "id".to_owned(),
        _ => "text".to_owned(),
    }
}
