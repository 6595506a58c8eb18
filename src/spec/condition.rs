//! One form of condition everywhere: in `start_when`, `advance`, `hold`, `rollback` of a stage, and in `acceptance`.

mod resolve;

pub use resolve::resolve;

use super::scalar::DurationText;
use super::shape::{AtLeastOne, Defs, Shape, Text, section, words};
use crate::diag::Diagnostic;
use crate::ladder::{Bound, Level};
use crate::lint;
use crate::source::{Span, Spanned};
use crate::syntax::Node;
use serde_json::Value;

words! {
    /// Several metrics at once: all of them, or those that are watched in one way.
    pub enum MetricsOf {
        /// Every metric of the release.
        All = "all",
        /// Those with `watch: alert`.
        Alert = "alert",
        /// Those with `watch: hourly`.
        Hourly = "hourly",
        /// Those with `watch: daily`.
        Daily = "daily",
        /// Those with `watch: weekly`.
        Weekly = "weekly",
    }
}

words! {
    /// The range in which every recorded value must lie.
    pub enum Within {
        /// The usual range; where none is written, everything short of the first level.
        Normal = "normal",
        /// The promise.
        Target = "target",
    }
}

words! {
    /// No alert at all.
    pub enum NoAlert {
        /// None may fire.
        None = "none",
    }
}

words! {
    /// A level by its name.
    pub enum LevelName {
        /// Look closely.
        Warn = "warn",
        /// Stop here and decide.
        Hold = "hold",
        /// Go back now.
        Rollback = "rollback",
    }
}

impl LevelName {
    /// The level.
    #[must_use]
    pub fn level(self) -> Level {
        match self {
            Self::Warn => Level::Warn,
            Self::Hold => Level::Hold,
            Self::Rollback => Level::Rollback,
        }
    }
}

section! {
    /// A condition on metrics, on alerts, or in a person's judgement.
    pub struct ConditionKeys {
        /// The metric, by its id.
        metric: Text,
        /// Several metrics at once, by how they are watched.
        metrics: Spanned<MetricsOf>,
        /// Every recorded value lies in this range.
        within: Spanned<Within>,
        /// The average is no worse than this.
        average: Text,
        /// No value is worse than this.
        worst: Text,
        /// The last value is no worse than this.
        latest: Text,
        /// The time over which it holds; since the beginning where nothing is said.
        over: DurationText,
        /// No alert fires.
        alerts: Spanned<NoAlert>,
        /// The mildest level whose alerts count (warn where nothing is said).
        level: Spanned<LevelName>,
        /// What a person must see.
        judge: Text,
        /// Conditions of which one is enough.
        any: AtLeastOne<Vec<Condition>>,
    }
}

/// A condition, with its numbers in the unit of its metric.
#[derive(Debug, Clone)]
pub struct Condition {
    /// What must hold.
    pub kind: ConditionKind,
    /// The whole condition.
    pub span: Span,
}

/// What must hold.
#[derive(Debug, Clone)]
pub enum ConditionKind {
    /// A test of one metric.
    Metric {
        /// The metric's id.
        metric: Text,
        /// The test.
        test: Test,
        /// The time over which it holds; `None` for since the beginning.
        over: Option<DurationText>,
    },
    /// Several metrics lie in their ranges.
    Metrics {
        /// Which.
        which: Spanned<MetricsOf>,
        /// The range.
        within: Spanned<Within>,
        /// The time over which it holds; `None` for since the beginning.
        over: Option<DurationText>,
    },
    /// No alert of that level or a harsher one fires.
    NoAlerts {
        /// The mildest level that counts.
        level: Level,
        /// The time over which it holds; `None` for since the beginning.
        over: Option<DurationText>,
        /// The place of the key `alerts`.
        span: Span,
    },
    /// A person judges.
    Judge(Text),
    /// One of several is enough.
    Any(Vec<Condition>),
}

/// A test of one metric.
#[derive(Debug, Clone)]
pub enum Test {
    /// Every recorded value lies in a range of the metric.
    Within(Spanned<Within>),
    /// One number is no worse than a limit; its good side is the metric's.
    Limit {
        /// Which number.
        of: Statistic,
        /// The limit as written.
        text: Text,
        /// The limit in the metric's unit; `None` where it could not be read, which has been told.
        bound: Option<Bound>,
    },
}

/// Which number of a metric a limit is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Statistic {
    /// The average over the time.
    Average,
    /// The worst value in the time.
    Worst,
    /// The last value.
    Latest,
}

