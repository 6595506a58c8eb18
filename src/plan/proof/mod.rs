//! The proof of a release's rules: situations, the series that make them, and what must then be seen and told.
//!
//! What must be seen follows from the law that the author wrote (limits, places, durations), never from the expressions
//! of the rules: otherwise a fault of the rules would be expected too. The rules lend only what has no other source:
//! the names of series and alerts, and the words of annotations.
//!
//! Situations of a level feed the series that its alert reads, so that a value can lie exactly at a bound. Situations of
//! a measurement feed the raw counters, gauges and histograms that it is made from.

mod course;
mod events;
mod feed;
mod inputs;
mod law;
mod levels;
mod no_data;
mod query;
mod raw;
mod setting;
mod stage;
mod switch;
mod text;
mod unproven;
mod values;
mod verdict;
mod world;

pub use inputs::{Given, Inputs, Run, Shape, Spread};
pub(crate) use text::filled;
pub use unproven::Unproven;
pub(crate) use unproven::raisers;

use super::{Alert, Broken, Draft, Group, Rule};
use crate::quantity::Duration;
use std::collections::BTreeMap;

/// Labels of a series, without its name.
pub type Labels = BTreeMap<String, String>;

/// What proves the rules of one release.
#[derive(Debug, Clone, Default)]
pub struct Proof {
    /// The situations, those of the stage first, then metric by metric, those of the verdict last.
    pub situations: Vec<Situation>,
    /// What no situation can prove, and why.
    pub unproven: Vec<Unproven>,
}

/// One course of events.
#[derive(Debug, Clone)]
pub struct Situation {
    /// A sentence that begins with the id of the metric (or `stage`, `verdict`) and a colon.
    pub name: String,
    /// How often the rules are evaluated. Of a wait of many hours every few minutes are enough.
    pub every: Duration,
    /// The time between two samples of every series.
    pub interval: Duration,
    /// What is put in.
    pub inputs: Vec<Input>,
    /// What a query must give.
    pub seen: Vec<Seen>,
    /// What people must be told.
    pub told: Vec<Told>,
    /// Whether it needs native histograms, which older promtools can't be given.
    pub native: bool,
}

/// A series that is put in.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The name.
    pub name: String,
    /// Its labels.
    pub labels: Labels,
    /// Its samples, one for each interval from the beginning.
    pub runs: Vec<Run>,
}

/// What a query must give at a moment: exactly these samples and no others.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// Milliseconds from the beginning.
    pub at: u64,
    /// The query.
    pub query: String,
    /// The samples: the labels, the name among them as `__name__` where the result has one, and the value.
    pub samples: Vec<(Labels, f64)>,
}

/// What people are told of an alert at a moment: exactly these firing alerts of that name.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Milliseconds from the beginning.
    pub at: u64,
    /// The alert's name.
    pub alert: String,
    /// The labels and annotations of each firing one.
    pub alerts: Vec<(Labels, Vec<(String, String)>)>,
}

/// What situations are made from.
pub(crate) struct Proving<'a> {
    pub draft: &'a Draft<'a>,
    /// Every alert, by the metric that it is about.
    alerts: BTreeMap<&'a str, Vec<&'a Alert>>,
    /// How often rules are evaluated in its situations, in milliseconds.
    pub every: u64,
    /// How often they are evaluated otherwise.
    pub own: u64,
}

/// A wait of more evaluations than these is shown with fewer.
const MOST_EVALUATIONS: u64 = 400;

/// How often rules are evaluated in situations of many hours, in seconds of the plan's pace. What is recorded is read at the
/// moment at which it is recorded, so that this may be longer than a sample counts.
const SLOWLY: u64 = 900;

/// All situations of a release.
///
/// # Errors
/// When the law raises a level for which there is no rule, a fault of this program.
pub(crate) fn of(draft: &Draft<'_>, groups: &[Group]) -> Result<Proof, Broken> {
    let own = draft.config.evaluation.millis();
    let proving = |every| Proving { draft, alerts: by_metric(groups), every, own };
    let (proving, slow) = (proving(own), proving(draft.config.pace.seconds(SLOWLY).millis().max(own)));
    let mut proof = Proof::default();
    stage::of(&proving, &slow, &mut proof)?;
    for metric in &draft.metrics {
        levels::of(&proving, &slow, metric, &mut proof)?;
        events::of(&proving, metric, &mut proof)?;
        switch::of(&proving, metric, &mut proof)?;
        no_data::of(&proving, &slow, metric, &mut proof)?;
        query::of(&proving, &slow, metric, &mut proof);
        query::of_condition(&proving, &slow, metric, &mut proof)?;
        query::of_levels(&proving, &slow, metric, &mut proof)?;
        raw::of(&proving, &slow, metric, &mut proof)?;
    }
    verdict::of(&proving, &slow, &mut proof)?;
    proof.settle(proving.alerts.values().flatten().copied());
    Ok(proof)
}

fn by_metric(groups: &[Group]) -> BTreeMap<&str, Vec<&Alert>> {
    let mut alerts: BTreeMap<&str, Vec<&Alert>> = BTreeMap::new();
    for rule in groups.iter().flat_map(|group| &group.rules) {
        let Rule::Alert(alert) = rule else { continue };
        let metric = alert.labels.iter().find(|(label, _)| label == "metric");
        alerts.entry(metric.map_or("", |(_, metric)| metric)).or_default().push(alert);
    }
    alerts
}

impl<'a> Proving<'a> {
    /// Every alert about a metric.
    pub fn alerts(&self, metric: &str) -> &[&'a Alert] {
        self.alerts.get(metric).map_or(&[], Vec::as_slice)
    }

    /// The alerts of a metric's levels.
    pub fn level_alerts(&self, metric: &str) -> impl Iterator<Item = &'a Alert> {
        self.alerts(metric).iter().copied().filter(|alert| alert.raised.is_some())
    }

    /// How many evaluations a duration takes, rounded up.
    pub fn evaluations(&self, duration: &Duration) -> u64 {
        duration.millis().div_ceil(self.every.max(1))
    }

    /// Whether a wait is so long that it is shown with fewer evaluations than the rules have.
    pub fn is_long(&self, wait: &Duration) -> bool {
        wait.millis() / self.own.max(1) > MOST_EVALUATIONS
    }
}
