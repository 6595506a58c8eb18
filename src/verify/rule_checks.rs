//! Checks of files of rules, of their tests, and of configurations: what is asked, and of whom.

use super::document::{RuleFile, TestFile};
use super::process::Stopped;
use super::report::{Check, Failure, Outcome, Subject};
use super::suite::{Made, Suite};
use super::tool::Tool;
use super::{Candidate, amtool, coverage, promtool};
use crate::plan::proof::Labels;
use std::collections::BTreeSet;

/// A check of a file that nobody has made yet; it counts as passed until something is found.
pub(super) fn begun<T>(suite: &Suite, made: &Made<T>, kind: Subject, tests: usize) -> Check {
    Check {
        tool: "relspec",
        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        file: format!("{}/{}", suite.out.display(), made.path),
        release: made.release.clone(),
        kind,
        tests,
        failed_tests: 0,
        outcome: Outcome::Passed,
        detail: None,
        failures: Vec::new(),
    }
}

/// Lets a tool judge, or says why it can't.
pub(super) fn judged(check: Check, tool: &Candidate, judge: impl FnOnce(&Tool) -> Vec<Failure>) -> Check {
    let mut check = Check { tool: tool.kind.name(), version: None, ..check };
    match &tool.found {
        Err(Stopped::Missing) => check.not_run(tool.missing().unwrap_or_default()),
        // A tool that is there and does not answer is nothing that a user would accept unseen.
        Err(_) => check.with(vec![Failure::whole(tool.missing().unwrap_or_default())]),
        Ok(found) => {
            check.version = Some(found.version.clone());
            check.with(judge(found))
        }
    }
}

pub(super) fn rules(suite: &Suite, made: &Made<RuleFile>, tool: &Candidate) -> Check {
    let groups = made.content.as_ref().map(|rules| rules.groups.as_slice()).unwrap_or_default();
    let check = begun(suite, made, Subject::Rules, groups.iter().map(|group| group.rules).sum());
    let (folder, file) = made.place(&suite.out);
    judged(check, tool, |tool| promtool::rules(tool, &folder, &file))
}

pub(super) fn tests(suite: &Suite, made: &Made<TestFile>, tool: &Candidate) -> Check {
    let all = made.content.as_ref().map(|file| file.tests.as_slice()).unwrap_or_default();
    let check = begun(suite, made, Subject::RuleTests, all.len());
    let (folder, file) = made.place(&suite.out);
    let names: Vec<&str> = all.iter().map(|test| test.name.as_str()).collect();
    if let Ok(found) = tool.found.as_ref().map_err(|_| ())
        && made.is_native()
        && found.release < promtool::NATIVE
    {
        let (major, minor) = promtool::NATIVE;
        let why =
            format!("native histograms need promtool {major}.{minor} or later; this is {}", found.version);
        let version = Some(found.version.clone());
        return Check { tool: tool.kind.name(), version, ..check }.not_run(why);
    }
    judged(check, tool, |tool| promtool::tests(tool, &folder, &file, &made.text, &names))
}

pub(super) fn config(suite: &Suite, made: &Made<()>, tool: &Candidate) -> Check {
    let (folder, file) = made.place(&suite.out);
    judged(begun(suite, made, Subject::Config, 0), tool, |tool| amtool::config(tool, &folder, &file))
}

pub(super) fn covered_tests(suite: &Suite, made: &Made<TestFile>) -> Check {
    let tests = made.content.as_ref().map_or(0, |file| file.tests.len());
    let check = begun(suite, made, Subject::Coverage, tests);
    check.with(match &made.content {
        Ok(content) => coverage::of_tests(content, &suite.rules_of(made)),
        Err(fault) => vec![Failure::whole(fault)],
    })
}

pub(super) fn covered_rules(suite: &Suite, made: &Made<RuleFile>, excused: &BTreeSet<Labels>) -> Check {
    let groups = made.content.as_ref().map(|rules| rules.groups.as_slice()).unwrap_or_default();
    let alerts = groups.iter().map(|group| group.alerts.len()).sum();
    let check = begun(suite, made, Subject::Coverage, alerts);
    let tests = suite.tests_of(made);
    match &made.content {
        Err(fault) => check.with(vec![Failure::whole(fault)]),
        Ok(_) if tests.is_empty() => check.not_run("no tests are generated for these rules"),
        Ok(content) => check.with(coverage::of_rules(content, &tests, excused)),
    }
}
