//! The section `metrics`: measurements, usual ranges and levels, all in the metric's unit and in order.

pub mod cases;
mod extent;
pub mod limits;
pub mod measurement;
mod order;
mod resolve;
pub mod sample;
pub mod written;

pub use cases::Case;
pub use extent::Extent;
pub use limits::{After, Condition, LevelLimits, Limits, Range, Target};
pub use measurement::{Measurement, Promql, Share};
pub use resolve::{Surroundings, resolve};
pub use sample::Sample;
pub use written::{Aggregate, NoDataLevel, Watch};

use super::matcher::Matcher;
use super::shape::Text;
use crate::ladder::{Bound, Side};
use crate::promql::{self, Expr, MatcherText};
use crate::quantity::{DeltaForm, Duration, Unit};
use crate::source::{Span, Spanned};

/// Where the author did not write a duration, the default that holds instead, and the place of what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lasts {
    /// The duration.
    pub duration: Duration,
    /// Where it was written; `None` for a default.
    pub written: Option<Span>,
}

/// One thing that is measured. All numbers are in `unit` and all its cases are in order.
#[derive(Debug, Clone)]
pub struct Metric {
    /// The id, `[a-z][a-z0-9_]*`.
    pub id: Text,
    /// The whole metric.
    pub span: Span,
    /// The title for people.
    pub title: Text,
    /// What users notice when it goes wrong.
    pub impact: Option<Text>,
    /// Why the numbers are what they are.
    pub reason: Option<Text>,
    /// How soon somebody must act.
    pub response: Option<Spanned<Duration>>,
    /// The scenario to follow when its alerts fire.
    pub scenario: Option<Text>,
    /// Who looks at it.
    pub watch: Watch,
    /// The unit of its values.
    pub unit: Unit,
    /// Where the unit was written.
    pub unit_span: Span,
    /// What is measured; for `same_as` a copy of the other metric's.
    pub measurement: Measurement,
    /// Where the measurement was written.
    pub measurement_span: Span,
    /// The metric whose measurement this is a copy of.
    pub same_as: Option<Text>,
    /// What it is compared with.
    pub relative: Option<Relative>,
    /// The window of rates, ratios, quantiles and means.
    pub window: Lasts,
    /// The labels that are kept.
    pub by: Vec<Text>,
    /// Which series are measured.
    pub reach: Reach,
    /// A condition on other series without which the alerts are silent.
    pub only_when: Option<Promql>,
    /// Examples of a query; empty for every other measurement.
    pub samples: Vec<Sample>,
    /// Whether it grows with traffic.
    pub extensive: Option<Span>,
    /// What a lack of data means.
    pub no_data: NoData,
    /// Measured facts, by the author's name for them.
    pub observed: Vec<(Text, Bound)>,
    /// The limits: first those that hold where nothing else does, then one case for each stage and label value
    /// that `where` names.
    pub cases: Vec<Case>,
}

/// Which series are measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// The new version's, and the replaced version's where the release has both.
    Release {
        /// The new version's matchers.
        canary: Vec<Matcher>,
        /// The replaced version's matchers.
        baseline: Option<Vec<Matcher>>,
    },
    /// The whole fleet's: no matchers.
    Fleet {
        /// Whether the author said so (`scope: fleet`), or the release has no scope.
        said: bool,
    },
    /// Matchers of the metric's own.
    Own(Vec<Matcher>),
}

impl Reach {
    /// The matchers of what is measured.
    #[must_use]
    pub fn matchers(&self) -> &[Matcher] {
        match self {
            Self::Release { canary, .. } => canary,
            Self::Own(own) => own,
            Self::Fleet { .. } => &[],
        }
    }

    /// An expression with the matchers of what is measured on each of its selectors.
    #[must_use]
    pub fn added_to(&self, text: &str, expr: &Expr) -> String {
        let matchers = self.matchers().iter().map(|matcher| MatcherText {
            label: matcher.label.value.clone(),
            op: matcher.op,
            value: matcher.value.clone(),
        });
        promql::add_matchers(text, expr, &matchers.collect::<Vec<_>>())
    }

