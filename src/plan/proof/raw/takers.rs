//! The selectors by which a metric takes its raw series, one for each role and part.

use crate::plan::expr::added;
use crate::plan::measured::{MetricPlan, Role};
use crate::plan::proof::Labels;
use crate::promql::MatcherText;
use crate::promql::{Judge, found};
use crate::spec::matcher::Matcher;
use crate::spec::metric::{Measurement, Metric, Promql, Reach};
use std::collections::BTreeSet;

/// Which series of a measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All events, or what is measured.
    All,
    /// Those that a ratio counts.
    Counted,
}

/// One selector with the matchers of its role.
#[derive(Debug, Clone)]
pub struct Taker {
    pub role: Role,
    pub part: Part,
    /// The name, without the suffix of a histogram's series.
    pub name: String,
    pub judges: Vec<Judge>,
}

/// Every selector of a metric, and a label that none of them asks for.
#[derive(Debug, Clone)]
pub struct Takers {
    all: Vec<Taker>,
    /// Which alternatives of patterns the labels of series have.
    pub turn: usize,
    /// A label that no selector names and no value keeps, so that several series become one.
    pub spare: &'static str,
}

impl Takers {
    /// The selectors of every role; `None` for a query, and for names that only newer servers read.
    pub fn of(metric: &MetricPlan<'_>) -> Option<Self> {
        let mut all = Vec::new();
        for role in metric.roles() {
            for (part, promql) in selectors(&metric.metric.measurement) {
                all.push(taker(metric.metric, role, part, promql)?);
            }
        }
        let asked = |label: &str| {
            metric.metric.by.iter().any(|by| by.value == label)
                || all.iter().flat_map(|taker| &taker.judges).any(|judge| judge.matcher.label == label)
        };
        let spare =
            ["instance", "pod", "replica", "shard", "spare"].into_iter().find(|label| !asked(label))?;
        (!all.is_empty()).then_some(Self { all, turn: 0, spare })
    }

    /// The selector of a role.
    pub fn get(&self, role: Role, part: Part) -> Option<&Taker> {
        self.all.iter().find(|taker| taker.role == role && taker.part == part)
    }

    /// Every selector that reads at the time at which this role does.
    pub fn beside(&self, role: Role) -> impl Iterator<Item = &Taker> {
        let then = role == Role::Reference;
        self.all.iter().filter(move |taker| (taker.role == Role::Reference) == then)
    }

    /// Every matcher on a label.
    pub fn judges_of<'a>(&'a self, label: &'a str) -> impl Iterator<Item = &'a Judge> {
        let judges = self.all.iter().flat_map(|taker| &taker.judges);
        judges.filter(move |judge| judge.matcher.label == label)
    }

    /// The labels that a pattern with alternatives asks for, and how many alternatives the longest has.
    pub fn alternatives(&self) -> (BTreeSet<&str>, usize) {
        let judges = self.all.iter().flat_map(|taker| &taker.judges);
        let counts = judges.map(|judge| (judge.matcher.label.as_str(), judge.alternatives().len()));
        let several: Vec<_> = counts.filter(|(_, count)| *count > 1).collect();
        let most = several.iter().map(|(_, count)| *count).max();
        (several.into_iter().map(|(label, _)| label).collect(), most.unwrap_or(1))
    }

    /// Labels that these selectors of one name take and no other selector does, with these values of the kept labels.
    pub fn labels(&self, takers: &[&Taker], by: &Labels) -> Option<Labels> {
        let first = takers.first()?;
        let take: Vec<&Judge> = takers.iter().flat_map(|taker| &taker.judges).collect();
        let others = self.beside(first.role).filter(|other| {
            other.name == first.name && !takers.iter().any(|taker| std::ptr::eq(*taker, *other))
        });
        let refuse: Vec<Vec<&Judge>> = others.map(|other| other.judges.iter().collect()).collect();
        found(&take, &refuse, by, self.turn)
    }
}

/// The selectors of a measurement.
fn selectors(measurement: &Measurement) -> Vec<(Part, &Promql)> {
    match measurement {
        Measurement::Ratio { part, total, .. } => vec![(Part::All, total), (Part::Counted, part)],
        Measurement::Quantile { histogram, .. } | Measurement::Mean { histogram } => {
            vec![(Part::All, histogram)]
        }
        Measurement::Rate { counter } | Measurement::Increase { counter, .. } => vec![(Part::All, counter)],
        Measurement::Gauge { metric, .. } => vec![(Part::All, metric)],
        Measurement::Query(_) | Measurement::Manual(_) => Vec::new(),
    }
}

fn taker(metric: &Metric, role: Role, part: Part, promql: &Promql) -> Option<Taker> {
    let selector = promql.expr.as_selector()?;
    let name = selector.metric()?.to_owned();
    let own = selector.matchers.iter().map(|matcher| MatcherText {
        label: matcher.label.text.clone(),
        op: matcher.op,
        value: matcher.value.clone(),
    });
    let judges = own.chain(added(scope(metric, role))).map(Judge::new).collect::<Option<Vec<_>>>()?;
    let labels = judges.iter().map(|judge| judge.matcher.label.as_str());
    let plain = is_plain(&name, true) && labels.into_iter().all(|label| is_plain(label, false));
    (plain && !judges.iter().any(|judge| judge.matcher.label == "__name__")).then_some(Taker {
        role,
        part,
        name,
        judges,
    })
}

/// The matchers of a role: the new version's, the replaced version's, or the metric's own. An earlier time is looked up
/// in the series of the replaced version, or in all where no such version is told.
fn scope(metric: &Metric, role: Role) -> &[Matcher] {
    match (&metric.reach, role) {
        (Reach::Release { baseline, .. }, Role::Baseline | Role::Reference) => {
            baseline.as_deref().unwrap_or_default()
        }
        (Reach::Release { canary, .. }, _) => canary,
        (Reach::Own(own), _) => own,
        (Reach::Fleet { .. }, _) => &[],
    }
}

fn is_plain(name: &str, colon: bool) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || (colon && c == ':');
    name.chars().all(allowed) && !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit())
}
