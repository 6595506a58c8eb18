//! Findings for people: the sentence, the lines that it speaks of, and what to do.

use super::excerpt::Excerpt;
use super::visible::visible;
use super::{Diagnostic, Severity};
use crate::source::Sources;
use miette::{GraphicalReportHandler, GraphicalTheme, MietteDiagnostic, Report};
use std::io::{self, Write};

/// How wide lines are where there is no terminal to ask.
pub const WIDTH: usize = 100;
/// The most findings that are shown; a longer list is not read.
pub const MOST: usize = 200;

/// What the place that is written to can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether colours may be used.
    pub colour: bool,
    /// How many columns a line has.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: false, width: WIDTH }
    }
}

/// Writes the findings, at most [`MOST`] of them and then how many there are more. The worst ones are never among
/// those that are left out while a milder one is shown.
///
/// # Errors
/// When the place can't be written to.
pub fn render(
    findings: &[Diagnostic],
    sources: &Sources,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    for finding in shown(findings) {
        writeln!(out, "{}", one(finding, sources, style).trim_end())?;
        writeln!(out)?;
    }
    let more = findings.len().saturating_sub(MOST);
    if more > 0 {
        writeln!(out, "and {more} more; `--format json` gives all of them\n")?;
    }
    Ok(())
}

/// The worst findings in their order.
fn shown(findings: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut shown: Vec<(usize, &Diagnostic)> = findings.iter().enumerate().collect();
    shown.sort_by_key(|(at, finding)| (std::cmp::Reverse(finding.severity), *at));
    shown.truncate(MOST);
    shown.sort_by_key(|(at, _)| *at);
    shown.into_iter().map(|(_, finding)| finding).collect()
}

/// One finding.
#[must_use]
pub fn one(finding: &Diagnostic, sources: &Sources, style: Style) -> String {
    let excerpt = Excerpt::new(finding, sources);
    let mut report = MietteDiagnostic::new(message(finding, sources, &excerpt))
        .with_code(format!("{}: {}", finding.severity.name(), finding.lint))
        .with_severity(severity(finding.severity))
        .with_labels(excerpt.labels.clone());
    if let Some(help) = &finding.help {
        report = report.with_help(visible(help));
    }
    let more = excerpt.more;
    let report =
        if excerpt.is_empty() { Report::new(report) } else { Report::new(report).with_source_code(excerpt) };
    let mut text = String::new();
    if handler(style).render_report(&mut text, report.as_ref()).is_err() {
        text = format!("{}: {}\n{}\n", finding.severity.name(), finding.lint, visible(&finding.message));
    }
    if more > 0 {
        text.push_str(&format!("  and {more} more {}\n", if more == 1 { "place" } else { "places" }));
    }
    text
}

/// The sentence; it names the files itself where none of their lines can be shown.
fn message(finding: &Diagnostic, sources: &Sources, excerpt: &Excerpt) -> String {
    let mut files: Vec<String> = Vec::new();
    for label in finding.labels.iter().filter(|_| excerpt.is_empty()) {
        let path = visible(&sources.get(label.span.file).path);
        if !files.contains(&path) {
            files.push(path);
        }
    }
    match files.as_slice() {
        [] => visible(&finding.message),
        files => format!("{}: {}", files.join(", "), visible(&finding.message)),
    }
}

fn severity(severity: Severity) -> miette::Severity {
    match severity {
        Severity::Info => miette::Severity::Advice,
        Severity::Warning => miette::Severity::Warning,
        Severity::Error => miette::Severity::Error,
    }
}

fn handler(style: Style) -> GraphicalReportHandler {
    let theme = if style.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    GraphicalReportHandler::new_themed(theme)
        .with_width(style.width.max(40))
        .with_links(false)
        .without_syntax_highlighting()
        .without_cause_chain()
}