impl Condition {
    /// This condition, or all those of which one is enough.
    #[must_use]
    pub fn leaves(&self) -> Vec<&Self> {
        match &self.kind {
            ConditionKind::Any(any) => any.iter().flat_map(Self::leaves).collect(),
            _ => vec![self],
        }
    }

    /// The time over which it holds, where it says one.
    #[must_use]
    pub fn over(&self) -> Option<&DurationText> {
        match &self.kind {
            ConditionKind::Metric { over, .. }
            | ConditionKind::Metrics { over, .. }
            | ConditionKind::NoAlerts { over, .. } => over.as_ref(),
            ConditionKind::Judge(_) | ConditionKind::Any(_) => None,
        }
    }

    /// Whether a person alone decides it.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        self.leaves().iter().all(|leaf| matches!(leaf.kind, ConditionKind::Judge(_)))
    }
}

impl Shape for Condition {
    fn schema(defs: &mut Defs) -> Value {
        ConditionKeys::schema(defs)
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let keys = ConditionKeys::read(node, findings)?;
        let span = keys.span;
        let subject = subject(node, span, findings)?;
        strangers(node, subject, findings);
        let kind = match subject {
            "judge" => ConditionKind::Judge(keys.judge?),
            "any" => ConditionKind::Any(keys.any?.0),
            "alerts" => ConditionKind::NoAlerts {
                level: keys.level.map_or(Level::Warn, |level| level.value.level()),
                over: keys.over,
                span: keys.alerts?.span,
            },
            _ => measured(keys, node, findings)?,
        };
        Some(Self { kind, span })
    }
}

/// The keys of which a condition has exactly one, each with the keys that may stand beside it.
const SUBJECTS: [(&str, &[&str]); 5] = [
    ("metric", &["within", "average", "worst", "latest", "over"]),
    ("metrics", &["within", "over"]),
    ("alerts", &["level", "over"]),
    ("judge", &[]),
    ("any", &[]),
];

/// What tests a metric; exactly one of them.
const TESTS: [&str; 4] = ["within", "average", "worst", "latest"];

/// The one key that says what the condition is about.
fn subject(node: &Node, span: Span, findings: &mut Vec<Diagnostic>) -> Option<&'static str> {
    let has = |key: &&'static str| node.get(key).is_some();
    let there: Vec<_> = SUBJECTS.iter().map(|(key, _)| *key).filter(has).collect();
    match there.as_slice() {
        [one] => Some(one),
        [] => {
            let names: Vec<_> = SUBJECTS.iter().map(|(key, _)| *key).collect();
            findings.push(lint::missing_key::one_of(&names, "a condition", span));
            None
        }
        [first, second, ..] => {
            findings.push(lint::unknown_key::both([first, second], "a condition", span));
            None
        }
    }
}

/// Keys that have no meaning beside the subject.
fn strangers(node: &Node, subject: &'static str, findings: &mut Vec<Diagnostic>) {
    let beside = SUBJECTS.iter().find(|(key, _)| *key == subject).map_or(&[][..], |(_, beside)| beside);
    for entry in node.entries() {
        let key = entry.key.as_str();
        let known = TESTS.contains(&key) || matches!(key, "over" | "level");
        if known && !beside.contains(&key) {
            findings.push(lint::unknown_key::beside(&entry.key, subject, beside));
        }
    }
}

/// A test of one metric or of several.
fn measured(keys: ConditionKeys, node: &Node, findings: &mut Vec<Diagnostic>) -> Option<ConditionKind> {
    let has = |key: &&'static str| node.get(key).is_some();
    let tests: Vec<_> = TESTS.into_iter().filter(has).collect();
    match tests.as_slice() {
        [_] => {}
        [] => {
            let known = if keys.metric.is_some() { &TESTS[..] } else { &TESTS[..1] };
            findings.push(lint::missing_key::one_of(known, "a condition on a metric", keys.span));
            return None;
        }
        [first, second, ..] => {
            findings.push(lint::unknown_key::both([first, second], "a condition", keys.span));
            return None;
        }
    }
    let limits = [
        (Statistic::Average, keys.average),
        (Statistic::Worst, keys.worst),
        (Statistic::Latest, keys.latest),
    ];
    let limit = limits.into_iter().find_map(|(of, text)| Some(Test::Limit { of, text: text?, bound: None }));
    let over = keys.over;
    match (keys.metric, keys.metrics) {
        (Some(metric), _) => {
            Some(ConditionKind::Metric { metric, test: limit.or(keys.within.map(Test::Within))?, over })
        }
        (None, which) => Some(ConditionKind::Metrics { which: which?, within: keys.within?, over }),
    }
}
