//! Findings as SARIF 2.1.0, which code hosts take as results of an analysis.
//! Source: OASIS, Static Analysis Results Interchange Format, version 2.1.0.

use super::{Diagnostic, Label, Places, Severity};
use crate::lint;
use crate::source::Sources;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes one run with all lints as its rules and all findings as its results.
///
/// # Errors
/// When the place can't be written to.
pub fn render(findings: &[Diagnostic], sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(sources);
    let results: Vec<_> = findings.iter().map(|finding| result(finding, sources, &mut places)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "relspec",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": lint::ALL.iter().map(|lint| rule(lint)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {
                "PROJECT": { "description": { "text": "The project's root, where relspec.yaml lies." } },
            },
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn rule(lint: &lint::Lint) -> Value {
    let page = lint::doc::page(lint);
    json!({
        "id": lint.name,
        "shortDescription": { "text": lint::doc::summary(lint) },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(lint.severity) },
    })
}

fn result(finding: &Diagnostic, sources: &Sources, places: &mut Places<'_>) -> Value {
    let mut message = finding.message.clone();
    if let Some(help) = &finding.help {
        message = format!("{message}\n{help}");
    }
    let mut result = json!({
        "ruleId": finding.lint,
        "level": level(finding.severity),
        "message": { "text": message },
    });
    if let Some(rule) = lint::ALL.iter().position(|lint| lint.name == finding.lint) {
        result["ruleIndex"] = json!(rule);
    }
    if let Some((first, others)) = finding.labels.split_first() {
        result["locations"] = json!([location(first, sources, places)]);
        let related: Vec<_> = others.iter().map(|label| location(label, sources, places)).collect();
        if !related.is_empty() {
            result["relatedLocations"] = json!(related);
        }
    }
    result
}

fn location(label: &Label, sources: &Sources, places: &mut Places<'_>) -> Value {
    let source = sources.get(label.span.file);
    let mut physical = json!({ "artifactLocation": { "uri": uri(&source.path), "uriBaseId": "PROJECT" } });
    // A file that could not be read has no lines.
    if !source.text.is_empty() {
        let place = places.of(label.span);
        physical["region"] = json!({
            "startLine": place.line, "startColumn": place.column,
            "endLine": place.end_line, "endColumn": place.end_column,
        });
    }
    let mut location = json!({ "physicalLocation": physical });
    if !label.text.is_empty() {
        location["message"] = json!({ "text": label.text });
    }
    location
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a URI reference: everything but unreserved characters and `/` is escaped (RFC 3986).
fn uri(path: &str) -> String {
    path.bytes().fold(String::new(), |mut uri, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
        uri
    })
}
