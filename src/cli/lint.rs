//! `relspec lint`: every finding of every file in one run.

use super::report::{Report, number, tally};
use super::{Console, Exit, Failure, load};
use crate::judge;
use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::PathBuf;

const HELP: &str = "\
Examples:
  relspec lint                                   every release in specs/
  relspec lint specs/checkout-v2.yaml            one release
  relspec lint --deny warnings --format github   in GitHub Actions
  relspec lint --today 2026-03-01                which waivers have expired by then?

`relspec explain NAME` tells what a lint means, and how to mend or waive what
it finds. Lints that compare releases compare those that are given.

Exit codes: 0 nothing counts, 1 something does, 3 a file could not be read.";

/// Judge releases and print everything that is wrong or unwise.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Lint {
    /// Files and folders; all of the specs folder where none is given.
    paths: Vec<PathBuf>,
    /// The folder of specs.
    #[arg(long, value_name = "DIR", default_value = "specs")]
    specs: PathBuf,
    /// The day on which waivers are judged [default: today in UTC].
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    #[command(flatten)]
    report: Report,
}

impl Lint {
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Failure> {
        let mut project =
            if self.paths.is_empty() { load::whole(&self.specs)? } else { load::read(&self.paths)? };
        let today = || Timestamp::now().to_zoned(TimeZone::UTC).date();
        project.today = Some(self.today.unwrap_or_else(today));
        let judged = judge(&project);
        self.report.print(&judged.findings, &project.sources, console)?;
        let metrics = judged.specs.iter().map(|spec| spec.metrics.len()).sum();
        let seen = format!("{}, {}", number(project.spec_files.len(), "release"), number(metrics, "metric"));
        let found = tally(&judged.findings);
        let found = if found.is_empty() { "nothing found" } else { &found };
        self.report.say(&format!("{seen}: {found}"), console)?;
        Ok(if self.report.fails(&judged.findings) { Report::failed(&project.unread) } else { Exit::Clean })
    }
}
