//! What is generated, proven by the tools that will read it: promtool, amtool, and our own resolver of routes.
//!
//! It begins where a build has ended, at the files of an output folder. Nothing here trusts a tool's silence: a check has
//! passed when the tool says so. What could not be run is told as such and is not a pass.

mod amtool;
mod coverage;
mod difference;
mod document;
mod failures;
mod marked;
mod process;
mod promtool;
mod report;
mod route_checks;
mod routes;
mod rule_checks;
mod suite;
mod tool;

pub use process::Stopped;
pub use report::{Asked, Check, Failure, Outcome, Report, Subject, Summary, Tally};
pub use suite::{Made, NoSuite, Suite};
pub use tool::{Kind, Tool};

use crate::plan::proof::Labels;
use document::RuleFile;
use rayon::prelude::*;
use route_checks::{Routes, release};
use rule_checks::{config, covered_rules, covered_tests, rules, tests};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// A tool that was asked for, and whether it answers.
#[derive(Debug)]
pub struct Candidate {
    /// Which one.
    pub kind: Kind,
    /// As it was named.
    pub path: PathBuf,
    /// The tool, or why it can't be asked.
    pub found: Result<Tool, Stopped>,
}

impl Candidate {
    /// Why it can't be asked and how to get it; `None` where it can.
    #[must_use]
    pub fn missing(&self) -> Option<String> {
        let why = self.found.as_ref().err()?;
        let (name, path) = (self.kind.name(), self.path.display());
        Some(match why {
            Stopped::Missing => format!("{name} is not installed. {}", self.kind.how_to_get()),
            other => format!("{path} does not answer: {other}"),
        })
    }

    fn asked(&self) -> Asked {
        Asked {
            tool: self.kind.name(),
            path: self.path.display().to_string(),
            version: self.found.as_ref().ok().map(|tool| tool.version.clone()),
            missing: self.missing(),
        }
    }
}

type Job<'a> = Box<dyn Fn() -> Check + Send + Sync + 'a>;

/// Holds every file of a suite against every tool. With `release`, only the routes of its alerts are asked for. Checks run
/// side by side; their order in the report does not depend on that. No test need expect the alerts in
/// `excused`, each given by all labels of its rule and its name as `alertname`.
#[must_use]
pub fn run(suite: &Suite, release: Option<&str>, tools: &[Candidate], excused: &BTreeSet<Labels>) -> Report {
    let routes = Routes::read(suite, release);
    let mut jobs: Vec<Job<'_>> = Vec::new();
    for tool in tools.iter().filter(|tool| tool.kind == Kind::Promtool) {
        for made in &suite.rules {
            jobs.push(Box::new(move || rules(suite, made, tool)));
        }
        for made in &suite.tests {
            jobs.push(Box::new(move || tests(suite, made, tool)));
        }
    }
    for tool in tools.iter().filter(|tool| tool.kind == Kind::Amtool) {
        for made in &suite.configs {
            jobs.push(Box::new(move || config(suite, made, tool)));
        }
        let routes = &routes;
        jobs.extend(routes.is_there().then(|| -> Job<'_> { Box::new(move || routes.asked(suite, tool)) }));
    }
    for made in &suite.tests {
        jobs.push(Box::new(move || covered_tests(suite, made)));
    }
    for made in &suite.rules {
        jobs.push(Box::new(move || covered_rules(suite, made, excused)));
    }
    if !suite.configs.is_empty() {
        jobs.push(Box::new(|| routes.resolved(suite)));
    }
    let checks = jobs.par_iter().map(|job| job()).collect();
    Report { tools: tools.iter().map(Candidate::asked).collect(), releases: tally(suite, &routes), checks }
}

fn tally(suite: &Suite, routes: &Routes<'_>) -> Vec<Tally> {
    let of = |made: &Made<RuleFile>| {
        let release = made.release.clone().unwrap_or_default();
        let files = suite.tests.iter().filter(|tests| tests.release.as_ref() == Some(&release));
        let mut tally = Tally { release: release.clone(), ..Tally::default() };
        for file in files.filter_map(|made| made.content.as_ref().ok()) {
            tally.tests += file.tests.len();
            tally.assertions += file.assertions();
        }
        tally.routes =
            routes.tests().into_iter().filter(|test| self::release(test) == Some(&release)).count();
        tally
    };
    suite.rules.iter().map(of).collect()
}
