//! The section `scenarios`: troubles that were thought through beforehand.

use super::scalar::DurationText;
use super::shape::{Defs, OneOrMany, Shape, Text, section, words};
use super::step::Step;
use crate::diag::Diagnostic;
use crate::lint;
use crate::source::Spanned;
use crate::syntax::Node;
use serde_json::Value;

words! {
    /// What an alert is about: one of the levels, or a lack of data.
    pub enum AlertOf {
        /// Look closely.
        Warn = "warn",
        /// Stop here and decide.
        Hold = "hold",
        /// Go back now.
        Rollback = "rollback",
        /// The metric has no data.
        NoData = "no-data",
    }
}

section! {
    /// What shows a scenario: an alert, or what people see.
    #[derive(serde::Serialize)]
    pub struct SignText {
        /// The metric whose alert it is, by its id.
        metric: Text,
        /// The level of that alert; every level where nothing is said.
        level: Spanned<AlertOf>,
        /// What people see.
        symptom: Text,
    }
}

/// What shows a scenario: either a metric or a symptom.
#[derive(Debug, Clone, serde::Serialize)]
#[serde(transparent)]
pub struct Sign(pub SignText);

impl Shape for Sign {
    fn schema(defs: &mut Defs) -> Value {
        SignText::schema(defs)
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let text = SignText::read(node, findings)?;
        let keys = ["metric", "symptom"];
        match keys.map(|key| node.get(key).is_some()) {
            [true, true] => findings.push(lint::unknown_key::both(keys, "when", text.span)),
            [false, false] => findings.push(lint::missing_key::one_of(&keys, "when", text.span)),
            [false, true] => {
                if let Some(level) = node.get("level") {
                    findings.push(lint::unknown_key::beside(&level.key, "symptom", &[]));
                }
            }
            _ => {}
        }
        Some(Self(text))
    }
}

section! {
    /// A trouble that was thought through beforehand.
    #[derive(serde::Serialize)]
    pub struct Scenario {
        /// The title for people.
        title: Text,
        /// What shows it.
        when: OneOrMany<Sign>,
        /// How urgent it is, in the team's words.
        priority: Text,
        /// Who handles it, by the id of a person.
        owner: OneOrMany<Text>,
        /// What to find out, in order.
        diagnose: Vec<Step>,
        /// What to do, in order.
        steps: Vec<Step>,
        /// In which case the release is rolled back.
        rollback_if: Text,
        /// How long it takes to recover.
        recovery: DurationText,
        /// What keeps it from coming again.
        prevent: Vec<Text>,
        /// What else is to know.
        note: Text,
    }
}
