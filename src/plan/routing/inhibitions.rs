//! What is silent while something harsher fires: of one metric, and of the same label values, `rollback` silences `hold` and
//! `warn`, and `hold` silences `warn`.
//!
//! Only alerts of levels take part, told by the ends of their names. A lack of data neither silences nor is silenced: its
//! `hold` says nothing about the value, so a `warn` for that value stays news, and lost data is news while a rollback
//! fires, whose alert it is about to end. The same holds for the loss of the stage signal.
//!
//! `equal` names only labels that all alerts of the rule carry: `release`, `metric`, those of `by`, and `side` of a band,
//! whose two sides are two faults. Metrics with other labels get a rule of their own: a label that both alerts lack counts
//! as equal, so with `equal: [release, metric]` a rollback in one region would silence a warning in another. For the same
//! reason a query whose result may have labels besides those of `by` takes no part at all: nothing names those labels.

use super::super::{Group, names};
use super::{alerts, label};
use crate::ladder::Level;
use crate::promql::{self, LabelSet, MatchOp};
use crate::spec::Spec;
use crate::spec::alertmanager::{Inhibition, Matcher};
use crate::spec::metric::{Measurement, Metric};
use std::collections::{BTreeMap, BTreeSet};

/// The inhibitions of a release.
#[must_use]
pub fn of(spec: &Spec, groups: &[Group]) -> Vec<Inhibition> {
    let raised = Raised::by(groups);
    let mut kinds: BTreeMap<Vec<String>, Vec<&str>> = BTreeMap::new();
    for metric in spec.metrics.iter().filter(|metric| metric.alerts() && is_told_apart(metric)) {
        kinds.entry(equal(metric, &raised)).or_default().push(&metric.id.value);
    }
    let pairs = |equal: &Vec<String>, metrics: &Vec<&str>| {
        [(Level::Rollback, vec![Level::Hold, Level::Warn]), (Level::Hold, vec![Level::Warn])]
            .into_iter()
            .filter_map(|(harsher, milder)| {
                let having = |level: Level| {
                    metrics.iter().filter(|id| raised.has(id, level)).copied().collect::<BTreeSet<_>>()
                };
                let sources = having(harsher);
                let milder: Vec<Level> =
                    milder.into_iter().filter(|level| !having(*level).is_disjoint(&sources)).collect();
                let both = metrics.iter().copied().filter(|id| sources.contains(id));
                let both: Vec<&str> =
                    both.filter(|id| milder.iter().any(|level| raised.has(id, *level))).collect();
                (!both.is_empty()).then(|| rule(spec.id(), &both, harsher, &milder, equal))
            })
            .collect::<Vec<_>>()
    };
    kinds.iter().flat_map(|(equal, metrics)| pairs(equal, metrics)).collect()
}

fn rule(release: &str, metrics: &[&str], harsher: Level, milder: &[Level], equal: &[String]) -> Inhibition {
    let side = |levels: &[Level]| {
        let names: Vec<&str> = levels.iter().map(|level| level.name()).collect();
        vec![
            Matcher::equal("release", release),
            Matcher::one_of("metric", metrics),
            Matcher::one_of("level", &names),
            of_levels(levels),
        ]
    };
    Inhibition { source: side(&[harsher]), target: side(milder), equal: equal.to_vec(), span: None }
}

/// The alerts of these levels, by the ends that their names are given; those for a lack of data end otherwise.
fn of_levels(levels: &[Level]) -> Matcher {
    let pattern = names::level_alerts(levels);
    Matcher::new("alertname", MatchOp::Regex, &pattern)
        .unwrap_or_else(|_| Matcher::equal("alertname", &pattern))
}

/// The labels that tell a metric's alerts apart.
fn equal(metric: &Metric, raised: &Raised<'_>) -> Vec<String> {
    let mut labels: Vec<String> = metric.by.iter().map(|label| label.value.clone()).collect();
    if raised.sided.contains(metric.id.as_str()) {
        labels.push("side".to_owned());
    }
    labels.sort();
    let first = ["release", "metric"].map(str::to_owned);
    first.into_iter().chain(labels).collect()
}

/// Whether the labels of `by` are all that the metric's values can have.
fn is_told_apart(metric: &Metric) -> bool {
    let Measurement::Query(query) = &metric.measurement else { return true };
    match promql::labels(&query.expr) {
        LabelSet::AllBut(_) => false,
        LabelSet::Known(known) => known.iter().all(|label| metric.by.iter().any(|by| by.value == *label)),
    }
}

/// What the rules raise.
struct Raised<'a> {
    /// The names of all alerts.
    names: BTreeSet<&'a str>,
    /// The metrics whose two sides are told apart.
    sided: BTreeSet<&'a str>,
}

impl<'a> Raised<'a> {
    fn by(groups: &'a [Group]) -> Self {
        let sided = alerts(groups).filter(|alert| !label(&alert.labels, "side").is_empty());
        Self {
            names: alerts(groups).map(|alert| alert.name.as_str()).collect(),
            sided: sided.map(|alert| label(&alert.labels, "metric")).collect(),
        }
    }

    fn has(&self, metric: &str, level: Level) -> bool {
        self.names.contains(names::alert(metric, level).as_str())
    }
}