    /// The matchers of the version that is replaced.
    #[must_use]
    pub fn baseline(&self) -> Option<&[Matcher]> {
        match self {
            Self::Release { baseline, .. } => baseline.as_deref(),
            _ => None,
        }
    }
}

/// What a relative metric is compared with, and in which form its numbers are.
#[derive(Debug, Clone, PartialEq)]
pub struct Relative {
    /// The reference.
    pub reference: Reference,
    /// The form of all its numbers.
    pub form: DeltaForm,
    /// Where the reference was written.
    pub span: Span,
}

/// What a relative metric is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Reference {
    /// The replaced version's series.
    Baseline,
    /// The same measurement this long ago.
    Offset(Spanned<Duration>),
    /// A fixed value in the metric's unit.
    Value(Bound),
}

/// What a lack of data means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoData {
    /// The level.
    pub level: NoDataLevel,
    /// How long the data must be missing.
    pub after: Lasts,
    /// Where it was written; `None` for the default.
    pub written: Option<Span>,
}

impl Metric {
    /// Whether it makes alerts and counts in the verdict.
    #[must_use]
    pub fn alerts(&self) -> bool {
        self.watch == Watch::Alert && self.is_measured()
    }

    /// Whether its alert for a lack of data tells whatever that of another metric would tell, which shares its measurement:
    /// wherever that one is watched, at its level or a harsher one, and not later.
    #[must_use]
    pub fn tells_loss_for(&self, other: &Self) -> bool {
        let harsh = |of: &Self| match of.no_data.level {
            NoDataLevel::Ignore => 0,
            NoDataLevel::Hold => 1,
            NoDataLevel::Rollback => 2,
        };
        let soon = |of: &Self| of.no_data.after.duration.millis();
        let (ours, theirs) = (harsh(self), harsh(other));
        let is_off = |of: &Self, place: &cases::CasePlace| {
            of.cases.iter().any(|case| case.limits.off.is_some() && case.place.names_the_same(place))
        };
        let mut off = self.cases.iter().filter(|case| case.limits.off.is_some());
        let same = theirs == 0 || ours >= theirs && soon(self) <= soon(other);
        self.alerts() && ours > 0 && same && off.all(|case| is_off(other, &case.place))
    }

    /// How long a condition must last, where that is said of it: an alert waits for the default too, a person who looks
    /// only for what was written.
    #[must_use]
    pub fn waits<'a>(&self, condition: &'a Condition) -> Option<&'a Duration> {
        (self.alerts() || condition.lasts.written.is_some()).then_some(&condition.lasts.duration)
    }

    /// Whether Prometheus has its value.
    #[must_use]
    pub fn is_measured(&self) -> bool {
        !matches!(self.measurement, Measurement::Manual(_))
    }

    /// Whether its sizes are written in powers of 1024 (`MiB`) rather than of 1000 (`MB`), so that its values are shown so too.
    #[must_use]
    pub fn is_binary(&self) -> bool {
        let limits = self.cases.iter().map(|case| &case.limits.ladder);
        let bounds = limits.flat_map(|ladder| Side::ALL.into_iter().flat_map(|side| ladder.line(side)));
        self.unit == Unit::Bytes && bounds.into_iter().any(|placed| placed.bound.text.contains("iB"))
    }

    /// The limits that hold where `where` says nothing else. There is always one case.
    #[must_use]
    pub fn base(&self) -> Option<&Limits> {
        self.cases.first().map(|case| &case.limits)
    }

    /// The time over which one recorded value is made: the window, or the time of an increase.
    #[must_use]
    pub fn span_of_value(&self) -> Option<&Duration> {
        match &self.measurement {
            Measurement::Ratio { .. }
            | Measurement::Quantile { .. }
            | Measurement::Mean { .. }
            | Measurement::Rate { .. } => Some(&self.window.duration),
            Measurement::Increase { over, .. } => Some(&over.value),
            Measurement::Gauge { .. } | Measurement::Query(_) | Measurement::Manual(_) => None,
        }
    }

    /// Whether the measurement counts events, so that there can be too few of them.
    #[must_use]
    pub fn counts_events(&self) -> bool {
        self.span_of_value().is_some()
    }
}
