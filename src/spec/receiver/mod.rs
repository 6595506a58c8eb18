//! A channel: one kind of Alertmanager's receivers with Alertmanager's own fields, checked against one table.
//!
//! What a channel holds is what Alertmanager takes: no unknown field, every field of its kind that it needs, no two that
//! exclude each other, and no secret but in a file.

mod read;
pub mod schema;
pub mod secret;
mod sections;
pub mod table;
pub mod template;
pub mod value;

use super::shape::{Defs, Shape};
use crate::diag::Diagnostic;
use crate::promql::Version;
use crate::source::Span;
use crate::syntax::Node;
use serde_json::{Map, Value};
use table::Kind;

/// One channel.
#[derive(Debug, Clone)]
pub struct Channel {
    /// Its kind; `None` where it says none, or several, which has been reported.
    pub kind: Option<&'static Kind>,
    /// The key that says the kind, or all of it.
    pub span: Span,
    /// The fields as Alertmanager takes them, in the author's order.
    pub fields: Map<String, Value>,
    /// The fields that not every Alertmanager from 0.25 on has, the kind itself among them.
    pub newer: Vec<Newer>,
}

/// What only some Alertmanagers have.
#[derive(Debug, Clone)]
pub struct Newer {
    /// What it is, in words.
    pub what: String,
    /// The first that has it.
    pub since: Version,
    /// Where it is written.
    pub span: Span,
}

impl Channel {
    /// Its kind as a channel calls it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind.map_or("", |kind| kind.name)
    }

    /// The key of its kind in a receiver.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}_configs", self.kind())
    }
}

impl Shape for Channel {
    fn schema(defs: &mut Defs) -> Value {
        schema::channel(defs)
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        Some(read::channel(node, findings))
    }
}

#[cfg(test)]
mod tests {
    use super::table::{KINDS, Takes};

    /// A rule about a field that is not there would never hold, and a secret without a file could not be written at all.
    #[test]
    fn the_table_names_only_fields_that_it_has() {
        for kind in KINDS {
            let part = &kind.part;
            let has = |name: &str| part.fields.iter().any(|field| field.name == name);
            for name in part.one_of.iter().chain(part.at_most_one_of).flat_map(|names| names.iter()) {
                assert!(has(name), "{}: {name}", kind.name);
            }
            for field in part.fields {
                if let Takes::Secret(file) = field.takes {
                    assert!(has(file), "{}: {file}", kind.name);
                }
                let twice = part.fields.iter().filter(|other| other.name == field.name).count();
                assert_eq!(twice, 1, "{}: {}", kind.name, field.name);
            }
        }
    }
}
