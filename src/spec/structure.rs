//! The structure of a file against the JSON Schema of its type: every unknown key, missing key and value of a
//! wrong kind, each at its place. What `relspec schema` prints for editors is what is enforced here.

use super::shape::{Defs, Shape};
use crate::diag::Diagnostic;
use crate::lint::{missing_key, text_cut_short, unknown_key, words, wrong_type};
use crate::source::Span;
use crate::syntax::Node;
use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Value, json};

/// The JSON Schema of a whole file of type `T`.
#[must_use]
pub fn schema_of<T: Shape>(id: &str, title: &str) -> Value {
    let mut defs = Defs::default();
    let root = T::schema(&mut defs);
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": id, "title": title,
    });
    if let (Value::Object(schema), Value::Object(root)) = (&mut schema, root) {
        schema.extend(root);
        schema.insert("$defs".to_owned(), Value::Object(defs.0));
    }
    schema
}

/// A schema that is ready to judge files.
pub struct Structure {
    schema: Value,
    validator: Option<Validator>,
}

impl Structure {
    /// Prepares a schema. The schemas of this program are valid, which a test holds true.
    #[must_use]
    pub fn new(schema: Value) -> Self {
        let validator = jsonschema::validator_for(&schema).ok();
        Self { schema, validator }
    }

    /// Whether the schema itself is valid.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.validator.is_some()
    }

    /// Every fault of the structure of a file. Keys that one mapping lacks are one finding; none are told where the
    /// file could not be read to its end (`cut`), since they may stand in what was not read.
    #[must_use]
    pub fn judge(&self, root: &Node, cut: bool) -> Vec<Diagnostic> {
        let value = root.to_json();
        let Some(validator) = &self.validator else { return Vec::new() };
        let mut lacking: Vec<(String, Vec<Lacking>)> = Vec::new();
        let mut found = Vec::new();
        for error in validator.iter_errors(&value) {
            let Kind::Required { property } = error.kind() else {
                found.extend(self.explain(root, &error));
                continue;
            };
            let key = property.as_str().unwrap_or_default().to_owned();
            let lacks = Lacking { doc: self.key_doc(&error, property), key };
            let pointer = error.instance_path().to_string();
            match lacking.iter_mut().find(|(known, _)| *known == pointer) {
                Some((_, keys)) => keys.push(lacks),
                None => lacking.push((pointer, vec![lacks])),
            }
        }
        for (pointer, mut keys) in lacking.into_iter().filter(|_| !cut) {
            let Some((node, key)) = root.at_pointer(&pointer) else { continue };
            keys.retain(|lacking| !is_misspelt(lacking, node, &found));
            if !keys.is_empty() {
                found.push(missing_key::at(&Place { node, key, path: &pointer }, &keys));
            }
        }
        found
    }

    fn explain(&self, root: &Node, error: &ValidationError<'_>) -> Vec<Diagnostic> {
        let pointer = error.instance_path().to_string();
        let Some((node, key)) = root.at_pointer(&pointer) else { return Vec::new() };
        let place = Place { node, key, path: &pointer };
        match error.kind() {
            Kind::AdditionalProperties { unexpected } => {
                let known = self.known_keys(&error.schema_path().to_string());
                let names = unexpected.iter().filter(|name| !text_cut_short::goes_on(node, name));
                names.map(|name| unknown_key::at(&place, name, &known)).collect()
            }
            Kind::PropertyNames { error } => {
                vec![wrong_type::bad_name(&place, error.instance().as_str().unwrap_or_default())]
            }
            Kind::Enum { options } => vec![wrong_type::not_a_word(&place, &words(options))],
            Kind::Pattern { .. } => vec![wrong_type::bad_text(&place)],
            Kind::MinItems { .. } | Kind::MinProperties { .. } => vec![wrong_type::empty(&place)],
            Kind::Type { kind } => vec![wrong_type::wrong_kind(&place, &wanted(kind))],
            _ => vec![wrong_type::other(&place, &error.to_string())],
        }
    }

    /// The keys that the mapping behind a failing `additionalProperties` does know.
    fn known_keys(&self, schema_path: &str) -> Vec<String> {
        let parent = self.resolve(schema_path.rsplit_once('/').map_or("", |(parent, _)| parent));
        let keys = parent.and_then(|schema| schema.get("properties")).and_then(Value::as_object);
        keys.map(|keys| keys.keys().cloned().collect()).unwrap_or_default()
    }

    fn key_doc(&self, error: &ValidationError<'_>, property: &Value) -> Option<String> {
        let path = error.schema_path().to_string();
        let parent = self.resolve(path.rsplit_once('/')?.0)?;
        let doc = parent.get("properties")?.get(property.as_str()?)?.get("description")?;
        doc.as_str().map(str::to_owned)
    }

    /// Follows a path through the schema and the references on its way.
    fn resolve(&self, path: &str) -> Option<&Value> {
        let mut at = &self.schema;
        for step in path.split('/').skip(1) {
            if step == "$ref" {
                at = self.schema.pointer(at.get("$ref")?.as_str()?.strip_prefix('#')?)?;
                continue;
            }
            let step = step.replace("~1", "/").replace("~0", "~");
            at = match at {
                Value::Array(items) => items.get(step.parse::<usize>().ok()?)?,
                _ => at.get(&step)?,
            };
        }
        Some(at)
    }
}

