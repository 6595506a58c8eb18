//! `relspec build`: the files of all releases, all of them or none.

use super::rehearse::Rehearse;
use super::report::{Deny, Format, Report, number, tally};
use super::{Console, Exit, Failure, load};
use crate::diag::{Diagnostic, Severity};
use crate::output::{self, CheckReport, Stamped, WriteOptions, Written};
use crate::{Outcome, Project, compile, target};
use clap::Args;
use clap::builder::PossibleValuesParser;
use std::collections::BTreeSet;
use std::path::PathBuf;

const HELP: &str = "\
Examples:
  relspec build                           everything
  relspec build --check --deny warnings   in CI: write nothing, fail on any change
  relspec build specs/checkout-v2.yaml    write the files of one release only
  relspec build --target prometheus       write one kind of file only
  relspec list targets                    what kinds there are
  relspec build --rehearse 60 --out /tmp/rehearsal
                                          what servers read, in a 60th of the time

Every release is read and judged, whatever is written, and one error anywhere
means that nothing is. Files that the build no longer makes are removed; with
PATHS only those of these releases, with --target none. A file that was edited
by hand is neither overwritten nor removed without --force.

Exit codes: 0 built or up to date, 1 something counts or --check found a
difference, 3 a file could not be read or written, or was edited by hand.";

/// Write the rules, dashboards, routes and pages of all releases.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Build {
    /// Write only what belongs to the releases in these files and folders.
    paths: Vec<PathBuf>,
    /// Write nothing; show what would change, and fail if anything would.
    #[arg(long)]
    check: bool,
    /// Overwrite and remove what was edited by hand or was not written by relspec.
    #[arg(long, conflicts_with = "check")]
    force: bool,
    /// The folder that is written to.
    #[arg(long, value_name = "DIR", default_value = "generated")]
    out: PathBuf,
    /// The folder of specs.
    #[arg(long, value_name = "DIR", default_value = "specs")]
    specs: PathBuf,
    /// Write only files of this kind; may be repeated.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(target::ALL.iter().map(|target| target.name)))]
    target: Vec<String>,
    #[command(flatten)]
    rehearse: Rehearse,
    #[command(flatten)]
    report: Report,
}

/// What of the outcome is written, and what stays as earlier builds left it.
struct Part {
    files: Vec<Stamped>,
    releases: BTreeSet<String>,
    whole: bool,
    all_targets: bool,
}

impl Part {
    /// A whole build keeps nothing that it does not make; of a part, only what surely belongs to it is removed.
    fn keeps(&self, path: &str) -> bool {
        let ours = || path.split_once('/').is_some_and(|(release, _)| self.releases.contains(release));
        let removes = self.whole || (self.all_targets && ours());
        !removes
    }
}

impl Build {
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Failure> {
        let mut project = load::whole(&self.specs)?;
        project.rehearsal = self.rehearse.rehearsal(&self.out)?;
        let outcome = compile(&project);
        self.rehearse.check(&outcome.config)?;
        let part = self.part(&project, &outcome)?;
        let (shown, infos) = self.shown(&outcome.findings);
        self.report.print(&shown, &project.sources, console)?;
        if !outcome.broken.is_empty() {
            let faults: Vec<_> = outcome.broken.iter().map(ToString::to_string).collect();
            return Err(Failure::files(format!("nothing was written:\n  {}", faults.join("\n  ")))
                .help("this is a fault of relspec; please report it with the spec"));
        }
        if self.report.fails(&outcome.findings) {
            self.report.say(&format!("{}: nothing was written", tally(&outcome.findings)), console)?;
            return Ok(Report::failed(&project.unread));
        }
        let exit =
            if self.check { self.compare(&part, console) } else { self.write(&part, &outcome, console) };
        if infos > 0 {
            let line =
                format!("{} not shown here; `relspec lint` shows what is to know", number(infos, "info"));
            self.report.say(&line, console)?;
        }
        exit
    }

