//! `routes.test.yaml` held against a configuration: by our own resolver, and by amtool.

use super::amtool::{self, Labels};
use super::document::yaml;
use super::report::Failure;
use super::tool::Tool;
use crate::source::Sources;
use crate::spec::alertmanager::{self, Landing, TeamFile};
use crate::target::alertmanager::route_tests::{Reach, RouteTest, RouteTests};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Reads a file of route tests.
///
/// # Errors
/// What is wrong with it.
pub fn read(path: &str, text: &str) -> Result<RouteTests, String> {
    let root = yaml(path, text)?;
    serde_json::from_value(root.to_json()).map_err(|error| format!("this is no file of route tests: {error}"))
}

/// Reads the configuration that the tests are about.
///
/// # Errors
/// What is wrong with it.
pub fn config(path: &str, text: &str) -> Result<TeamFile, String> {
    let mut sources = Sources::default();
    let file = sources.add(path, text);
    let mut findings = Vec::new();
    let read = alertmanager::read(&sources, file, &mut findings);
    let fault = || findings.first().map_or("it has no routes", |finding| &finding.message);
    read.ok_or_else(|| format!("{path} can't be followed: {}", fault()))
}

/// What our own resolver finds wrong: where alerts end, in which groups, by which routes, and what silences them.
#[must_use]
pub fn resolve(tests: &[&RouteTest], config: &TeamFile) -> Vec<Failure> {
    let labels: Vec<Vec<(String, String)>> = tests.iter().map(|test| pairs(&test.labels)).collect();
    let reached = |(test, labels): (&&RouteTest, &Vec<(String, String)>)| {
        let found: Vec<Reach> = config.route.resolve(labels).iter().map(reach).collect();
        (found != test.reaches).then(|| Failure::of(&test.name, reaches(&test.reaches, &found)))
    };
    let mut failures: Vec<Failure> = tests.par_iter().zip(&labels).filter_map(reached).collect();
    failures.extend(silences(tests, &labels, config));
    failures
}

fn pairs(labels: &Labels) -> Vec<(String, String)> {
    labels.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn reach(landing: &Landing<'_>) -> Reach {
    Reach { receiver: landing.receiver.to_owned(), group_by: landing.group_by(), path: landing.path() }
}

fn reaches(expected: &[Reach], found: &[Reach]) -> String {
    let names =
        |all: &[Reach]| all.iter().map(|reach| reach.receiver.as_str()).collect::<Vec<_>>().join(", ");
    if names(expected) != names(found) {
        return told("it reaches other receivers", &names(expected), &names(found));
    }
    let differing = expected.iter().zip(found).find(|(expected, found)| expected != found);
    differing.map_or_else(String::new, |(expected, found)| {
        if expected.group_by == found.group_by {
            let what = format!("it reaches {} by other routes", found.receiver);
            return told(&what, &expected.path.join(" > "), &found.path.join(" > "));
        }
        let what = format!("at {} it is in another group", found.receiver);
        told(&what, &expected.group_by.join(", "), &found.group_by.join(", "))
    })
}

fn told(what: &str, expected: &str, found: &str) -> String {
    format!("{what}\n  expected {expected}\n  got      {found}")
}

/// What silences each alert: exactly those that the test names, of all alerts that have a test.
fn silences(tests: &[&RouteTest], labels: &[Vec<(String, String)>], config: &TeamFile) -> Vec<Failure> {
    let silencing = silencers(labels, config);
    let known: BTreeMap<&Labels, usize> =
        tests.iter().enumerate().map(|(at, test)| (&test.labels, at)).collect();
    let mut failures = Vec::new();
    for (at, test) in tests.iter().enumerate() {
        let mut found = silencing.get(&at).cloned().unwrap_or_default();
        for differing in &test.silenced_by {
            let theirs = test.silencing(differing);
            let silent = match known.get(&theirs) {
                Some(other) => found.remove(other),
                None => silenced(&pairs(&theirs), labels.get(at), config),
            };
            if !silent {
                failures.push(Failure::of(&test.name, format!("{} does not silence it", shown(&theirs))));
            }
        }
        for other in found.into_iter().filter_map(|other| tests.get(other)) {
            let why = format!("{} silences it, which the test does not say", shown(&other.labels));
            failures.push(Failure::of(&test.name, why));
        }
    }
    failures
}

fn silenced(firing: &[(String, String)], other: Option<&Vec<(String, String)>>, config: &TeamFile) -> bool {
    other.is_some_and(|other| config.inhibitions.iter().any(|rule| rule.silences(firing, other)))
}

/// For each alert those that silence it. Of the pairs only those are looked at that have the same values where a rule wants
/// them equal, since there may be thousands of alerts.
fn silencers(labels: &[Vec<(String, String)>], config: &TeamFile) -> BTreeMap<usize, BTreeSet<usize>> {
    let of_rule = |rule: &alertmanager::Inhibition| {
        let same = |labels: &Vec<(String, String)>| {
            let value = |label: &String| alertmanager::route::value(labels, label).to_owned();
            rule.equal.iter().map(value).collect::<Vec<_>>()
        };
        let mut sources: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for (at, labels) in labels.iter().enumerate() {
            if alertmanager::route::all_match(&rule.source, labels) {
                sources.entry(same(labels)).or_default().push(at);
            }
        }
        let mut pairs = Vec::new();
        for (at, target) in labels.iter().enumerate() {
            if alertmanager::route::all_match(&rule.target, target) {
                let near = sources.get(&same(target)).into_iter().flatten();
                let silent =
                    near.filter(|source| labels.get(**source).is_some_and(|s| rule.silences(s, target)));
                pairs.extend(silent.map(|source| (at, *source)));
            }
        }
        pairs
    };
    let pairs: Vec<_> = config.inhibitions.par_iter().flat_map_iter(of_rule).collect();
    let mut all: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (target, source) in pairs {
        all.entry(target).or_default().insert(source);
    }
    all
}

fn shown(labels: &Labels) -> String {
    let all: Vec<String> = labels.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
    format!("{{{}}}", all.join(", "))
}

/// What amtool finds wrong: the receivers, in order. Each distinct set of labels is asked once.
#[must_use]
pub fn ask(tests: &[&RouteTest], tool: &Tool, folder: &Path, config: &str) -> Vec<Failure> {
    let sets: Vec<&Labels> =
        tests.iter().map(|test| &test.labels).collect::<BTreeSet<_>>().into_iter().collect();
    let answers = amtool::receivers(tool, folder, config, &sets);
    let answers: BTreeMap<&Labels, Result<String, String>> = sets.into_iter().zip(answers).collect();
    let mut failures = Vec::new();
    for test in tests {
        let expected = test.reaches.iter().map(|reach| reach.receiver.as_str()).collect::<Vec<_>>().join(",");
        match answers.get(&test.labels) {
            Some(Ok(found)) if *found == expected => {}
            Some(Ok(found)) => {
                failures.push(Failure::of(&test.name, told("it reaches other receivers", &expected, found)));
            }
            Some(Err(fault)) => failures.push(Failure::of(&test.name, fault)),
            None => {}
        }
    }
    failures
}
