//! The report for programs: one JSON object, whose `version` grows when a field changes its meaning.

use super::fresh::{Fresh, Gap};
use crate::cli::Console;
use crate::verify::{Asked, Check, Report, Summary, Tally};
use serde::Serialize;
use std::io;

/// The version of the format.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    ok: bool,
    generated: &'a Fresh,
    tools: &'a [Asked],
    releases: &'a [Tally],
    summary: Summary,
    unproven: Vec<Gap<'a>>,
    checks: &'a [Check],
}

/// Prints the object; `ok` says whether the run ends with 0. `unproven` is what the tests leave out.
pub fn print(
    fresh: &Fresh,
    unproven: Vec<Gap<'_>>,
    report: &Report,
    ok: bool,
    console: &mut Console,
) -> io::Result<()> {
    let document = Document {
        version: VERSION,
        ok,
        generated: fresh,
        tools: &report.tools,
        releases: &report.releases,
        summary: report.summary(),
        unproven,
        checks: &report.checks,
    };
    serde_json::to_writer_pretty(&mut *console.out, &document)?;
    writeln!(console.out)
}
