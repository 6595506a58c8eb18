//! The limits of each metric in words and numbers, where they hold, and how soon they are told.

use super::alerts::Told;
use super::levels::{levels, slowest};
use super::steps::MetricLink;
use super::{Pages, maybe, text};
use crate::plan::annotations::bound_text;
use crate::plan::names;
use crate::spec::metric::cases::CasePlace;
use crate::spec::metric::{Case, Measurement, Metric, Reference};
use serde::Serialize;

/// A metric with all that people need to know of it.
#[derive(Debug, Clone, Serialize)]
pub struct MetricPage {
    /// Its id, title and links.
    pub link: MetricLink,
    /// Who looks at it: `alert`, `hourly`, `daily` or `weekly`.
    pub watch: &'static str,
    /// The unit's name in the language.
    pub unit: &'static str,
    /// What users notice.
    pub impact: Option<String>,
    /// Why the numbers are what they are.
    pub reason: Option<String>,
    /// How soon somebody must act.
    pub response: Option<String>,
    /// How a person finds the value, where Prometheus does not have it.
    pub manual: Option<String>,
    /// What it is compared with: `baseline`, or a duration or a value.
    pub relative_to: Option<(&'static str, Option<String>)>,
    /// Whether limits are for full traffic.
    pub extensive: bool,
    /// The limits that hold where nothing else does.
    pub limits: Limits,
    /// Those that differ, each with its place.
    pub elsewhere: Vec<Limits>,
    /// What was measured.
    pub observed: Vec<Observed>,
    /// The time in which one value is made.
    pub window: Option<String>,
    /// How soon each level is told, the mildest first.
    pub told: Vec<Told>,
    /// The same with only the slowest of each level.
    pub slowest: Vec<Told>,
    /// The picture of its ladder, relative to the release page; none where nothing is limited.
    pub ladder: Option<String>,
    /// The scenario to follow: its title and anchor.
    pub scenario: Option<(String, String)>,
    /// Its alerts' names, in order.
    pub alerts: Vec<String>,
}

/// The limits at one place.
#[derive(Debug, Clone, Serialize)]
pub struct Limits {
    /// Where they hold; nothing for everywhere else.
    pub place: Place,
    /// Whether the metric is taken away here.
    pub off: bool,
    /// The usual range.
    pub normal: Option<Range>,
    /// The promise.
    pub target: Option<Range>,
    /// The levels, the mildest first.
    pub levels: Vec<LevelPage>,
    /// Fewer events than this: no verdict.
    pub min_events: Option<u64>,
    /// Why they differ.
    pub reason: Option<String>,
}

/// A level and what raises it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelPage {
    /// `warn`, `hold` or `rollback`.
    pub level: &'static str,
    /// What raises it, each of them alone.
    pub lines: Vec<LevelLine>,
}

/// One thing that raises a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelLine {
    /// `above`, `below`, `after` (a milder level has lasted) or `judge`.
    pub kind: &'static str,
    /// The bound with its unit, the milder level, or the words.
    pub what: String,
    /// How long it must last; nothing for at once.
    pub lasts: Option<String>,
    /// How long its alert goes on after that is over; nothing where it does not.
    pub keep: Option<String>,
}

/// Where limits hold.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Place {
    /// The stage's title.
    pub stage: Option<String>,
    /// Values of labels.
    pub labels: Vec<(String, String)>,
}

/// A range with its ends as the author wrote them.
#[derive(Debug, Clone, Serialize)]
pub struct Range {
    /// The smallest good value.
    pub min: Option<String>,
    /// The largest good value.
    pub max: Option<String>,
    /// The time over which a promise is kept.
    pub over: Option<String>,
}

/// A measured fact.
#[derive(Debug, Clone, Serialize)]
pub struct Observed {
    /// The author's name for it.
    pub name: String,
    /// The value with its unit.
    pub value: String,
}

