//! The plan checked before anything is printed: every reference ends somewhere, every name is unique, every
//! expression parses. What is found here is a fault of this program, never of an author.

mod board;
mod runbook;
#[cfg(test)]
mod tests;

pub use board::together;

use super::{ReleasePlan, Rule};
use crate::promql;
use std::collections::BTreeSet;

/// A fault of this program in one release's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The release.
    pub release: String,
    /// What is broken.
    pub what: String,
}

impl Broken {
    /// A fault in a release's plan.
    #[must_use]
    pub fn new(release: &str, what: impl Into<String>) -> Self {
        Self { release: release.to_owned(), what: what.into() }
    }
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "release {}: {}", self.release, self.what)
    }
}

/// Every fault of a release's plan.
#[must_use]
pub fn release(plan: &ReleasePlan<'_>) -> Vec<Broken> {
    let mut faults = Vec::new();
    unique(plan, &mut faults);
    let recorded: BTreeSet<&str> = plan
        .groups
        .iter()
        .flat_map(|group| &group.rules)
        .filter_map(|rule| match rule {
            Rule::Recording(recording) => Some(recording.name.as_str()),
            Rule::Alert(_) => None,
        })
        .collect();
    let owners: BTreeSet<&str> = recorded.iter().filter_map(|name| name.split(':').nth(1)).collect();
    for rule in plan.groups.iter().flat_map(|group| &group.rules) {
        let (name, expr) = match rule {
            Rule::Recording(recording) => (&recording.name, &recording.expr),
            Rule::Alert(alert) => (&alert.name, &alert.expr),
        };
        for what in dangling(expr, &recorded, &owners) {
            faults.push(Broken::new(&plan.id, format!("{name}: {what}")));
        }
    }
    faults.extend(runbook::release(plan, &recorded, &owners));
    faults.extend(board::release(plan));
    faults.extend(super::routing::check::release(plan));
    faults
}

fn unique(plan: &ReleasePlan<'_>, faults: &mut Vec<Broken>) {
    let mut groups = BTreeSet::new();
    let mut rules = BTreeSet::new();
    for group in &plan.groups {
        if !groups.insert(&group.name) {
            faults.push(Broken::new(&plan.id, format!("two groups are called {}", group.name)));
        }
        for rule in &group.rules {
            let key = match rule {
                Rule::Recording(recording) => {
                    let labels = recording.labels.iter().map(|(l, v)| ((*l).to_owned(), v.clone()));
                    (&recording.name, labels.collect::<BTreeSet<_>>())
                }
                Rule::Alert(alert) => (&alert.name, alert.labels.iter().cloned().collect()),
            };
            if !rules.insert(key) {
                faults.push(Broken::new(&plan.id, format!("{rule:?} is there twice")));
            }
        }
    }
}

/// What an expression refers to and nothing records, among the names that belong to this release's metrics and stage;
/// an author's query may read other series whose names begin with `release:`.
fn dangling(expr: &str, recorded: &BTreeSet<&str>, owners: &BTreeSet<&str>) -> Vec<String> {
    let parsed = match promql::parse_generated(expr) {
        Ok(parsed) => parsed,
        Err(faults) => {
            let why = faults.first().map_or("", |fault| fault.message.as_str());
            return vec![format!("the expression does not parse: {why}: {expr}")];
        }
    };
    let read = promql::selectors(&parsed);
    let names = read.iter().filter_map(|selector| selector.metric());
    names
        .filter(|name| {
            name.strip_prefix("release:")
                .is_some_and(|rest| rest.split_once(':').is_some_and(|(owner, _)| owners.contains(owner)))
        })
        .filter(|name| !recorded.contains(name))
        .map(|name| format!("reads {name}, which nothing records"))
        .collect()
}
