//! Findings as workflow commands of GitHub Actions, which shows them at their lines in a pull request.

use super::{Diagnostic, Places, Severity};
use crate::source::Sources;
use std::io::{self, Write};

/// Writes one command for each finding, the worst first: GitHub shows only the first few of a step.
///
/// # Errors
/// When the place can't be written to.
pub fn render(findings: &[Diagnostic], sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(sources);
    let mut worst_first: Vec<&Diagnostic> = findings.iter().collect();
    worst_first.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    for finding in worst_first {
        writeln!(out, "{}", command(finding, sources, &mut places))?;
    }
    Ok(())
}

fn command(finding: &Diagnostic, sources: &Sources, places: &mut Places<'_>) -> String {
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut message = finding.message.clone();
    if let Some(help) = &finding.help {
        message = format!("{message}\nhelp: {help}");
    }
    let mut properties = String::new();
    if let Some(span) = finding.place() {
        let path = &sources.get(span.file).path;
        let place = places.of(span);
        let mut end = String::new();
        // Columns are taken only where the span is on one line.
        if place.end_line == place.line && place.end_column > place.column {
            end = format!(",endColumn={}", place.end_column);
        }
        properties = format!("file={},line={},col={}{end},", property(path), place.line, place.column);
        message = format!("{path}:{}:{}: {message}", place.line, place.column);
    }
    format!("::{kind} {properties}title={}::{}", property(finding.lint), data(&message))
}

/// A message, escaped as the runner reads it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, escaped as the runner reads it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn escapes_what_the_runner_would_read() {
        let mut sources = Sources::default();
        let file = sources.add("specs/a,b:c.yaml", "订单: 50%\n");
        let finding = Diagnostic {
            lint: "bad-quantity",
            severity: Severity::Error,
            message: "50% is\nno count".to_owned(),
            labels: Vec::new(),
            help: Some("write 50".to_owned()),
        };
        let finding = finding.label(Span::new(file, 8..11), "");
        let mut out = Vec::new();
        render(&[finding], &sources, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "::error file=specs/a%2Cb%3Ac.yaml,line=1,col=5,endColumn=8,title=bad-quantity\
             ::specs/a,b:c.yaml:1:5: 50%25 is%0Ano count%0Ahelp: write 50\n"
        );
    }
}
