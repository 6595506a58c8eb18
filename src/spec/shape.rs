//! What a value may look like: one description gives the reader, the JSON Schema and the reference.
//!
//! The schema judges the structure (which keys, which kinds of value); `read` takes what is there and stays
//! silent about a wrong structure, which has been reported by then. Faults inside a scalar are its own to report.

use crate::diag::Diagnostic;
use crate::source::{Span, Spanned};
use crate::syntax::{Kind, Node};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// Something that an author can write as a value.
pub trait Shape: Sized {
    /// The JSON Schema of the value; named parts go into `defs`.
    fn schema(defs: &mut Defs) -> Value;
    /// Reads it. `None` where the structure is wrong; faults of scalars go into `findings`.
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self>;
}

/// The named parts of a schema.
#[derive(Default)]
pub struct Defs(pub Map<String, Value>);

/// One key of a section, for its schema.
pub struct Key {
    /// The key as authors write it.
    pub name: &'static str,
    /// What it means.
    pub doc: String,
    /// Whether it must be there.
    pub required: bool,
    /// The schema of its value.
    pub schema: Value,
}

impl Defs {
    /// Defines a mapping with exactly these keys and gives a reference to it.
    pub fn object(&mut self, name: &str, doc: &str, keys: Vec<Key>) -> Value {
        self.0.insert(name.to_owned(), mapping(doc, keys));
        reference(name)
    }

    /// Whether that name is defined (or being defined).
    pub fn begin(&mut self, name: &str) -> bool {
        let known = self.0.contains_key(name);
        self.0.entry(name.to_owned()).or_insert(Value::Null);
        !known
    }
}

