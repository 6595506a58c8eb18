//! `relspec test`: what is generated, proven by the tools that will read it.

mod fresh;
mod json;
mod terminal;

use super::{Console, Exit, Failure};
use crate::lint::words;
use crate::verify::{self, Candidate, Kind, NoSuite, Report, Suite, Tool};
use clap::Args;
use fresh::Fresh;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Duration;

const HELP: &str = "\
Examples:
  relspec test                                in CI, and before a release
  relspec test --release checkout-v2          one release
  relspec test --promtool promtool --promtool /opt/prometheus-3.5/promtool
                                              with several versions
  relspec test --no-check --out /etc/release  files without their specs

First it sees to it that the files are what the specs say, as `relspec build
--check` does; a proof of old files proves nothing. Then

  promtool  checks every file of rules and runs its tests;
  amtool    checks every configuration and says where each alert goes;
  relspec   follows each alert through routes and inhibition itself, and looks
            for what promtool lets pass: tests that judge no rules, alerts that
            no test expects.

What a tool was not there for is no pass: the run ends with 4, unless
--allow-missing accepts it. Debian and Ubuntu have the tools in the packages
`prometheus` and `prometheus-alertmanager`.

With --json one object is printed: `version` (1), `ok`, `generated` (`state`:
up_to_date, differs, does_not_build or not_checked; `differs`: paths), `tools`
(`tool`, `path`, `version`, `missing`), `releases` (`release`, `tests`,
`assertions`, `routes`), `summary` (`passed`, `failed`, `not_run`), `unproven`
(`release`, `metric`, `why`: what no test shows; `alerts`: the labels of those
that therefore none expects) and `checks` (`tool`, `version`, `file`, `release`,
`kind`: rules, rule_tests, coverage, config or routes, `tests`, `failed_tests`,
`outcome`: passed, failed or not_run, `detail`, `failures`: `test`, `message`).

Exit codes: 0 all of it passed, 1 something failed or is not up to date, 2 the
command line is wrong, 3 a file could not be read, 4 nothing failed, but not
everything could be run.";

/// Prove the generated files with promtool, amtool and the resolver of routes.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Test {
    /// Only this release, and the configuration of all.
    #[arg(long, value_name = "ID")]
    release: Option<String>,
    /// The folder that was built.
    #[arg(long, value_name = "DIR", default_value = "generated")]
    out: PathBuf,
    /// The folder of specs.
    #[arg(long, value_name = "DIR", default_value = "specs")]
    specs: PathBuf,
    /// Take the files as they are, whatever the specs say; there need not be any.
    #[arg(long)]
    no_check: bool,
    /// Accept that tools are missing or too old for a file.
    #[arg(long)]
    allow_missing: bool,
    /// A promtool to ask, instead of the one on the path; may be repeated.
    #[arg(long, value_name = "PROGRAM")]
    promtool: Vec<PathBuf>,
    /// An amtool to ask, instead of the one on the path; may be repeated.
    #[arg(long, value_name = "PROGRAM")]
    amtool: Vec<PathBuf>,
    /// How long one run of a tool may take.
    #[arg(long, value_name = "SECONDS", default_value = "600", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    time_limit: u64,
    /// Print one JSON object instead of text.
    #[arg(long)]
    json: bool,
}

impl Test {
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Failure> {
        let fresh =
            if self.no_check { Fresh::not_checked() } else { Fresh::of(&self.specs, &self.out, console)? };
        if !fresh.is_sound() {
            match self.json {
                true => json::print(&fresh, Vec::new(), &Report::default(), false, console)?,
                false => fresh.print(&self.out, console)?,
            }
            return Ok(fresh.exit());
        }
        let suite = Suite::read(&self.out, self.release.as_deref()).map_err(|none| self.nothing(&none))?;
        let tools = self.tools()?;
        self.announce(&tools, console)?;
        let report = verify::run(&suite, self.release.as_deref(), &tools, &fresh.excused());
        let exit = self.exit(&report);
        let unproven = fresh.unproven(self.release.as_deref()).collect::<Vec<_>>();
        match self.json {
            true => json::print(&fresh, unproven, &report, exit == Exit::Clean, console)?,
            false => terminal::print(&report, &unproven, self.allow_missing, console)?,
        }
        Ok(exit)
    }

    /// On a terminal, that something is going on: many tests of long situations take a minute.
    fn announce(&self, tools: &[Candidate], console: &mut Console) -> io::Result<()> {
        let found = tools.iter().filter_map(|tool| tool.found.as_ref().ok());
        let names: Vec<String> = found.map(|tool| format!("{} {}", tool.kind.name(), tool.version)).collect();
        match io::stderr().is_terminal() && !names.is_empty() {
            true => writeln!(console.err, "asking {} …", names.join(", ")),
            false => Ok(()),
        }
    }

    fn exit(&self, report: &Report) -> Exit {
        match report.summary() {
            sum if sum.failed > 0 => Exit::Findings,
            _ if !self.allow_missing && !report.unproven().is_empty() => Exit::Unproven,
            // A run in which nothing was asked proves nothing, whatever is accepted.
            sum if sum.passed == 0 => Exit::Unproven,
            _ => Exit::Clean,
        }
    }

    /// The tools to ask. One that was named must answer; the one on the path may be missing.
    fn tools(&self) -> Result<Vec<Candidate>, Failure> {
        let mut all = Vec::new();
        for (kind, named) in [(Kind::Promtool, &self.promtool), (Kind::Amtool, &self.amtool)] {
            let default = [PathBuf::from(kind.name())];
            for path in if named.is_empty() { &default[..] } else { named } {
                let candidate = self.candidate(kind, path);
                if !named.is_empty()
                    && let Err(why) = &candidate.found
                {
                    let (option, path) = (kind.name(), path.display());
                    return Err(Failure::usage(format!("--{option} {path}: {why}")).help(kind.how_to_get()));
                }
                all.push(candidate);
            }
        }
        Ok(all)
    }

    fn candidate(&self, kind: Kind, path: &Path) -> Candidate {
        let found = Tool::find(kind, path, Duration::from_secs(self.time_limit));
        Candidate { kind, path: path.to_owned(), found }
    }

    fn nothing(&self, none: &NoSuite) -> Failure {
        let out = self.out.display();
        match none {
            NoSuite::NotBuilt => {
                Failure::files(format!("there is nothing to test in {out}: it has no manifest.json"))
                    .help("`relspec build` writes it; `--out DIR` looks elsewhere")
            }
            NoSuite::Unreadable(why) => Failure::files(why.clone()),
            NoSuite::NoRelease(known) => {
                let id = self.release.as_deref().unwrap_or_default();
                let failure = Failure::usage(format!("there is no release `{id}` in {out}"));
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                match words::suggestion(id, &known) {
                    Some(help) => failure.help(help),
                    None => failure,
                }
            }
        }
    }
}
