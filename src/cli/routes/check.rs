//! What is wrong with routes: the lints of Alertmanager, on any file.

use super::Routes;
use crate::cli::report::{number, tally};
use crate::cli::{Console, Exit, Failure};
use crate::diag::{Diagnostic, Sink};
use crate::lint;
use crate::plan::routing::reach::{self, Configuration};
use crate::plan::{Plan, names};
use crate::spec::Config;
use crate::spec::alertmanager::TeamFile;
use crate::{Judgement, Project};

impl Routes {
    /// Judges the project's routes, or those of a file.
    pub(super) fn judge_routes(
        &self,
        project: &Project,
        judged: &Judgement,
        theirs: Option<TeamFile>,
        plan: &Plan<'_>,
        console: &mut Console,
    ) -> Result<Exit, Failure> {
        let configuration = theirs.as_ref().map_or_else(|| Configuration::of(plan), Configuration::of_file);
        let findings = match theirs {
            None => about_routes(&judged.findings, None),
            Some(theirs) => of_file(project, judged, theirs),
        };
        let report = self.report();
        report.print(&findings, &project.sources, console)?;
        for line in told(&configuration, plan) {
            report.say(&line, console)?;
        }
        let found = tally(&findings);
        report.say(if found.is_empty() { "nothing found" } else { &found }, console)?;
        Ok(if report.fails(&findings) { Exit::Findings } else { Exit::Clean })
    }
}

/// The findings of the lints of Alertmanager, of one file where one is meant.
fn about_routes(findings: &[Diagnostic], file: Option<crate::source::FileId>) -> Vec<Diagnostic> {
    let meant = |finding: &&Diagnostic| {
        let here = |file| finding.labels.iter().any(|label| label.span.file == file);
        lint::ABOUT_ROUTES.iter().any(|lint| lint.name == finding.lint) && file.is_none_or(here)
    };
    findings.iter().filter(meant).cloned().collect()
}

/// What the lints say of a file as if it were the team's own.
fn of_file(project: &Project, judged: &Judgement, theirs: TeamFile) -> Vec<Diagnostic> {
    let file = theirs.file;
    let config = Config { own: Some(theirs), lints: judged.config.lints.clone(), ..Config::default() };
    let context = lint::Context { sources: &project.sources, config: &config };
    let mut sink = Sink::default();
    lint::run(&judged.specs, &context, &mut sink);
    sink.apply(&config.lints);
    about_routes(&sink.into_sorted(), Some(file))
}

/// What there is, and which alerts of the plan nobody is told of by name.
fn told(configuration: &Configuration, plan: &Plan<'_>) -> Vec<String> {
    let raised = reach::raised(plan);
    let routes = configuration.route.all().len() - 1;
    let mut parts = vec![number(routes, "route"), number(configuration.inhibitions.len(), "inhibition")];
    if !raised.is_empty() {
        parts.push(format!("{} of the project", number(raised.len(), "alert")));
    }
    let mut lines = vec![parts.join(", ")];
    let only_root = raised
        .iter()
        .filter(|one| configuration.route.resolve(&one.labels).iter().all(|landing| landing.way.len() == 1));
    let count = only_root.count();
    if count > 0 {
        let receiver = configuration.route.receiver.as_deref().unwrap_or_default();
        let nobody = if receiver == names::DEFAULT_RECEIVER { ", which tells nobody" } else { "" };
        lines
            .push(format!("{} reach only the default receiver `{receiver}`{nobody}", number(count, "alert")));
    }
    lines
}