/// A reference to a named part.
#[must_use]
pub fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// The schema of a mapping with exactly these keys.
#[must_use]
pub fn mapping(doc: &str, keys: Vec<Key>) -> Value {
    let required: Vec<_> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let properties: Map<_, _> =
        keys.into_iter().map(|key| (key.name.to_owned(), described(key.schema, &key.doc))).collect();
    let mut schema = json!({
        "description": doc, "type": "object", "properties": properties, "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// The schema with a description of its own.
fn described(mut schema: Value, doc: &str) -> Value {
    if let (Value::Object(map), false) = (&mut schema, doc.is_empty()) {
        map.insert("description".to_owned(), json!(doc));
    }
    schema
}

/// The lines of a doc comment as one paragraph.
#[must_use]
pub fn paragraph(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// Declares a section: a struct whose fields are keys, with its schema and its reader.
/// `key @required: Type` must be there; every field is an `Option`, so that one missing key hides nothing else.
/// A `derive` after the doc comment adds to what every section derives.
macro_rules! section {
    ($(#[doc = $doc:literal])* $(#[derive($($derive:path),*)])? $vis:vis struct $name:ident {
        $($(#[doc = $fdoc:literal])* $field:ident $(@ $req:ident)? : $ty:ty),* $(,)?
    }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone)]
        $(#[derive($($derive),*)])?
        $vis struct $name {
            $($(#[doc = $fdoc])* pub $field: Option<$ty>,)*
            /// The whole mapping.
            pub span: $crate::source::Span,
        }
        impl $name {
            /// The section with nothing written in it.
            #[must_use]
            #[allow(dead_code, reason = "not every section can be left out")]
            pub fn blank(span: $crate::source::Span) -> Self {
                Self { $($field: None,)* span }
            }
        }
        impl $crate::spec::shape::Shape for $name {
            fn schema(defs: &mut $crate::spec::shape::Defs) -> serde_json::Value {
                if !defs.begin(stringify!($name)) {
                    return $crate::spec::shape::reference(stringify!($name));
                }
                let keys = vec![$($crate::spec::shape::Key {
                    name: $crate::spec::shape::key_name(stringify!($field)),
                    doc: $crate::spec::shape::paragraph(&[$($fdoc),*]),
                    required: $crate::spec::shape::is_required(&[$(stringify!($req))?]),
                    schema: <$ty as $crate::spec::shape::Shape>::schema(defs),
                }),*];
                defs.object(stringify!($name), &$crate::spec::shape::paragraph(&[$($doc),*]), keys)
            }
            fn read(
                node: &$crate::syntax::Node,
                findings: &mut Vec<$crate::diag::Diagnostic>,
            ) -> Option<Self> {
                if !matches!(node.kind, $crate::syntax::Kind::Mapping(_)) {
                    return None;
                }
                Some(Self {
                    $($field: node
                        .get($crate::spec::shape::key_name(stringify!($field)))
                        .and_then(|entry| <$ty as $crate::spec::shape::Shape>::read(&entry.value, findings)),)*
                    span: node.span,
                })
            }
        }
    };
}
pub(crate) use section;

/// Declares a closed set of words with their schema and reader.
macro_rules! words {
    ($(#[doc = $doc:literal])* $vis:vis enum $name:ident {
        $($(#[doc = $vdoc:literal])* $variant:ident = $word:literal),+ $(,)?
    }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        $vis enum $name { $($(#[doc = $vdoc])* $variant),+ }
        impl $name {
            /// The word for it in a spec.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
            /// What a word means here.
            #[must_use]
            pub fn from_name(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.name())
            }
        }
        impl $crate::spec::shape::Shape for $name {
            fn schema(_: &mut $crate::spec::shape::Defs) -> serde_json::Value {
                serde_json::json!({ "enum": [$($word),+] })
            }
            fn read(
                node: &$crate::syntax::Node,
                _: &mut Vec<$crate::diag::Diagnostic>,
            ) -> Option<Self> {
                node.as_text().and_then(Self::from_name)
            }
        }
        impl $crate::spec::shape::Shape for $crate::source::Spanned<$name> {
            fn schema(defs: &mut $crate::spec::shape::Defs) -> serde_json::Value {
                <$name as $crate::spec::shape::Shape>::schema(defs)
            }
            fn read(
                node: &$crate::syntax::Node,
                findings: &mut Vec<$crate::diag::Diagnostic>,
            ) -> Option<Self> {
                <$name as $crate::spec::shape::Shape>::read(node, findings)
                    .map(|value| $crate::source::Spanned::new(value, node.span))
            }
        }
    };
}
pub(crate) use words;

/// The key that a field stands for (`r#for` is `for`).
#[must_use]
pub const fn key_name(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

/// Whether a key carries the mark `@required`.
#[must_use]
pub const fn is_required(marks: &[&str]) -> bool {
    !marks.is_empty()
}

/// Any text; a number or a word such as `true` is taken as it is written.
pub type Text = Spanned<String>;

impl Shape for Text {
    fn schema(_: &mut Defs) -> Value {
        json!({ "type": ["string", "number", "boolean"] })
    }
    fn read(node: &Node, _: &mut Vec<Diagnostic>) -> Option<Self> {
        node.as_text().map(|text| Spanned::new(text.to_owned(), node.span))
    }
}

impl Shape for Spanned<bool> {
    fn schema(_: &mut Defs) -> Value {
        json!({ "type": "boolean" })
    }
    fn read(node: &Node, _: &mut Vec<Diagnostic>) -> Option<Self> {
        node.to_json().as_bool().map(|value| Spanned::new(value, node.span))
    }
}

impl Shape for Spanned<u64> {
    fn schema(_: &mut Defs) -> Value {
        json!({ "type": "integer", "minimum": 1 })
    }
    fn read(node: &Node, _: &mut Vec<Diagnostic>) -> Option<Self> {
        node.to_json().as_u64().map(|value| Spanned::new(value, node.span))
    }
}

/// An id: `[a-z][a-z0-9-]*`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Id(pub Text);

impl Shape for Id {
    fn schema(_: &mut Defs) -> Value {
        json!({ "type": "string", "pattern": "^[a-z][a-z0-9-]*$" })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        Text::read(node, findings).map(Self)
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn schema(defs: &mut Defs) -> Value {
        json!({ "type": "array", "items": T::schema(defs) })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let Kind::Sequence(items) = &node.kind else { return None };
        Some(items.iter().filter_map(|item| T::read(item, findings)).collect())
    }
}

/// One value, or a list of them.
#[derive(Debug, Clone, Serialize)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T: Shape> Shape for OneOrMany<T> {
    fn schema(defs: &mut Defs) -> Value {
        let one = T::schema(defs);
        json!({ "if": { "type": "array" }, "then": { "items": one.clone() }, "else": one })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        match &node.kind {
            Kind::Sequence(_) => Vec::read(node, findings).map(Self),
            _ => T::read(node, findings).map(|one| Self(vec![one])),
        }
    }
}

/// A list or mapping that holds something.
#[derive(Debug, Clone, Serialize)]
pub struct AtLeastOne<T>(pub T);

impl<T: Shape> Shape for AtLeastOne<T> {
    fn schema(defs: &mut Defs) -> Value {
        let mut schema = T::schema(defs);
        schema["minItems"] = json!(1);
        schema["minProperties"] = json!(1);
        schema
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        T::read(node, findings).map(Self)
    }
}

/// A mapping from free keys to values, in the author's order.
#[derive(Debug, Clone, Serialize)]
pub struct Table<T>(pub Vec<Row<T>>);

/// One key of a [`Table`] and its value.
#[derive(Debug, Clone, Serialize)]
pub struct Row<T> {
    /// The key.
    pub key: Text,
    /// The value.
    pub value: T,
    /// Key and value.
    pub span: Span,
}

impl<T: Shape> Shape for Table<T> {
    fn schema(defs: &mut Defs) -> Value {
        json!({ "type": "object", "additionalProperties": T::schema(defs) })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let Kind::Mapping(entries) = &node.kind else { return None };
        let rows = entries.iter().filter_map(|entry| {
            let span = Span { start: entry.key.span.start, ..entry.value.span };
            T::read(&entry.value, findings).map(|value| Row { key: entry.key.clone(), value, span })
        });
        Some(Self(rows.collect()))
    }
}