    /// What a build shows: all that may be wrong. What a reader should merely know is for `relspec lint`, since a build
    /// runs often; the second value says how much that is.
    fn shown(&self, findings: &[Diagnostic]) -> (Vec<Diagnostic>, usize) {
        if self.report.format != Format::Terminal || self.report.deny == Some(Deny::Infos) {
            return (findings.to_vec(), 0);
        }
        let shown: Vec<_> =
            findings.iter().filter(|finding| finding.severity > Severity::Info).cloned().collect();
        let infos = findings.len() - shown.len();
        (shown, infos)
    }

    fn part(&self, project: &Project, outcome: &Outcome) -> Result<Part, Failure> {
        let mut releases: BTreeSet<String> = outcome.specs.iter().map(|spec| spec.id().to_owned()).collect();
        if !self.paths.is_empty() {
            let files = load::select(project, &self.paths)?;
            let chosen = outcome.specs.iter().filter(|spec| files.contains(&spec.file));
            releases = chosen.map(|spec| spec.id().to_owned()).collect();
        }
        let all_targets = self.target.is_empty();
        let wanted = outcome.artifacts.iter().filter(|made| {
            // What shows all releases belongs to no part of them.
            made.release.as_ref().map_or(self.paths.is_empty(), |release| releases.contains(release))
                && (all_targets || self.target.iter().any(|name| name == made.target))
        });
        let files = wanted.map(|made| made.file.clone()).collect();
        Ok(Part { files, releases, whole: self.paths.is_empty() && all_targets, all_targets })
    }

    fn write(&self, part: &Part, outcome: &Outcome, console: &mut Console) -> Result<Exit, Failure> {
        let options = WriteOptions { force: self.force };
        let written = output::write_part(&self.out, &part.files, &|path| part.keeps(path), options)
            .map_err(|fault| Failure::files(fault.to_string()))?;
        let specs = outcome.specs.iter().filter(|spec| part.releases.contains(spec.id()));
        let metrics = specs.map(|spec| spec.metrics.len()).sum();
        let alerts = part.releases.iter().filter_map(|release| outcome.alerts.get(release)).sum();
        let line = format!(
            "built {}: {}, {}, {}",
            number(part.releases.len(), "release"),
            number(metrics, "metric"),
            number(alerts, "alert"),
            files(&written)
        );
        self.report.say(&line, console)?;
        Ok(Exit::Clean)
    }

    fn compare(&self, part: &Part, console: &mut Console) -> Result<Exit, Failure> {
        let found = output::check_part(&self.out, &part.files, &|path| part.keeps(path));
        let out = self.out.display();
        if found.is_clean() {
            let (releases, files) = (part.releases.len(), part.files.len() + 1);
            let line =
                format!("{out}/ is up to date: {}, {}", number(releases, "release"), number(files, "file"));
            self.report.say(&line, console)?;
            return Ok(Exit::Clean);
        }
        self.show(&found, console)?;
        let differ = number(found.differences.len(), "difference");
        self.report
            .say(&format!("{out}/ is not up to date: {differ}; `relspec build` writes it"), console)?;
        Ok(Exit::Findings)
    }

    fn show(&self, found: &CheckReport, console: &mut Console) -> Result<(), Failure> {
        for difference in &found.differences {
            self.report.say(difference.diff.trim_end(), console)?;
        }
        for problem in &found.problems {
            self.report.say(&problem.to_string(), console)?;
        }
        Ok(())
    }
}

/// `4 files (2 changed, 2 unchanged)`, and what was removed.
fn files(written: &Written) -> String {
    let there = written.created.len() + written.changed.len() + written.unchanged.len();
    let parts = [
        (written.created.len(), "new"),
        (written.changed.len(), "changed"),
        (written.unchanged.len(), "unchanged"),
        (written.removed.len(), "removed"),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<_> = parts.map(|(count, what)| format!("{count} {what}")).collect();
    format!("{} ({})", number(there, "file"), parts.join(", "))
}
