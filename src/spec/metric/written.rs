//! A metric as its author wrote it: texts with places, before units give them meaning.

mod levels;
mod measured;
mod sampled;

pub use levels::{ConditionText, LevelText, RangeText, TargetText};
pub use measured::{Aggregate, Gauge, Increase, Mean, Quantile, Rate, Ratio};
pub use sampled::SampleText;

use crate::diag::Diagnostic;
use crate::spec::matcher::Matchers;
use crate::spec::scalar::{DurationText, PromqlText, UnitText};
use crate::spec::shape::{Defs, Row, Shape, Table, Text, section, words};
use crate::syntax::{Kind, Node};
use serde_json::{Value, json};

words! {
    /// Who looks at a metric, and so where it appears. Only `alert` makes alerts and counts in the verdict.
    pub enum Watch {
        /// An alert wakes somebody.
        Alert = "alert",
        /// A person looks every hour.
        Hourly = "hourly",
        /// A person looks every day.
        Daily = "daily",
        /// A person looks every week.
        Weekly = "weekly",
    }
}

words! {
    /// What a lack of data means.
    pub enum NoDataLevel {
        /// Stop and decide.
        Hold = "hold",
        /// Go back.
        Rollback = "rollback",
        /// Nothing: no alert, and no evidence is asked for.
        Ignore = "ignore",
    }
}

section! {
    /// What a lack of data means, and after how long.
    pub struct NoDataText {
        /// The level that it raises.
        level @required: NoDataLevel,
        /// How long the data must be missing (15m where nothing is said).
        r#for: DurationText,
    }
}

/// `no_data` as written: a word, or a mapping.
#[derive(Debug, Clone)]
pub struct NoDataWritten {
    /// The level.
    pub level: NoDataLevel,
    /// After how long, where the author says.
    pub after: Option<DurationText>,
    /// The whole value.
    pub span: crate::source::Span,
}

