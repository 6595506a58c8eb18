//! The sections `people`, `escalation` and the approvals that name people.

use super::condition::LevelName;
use super::scalar::DurationText;
use super::shape::{AtLeastOne, Defs, OneOrMany, Shape, Text, section};
use crate::diag::Diagnostic;
use crate::source::{Span, Spanned};
use crate::syntax::{Kind, Node};
use serde_json::{Value, json};

section! {
    /// Somebody who is called or decides: a person, a role or a group.
    #[derive(serde::Serialize)]
    pub struct Person {
        /// The role, for people.
        title: Text,
        /// Who that is.
        name: Text,
        /// The telephone number.
        phone: Text,
        /// The mail address.
        email: Text,
        /// The name or address in the chat.
        chat: Text,
        /// When they can be reached.
        hours: Text,
        /// Whether it is a group, any of whom answers.
        group: Spanned<bool>,
        /// Who answers when they do not, by the id of a person.
        backup: Text,
        /// What else is to know.
        note: Text,
    }
}

section! {
    /// Who is called when the trouble has lasted for a time.
    #[derive(serde::Serialize)]
    pub struct Escalation {
        /// How long after the alert.
        after @required: DurationText,
        /// Who is called, by the id of a person.
        to @required: OneOrMany<Text>,
        /// How.
        by: Text,
        /// Only in this case.
        r#if: Text,
        /// The mildest level at which it applies.
        level: Spanned<LevelName>,
        /// What else is to know.
        note: Text,
    }
}

section! {
    /// Some of several people.
    pub struct SomeOf {
        /// Who may approve, by the id of a person.
        any @required: AtLeastOne<Vec<Text>>,
        /// How many of them it takes (1 where nothing is said).
        at_least: Spanned<u64>,
    }
}

/// Who must approve.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Approval {
    /// The people, by id.
    pub people: Vec<Text>,
    /// How many of them it takes.
    pub at_least: usize,
    /// Whether all of them must.
    pub all: bool,
    /// The place of the number, or of the whole approval.
    pub span: Span,
}

impl Shape for Approval {
    fn schema(defs: &mut Defs) -> Value {
        let some = SomeOf::schema(defs);
        json!({ "if": { "type": "object" }, "then": some, "else": OneOrMany::<Text>::schema(defs) })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        if let Kind::Mapping(_) = node.kind {
            let some = SomeOf::read(node, findings)?;
            let people = some.any?.0;
            let at_least = some.at_least.as_ref().map_or(1, |number| number.value);
            let span = some.at_least.map_or(node.span, |number| number.span);
            let at_least = usize::try_from(at_least).unwrap_or(usize::MAX);
            return Some(Self { all: false, at_least, people, span });
        }
        let people = OneOrMany::<Text>::read(node, findings)?.0;
        Some(Self { all: true, at_least: people.len(), people, span: node.span })
    }
}
