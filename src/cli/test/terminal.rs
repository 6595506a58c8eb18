//! The report for people: what each tool passed in a line for each kind of file, and what failed in full.

use super::fresh::Gap;
use crate::cli::Console;
use crate::cli::report::number;
use crate::diag::visible;
use crate::verify::{Asked, Check, Failure, Outcome, Report, Subject};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// The most tests of a file whose failures are shown; a longer list is not read.
const MOST: usize = 10;

/// Prints a report.
pub fn print(report: &Report, gaps: &[Gap<'_>], allowed: bool, console: &mut Console) -> io::Result<()> {
    let paint = Paint { colour: console.style.colour };
    let out = &mut *console.out;
    for asked in &report.tools {
        let name =
            asked.version.as_ref().map_or_else(|| asked.tool.to_owned(), |v| format!("{} {v}", asked.tool));
        writeln!(out, "{name}")?;
        let of = |check: &&Check| check.tool == asked.tool && check.version == asked.version;
        tool(&report.checks.iter().filter(of).collect::<Vec<_>>(), Some(asked), &paint, out)?;
    }
    writeln!(out, "relspec {}", env!("CARGO_PKG_VERSION"))?;
    let own: Vec<&Check> = report.checks.iter().filter(|check| check.tool == "relspec").collect();
    tool(&own, None, &paint, out)?;
    writeln!(out)?;
    for tally in &report.releases {
        let (tests, asserted) = (number(tally.tests, "rule test"), number(tally.assertions, "assertion"));
        let routes = number(tally.routes, "alert route");
        writeln!(out, "{}: {tests} with {asserted}, {routes}", visible(&tally.release))?;
        for gap in gaps.iter().filter(|gap| gap.release == tally.release) {
            let (metric, why) = (visible(&gap.what.metric), visible(&gap.what.why));
            let names = gap.what.alerts.iter().filter_map(|alert| alert.get("alertname"));
            let names: BTreeSet<&str> = names.map(String::as_str).collect();
            let lost = match names.is_empty() {
                true => String::new(),
                false => {
                    format!("; none shows {} firing", names.into_iter().collect::<Vec<_>>().join(", "))
                }
            };
            writeln!(out, "  {}  {metric}: {why}{}", paint.yellow("no test"), visible(&lost))?;
        }
    }
    end(report, allowed, &paint, out)
}

fn end(report: &Report, allowed: bool, paint: &Paint, out: &mut dyn Write) -> io::Result<()> {
    let sum = report.summary();
    let mut parts = vec![format!("{} passed", number(sum.passed, "check"))];
    parts.extend((sum.failed > 0).then(|| paint.red(&format!("{} failed", sum.failed))));
    parts.extend((sum.not_run > 0).then(|| paint.yellow(&format!("{} not run", sum.not_run))));
    writeln!(out, "{}", parts.join(", "))?;
    let unproven = report.unproven();
    if !unproven.is_empty() && !allowed {
        let what = number(unproven.len(), "check");
        writeln!(out, "not everything is proven: {what} did not run; --allow-missing accepts that")?;
    }
    Ok(())
}

fn tool(checks: &[&Check], asked: Option<&Asked>, paint: &Paint, out: &mut dyn Write) -> io::Result<()> {
    for kind in [Subject::Rules, Subject::RuleTests, Subject::Config, Subject::Routes, Subject::Coverage] {
        let passed = |check: &&&Check| check.kind == kind && check.outcome == Outcome::Passed;
        let passed: Vec<&&Check> = checks.iter().filter(passed).collect();
        if !passed.is_empty() {
            let tests = passed.iter().map(|check| check.tests).sum();
            writeln!(out, "  {}   {}", paint.green("passed"), summary(kind, passed.len(), tests))?;
        }
    }
    for check in checks.iter().filter(|check| check.outcome == Outcome::Failed) {
        failed(check, paint, out)?;
    }
    let silent: Vec<&&Check> = checks.iter().filter(|check| check.outcome == Outcome::NotRun).collect();
    if let Some(why) = asked.and_then(|asked| asked.missing.as_ref()).filter(|_| !silent.is_empty()) {
        return writeln!(out, "  {}  {}: {why}", paint.yellow("not run"), number(silent.len(), "check"));
    }
    for check in silent {
        let why = check.detail.as_deref().unwrap_or_default();
        writeln!(out, "  {}  {}: {why}", paint.yellow("not run"), visible(&check.file))?;
    }
    Ok(())
}

fn summary(kind: Subject, files: usize, tests: usize) -> String {
    match kind {
        Subject::Rules => format!("{} in {}", number(tests, "rule"), number(files, "file")),
        Subject::RuleTests => format!("{} of rules in {}", number(tests, "test"), number(files, "file")),
        Subject::Config => number(files, "configuration"),
        Subject::Routes => format!("the routes of {}", number(tests, "alert")),
        Subject::Coverage => format!("tests and alerts belong together in {}", number(files, "file")),
    }
}

fn failed(check: &Check, paint: &Paint, out: &mut dyn Write) -> io::Result<()> {
    let count = match check.failed_tests {
        0 => String::new(),
        some => format!(": {some} of {}", number(check.tests, "test")),
    };
    writeln!(out, "  {}   {}{count}", paint.red("FAILED"), visible(&check.file))?;
    let mut last: Option<&Option<String>> = None;
    let mut shown = 0;
    for failure in &check.failures {
        if last != Some(&failure.test) {
            shown += 1;
            if shown > MOST {
                let rest = check.failed_tests.saturating_sub(MOST);
                return writeln!(out, "    and {rest} more; --json has all of them");
            }
            if let Some(test) = &failure.test {
                writeln!(out, "    {}", paint.bold(&visible(test)))?;
            }
            last = Some(&failure.test);
        }
        message(failure, out)?;
    }
    Ok(())
}

fn message(failure: &Failure, out: &mut dyn Write) -> io::Result<()> {
    let indent = if failure.test.is_some() { "      " } else { "    " };
    visible(&failure.message).lines().try_for_each(|line| writeln!(out, "{indent}{line}"))
}

/// Colours, where they are wanted.
struct Paint {
    colour: bool,
}

impl Paint {
    fn with(&self, code: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn red(&self, text: &str) -> String {
        self.with("1;31", text)
    }

    fn green(&self, text: &str) -> String {
        self.with("32", text)
    }

    fn yellow(&self, text: &str) -> String {
        self.with("33", text)
    }

    fn bold(&self, text: &str) -> String {
        self.with("1", text)
    }
}
