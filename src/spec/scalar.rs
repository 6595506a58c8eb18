//! Scalars with a meaning of their own: durations, points in time, zones, shares, PromQL.

use super::shape::{Defs, Shape, Text, section};
use crate::diag::Diagnostic;
use crate::lint;
use crate::quantity::{Duration, Number, Quantity, Unit};
use crate::source::{Span, Spanned};
use crate::syntax::Node;
use serde_json::{Value, json};

/// A duration and its place.
pub type DurationText = Spanned<Duration>;

impl DurationText {
    /// As the author wrote it.
    #[must_use]
    pub fn text(&self) -> &str {
        self.value.text()
    }
}

impl Shape for DurationText {
    fn schema(_: &mut Defs) -> Value {
        json!({ "type": ["string", "number"], "examples": ["5m", "1h30m", "2d"] })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        match Duration::parse(node.as_text()?) {
            Ok(duration) => Some(Spanned::new(duration, node.span)),
            Err(fault) => {
                findings.push(lint::bad_duration::not_a_duration(&fault, node.span));
                None
            }
        }
    }
}

/// A unit as written: known, or a word that is none (which has been reported).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitText {
    /// The unit.
    pub unit: Option<Unit>,
    /// Where it stands.
    pub span: Span,
}

impl UnitText {
    /// The unit, where the word is one.
    #[must_use]
    pub fn known(&self) -> Option<Spanned<Unit>> {
        self.unit.map(|unit| Spanned::new(unit, self.span))
    }
}

impl Shape for UnitText {
    fn schema(_: &mut Defs) -> Value {
        json!({ "enum": Unit::ALL.iter().map(|unit| unit.name()).collect::<Vec<_>>() })
    }
    fn read(node: &Node, _: &mut Vec<Diagnostic>) -> Option<Self> {
        Some(Self { unit: node.as_text().and_then(Unit::parse), span: node.span })
    }
}

/// A date with a clock time, wall-clock in the release's zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment(pub Spanned<jiff::civil::DateTime>);

impl serde::Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0.value)
    }
}

impl Shape for Moment {
    fn schema(_: &mut Defs) -> Value {
        json!({ "type": "string", "examples": ["2026-03-02T09:00"] })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let text = node.as_text()?;
        let whole = text.len() > "2026-03-02".len() && !text.ends_with(['Z', 'z']);
        match text.parse::<jiff::civil::DateTime>() {
            Ok(moment) if whole => Some(Self(Spanned::new(moment, node.span))),
            _ => {
                findings.push(lint::bad_time::not_a_moment(text, node.span));
                None
            }
        }
    }
}

/// A day, such as the last one on which a waiver holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day(pub Spanned<jiff::civil::Date>);

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0.value)
    }
}

impl Shape for Day {
    fn schema(_: &mut Defs) -> Value {
        json!({ "type": "string", "examples": ["2026-03-01"] })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let text = node.as_text()?;
        match text.parse::<jiff::civil::Date>() {
            Ok(day) if text.len() == "2026-03-01".len() => Some(Self(Spanned::new(day, node.span))),
            _ => {
                findings.push(lint::bad_time::not_a_day(text, node.span));
                None
            }
        }
    }
}

/// A time zone by its IANA name, known to exist.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Timezone(pub Text);

impl Shape for Timezone {
    fn schema(_: &mut Defs) -> Value {
        json!({ "type": "string", "examples": ["Europe/Berlin", "Asia/Shanghai"] })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let text = node.as_text()?;
        if jiff::tz::TimeZone::get(text).is_err() {
            findings.push(lint::bad_time::not_a_zone(text, node.span));
            return None;
        }
        Some(Self(Spanned::new(text.to_owned(), node.span)))
    }
}

/// A share of the traffic, above 0 and at most 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The share between 0 and 1.
    pub value: Number,
    /// As the author wrote it.
    pub text: Text,
}

impl serde::Serialize for Share {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text.value)
    }
}

impl Shape for Share {
    fn schema(_: &mut Defs) -> Value {
        json!({ "type": ["string", "number"], "examples": ["5%", "100%"] })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let text = node.as_text()?;
        let quantity = match Quantity::parse(text, Unit::Ratio) {
            Ok(quantity) => quantity,
            Err(fault) => {
                findings.push(lint::bad_quantity::from_fault(&fault, text, node.span));
                return None;
            }
        };
        if quantity.value.is_negative() || quantity.value > Number::from_integer(1) {
            findings.push(lint::bad_quantity::not_a_share(text, node.span));
            return None;
        }
        Some(Self { value: quantity.value, text: Spanned::new(text.to_owned(), node.span) })
    }
}

/// PromQL with all that is needed to point into it.
#[derive(Debug, Clone)]
pub struct PromqlText {
    /// The scalar as it stands in the file.
    pub node: Node,
}

impl PromqlText {
    /// The expression's text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.node.as_text().unwrap_or("")
    }

    /// The whole scalar.
    #[must_use]
    pub fn span(&self) -> Span {
        self.node.span
    }
}

impl Shape for PromqlText {
    fn schema(_: &mut Defs) -> Value {
        json!({ "type": "string" })
    }
    fn read(node: &Node, _: &mut Vec<Diagnostic>) -> Option<Self> {
        node.as_text().map(|_| Self { node: node.clone() })
    }
}

impl Shape for Node {
    fn schema(_: &mut Defs) -> Value {
        json!({})
    }
    fn read(node: &Node, _: &mut Vec<Diagnostic>) -> Option<Self> {
        Some(node.clone())
    }
}

section! {
    /// A duration for each level.
    pub struct ForEachLevel {
        /// For `warn`.
        warn: DurationText,
        /// For `hold`.
        hold: DurationText,
        /// For `rollback`.
        rollback: DurationText,
    }
}

/// `for` of the defaults: one duration for all levels, or one for each.
#[derive(Debug, Clone, serde::Serialize)]
pub struct LevelDefaults {
    /// For `warn`.
    pub warn: Option<DurationText>,
    /// For `hold`.
    pub hold: Option<DurationText>,
    /// For `rollback`.
    pub rollback: Option<DurationText>,
}

impl Shape for LevelDefaults {
    fn schema(defs: &mut Defs) -> Value {
        let each = ForEachLevel::schema(defs);
        json!({ "if": { "type": "object" }, "then": each, "else": DurationText::schema(defs) })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        if let Some(each) = ForEachLevel::read(node, findings) {
            return Some(Self { warn: each.warn, hold: each.hold, rollback: each.rollback });
        }
        let one = DurationText::read(node, findings)?;
        Some(Self { warn: Some(one.clone()), hold: Some(one.clone()), rollback: Some(one) })
    }
}
