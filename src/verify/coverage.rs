//! What promtool lets pass: tests without rules, alerts that nobody has, intervals that are ignored, and alerts that no test
//! ever sees. A run that passes means something only where none of this is found.

mod asked;

use super::document::{RuleFile, Test, TestFile};
use super::report::Failure;
use crate::plan::proof::Labels;
use crate::promql;
use asked::{Asked, expected, in_expression};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with a file of tests, given the rules that it names, each with the path by which it names them.
#[must_use]
pub fn of_tests(tests: &TestFile, rules: &BTreeMap<String, RuleFile>) -> Vec<Failure> {
    let mut found = Vec::new();
    if tests.rule_files.is_empty() {
        found.push(Failure::whole("`rule_files` names no rules: promtool passes what judges nothing"));
    }
    for path in tests.rule_files.iter().filter(|path| !rules.contains_key(*path)) {
        let why = format!(
            "`rule_files` names `{path}`, which this build does not make: promtool only warns of that"
        );
        found.push(Failure::whole(why));
    }
    found.extend(order(tests, rules));
    if tests.tests.is_empty() {
        found.push(Failure::whole("there are no tests in this file"));
    }
    let alerts: BTreeSet<&str> = rules.values().flat_map(alerts).map(name).collect();
    let mut names = BTreeSet::new();
    for (at, test) in tests.tests.iter().enumerate() {
        let name = if test.name.is_empty() { format!("test {}", at + 1) } else { test.name.clone() };
        let mut say = |why: &str| found.push(Failure::of(&name, why));
        if test.name.is_empty() {
            say("it has no name");
        } else if !names.insert(&test.name) {
            say("another test has this name");
        }
        if test.assertions() == 0 {
            say("it asks for nothing, so it always passes");
        }
        if !test.has_interval {
            say("it has no `interval`: before 2.49, promtool takes one minute, later `evaluation_interval`");
        }
        for alert in strangers(test, &alerts) {
            say(&format!(
                "it asks for the alert `{alert}`, which no rule has: that none fires shows nothing"
            ));
        }
    }
    found
}

/// What no test shows of a file of rules, given all tests that name it: alerts that none expects, and groups that none
/// evaluates as often as the server does. The alerts in `excused`, with all labels of their rules, need not be expected.
#[must_use]
pub fn of_rules(rules: &RuleFile, tests: &[&TestFile], excused: &BTreeSet<Labels>) -> Vec<Failure> {
    let mut found = Vec::new();
    let seen: Vec<Asked> = tests.iter().flat_map(|file| &file.tests).flat_map(expected).collect();
    let all: Vec<Labels> = alerts(rules).cloned().collect();
    let shown: BTreeSet<&Labels> = seen.iter().flat_map(|asked| asked.shows(&all)).chain(excused).collect();
    let unseen = all.iter().filter(|alert| !shown.contains(alert));
    let unseen: BTreeSet<String> = unseen.map(|alert| told_apart(alert, rules)).collect();
    if !unseen.is_empty() {
        let unseen: Vec<String> = unseen.into_iter().collect();
        let why = "no test expects these alerts, so nothing shows that they can fire";
        found.push(Failure::whole(format!("{why}: {}", unseen.join(", "))));
    }
    let intervals: BTreeSet<&str> =
        tests.iter().filter_map(|file| file.evaluation_interval.as_deref()).collect();
    let groups =
        rules.groups.iter().filter_map(|group| Some((group.interval.as_deref()?, group.name.as_str())));
    let mut ignored: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (interval, group) in groups.filter(|(interval, _)| !intervals.contains(interval)) {
        ignored.entry(interval).or_default().push(group);
    }
    for (interval, groups) in ignored {
        let what = "promtool ignores the interval of a group, and no tests have";
        let groups = groups.join(", ");
        found.push(Failure::whole(format!(
            "{what} `evaluation_interval: {interval}`, which these need: {groups}"
        )));
    }
    found
}

fn alerts(rules: &RuleFile) -> impl Iterator<Item = &Labels> {
    rules.groups.iter().flat_map(|group| &group.alerts)
}

fn name(alert: &Labels) -> &str {
    alert.get("alertname").map_or("", String::as_str)
}

/// The name of an alert, and those of its labels that other rules of that name have otherwise.
fn told_apart(alert: &Labels, rules: &RuleFile) -> String {
    let others: Vec<&Labels> = alerts(rules).filter(|other| name(other) == name(alert)).collect();
    let differs = |(label, value): &(&String, &String)| others.iter().any(|of| of.get(*label) != Some(value));
    let labels: Vec<String> = alert
        .iter()
        .filter(differs)
        .map(|(label, value)| format!("{label}={}", promql::quote(value)))
        .collect();
    let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(", ")) };
    format!("{}{labels}", name(alert))
}

/// promtool evaluates groups in a random order where the file gives none.
fn order(tests: &TestFile, rules: &BTreeMap<String, RuleFile>) -> Option<Failure> {
    let groups: Vec<&str> =
        rules.values().flat_map(|file| &file.groups).map(|group| group.name.as_str()).collect();
    let missing: Vec<&str> =
        groups.iter().copied().filter(|group| !tests.order.iter().any(|listed| listed == group)).collect();
    let why = "promtool evaluates groups at a random place that `group_eval_order` does not list";
    (groups.len() > 1 && !missing.is_empty())
        .then(|| Failure::whole(format!("{why}: {}", missing.join(", "))))
}

/// The alerts that a test asks for and no rule has.
fn strangers(test: &Test, alerts: &BTreeSet<&str>) -> Vec<String> {
    let direct = test.alerts.iter().map(|(name, _)| name.clone());
    let asked = test.exprs.iter().flat_map(|(expr, _)| in_expression(expr));
    let unknown = |asked: &Asked| !alerts.iter().any(|alert| asked.is(alert));
    let in_exprs = asked.filter(unknown).map(|asked| match asked {
        Asked::Name(text) | Asked::Pattern(_, text) => text,
        Asked::Alert(labels) => name(&labels).to_owned(),
    });
    let mut all: Vec<String> =
        direct.filter(|name| !alerts.contains(name.as_str())).chain(in_exprs).collect();
    all.dedup();
    all
}

#[cfg(test)]
mod tests;
