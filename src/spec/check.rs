//! The checks of a stage: who looks at what, and when.

use super::point::{Point, PointKind};
use super::scalar::DurationText;
use super::shape::{Defs, OneOrMany, Shape, Text, section};
use crate::diag::Diagnostic;
use crate::lint;
use crate::syntax::Node;
use jiff::civil::Time;
use serde_json::Value;

section! {
    /// A look that comes back: every so often or at clock times.
    #[derive(serde::Serialize)]
    pub struct CheckText {
        /// How often.
        every: DurationText,
        /// At which times.
        at: OneOrMany<Point>,
        /// From when; the beginning of the stage where nothing is said. Two clock times, here and in `to`, hold on each day.
        from: Point,
        /// Until when; the end of the stage where nothing is said.
        to: Point,
        /// What is looked at, by the id of a checklist.
        list: OneOrMany<Text>,
        /// What is looked at, in words.
        r#do: Text,
        /// Who looks, by the id of a person.
        owner: OneOrMany<Text>,
    }
}

/// A check: either `every` or `at`, and a list or words.
#[derive(Debug, Clone, serde::Serialize)]
#[serde(transparent)]
pub struct Check(pub CheckText);

impl Check {
    /// The clock times between which it is made on each day of its stage; `None` where it says anything else.
    #[must_use]
    pub fn daily(&self) -> Option<(Time, Time)> {
        let clock = |point: &Option<Point>| match point.as_ref()?.kind {
            PointKind::Clock(time) => Some(time),
            _ => None,
        };
        Some((clock(&self.0.from)?, clock(&self.0.to)?))
    }
}

impl Shape for Check {
    fn schema(defs: &mut Defs) -> Value {
        CheckText::schema(defs)
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let text = CheckText::read(node, findings)?;
        let has = |key| node.get(key).is_some();
        match (has("every"), has("at")) {
            (true, true) => findings.push(lint::unknown_key::both(["every", "at"], "a check", text.span)),
            (false, false) => {
                findings.push(lint::missing_key::one_of(&["every", "at"], "a check", text.span))
            }
            _ => {}
        }
        if let Some(every) = text.every.as_ref().filter(|every| every.value.is_zero()) {
            findings.push(lint::bad_duration::zero_interval(every.span));
        }
        if !has("list") && !has("do") {
            findings.push(lint::missing_key::one_of(&["list", "do"], "a check", text.span));
        }
        Some(Self(text))
    }
}
