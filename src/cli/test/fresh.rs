//! Whether the files are what the specs say.

use crate::cli::report::{Report, number, tally};
use crate::cli::{Console, Exit, Failure, load};
use crate::compile;
use crate::diag::{Diagnostic, Severity, terminal, visible};
use crate::output::{self, Kind, Stamped};
use crate::plan::proof::{Labels, Unproven};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// The most differing files that are listed.
const MOST: usize = 20;

/// How the files and the specs stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// They are what the specs say.
    UpToDate,
    /// They are not.
    Differs,
    /// The specs give no files.
    DoesNotBuild,
    /// Nobody has looked.
    NotChecked,
}

/// What was found, and in which files.
#[derive(Debug, Clone, Serialize)]
pub struct Fresh {
    /// How the files and the specs stand to each other.
    pub state: State,
    /// The files that differ, sorted, with the output folder.
    pub differs: Vec<String>,
    /// What the tests leave out, by release; empty where nobody has looked.
    #[serde(skip)]
    unproven: BTreeMap<String, Vec<Unproven>>,
    /// What is to be said of each of them, or of the specs.
    #[serde(skip)]
    lines: Vec<String>,
    #[serde(skip)]
    exit: Exit,
}

/// A part of a release's rules that its tests leave out.
#[derive(Debug, Serialize)]
pub struct Gap<'a> {
    /// The release's id.
    pub release: &'a str,
    /// What, and why.
    #[serde(flatten)]
    pub what: &'a Unproven,
}

impl Fresh {
    /// Nobody has looked.
    pub fn not_checked() -> Self {
        Self::with(State::NotChecked, Vec::new(), Exit::Clean)
    }

    fn with(state: State, lines: Vec<String>, exit: Exit) -> Self {
        Self { state, differs: Vec::new(), unproven: BTreeMap::new(), lines, exit }
    }

    /// Compiles the specs and compares. Errors of the specs are printed on standard error.
    ///
    /// # Errors
    /// When there are no specs, or this program has a fault.
    pub fn of(specs: &Path, out: &Path, console: &mut Console) -> Result<Self, Failure> {
        let project = load::whole(specs)?;
        let outcome = compile(&project);
        if !outcome.broken.is_empty() {
            let faults: Vec<_> = outcome.broken.iter().map(ToString::to_string).collect();
            return Err(Failure::files(format!("nothing was tested:\n  {}", faults.join("\n  ")))
                .help("this is a fault of relspec; please report it with the spec"));
        }
        let is_error = |finding: &&Diagnostic| finding.severity == Severity::Error;
        let errors: Vec<_> = outcome.findings.iter().filter(is_error).cloned().collect();
        if !errors.is_empty() {
            terminal::render(&errors, &project.sources, console.style, &mut *console.err)?;
            let line = format!("{}: nothing was tested", tally(&errors));
            let exit = Report::failed(&project.unread);
            return Ok(Self::with(State::DoesNotBuild, vec![line], exit));
        }
        let files: Vec<Stamped> = outcome.artifacts.into_iter().map(|made| made.file).collect();
        Ok(Self { unproven: outcome.unproven, ..Self::compare(out, &files) })
    }

    fn compare(out: &Path, files: &[Stamped]) -> Self {
        let found = output::check(out, files);
        let (state, exit) = match found.is_clean() {
            true => (State::UpToDate, Exit::Clean),
            false => (State::Differs, Exit::Findings),
        };
        let path = |path: &str| format!("{}/{path}", out.display());
        let differs = found.differences.iter().map(|difference| path(&difference.path)).collect();
        let word = |kind| match kind {
            Kind::Missing => "is missing",
            Kind::Changed => "is not what the specs say",
            Kind::Extra => "is no longer made",
        };
        let line =
            |difference: &output::Difference| format!("{} {}", path(&difference.path), word(difference.kind));
        let lines = found.differences.iter().map(line);
        let lines = lines.chain(found.problems.iter().map(ToString::to_string)).collect();
        Self { differs, ..Self::with(state, lines, exit) }
    }

    /// What the tests of one release, or of all, leave out.
    pub fn unproven<'a>(&'a self, release: Option<&'a str>) -> impl Iterator<Item = Gap<'a>> {
        let asked = self.unproven.iter().filter(move |(id, _)| release.is_none_or(|release| release == *id));
        asked.flat_map(|(release, all)| all.iter().map(move |what| Gap { release, what }))
    }

    /// The alerts that no test can show firing, each by its name and the labels of its rule.
    pub fn excused(&self) -> BTreeSet<Labels> {
        self.unproven(None).flat_map(|gap| &gap.what.alerts).cloned().collect()
    }

    /// Whether there is something to test.
    pub fn is_sound(&self) -> bool {
        matches!(self.state, State::UpToDate | State::NotChecked)
    }

    /// How the run ends where there is nothing to test.
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// Says why nothing is tested.
    pub fn print(&self, out: &Path, console: &mut Console) -> io::Result<()> {
        for line in self.lines.iter().take(MOST) {
            writeln!(console.out, "{}", visible(line))?;
        }
        let more = self.lines.len().saturating_sub(MOST);
        if more > 0 {
            writeln!(console.out, "and {more} more")?;
        }
        if self.state == State::Differs {
            let files = number(self.differs.len(), "difference");
            writeln!(
                console.out,
                "{}/ is not up to date: {files}, so nothing was tested; `relspec build` writes it, and --no-check tests \
                 the files as they are",
                out.display()
            )?;
        }
        Ok(())
    }
}
