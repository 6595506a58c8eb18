//! Every alert that the plan can raise, as Alertmanager gets it.

use super::super::{alerts, label};
use crate::plan::annotations::as_told;
use crate::plan::{Alert, Plan, ReleasePlan};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The labels that every alert of a metric and level has; the others tell it from those of the same name.
const SHARED: [&str; 7] = ["alertname", "release", "service", "metric", "team", "level", "severity"];

/// An alert that a release can raise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Raised<'p> {
    /// The release's id.
    pub release: &'p str,
    /// The alert's name.
    pub name: &'p str,
    /// All labels as Alertmanager gets them, the name too; without those that Prometheus adds for itself.
    pub labels: Vec<(String, String)>,
    /// The labels whose value stands for any that the release does not name.
    pub open: BTreeSet<String>,
}

impl Raised<'_> {
    /// The labels that tell it from others of its name.
    pub fn telling(&self) -> impl Iterator<Item = &(String, String)> {
        self.labels.iter().filter(|(name, _)| !SHARED.contains(&name.as_str()))
    }

    /// The release, the alert and what tells it from others, in words.
    #[must_use]
    pub fn title(&self) -> String {
        let part = |(name, value): &(String, String)| match name.as_str() {
            "stage" => format!("at {value}"),
            "side" | "because" => value.clone(),
            _ => format!("{name} {value}"),
        };
        let parts: Vec<String> = self.telling().map(part).collect();
        let gap = if parts.is_empty() { "" } else { " " };
        format!("{}: {}{gap}{}", self.release, self.name, parts.join(", "))
    }

    /// The labels in which another alert differs from this one; an empty value is a label that it lacks.
    #[must_use]
    pub fn differing(&self, other: &Self) -> BTreeMap<String, String> {
        let names: BTreeSet<&String> =
            self.labels.iter().chain(&other.labels).map(|(name, _)| name).collect();
        let value = |of: &Self, name: &str| label(&of.labels, name).to_owned();
        let differs = names.into_iter().filter(|name| value(self, name) != value(other, name));
        differs.map(|name| (name.clone(), value(other, name))).collect()
    }
}

/// Every alert of all releases. Labels that only the series bring have each value that the release names, and one that
/// it does not name.
#[must_use]
pub fn raised<'p>(plan: &'p Plan<'_>) -> Vec<Raised<'p>> {
    plan.releases.par_iter().flat_map_iter(of_release).collect()
}

fn of_release<'p>(plan: &'p ReleasePlan<'_>) -> Vec<Raised<'p>> {
    let all: Vec<&Alert> = alerts(&plan.groups).collect();
    let mut seen = BTreeSet::new();
    let each = all.iter().flat_map(|alert| {
        let told = std::iter::once(("alertname".to_owned(), alert.name.clone()))
            .chain(alert.labels.iter().map(|(name, value)| (name.clone(), as_told(value))));
        let told: Vec<(String, String)> = told.collect();
        let by = values(plan, alert, &all);
        by.into_iter().map(move |by| {
            let open = by.iter().filter(|one| one.open).map(|one| one.label.0.clone()).collect();
            let labels = told.iter().cloned().chain(by.into_iter().map(|one| one.label)).collect();
            Raised { release: &plan.id, name: &alert.name, labels, open }
        })
    });
    each.filter(|raised| seen.insert(raised.labels.iter().cloned().collect::<BTreeSet<_>>())).collect()
}

/// A label that a series brings.
#[derive(Debug, Clone)]
struct Brought {
    label: (String, String),
    /// Whether its value stands for others too.
    open: bool,
}

/// The values that the labels of a metric's series can have for an alert: those of each place that the release tells apart,
/// but for those that an alert of the same name has to itself.
fn values(plan: &ReleasePlan<'_>, alert: &Alert, all: &[&Alert]) -> Vec<Vec<Brought>> {
    let Some(metric) = plan.spec.metric(label(&alert.labels, "metric")) else {
        return vec![Vec::new()];
    };
    let free: Vec<&str> = metric.by.iter().map(|by| by.value.as_str()).collect();
    let free: Vec<&str> = free.into_iter().filter(|by| label(&alert.labels, by).is_empty()).collect();
    let named =
        |by: &str| metric.cases.iter().filter_map(|case| case.place.labels.get(by)?.as_deref()).collect();
    let others: BTreeMap<&str, String> = free.iter().map(|by| (*by, unnamed(&named(by)))).collect();
    let elsewhere = |by: &str, value: &str| {
        let same = |other: &&&Alert| {
            other.name == alert.name && label(&other.labels, "side") == label(&alert.labels, "side")
        };
        all.iter().filter(same).any(|other| as_told(label(&other.labels, by)) == value)
    };
    let of_place = |place: &BTreeMap<String, Option<String>>| {
        let value = |by: &&str| {
            let value = place.get(*by).cloned().flatten().filter(|value| !elsewhere(by, value));
            let open = value.is_none();
            Brought { label: ((*by).to_owned(), value.unwrap_or_else(|| others[by].clone())), open }
        };
        free.iter().map(value).collect()
    };
    // In the author's order; the same values may come from several places, and are told once in the end.
    let everywhere = BTreeMap::new();
    let places = metric.cases.iter().map(|case| &case.place.labels);
    std::iter::once(&everywhere).chain(places).map(of_place).collect()
}

/// A value that is not among these.
fn unnamed(named: &BTreeSet<&str>) -> String {
    let mut value = "other".to_owned();
    while named.contains(value.as_str()) {
        value.push_str("-one");
    }
    value
}
