//! promtool on a file of rules, and on its tests.

use super::failures::{self, Asked, Told};
use super::process::{self, Ran, Stopped};
use super::report::Failure;
use super::tool::Tool;
use super::{difference, marked};
use std::path::Path;

/// The first version that reads native histograms in tests.
pub const NATIVE: (u32, u32) = (2, 53);

/// The most lines of a tool's own words that are shown.
const MOST_LINES: usize = 20;

/// Whether promtool takes a file of rules, duplicates and all other lints included. Nothing is found where it does.
#[must_use]
pub fn rules(tool: &Tool, folder: &Path, file: &str) -> Vec<Failure> {
    let arguments = ["check", "rules", "--lint=all", "--lint-fatal", file];
    match process::run(&tool.path, &arguments, folder, tool.limit) {
        Ok(ran) if passed(&ran) => Vec::new(),
        Ok(ran) => vec![Failure::whole(own_words(&ran))],
        Err(stopped) => vec![no_answer(&stopped)],
    }
}

/// Runs the tests of a file; `names` are the names of its tests in order, and `text` is its text.
#[must_use]
pub fn tests(tool: &Tool, folder: &Path, file: &str, text: &str, names: &[&str]) -> Vec<Failure> {
    let ran = match process::run(&tool.path, &["test", "rules", file], folder, tool.limit) {
        Ok(ran) if passed(&ran) => return Vec::new(),
        Ok(ran) => ran,
        Err(stopped) => return vec![no_answer(&stopped)],
    };
    let (told, other) = failures::parse(&ran.stderr);
    let named = (!told.is_empty()).then(|| named(tool, folder, text, names)).flatten();
    // Only a copy that fails as the file does may speak for it.
    let named = named.filter(|named| named.len() == told.len());
    let mut found =
        named.unwrap_or_else(|| told.iter().map(|told| failure(told, told.test.clone())).collect());
    if !other.is_empty() {
        found.push(Failure::whole(cut(&other)));
    }
    if found.is_empty() {
        found.push(Failure::whole(own_words(&ran)));
    }
    found
}

/// The failures of the marked copy, each with the name of its test; `None` where the copy can't be run.
fn named(tool: &Tool, folder: &Path, text: &str, names: &[&str]) -> Option<Vec<Failure>> {
    let copied = marked::copy(text, &std::path::absolute(folder).ok()?)?;
    let place = tempfile::tempdir().ok()?;
    std::fs::write(place.path().join("marked.yaml"), copied).ok()?;
    let ran = process::run(&tool.path, &["test", "rules", "marked.yaml"], place.path(), tool.limit).ok()?;
    let (told, _) = failures::parse(&ran.stderr);
    let number = |told: &Told| match &told.asked {
        Asked::Alert(_) => told.test.as_ref()?.parse().ok(),
        Asked::Expr(expr) => marked::unmarked(expr).1,
    };
    let name = |told: &Told| Some((*names.get(number(told)?)?).to_owned());
    told.iter().map(|told| Some(failure(told, Some(name(told)?)))).collect()
}

fn failure(told: &Told, test: Option<String>) -> Failure {
    let (asked, rest) = match &told.asked {
        Asked::Alert(alert) => (format!("alert {alert}"), difference::alerts(&told.rest)),
        Asked::Expr(expr) => (marked::unmarked(expr).0.to_owned(), difference::samples(&told.rest)),
    };
    let rest = cut(&rest).replace('\n', "\n  ");
    Failure { test, message: format!("at {}, {asked}\n  {rest}", told.time) }
}

/// Whether promtool says that all is well, and not merely nothing.
fn passed(ran: &Ran) -> bool {
    ran.success && ran.stdout.contains("SUCCESS") && !ran.stdout.contains("FAILED")
}

pub(super) fn no_answer(stopped: &Stopped) -> Failure {
    Failure::whole(format!("no answer: {stopped}"))
}

/// What a tool printed, without empty lines and not all of it.
pub(super) fn own_words(ran: &Ran) -> String {
    let all = format!("{}\n{}", ran.stdout, ran.stderr);
    let lines: Vec<&str> = all.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() { "it failed and said nothing".to_owned() } else { cut(&lines.join("\n")) }
}

fn cut(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let more = lines.len().saturating_sub(MOST_LINES);
    let mut shown: Vec<String> = lines.into_iter().take(MOST_LINES).map(short).collect();
    if more > 0 {
        shown.push(format!("… and {more} more lines"));
    }
    shown.join("\n")
}

fn short(line: &str) -> String {
    const MOST: usize = 400;
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line.to_owned(),
    }
}
