//! One form of step everywhere: in stages, checklists, procedures, rollback, scenarios, before and after the release.

use super::point::Point;
use super::receiver;
use super::scalar::DurationText;
use super::shape::{Defs, OneOrMany, Shape, Text, section};
use crate::diag::Diagnostic;
use crate::lint;
use crate::source::Spanned;
use crate::syntax::{Kind, Node};
use serde_json::{Value, json};

section! {
    /// Something that somebody does and ticks.
    #[derive(serde::Serialize)]
    pub struct StepText {
        /// What to do, in words.
        r#do: Text,
        /// A command to copy.
        run: Text,
        /// What it shows when all is well.
        expect: Text,
        /// What to do when it does not.
        otherwise: Text,
        /// The metric to look at, by its id.
        metric: Text,
        /// How long it takes.
        takes: DurationText,
        /// Who does it, by the id of a person.
        owner: OneOrMany<Text>,
        /// When.
        at: Point,
        /// Only in this case.
        r#if: Text,
        /// Whether it has been done.
        done: Spanned<bool>,
        /// What else is to know.
        note: Text,
        /// Where to read more.
        link: Text,
        /// A file to write or to check.
        file: Text,
        /// What belongs in that file.
        text: Text,
        /// The parts of it, each a step.
        items: Vec<Step>,
        /// Whether it can't be undone.
        irreversible: Spanned<bool>,
        /// Steps that are written once, by the id of a procedure.
        procedure: Text,
    }
}

/// A step: at least one of its keys says what is done.
#[derive(Debug, Clone, serde::Serialize)]
#[serde(transparent)]
pub struct Step(pub StepText);

/// The keys of which a step has at least one.
const SAYS: [&str; 7] = ["do", "run", "metric", "file", "link", "items", "procedure"];

impl Step {
    /// Whether it can't be undone.
    #[must_use]
    pub fn is_irreversible(&self) -> bool {
        self.0.irreversible.as_ref().is_some_and(|flag| flag.value)
    }

    /// This step and all steps inside it, without those of a procedure.
    pub fn with_items(&self) -> Vec<&Self> {
        let inner = self.0.items.iter().flatten().flat_map(Self::with_items);
        std::iter::once(self).chain(inner).collect()
    }

    fn check(self, findings: &mut Vec<Diagnostic>) -> Self {
        let text = &self.0;
        let words = [&text.r#do, &text.run, &text.metric, &text.file, &text.link, &text.procedure];
        if words.iter().all(|word| word.is_none()) && text.items.is_none() {
            findings.push(lint::missing_key::one_of(&SAYS, "a step", text.span));
        }
        if let Some(link) = text.link.as_ref().filter(|link| receiver::value::is_misspelt_link(&link.value)) {
            findings.push(lint::wrong_type::misspelt_link(link));
        }
        if let (Some(content), None) = (&text.text, &text.file) {
            findings.push(lint::missing_key::beside("file", "text", content.span));
        }
        if let (Some(expect), None) = (&text.expect, &text.run)
            && text.r#do.is_none()
            && text.metric.is_none()
        {
            findings.push(lint::missing_key::beside("run", "expect", expect.span));
        }
        self
    }
}

impl Shape for Step {
    fn schema(defs: &mut Defs) -> Value {
        let mapping = StepText::schema(defs);
        json!({ "if": { "type": "object" }, "then": mapping, "else": Text::schema(defs) })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        if let Kind::Mapping(_) = node.kind {
            let text = StepText::read(node, findings)?;
            // A key that could not be read, or is not known, has been told and may be the one that is missing.
            let known = node.entries().iter().filter(|entry| SAYS.contains(&entry.key.as_str())).count();
            let step = Self(text);
            return Some(if known == 0 && node.entries().iter().any(is_unknown) {
                step
            } else {
                step.check(findings)
            });
        }
        let text = Text::read(node, findings)?;
        Some(Self(StepText { r#do: Some(text), ..StepText::blank(node.span) }))
    }
}

/// Whether a key of a step is none that the language knows.
fn is_unknown(entry: &crate::syntax::Entry) -> bool {
    let keys = ["expect", "otherwise", "takes", "owner", "at", "if", "done", "note", "text", "irreversible"];
    !keys.contains(&entry.key.as_str()) && !SAYS.contains(&entry.key.as_str())
}
