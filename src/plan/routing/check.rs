//! The tree of routes held against every alert: each reaches a receiver that exists, and exactly those that the release
//! names; nothing is silenced but by a harsher alert of the same metric.

use super::super::{Alert, Broken, Plan, ReleasePlan};
use super::reach::narrowed;
use super::{Routing, alerts, label};
use crate::ladder::Level;
use crate::plan::names;
use crate::spec::alertmanager::{Inhibition, Route};
use std::collections::{BTreeMap, BTreeSet};

/// Every fault in the routes of one release, taken alone.
#[must_use]
pub fn release(plan: &ReleasePlan<'_>) -> Vec<Broken> {
    let routing = &plan.routing;
    let names: Vec<String> = routing.receivers_alone().into_iter().map(|receiver| receiver.name).collect();
    let mut faults = tree(&plan.id, &routing.alone(), &names);
    faults.extend(landings(plan, &routing.alone(), &names, Some(names::DEFAULT_RECEIVER)));
    for inhibition in &routing.inhibitions {
        faults.extend(silenced(plan, inhibition).into_iter().map(|what| Broken::new(&plan.id, what)));
    }
    faults
}

/// Every fault in the routes of all releases, together with the team's own where they are merged.
#[must_use]
pub fn together(plan: &Plan<'_>) -> Vec<Broken> {
    let routing = Routing::together(plan.releases.iter().map(|release| &release.routing));
    let (root, names, default) = match &plan.config.own {
        Some(team) => {
            let theirs = team.receivers.iter().map(|name| name.value.clone());
            let ours = routing.receivers.iter().map(|receiver| receiver.name.clone());
            (routing.merged(team), theirs.chain(ours).collect::<Vec<_>>(), None)
        }
        None => {
            let names = routing.receivers_alone().into_iter().map(|receiver| receiver.name).collect();
            (routing.alone(), names, Some(names::DEFAULT_RECEIVER))
        }
    };
    let mut faults = tree("all", &root, &names);
    for release in &plan.releases {
        faults.extend(landings(release, &narrowed(&root, &release.id), &names, default));
    }
    faults
}

/// Routes to receivers that do not exist, and receivers of one name.
fn tree(of: &str, root: &Route, receivers: &[String]) -> Vec<Broken> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for name in receivers.iter().filter(|name| !seen.insert(name.as_str())) {
        faults.push(Broken::new(of, format!("two receivers are called {name}")));
    }
    // What the team's own routes name is the team's; amtool tells of it.
    let named = root
        .all()
        .into_iter()
        .filter(|route| route.span.is_none())
        .filter_map(|route| route.receiver.as_ref());
    for name in named.filter(|name| !seen.contains(name.as_str())) {
        faults.push(Broken::new(of, format!("a route leads to {name}, which is no receiver")));
    }
    faults
}

/// Alerts that reach other receivers than those that the release names for their level. Where it names none, they reach
/// the default receiver, or whatever the team's own routes have for them.
fn landings(
    plan: &ReleasePlan<'_>,
    root: &Route,
    receivers: &[String],
    default: Option<&str>,
) -> Vec<Broken> {
    let mut faults = Vec::new();
    for alert in alerts(&plan.groups) {
        let labels = labels(alert);
        let reached: Vec<&str> = root.resolve(&labels).iter().map(|landing| landing.receiver).collect();
        let mut wanted = wanted(plan, label(&labels, "level"));
        if wanted.is_empty() {
            wanted.extend(default.map(str::to_owned));
        }
        if !wanted.is_empty() && reached != wanted {
            let what = format!("{} reaches {} and not {}", alert.name, reached.join(", "), wanted.join(", "));
            faults.push(Broken::new(&plan.id, what));
        }
        let lost = |name: &&str| !receivers.iter().any(|known| known == name);
        if wanted.iter().any(|name| lost(&name.as_str())) || reached.is_empty() {
            faults.push(Broken::new(&plan.id, format!("{} reaches no receiver that exists", alert.name)));
        }
    }
    faults
}

/// The receivers that a release names for a level.
fn wanted(plan: &ReleasePlan<'_>, level: &str) -> Vec<String> {
    let level = Level::ALL.into_iter().find(|one| one.name() == level);
    let channels = level.map_or_else(Vec::new, |level| plan.spec.told(level, plan.config));
    let name = |shared: bool, id: &str| names::receiver((!shared).then_some(plan.id.as_str()), id);
    channels.iter().map(|channel| name(channel.shared, &channel.row.key.value)).collect()
}

/// An alert with its labels.
type Labelled<'a> = (&'a Alert, Vec<(String, String)>);

/// Labels that a rule of inhibition takes for equal though one of its alerts lacks them, and pairs of alerts that it must
/// not silence.
fn silenced(plan: &ReleasePlan<'_>, inhibition: &Inhibition) -> Vec<String> {
    let mut faults = Vec::new();
    // Only alerts that agree in the rule's `equal` labels can silence each other, so no other pairs are tried.
    let mut equal: BTreeMap<Vec<String>, Vec<Labelled<'_>>> = BTreeMap::new();
    for alert in alerts(&plan.groups) {
        let labels = with_by(plan, alert);
        let key = inhibition.equal.iter().map(|name| label(&labels, name).to_owned()).collect();
        equal.entry(key).or_default().push((alert, labels));
    }
    for (all, (firing, source)) in equal.values().flat_map(|all| all.iter().map(move |one| (all, one))) {
        for (other, target) in all.iter().filter(|(_, target)| inhibition.silences(source, target)) {
            let lacks = |name: &String| label(source, name).is_empty() || label(target, name).is_empty();
            if let Some(name) = inhibition.equal.iter().find(|name| lacks(name)) {
                faults.push(format!(
                    "{} silences {} by {name}, which one of them lacks",
                    firing.name, other.name
                ));
            }
            let same = label(source, "metric") == label(target, "metric");
            let harsher = level(source) > level(target);
            if !same || !harsher || other.name.ends_with("NoData") || firing.name.ends_with("NoData") {
                faults.push(format!("{} must not silence {}", firing.name, other.name));
            }
            if let Some(name) = told_apart(plan, source).find(|name| !inhibition.equal.contains(name)) {
                faults.push(format!("{} silences {} of any {name}", firing.name, other.name));
            }
        }
    }
    faults
}

fn level(labels: &[(String, String)]) -> Option<Level> {
    Level::ALL.into_iter().find(|level| level.name() == label(labels, "level"))
}

/// The labels of a metric's values.
fn told_apart<'a>(
    plan: &'a ReleasePlan<'_>,
    labels: &[(String, String)],
) -> impl Iterator<Item = String> + use<'a> {
    let metric = plan.spec.metric(label(labels, "metric"));
    metric.into_iter().flat_map(|metric| metric.by.iter().map(|label| label.value.clone()))
}

/// The labels of an alert with its name, as Prometheus sends them.
#[must_use]
pub fn labels(alert: &Alert) -> Vec<(String, String)> {
    let name = ("alertname".to_owned(), alert.name.clone());
    std::iter::once(name).chain(alert.labels.iter().cloned()).collect()
}

/// The same with some value for each label that the series bring.
fn with_by(plan: &ReleasePlan<'_>, alert: &Alert) -> Vec<(String, String)> {
    let mut labels = labels(alert);
    for name in told_apart(plan, &labels).collect::<Vec<_>>() {
        if label(&labels, &name).is_empty() {
            labels.push((name, "some".to_owned()));
        }
    }
    labels
}