impl Pages<'_> {
    /// Everything about a metric.
    pub fn metric(&self, metric: &Metric) -> MetricPage {
        let id = metric.id.value.as_str();
        let base = metric.cases.first();
        let told = self.told(metric);
        let limited = metric.cases.iter().any(|case| case.limits.ladder.direction().is_some());
        MetricPage {
            link: self.metric_link(id).unwrap_or_else(|| MetricLink {
                id: id.to_owned(),
                title: text(&metric.title),
                anchor: names::metric_anchor(id),
                board: None,
            }),
            watch: metric.watch.name(),
            unit: metric.unit.name(),
            impact: maybe(&metric.impact),
            reason: maybe(&metric.reason),
            response: metric.response.as_ref().map(|time| time.value.text().to_owned()),
            manual: match &metric.measurement {
                Measurement::Manual(how) => Some(text(how)),
                _ => None,
            },
            relative_to: metric.relative.as_ref().map(|relative| match &relative.reference {
                Reference::Baseline => ("baseline", None),
                Reference::Offset(offset) => ("offset", Some(offset.value.text().to_owned())),
                Reference::Value(value) => ("value", Some(bound_text(metric, value))),
            }),
            extensive: metric.extensive.is_some(),
            limits: base.map_or_else(Limits::none, |case| self.limits(metric, case)),
            elsewhere: metric.cases.iter().skip(1).map(|case| self.limits(metric, case)).collect(),
            observed: metric
                .observed
                .iter()
                .map(|(name, value)| Observed { name: name.value.clone(), value: bound_text(metric, value) })
                .collect(),
            window: metric.span_of_value().map(|window| window.text().to_owned()),
            slowest: slowest(&told),
            told,
            ladder: limited.then(|| names::ladder_link(id)),
            scenario: self.scenario_of(metric),
            alerts: Vec::new(),
        }
    }

    /// The limits of a case with its place.
    pub fn limits(&self, metric: &Metric, case: &Case) -> Limits {
        let written = &case.limits;
        let range = |range: &crate::spec::metric::Range, over: Option<String>| Range {
            min: range.min.as_ref().map(|bound| bound_text(metric, bound)),
            max: range.max.as_ref().map(|bound| bound_text(metric, bound)),
            over,
        };
        Limits {
            place: self.place(&case.place),
            off: written.off.is_some(),
            normal: written.normal.as_ref().map(|normal| range(normal, None)),
            target: written.target.as_ref().map(|target| {
                range(&target.range, target.over.as_ref().map(|over| over.value.text().to_owned()))
            }),
            levels: levels(metric, written),
            min_events: written.min_events.as_ref().map(|least| least.value),
            reason: maybe(&written.reason),
        }
    }

    fn place(&self, place: &CasePlace) -> Place {
        let labels = place.labels.iter().filter_map(|(label, value)| Some((label.clone(), value.clone()?)));
        Place { stage: place.stage.as_deref().map(|id| self.stage_title(id)), labels: labels.collect() }
    }

    /// What people call a stage.
    pub fn stage_title(&self, id: &str) -> String {
        let stage = self.draft.spec.stage(id);
        stage.and_then(|stage| maybe(&stage.title)).unwrap_or_else(|| id.to_owned())
    }

    /// The scenario of a metric: the one that it names, or the first whose sign it is.
    pub fn scenario_of(&self, metric: &Metric) -> Option<(String, String)> {
        let spec = self.draft.spec;
        let named = metric.scenario.as_ref().map(|id| id.value.as_str());
        let by_sign = || {
            let row = spec.scenarios.iter().find(|row| {
                let signs = row.value.when.iter().flat_map(|when| &when.0);
                signs.filter_map(|sign| sign.0.metric.as_ref()).any(|id| id.value == metric.id.value)
            });
            row.map(|row| row.key.value.as_str())
        };
        let id = named.or_else(by_sign)?;
        let title = spec.scenario(id).and_then(|scenario| maybe(&scenario.title));
        Some((title.unwrap_or_else(|| id.to_owned()), names::scenario_anchor(id)))
    }
}

impl Limits {
    /// Whether there is any limit or range.
    pub fn says_something(&self) -> bool {
        self.normal.is_some() || self.target.is_some() || !self.levels.is_empty()
    }

    fn none() -> Self {
        Self {
            place: Place::default(),
            off: false,
            normal: None,
            target: None,
            levels: Vec::new(),
            min_events: None,
            reason: None,
        }
    }
}
