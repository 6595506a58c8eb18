//! Every alert as Alertmanager gets it: whom it reaches in a configuration, and which others silence it.

#[cfg(test)]
mod tests;

use super::{Routing, alerts, label};
use crate::plan::annotations::as_told;
use crate::plan::{Alert, Plan, ReleasePlan};
use crate::promql::MatchOp;
use crate::spec::alertmanager::route::all_match;
use crate::spec::alertmanager::{Inhibition, Interval, Labels, Landing, Matcher, Route, TeamFile};
use jiff::Timestamp;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The labels that every alert of a metric and level has; the others tell it from those of the same name.
const SHARED: [&str; 7] = ["alertname", "release", "service", "metric", "team", "level", "severity"];

/// What Alertmanager does with alerts.
#[derive(Debug, Clone)]
pub struct Configuration {
    /// The root of the routes.
    pub route: Route,
    /// What silences what.
    pub inhibitions: Vec<Inhibition>,
    /// When routes tell nobody.
    pub intervals: Vec<Interval>,
}

impl Configuration {
    /// That of all releases, with the team's own where they are merged.
    #[must_use]
    pub fn of(plan: &Plan<'_>) -> Self {
        let ours = Routing::together(plan.releases.iter().map(|release| &release.routing));
        let Some(team) = &plan.config.own else {
            return Self { route: ours.alone(), inhibitions: ours.inhibitions, intervals: Vec::new() };
        };
        let inhibitions = team.inhibitions.iter().cloned().chain(ours.inhibitions.iter().cloned()).collect();
        Self { route: ours.merged(team), inhibitions, intervals: team.intervals.clone() }
    }

    /// Whether a route tells nobody at a point in time: in an interval that mutes it, or outside of all in which it is
    /// active. What is above it has no say in that. An interval that is not there is never.
    #[must_use]
    pub fn mutes(&self, route: &Route, at: Timestamp) -> bool {
        let within = |name: &String| {
            self.intervals.iter().any(|interval| interval.name.value == *name && interval.contains(at))
        };
        route.mute.iter().any(within) || !(route.active.is_empty() || route.active.iter().any(within))
    }

    /// That of a file as it is.
    #[must_use]
    pub fn of_file(file: &TeamFile) -> Self {
        let (route, inhibitions) = (file.route.clone(), file.inhibitions.clone());
        Self { route, inhibitions, intervals: file.intervals.clone() }
    }
}

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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Brought {
    label: (String, String),
    /// Whether its value stands for others too.
    open: bool,
}

