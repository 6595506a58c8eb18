//! Findings as a command prints them, and which of them count.

use super::{Console, Exit};
use crate::diag::{Diagnostic, Severity, github, json, sarif, terminal};
use crate::source::Sources;
use clap::{Args, ValueEnum};
use std::io;

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Terminal,
    /// One object, for programs; its version is in it.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
    /// SARIF 2.1.0.
    Sarif,
}

/// What counts besides errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings count like errors.
    Warnings,
    /// Everything counts.
    Infos,
}

/// How findings are printed and which of them count.
#[derive(Debug, Clone, Copy, Args)]
pub struct Report {
    /// How findings are printed; with another format than `terminal`, nothing else is on standard output.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: Format,
    /// What makes the run fail besides errors.
    #[arg(long, value_name = "WHAT", value_enum)]
    pub deny: Option<Deny>,
}

impl Report {
    /// Prints the findings.
    pub fn print(&self, findings: &[Diagnostic], sources: &Sources, console: &mut Console) -> io::Result<()> {
        let out = &mut *console.out;
        match self.format {
            Format::Terminal => terminal::render(findings, sources, console.style, out),
            Format::Json => json::render(findings, sources, out),
            Format::Github => github::render(findings, sources, out),
            Format::Sarif => sarif::render(findings, sources, out),
        }
    }

    /// Prints a line for people, where it disturbs no program.
    pub fn say(&self, line: &str, console: &mut Console) -> io::Result<()> {
        match self.format {
            Format::Terminal => writeln!(console.out, "{line}"),
            _ => writeln!(console.err, "{line}"),
        }
    }

    /// Whether any finding counts.
    #[must_use]
    pub fn fails(&self, findings: &[Diagnostic]) -> bool {
        let least = match self.deny {
            None => Severity::Error,
            Some(Deny::Warnings) => Severity::Warning,
            Some(Deny::Infos) => Severity::Info,
        };
        findings.iter().any(|finding| finding.severity >= least)
    }

    /// The exit code for findings of which some count.
    #[must_use]
    pub fn failed(unread: &[Diagnostic]) -> Exit {
        if unread.is_empty() { Exit::Findings } else { Exit::Files }
    }
}

/// `2 errors, 1 warning`; empty for no findings.
#[must_use]
pub fn tally(findings: &[Diagnostic]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let parts = [Severity::Error, Severity::Warning, Severity::Info]
        .map(|severity| (count(severity), severity.name()))
        .into_iter()
        .filter(|(count, _)| *count > 0);
    parts.map(|(count, name)| number(count, name)).collect::<Vec<_>>().join(", ")
}

/// `1 release`, `2 releases`.
#[must_use]
pub fn number(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
