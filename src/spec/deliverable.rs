//! The section `deliverables`: what the release leaves behind.

use super::shape::{Defs, Shape, Text, section};
use crate::diag::Diagnostic;
use crate::source::Spanned;
use crate::syntax::{Kind, Node};
use serde_json::{Value, json};

section! {
    /// A file or a thing that the release leaves behind.
    #[derive(serde::Serialize)]
    pub struct DeliverableText {
        /// The file.
        path: Text,
        /// What it is.
        title: Text,
        /// What else is to know.
        note: Text,
        /// Whether it is there.
        done: Spanned<bool>,
    }
}

/// A deliverable; a bare text is its path.
#[derive(Debug, Clone, serde::Serialize)]
#[serde(transparent)]
pub struct Deliverable(pub DeliverableText);

impl Shape for Deliverable {
    fn schema(defs: &mut Defs) -> Value {
        let mapping = DeliverableText::schema(defs);
        json!({ "if": { "type": "object" }, "then": mapping, "else": Text::schema(defs) })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        if let Kind::Mapping(_) = node.kind {
            let text = DeliverableText::read(node, findings)?;
            if node.get("path").is_none() && node.get("title").is_none() {
                let missing =
                    crate::lint::missing_key::one_of(&["path", "title"], "a deliverable", text.span);
                findings.push(missing);
            }
            return Some(Self(text));
        }
        let path = Text::read(node, findings)?;
        Some(Self(DeliverableText { path: Some(path), ..DeliverableText::blank(node.span) }))
    }
}
