//! What was asked and what came of it.

use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The tool ran and found nothing.
    Passed,
    /// The tool ran and found something, or did not answer.
    Failed,
    /// The tool is not there, or too old for this file.
    NotRun,
}

/// What a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A file of rules as Prometheus reads it.
    Rules,
    /// The tests of a file of rules, run on it.
    RuleTests,
    /// What promtool lets pass: whether the tests judge these rules, and each alert is in one.
    Coverage,
    /// A configuration as Alertmanager reads it.
    Config,
    /// Where each alert goes, and what silences it.
    Routes,
}

/// One thing that is not as it should be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The name of the test; `None` for what belongs to no single test.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<String>,
    /// What is wrong, one or several lines.
    pub message: String,
}

impl Failure {
    /// A failure of a test.
    pub fn of(test: impl Into<String>, message: impl Into<String>) -> Self {
        Self { test: Some(test.into()), message: message.into() }
    }

    /// A failure of the file as a whole.
    pub fn whole(message: impl Into<String>) -> Self {
        Self { test: None, message: message.into() }
    }
}

/// One file, held against one tool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// `promtool`, `amtool`, or `relspec` for our own judge.
    pub tool: &'static str,
    /// The tool's version; `None` where it is not there.
    pub version: Option<String>,
    /// The file, relative to the project's folder, with the output folder.
    pub file: String,
    /// The release that the file is about; `None` for all of them.
    pub release: Option<String>,
    /// What the check is about.
    pub kind: Subject,
    /// How many named tests there are; rules for `rules`, alerts for `coverage`, 0 for `config`.
    pub tests: usize,
    /// How many of them are not as they should be; 0 where the whole file fails.
    pub failed_tests: usize,
    /// How it ended.
    pub outcome: Outcome,
    /// Why it was not run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What is wrong, in the order of the file.
    pub failures: Vec<Failure>,
}

impl Check {
    /// Tells what was found: passed where that is nothing. What belongs to no test comes first, and what belongs to one test
    /// stands together.
    #[must_use]
    pub fn with(mut self, mut failures: Vec<Failure>) -> Self {
        self.outcome = if failures.is_empty() { Outcome::Passed } else { Outcome::Failed };
        let mut firsts: BTreeMap<String, usize> = BTreeMap::new();
        for test in failures.iter().filter_map(|failure| failure.test.as_ref()) {
            let next = firsts.len();
            firsts.entry(test.clone()).or_insert(next);
        }
        failures.sort_by_key(|failure| failure.test.as_ref().and_then(|test| firsts.get(test).copied()));
        self.failed_tests = firsts.len();
        self.failures = failures;
        self
    }

    /// Tells why nothing was found.
    #[must_use]
    pub fn not_run(mut self, why: impl Into<String>) -> Self {
        self.outcome = Outcome::NotRun;
        self.detail = Some(why.into());
        self
    }
}

/// How many checks ended how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Passed.
    pub passed: usize,
    /// Failed.
    pub failed: usize,
    /// Not run, also where another version of the tool ran it.
    pub not_run: usize,
}

/// How many tests a release has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The release's id.
    pub release: String,
    /// Named tests of rules.
    pub tests: usize,
    /// Statements about alerts and series in them.
    pub assertions: usize,
    /// Tests of routes, one for each alert and variant.
    pub routes: usize,
}

/// A tool as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// `promtool` or `amtool`.
    pub tool: &'static str,
    /// The program as it was named.
    pub path: String,
    /// Its version; `None` where it could not be asked.
    pub version: Option<String>,
    /// Why it could not be asked, and how to get it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
}

/// Everything that was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The tools, in the order in which they were named.
    pub tools: Vec<Asked>,
    /// How many tests each release has.
    pub releases: Vec<Tally>,
    /// The checks: by tool, then by file.
    pub checks: Vec<Check>,
}

impl Report {
    /// How many checks ended how.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let count = |outcome| self.checks.iter().filter(|check| check.outcome == outcome).count();
        Summary {
            passed: count(Outcome::Passed),
            failed: count(Outcome::Failed),
            not_run: count(Outcome::NotRun),
        }
    }

    /// What no version of its tool has run: nothing shows whether it is right.
    #[must_use]
    pub fn unproven(&self) -> Vec<&Check> {
        let mut ran: BTreeMap<_, bool> = BTreeMap::new();
        for check in &self.checks {
            *ran.entry(key(check)).or_default() |= check.outcome != Outcome::NotRun;
        }
        let mut told = BTreeSet::new();
        self.checks
            .iter()
            .filter(|check| ran.get(&key(check)) == Some(&false) && told.insert(key(check)))
            .collect()
    }
}

fn key(check: &Check) -> (&'static str, &str, Subject) {
    (check.tool, &check.file, check.kind)
}

#[cfg(test)]
mod tests;