impl Shape for NoDataWritten {
    fn schema(defs: &mut Defs) -> Value {
        let mapping = NoDataText::schema(defs);
        json!({ "if": { "type": "object" }, "then": mapping, "else": NoDataLevel::schema(defs) })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        if let Kind::Mapping(_) = node.kind {
            let text = NoDataText::read(node, findings)?;
            return Some(Self { level: text.level?, after: text.r#for, span: node.span });
        }
        NoDataLevel::read(node, findings).map(|level| Self { level, after: None, span: node.span })
    }
}

section! {
    /// A reference other than the baseline: the same series earlier, or a fixed value.
    pub struct ReferenceText {
        /// The same series (the baseline's, or the fleet's) this long ago.
        offset: DurationText,
        /// A fixed value in the metric's unit.
        value: Text,
    }
}

/// `relative_to` as written.
#[derive(Debug, Clone)]
pub enum RelativeTo {
    /// The series that `scope.baseline` selects.
    Baseline(crate::source::Span),
    /// Another reference.
    Other(ReferenceText),
}

impl Shape for RelativeTo {
    fn schema(defs: &mut Defs) -> Value {
        let mapping = ReferenceText::schema(defs);
        json!({ "if": { "type": "object" }, "then": mapping, "else": { "enum": ["baseline"] } })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        if let Kind::Mapping(_) = node.kind {
            return ReferenceText::read(node, findings).map(Self::Other);
        }
        (node.as_text() == Some("baseline")).then_some(Self::Baseline(node.span))
    }
}

/// `scope` of a metric as written.
#[derive(Debug, Clone)]
pub enum ScopeText {
    /// The whole fleet: no matchers.
    Fleet(crate::source::Span),
    /// Matchers of its own.
    Own(Matchers),
}

impl Shape for ScopeText {
    fn schema(defs: &mut Defs) -> Value {
        let own = Matchers::schema(defs);
        json!({ "if": { "type": "object" }, "then": own, "else": { "enum": ["fleet"] } })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        if let Kind::Mapping(_) = node.kind {
            return Matchers::read(node, findings).map(Self::Own);
        }
        (node.as_text() == Some("fleet")).then_some(Self::Fleet(node.span))
    }
}

section! {
    /// The keys that `where` can replace at a stage or for a value of a label.
    pub struct OverrideText {
        /// The stage at which it holds.
        stage: Text,
        /// The usual range, where it differs.
        normal: RangeText,
        /// What differs in this level, or `none`.
        warn: LevelText,
        /// What differs in this level, or `none`.
        hold: LevelText,
        /// What differs in this level, or `none`.
        rollback: LevelText,
        /// The promise, where it differs.
        target: TargetText,
        /// The number of events below which there is no verdict, where it differs.
        min_events: Text,
        /// Takes the metric away.
        off: crate::source::Spanned<bool>,
        /// Why it differs.
        reason: Text,
    }
}

/// One entry of `where`: what differs, and the values of labels for which it does.
#[derive(Debug, Clone)]
pub struct WhereText {
    /// The stage and what differs there.
    pub keys: OverrideText,
    /// The labels, each with its value.
    pub labels: Vec<Row<Text>>,
}

impl WhereText {
    /// The keys that are no labels.
    pub const KEYS: [&str; 9] =
        ["stage", "normal", "warn", "hold", "rollback", "target", "min_events", "off", "reason"];
}

impl Shape for WhereText {
    fn schema(defs: &mut Defs) -> Value {
        let _ = OverrideText::schema(defs);
        let mut whole = defs.0.get("OverrideText").cloned().unwrap_or(Value::Null);
        whole["additionalProperties"] = Text::schema(defs);
        whole
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let keys = OverrideText::read(node, findings)?;
        let all = Table::<Node>::read(node, findings)?;
        let labels = all.0.into_iter().filter(|row| !Self::KEYS.contains(&row.key.as_str()));
        let labels = labels.filter_map(|row| {
            let value = Text::read(&row.value, findings)?;
            Some(Row { key: row.key, value, span: row.span })
        });
        Some(Self { keys, labels: labels.collect() })
    }
}

section! {
    /// One thing that is measured, its usual range and its levels.
    pub struct MetricText {
        /// The title for people.
        title: Text,
        /// What users notice when it goes wrong.
        impact: Text,
        /// Who looks at it, and so where it appears.
        watch: Watch,
        /// The unit of its values.
        unit: UnitText,
        /// Bad (or good) events among all events.
        ratio: Ratio,
        /// A quantile of a histogram.
        quantile: Quantile,
        /// The mean of a histogram or summary.
        mean: Mean,
        /// How fast a counter grows.
        rate: Rate,
        /// By how much a counter grew over a time.
        increase: Increase,
        /// A value that goes up and down.
        gauge: Gauge,
        /// PromQL that yields the value.
        query: PromqlText,
        /// Examples of a `query`: series, and what it makes of them. The tests of the rules show each.
        samples: Vec<SampleText>,
        /// The measurement of another metric, by its id.
        same_as: Text,
        /// How a person finds the value, where Prometheus does not have it; it makes no rule.
        manual: Text,
        /// The labels that are kept: one value for each of their values.
        by: Vec<Text>,
        /// The window of the rate.
        window: DurationText,
        /// Which series are measured, where that is not the release's scope.
        scope: ScopeText,
        /// What it is compared with; all its values are differences then.
        relative_to: RelativeTo,
        /// The usual range, ends included.
        normal: RangeText,
        /// Look closely.
        warn: LevelText,
        /// Stop here and decide.
        hold: LevelText,
        /// Go back now.
        rollback: LevelText,
        /// The promise (SLO), which is no level.
        target: TargetText,
        /// What differs at a stage or for a value of a label.
        r#where: Vec<WhereText>,
        /// Fewer events than this in every window of the time that a level waits for: it is not raised, and there is no verdict. A
        /// moment of fewer does not begin the wait again.
        min_events: Text,
        /// What a lack of data means.
        no_data: NoDataWritten,
        /// PromQL that must have a value for the alerts to fire.
        only_when: PromqlText,
        /// Whether it grows with traffic: limits are for 100 %, scaled by the stage's share.
        extensive: crate::source::Spanned<bool>,
        /// Facts that were measured, by a name of the author's.
        observed: Table<Text>,
        /// Why the numbers are what they are.
        reason: Text,
        /// How soon somebody must act.
        response: DurationText,
        /// The scenario to follow when its alerts fire, by its id.
        scenario: Text,
    }
}
