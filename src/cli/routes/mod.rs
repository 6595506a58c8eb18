//! `relspec routes`: whom an alert reaches, by which routes, and what silences it; or what is wrong with the routes.

mod answer;
mod check;
mod json;
mod labels;
mod text;

use super::report::{Deny, Format, Report, tally};
use super::{Console, Exit, Failure, load};
use crate::diag::{Diagnostic, Severity};
use crate::plan::Plan;
use crate::plan::routing::reach::{self, Configuration};
use crate::source::FileId;
use crate::spec::alertmanager::{self, TeamFile};
use crate::{Judgement, Project, judge};
use answer::Question;
use clap::Args;
use jiff::Timestamp;
use std::path::{Path, PathBuf};

const HELP: &str = "\
Examples:
  relspec routes alertname=FailedRequestsRollback
  relspec routes --config /etc/alertmanager/alertmanager.yml severity=critical team=web
  relspec routes --config alertmanager.yml --at 2026-03-07T23:00:00Z severity=warning
  relspec routes alertname=FailedRequestsWarn region=eu --json
  relspec routes --config alertmanager.yml      what is wrong with the routes of a file

The routes are those of the project as a build would write them, or those of any
file of Alertmanager. They are followed as Alertmanager does: the receivers come
in its order, and one that two routes name is told twice. Labels that an alert of
the project carries and that are not given are filled in, and it is said which.

With --json there is one object:
  version   1; it grows when a field changes its meaning
  config    the file, or null for the project's own routes
  at        the point in time, or null
  notes     what was odd about the question, in words
  answers   one for each group of label sets that share all of the following
    label_sets   labels, each with `alert` (the plan's alert, or null) and
                 `filled_in` (the names of the labels that were not given)
    reaches      receiver, path (the matchers of each route below the root),
                 group (labels and values), group_wait, group_interval,
                 repeat_interval, mute_time_intervals, active_time_intervals,
                 muted (true or false with --at, otherwise null)
    silenced_by  alerts of the plan, each by the labels in which it differs; an
                 empty value is a label that it lacks
Without labels, --json prints findings as `relspec lint --format json` does.

Exit codes: 0 answered or nothing counts, 1 something is wrong with the file or
the specs, 2 the command line is wrong, 3 a file could not be read.";

/// Show whom an alert reaches, or what is wrong with the routes.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Routes {
    /// The alert's labels; without any, the routes themselves are judged.
    #[arg(value_name = "NAME=VALUE")]
    labels: Vec<String>,
    /// An Alertmanager file [default: the project's routes, as a build would write them].
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Whether time intervals mute the routes at this point in time, in RFC 3339.
    #[arg(long, value_name = "TIME", requires = "labels")]
    at: Option<Timestamp>,
    /// Take the labels as they are: fill none in.
    #[arg(long, requires = "labels")]
    as_is: bool,
    /// Print one object for programs.
    #[arg(long)]
    json: bool,
    /// What makes the judgement of routes fail besides errors.
    #[arg(long, value_name = "WHAT", value_enum, conflicts_with = "labels")]
    deny: Option<Deny>,
    /// The folder of specs.
    #[arg(long, value_name = "DIR", default_value = "specs")]
    specs: PathBuf,
}

impl Routes {
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Failure> {
        let given = labels::parse(&self.labels)?;
        let (mut project, has_specs) = self.project()?;
        let file = self.config.as_ref().map(|path| project.sources.read(Path::new(""), path)).transpose();
        let file = match file {
            Ok(file) => file,
            Err(finding) => return self.refuse(&[finding], &project, Exit::Files, console),
        };
        let judged = judge(&project);
        let theirs = match file {
            None => None,
            Some(file) => match read(&project, file) {
                Ok(theirs) => Some(theirs),
                Err(findings) => return self.refuse(&findings, &project, Exit::Findings, console),
            },
        };
        let sound = has_specs && is_sound(&project, &judged);
        if !sound && theirs.is_none() {
            return self.refuse(&judged.findings, &project, Report::failed(&project.unread), console);
        }
        let broken = |faults: Vec<_>| {
            let faults: Vec<String> = faults.iter().map(crate::plan::Broken::to_string).collect();
            Failure::files(faults.join("\n  "))
                .help("this is a fault of relspec; please report it with the spec")
        };
        let made = if sound {
            Plan::with(&judged.specs, &judged.config, &judged.templates)
        } else {
            Ok(Plan { releases: Vec::new(), overview: None, config: &judged.config })
        };
        let plan = made.map_err(broken)?;
        if given.is_empty() {
            return self.judge_routes(&project, &judged, theirs, &plan, console);
        }
        let without_plan = has_specs && !sound;
        self.answer(&given, theirs.as_ref(), &plan, without_plan, console)
    }

    /// The project, and whether it has releases: a file is judged without any.
    fn project(&self) -> Result<(Project, bool), Failure> {
        if self.config.is_none() || self.specs.is_dir() {
            return Ok((load::whole(&self.specs)?, true));
        }
        Ok((Project::default(), false))
    }

    fn answer(
        &self,
        given: &[(String, String)],
        theirs: Option<&TeamFile>,
        plan: &Plan<'_>,
        without_plan: bool,
        console: &mut Console,
    ) -> Result<Exit, Failure> {
        let configuration = theirs.map_or_else(|| Configuration::of(plan), Configuration::of_file);
        let raised = reach::raised(plan);
        let question = Question { given, configuration: &configuration, raised: &raised, fills: !self.as_is };
        let mut reply = question.reply();
        if without_plan {
            let note = "the specs have errors (`relspec lint` shows them), so that nothing is known of the plan's alerts";
            reply.notes.push(note.to_owned());
        }
        let of = self.config.as_ref().map(|path| path.display().to_string());
        if self.json {
            json::print(&reply, &configuration, of.as_deref(), self.at, console)?;
        } else {
            text::print(&reply, &configuration, self.at, console)?;
        }
        Ok(Exit::Clean)
    }

    fn report(&self) -> Report {
        Report { format: if self.json { Format::Json } else { Format::Terminal }, deny: self.deny }
    }

    /// Shows why there is no answer.
    fn refuse(
        &self,
        findings: &[Diagnostic],
        project: &Project,
        exit: Exit,
        console: &mut Console,
    ) -> Result<Exit, Failure> {
        let errors: Vec<_> =
            findings.iter().filter(|finding| finding.severity == Severity::Error).cloned().collect();
        self.report().print(&errors, &project.sources, console)?;
        self.report().say(&format!("{}: no routes to follow", tally(&errors)), console)?;
        Ok(exit)
    }
}

fn read(project: &Project, file: FileId) -> Result<TeamFile, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    alertmanager::read(&project.sources, file, &mut findings).ok_or(findings)
}

/// Whether a plan can be made.
fn is_sound(project: &Project, judged: &Judgement) -> bool {
    let errors = judged.findings.iter().any(|finding| finding.severity == Severity::Error);
    !errors && judged.specs.len() == project.spec_files.len() && judged.specs.iter().all(|spec| spec.whole)
}
