//! The tree: what stands in a file, before it means anything.

use crate::source::{Span, Spanned};

/// A value with its place. Aliases are already replaced by what they name.
#[derive(Debug, Clone)]
pub struct Node {
    /// What kind of value.
    pub kind: Kind,
    /// The bytes of the value itself (quotes included, a trailing newline not).
    pub span: Span,
    /// Written in flow style (`{…}` or `[…]`), or inside such a value.
    pub flow: bool,
}

/// The kinds of a YAML value. Scalars keep their text: what it means is for the reader to decide.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Nothing, `~` or `null`, unquoted.
    Null,
    /// Text, a number, a word: anything on its own.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values in the author's order; keys are unique.
    Mapping(Vec<Entry>),
}

/// One key of a mapping and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key's text and place.
    pub key: Spanned<String>,
    /// Its value.
    pub value: Node,
}

/// A scalar after YAML's escapes and folding.
#[derive(Debug, Clone)]
pub struct Scalar {
    /// The text that it stands for.
    pub text: String,
    /// How it was written.
    pub style: Style,
}

/// How a scalar was written; only plain ones can be numbers, `true` or `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

impl Node {
    /// The entry under `key`, when this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key.value == key)
    }

    /// The keys and values of a mapping; none for anything else.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        if let Kind::Mapping(entries) = &self.kind { entries } else { &[] }
    }

    /// The items of a list; none for anything else.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        if let Kind::Sequence(items) = &self.kind { items } else { &[] }
    }

    /// The text of a scalar, a number's digits as they were written; `None` for nothing, a list or a mapping.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Kind::Scalar(scalar) = &self.kind { Some(&scalar.text) } else { None }
    }

    /// Whether nothing stands here.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// What stands here, in an author's words.
    #[must_use]
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "nothing",
            Kind::Sequence(_) => "a list",
            Kind::Mapping(_) => "a mapping",
            Kind::Scalar(scalar) => match scalar.to_json() {
                serde_json::Value::Number(_) => "a number",
                serde_json::Value::Bool(_) => "true or false",
                _ => "text",
            },
        }
    }
}
