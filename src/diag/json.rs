//! Findings for programs: one JSON object, whose `version` grows when a field changes its meaning.

use super::{Diagnostic, Places, Severity};
use crate::source::Sources;
use serde::Serialize;
use std::io::{self, Write};

/// The version of the format.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    findings: Vec<Finding<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Finding<'a> {
    lint: &'a str,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    places: Vec<Spot<'a>>,
}

/// Bytes count from 0, lines and columns from 1; columns are characters.
#[derive(Serialize)]
struct Spot<'a> {
    path: &'a str,
    byte_start: u32,
    byte_end: u32,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
}

/// Writes all findings.
///
/// # Errors
/// When the place can't be written to.
pub fn render(findings: &[Diagnostic], sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let mut places = Places::new(sources);
    let report = Report {
        version: VERSION,
        findings: findings.iter().map(|finding| Finding::new(finding, sources, &mut places)).collect(),
        summary: Summary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
        },
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

impl<'a> Finding<'a> {
    fn new(finding: &'a Diagnostic, sources: &'a Sources, places: &mut Places<'_>) -> Self {
        let spots = finding.labels.iter().map(|label| {
            let place = places.of(label.span);
            Spot {
                path: &sources.get(label.span.file).path,
                byte_start: label.span.start,
                byte_end: label.span.end,
                line: place.line,
                column: place.column,
                end_line: place.end_line,
                end_column: place.end_column,
                text: &label.text,
            }
        });
        Self {
            lint: finding.lint,
            severity: finding.severity,
            message: &finding.message,
            help: finding.help.as_deref(),
            places: spots.collect(),
        }
    }
}
