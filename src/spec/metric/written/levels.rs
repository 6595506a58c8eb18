//! The usual range, the promise and the levels as their author wrote them.

use crate::diag::Diagnostic;
use crate::source::Span;
use crate::spec::scalar::DurationText;
use crate::spec::shape::{Defs, Shape, Text, section};
use crate::syntax::{Kind, Node};
use serde_json::{Value, json};

section! {
    /// A range of values, both ends included.
    pub struct RangeText {
        /// The smallest value inside.
        min: Text,
        /// The largest value inside.
        max: Text,
    }
}

section! {
    /// The promise (SLO): no level, and not the usual range.
    pub struct TargetText {
        /// The smallest value that keeps the promise.
        min: Text,
        /// The largest value that keeps the promise.
        max: Text,
        /// The time over which it is kept.
        over: DurationText,
    }
}

section! {
    /// When a level is reached: beyond a bound for some time, after another level, or in a person's judgement.
    pub struct ConditionText {
        /// Reached above this value.
        above: Text,
        /// Reached below this value.
        below: Text,
        /// How long it must last before the alert fires; `0s` is at once.
        r#for: DurationText,
        /// How long the alert goes on after that is over; `0s` is not at all.
        keep_firing_for: DurationText,
        /// Also reached when `warn` has lasted this long.
        after_warn: DurationText,
        /// Also reached when `hold` has lasted this long.
        after_hold: DurationText,
        /// Reached when a person sees this; it makes no alert.
        judge: Text,
    }
}

/// A level as written: conditions, any of which raises it, or `none`.
#[derive(Debug, Clone)]
pub struct LevelText {
    /// The conditions; empty for `none`.
    pub conditions: Vec<ConditionText>,
    /// Whether they were written as a list, which `where` replaces wholly.
    pub list: bool,
    /// The whole value.
    pub span: Span,
}

impl Shape for LevelText {
    fn schema(defs: &mut Defs) -> Value {
        let one = ConditionText::schema(defs);
        json!({
            "if": { "type": "array" }, "then": { "items": one.clone(), "minItems": 1 },
            "else": { "if": { "type": "string" }, "then": { "enum": ["none"] }, "else": one },
        })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let conditions = match &node.kind {
            Kind::Sequence(_) => Vec::read(node, findings)?,
            Kind::Mapping(_) => vec![ConditionText::read(node, findings)?],
            _ if node.as_text() == Some("none") => Vec::new(),
            _ => return None,
        };
        Some(Self { conditions, list: matches!(node.kind, Kind::Sequence(_)), span: node.span })
    }
}
