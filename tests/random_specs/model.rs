//! A release as a value: what is written into its text, and what the oracle judges.

use crate::units::Unit;

/// A quantity, exactly and as it is written. The tick is the same for all quantities of a metric.
#[derive(Debug, Clone)]
pub struct Value {
    pub ticks: i128,
    pub text: String,
}

/// `min` and `max` of a range, or `below` and `above` of a condition.
#[derive(Debug, Clone, Default)]
pub struct Ends {
    pub low: Option<Value>,
    pub high: Option<Value>,
}

impl Ends {
    pub fn is_empty(&self) -> bool {
        self.low.is_none() && self.high.is_none()
    }
}

/// One condition of a level. Durations are in minutes.
#[derive(Debug, Clone, Default)]
pub struct Condition {
    pub bounds: Ends,
    pub lasts: Option<u32>,
    /// `keep_firing_for`.
    pub keep: Option<u32>,
    /// `after_warn` and `after_hold`.
    pub after: [Option<u32>; 2],
    pub judge: bool,
}

#[derive(Debug, Clone)]
pub enum Level {
    /// The word `none`.
    Removed,
    One(Condition),
    List(Vec<Condition>),
}

impl Level {
    pub fn conditions(&self) -> &[Condition] {
        match self {
            Self::Removed => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::List(list) => list,
        }
    }

    pub fn conditions_mut(&mut self) -> &mut [Condition] {
        match self {
            Self::Removed => &mut [],
            Self::One(one) => std::slice::from_mut(one),
            Self::List(list) => list,
        }
    }
}

/// Everything about a metric that `where` can replace.
#[derive(Debug, Clone, Default)]
pub struct Limits {
    pub normal: Option<Ends>,
    /// Warn, hold, rollback.
    pub levels: [Option<Level>; 3],
    pub target: Option<Ends>,
    pub min_events: Option<u32>,
}

/// One entry of `where`.
#[derive(Debug, Clone, Default)]
pub struct Where {
    pub stage: Option<String>,
    pub labels: Vec<(String, String)>,
    pub off: bool,
    pub limits: Limits,
}

#[derive(Debug, Clone)]
pub struct Metric {
    pub id: String,
    pub title: String,
    pub unit: &'static Unit,
    /// Whether the unit is written; a metric with `same_as` takes the other's.
    pub says_unit: bool,
    /// The measurement and all else that has no numbers to be judged, as lines of YAML.
    pub lines: Vec<String>,
    pub by: Vec<String>,
    pub limits: Limits,
    pub wheres: Vec<Where>,
}

#[derive(Debug, Clone)]
pub struct Release {
    pub id: String,
    /// The lines of the section `release` after the id, and those of `scope`.
    pub lines: Vec<String>,
    pub scope: Vec<String>,
    pub metrics: Vec<Metric>,
    pub stages: Vec<String>,
    /// Whether the first stage is for somebody instead of a share of the traffic.
    pub audience: bool,
}