/// A required key that is not there.
pub struct Lacking {
    /// The key.
    pub key: String,
    /// What it means.
    pub doc: Option<String>,
}

/// Whether one of the mapping's unknown keys is the lacking one with a slip, which has been told then.
fn is_misspelt(lacking: &Lacking, node: &Node, found: &[Diagnostic]) -> bool {
    let unknown = |span| found.iter().any(|f| f.lint == unknown_key::LINT.name && f.place() == Some(span));
    node.entries().iter().any(|entry| {
        unknown(entry.key.span) && words::nearest(&entry.key.value, [lacking.key.as_str()]).is_some()
    })
}

/// A place in the file whose structure is wrong.
pub struct Place<'a> {
    /// The value.
    pub node: &'a Node,
    /// Its key, where it has one.
    pub key: Option<Span>,
    /// Its path of keys, as a JSON pointer.
    pub path: &'a str,
}

impl Place<'_> {
    /// What to call it: its key, or the file.
    #[must_use]
    pub fn name(&self) -> String {
        let mut steps = self.path.rsplit('/').filter(|step| !step.is_empty());
        match (steps.next(), steps.next()) {
            (Some(number), Some(key)) if number.parse::<usize>().is_ok() => {
                format!("item {} of `{key}`", number.parse::<usize>().unwrap_or(0) + 1)
            }
            (Some(key), _) => format!("`{key}`"),
            (None, _) => "the file".to_owned(),
        }
    }

    /// The place to show: the value, or a key where the value is empty or goes over several lines.
    #[must_use]
    pub fn span(&self) -> Span {
        let scalar = matches!(self.node.kind, crate::syntax::Kind::Scalar(_));
        let empty = self.node.span.start >= self.node.span.end;
        if empty || !(scalar || self.node.flow) {
            return self.key.or_else(|| self.first_key()).unwrap_or(self.node.span);
        }
        self.node.span
    }

    /// The first key inside the value.
    #[must_use]
    pub fn first_key(&self) -> Option<Span> {
        let first = self.node.entries().first().or_else(|| self.node.items().first()?.entries().first());
        first.map(|entry| entry.key.span)
    }
}

fn words(options: &Value) -> Vec<String> {
    let all = options.as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn wanted(kind: &jsonschema::error::TypeKind) -> Vec<String> {
    match kind {
        jsonschema::error::TypeKind::Single(one) => vec![one.to_string()],
        jsonschema::error::TypeKind::Multiple(many) => many.iter().map(|one| one.to_string()).collect(),
    }
}
