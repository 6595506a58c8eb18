//! What promtool lets pass: tests without rules, alerts that nobody has, intervals that are ignored, and alerts that no test
//! ever sees. A run that passes means something only where none of this is found.

use super::document::{RuleFile, Test, TestFile};
use super::report::Failure;
use crate::promql::{self, MatchOp, Selector};
use regex::Regex;
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
    let alerts: BTreeSet<&str> = rules.values().flat_map(alerts).collect();
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
/// evaluates as often as the server does. Alerts of the groups in `excused` need not be expected.
#[must_use]
pub fn of_rules(rules: &RuleFile, tests: &[&TestFile], excused: &BTreeSet<String>) -> Vec<Failure> {
    let mut found = Vec::new();
    let seen: Vec<Asked> = tests.iter().flat_map(|file| &file.tests).flat_map(expected).collect();
    let asked = rules.groups.iter().filter(|group| !excused.contains(&group.name));
    let alerts: BTreeSet<&str> = asked.flat_map(|group| group.alerts.iter().map(String::as_str)).collect();
    let unseen: Vec<&str> =
        alerts.into_iter().filter(|alert| !seen.iter().any(|asked| asked.is(alert))).collect();
    if !unseen.is_empty() {
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

fn alerts(rules: &RuleFile) -> impl Iterator<Item = &str> {
    rules.groups.iter().flat_map(|group| group.alerts.iter().map(String::as_str))
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

/// Which alerts a test asks for: a name, or a pattern.
enum Asked {
    Name(String),
    Pattern(Regex, String),
}

impl Asked {
    fn is(&self, alert: &str) -> bool {
        match self {
            Self::Name(name) => name == alert,
            Self::Pattern(pattern, _) => pattern.is_match(alert),
        }
    }
}

/// The alerts that a test asks for and no rule has.
fn strangers(test: &Test, alerts: &BTreeSet<&str>) -> Vec<String> {
    let direct = test.alerts.iter().map(|(name, _)| name.clone());
    let asked = test.exprs.iter().flat_map(|(expr, _)| in_expression(expr));
    let unknown = |asked: &Asked| !alerts.iter().any(|alert| asked.is(alert));
    let in_exprs = asked.filter(unknown).map(|asked| match asked {
        Asked::Name(name) => name,
        Asked::Pattern(_, text) => text,
    });
    let mut all: Vec<String> =
        direct.filter(|name| !alerts.contains(name.as_str())).chain(in_exprs).collect();
    all.dedup();
    all
}

/// The alerts that a test expects to be there.
fn expected(test: &Test) -> Vec<Asked> {
    let direct = test.alerts.iter().filter(|(_, any)| *any).map(|(name, _)| Asked::Name(name.clone()));
    let exprs = test.exprs.iter().filter(|(_, any)| *any).flat_map(|(expr, _)| in_expression(expr));
    direct.chain(exprs).collect()
}

/// The alerts that an expression asks for by `ALERTS{alertname=…}` and its like.
fn in_expression(expr: &str) -> Vec<Asked> {
    let Ok(tree) = promql::parse(expr) else { return Vec::new() };
    let of_alerts = |selector: &&Selector| matches!(selector.metric(), Some("ALERTS" | "ALERTS_FOR_STATE"));
    let selectors = promql::selectors(&tree);
    let matchers = selectors.into_iter().filter(of_alerts).flat_map(|selector| &selector.matchers);
    let named = matchers.filter(|matcher| matcher.label.text == "alertname");
    named
        .filter_map(|matcher| match matcher.op {
            MatchOp::Equal => Some(Asked::Name(matcher.value.clone())),
            MatchOp::Regex => {
                let pattern = Regex::new(&format!("^(?:{})$", matcher.value)).ok()?;
                Some(Asked::Pattern(pattern, matcher.value.clone()))
            }
            MatchOp::NotEqual | MatchOp::NotRegex => None,
        })
        .collect()
}

#[cfg(test)]
mod tests;