/// The values that the labels of a metric's series can have for an alert: those of each place that the release tells apart,
/// but for those that an alert of the same name has to itself.
fn values(plan: &ReleasePlan<'_>, alert: &Alert, all: &[&Alert]) -> BTreeSet<Vec<Brought>> {
    let Some(metric) = plan.spec.metric(label(&alert.labels, "metric")) else {
        return BTreeSet::from([Vec::new()]);
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
    metric.cases.iter().map(|case| of_place(&case.place.labels)).chain([of_place(&BTreeMap::new())]).collect()
}

/// A value that is not among these.
fn unnamed(named: &BTreeSet<&str>) -> String {
    let mut value = "other".to_owned();
    while named.contains(value.as_str()) {
        value.push_str("-one");
    }
    value
}

/// For every alert of the plan: whom it reaches and what silences it, in the configuration of all releases.
pub fn each<T: Send>(
    plan: &Plan<'_>,
    of: impl Fn(&Raised<'_>, &[Landing<'_>], &[&Raised<'_>]) -> T + Sync,
) -> Vec<T> {
    let (configuration, raised) = (Configuration::of(plan), raised(plan));
    let silencers = Silencers::new(&configuration.inhibitions, &raised);
    let releases: Vec<&[Raised<'_>]> = raised.chunk_by(|one, two| one.release == two.release).collect();
    let of_release = |all: &[Raised<'_>]| -> Vec<T> {
        let route = narrowed(&configuration.route, all.first().map_or("", |raised| raised.release));
        let one =
            |raised: &Raised<'_>| of(raised, &route.resolve(&raised.labels), &silencers.of(&raised.labels));
        all.iter().map(one).collect()
    };
    releases.into_par_iter().flat_map_iter(of_release).collect()
}

/// A root without the routes of other releases, of which there may be many; alerts of this release land as in the whole.
#[must_use]
pub fn narrowed(root: &Route, release: &str) -> Route {
    let foreign = |route: &&Route| fixed_release(&route.matchers).is_none_or(|of| of == release);
    let routes = root.routes.iter().filter(foreign).cloned().collect();
    Route { routes, ..root.without_routes() }
}

/// The one release that matchers want, where they want one.
fn fixed_release(matchers: &[Matcher]) -> Option<&str> {
    let fixed = |matcher: &&Matcher| matcher.label == "release" && matcher.op == MatchOp::Equal;
    matchers.iter().find(fixed).map(|matcher| matcher.value.as_str())
}

/// Which alerts silence which, found without trying all pairs.
pub struct Silencers<'a, 'p> {
    rules: Vec<Rule<'a, 'p>>,
    /// The rules whose targets are of one release, by that release.
    of_release: BTreeMap<&'a str, Vec<usize>>,
    /// The other rules.
    of_any: Vec<usize>,
}

struct Rule<'a, 'p> {
    rule: &'a Inhibition,
    /// The alerts that can be its source, with their numbers, by the values of its `equal` labels.
    sources: BTreeMap<Vec<&'a str>, Vec<(usize, &'a Raised<'p>)>>,
}

impl<'a, 'p> Silencers<'a, 'p> {
    /// What rules make of alerts that all may fire.
    #[must_use]
    pub fn new(rules: &'a [Inhibition], raised: &'a [Raised<'p>]) -> Self {
        let mut all = Self { rules: Vec::new(), of_release: BTreeMap::new(), of_any: Vec::new() };
        let mut begins: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, one) in raised.iter().enumerate() {
            begins.entry(one.release).or_insert(at);
        }
        for (number, rule) in rules.iter().enumerate() {
            let from = fixed_release(&rule.source).map(|release| (release, begins.get(release).copied()));
            let some: Vec<(usize, &Raised<'_>)> = match from {
                None => raised.iter().enumerate().collect(),
                Some((_, None)) => Vec::new(),
                Some((release, Some(from))) => {
                    let rest = raised.iter().enumerate().skip(from);
                    rest.take_while(|(_, one)| one.release == release).collect()
                }
            };
            all.rules.push(Rule::new(rule, some));
            match fixed_release(&rule.target) {
                Some(release) => all.of_release.entry(release).or_default().push(number),
                None => all.of_any.push(number),
            }
        }
        all
    }

    /// The alerts that silence one with these labels while they fire, in the plan's order.
    #[must_use]
    pub fn of(&self, labels: &Labels) -> Vec<&'a Raised<'p>> {
        let numbers = self.of_release.get(label(labels, "release")).into_iter().flatten().chain(&self.of_any);
        let mut found = BTreeMap::new();
        for rule in numbers.filter_map(|number| self.rules.get(*number)) {
            if !all_match(&rule.rule.target, labels) {
                continue;
            }
            let sources = rule.sources.get(&key(rule.rule, labels)).into_iter().flatten();
            found.extend(sources.filter(|(_, one)| rule.rule.silences(&one.labels, labels)).copied());
        }
        found.into_values().collect()
    }
}

impl<'a, 'p> Rule<'a, 'p> {
    fn new(rule: &'a Inhibition, raised: Vec<(usize, &'a Raised<'p>)>) -> Self {
        let mut sources: BTreeMap<Vec<&str>, Vec<(usize, &Raised<'_>)>> = BTreeMap::new();
        for (at, one) in raised.into_iter().filter(|(_, one)| all_match(&rule.source, &one.labels)) {
            sources.entry(key(rule, &one.labels)).or_default().push((at, one));
        }
        Self { rule, sources }
    }
}

fn key<'a>(rule: &Inhibition, labels: &'a Labels) -> Vec<&'a str> {
    rule.equal.iter().map(|name| label(labels, name)).collect()
}
