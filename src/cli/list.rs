//! `relspec list`: what the registries hold.

use super::{Console, Exit, Failure};
use crate::lint::{self, doc};
use crate::{target, template};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::io::Write;

const HELP: &str = "\
Examples:
  relspec list lints
  relspec list templates
  relspec list targets --format json";

/// List all lints, all targets or all templates.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct List {
    /// What to list.
    #[arg(value_enum)]
    what: What,
    /// How it is printed.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// Every lint with its severity; those marked ! can't be waived or lowered.
    Lints,
    /// Every kind of file that a build writes.
    Targets,
    /// Every template of a page and every file of phrases that a project can replace.
    Templates,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Table,
    /// A list of objects.
    Json,
}

impl List {
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Failure> {
        match (self.what, self.format) {
            (What::Lints, Format::Table) => table(&lints(), console),
            (What::Targets, Format::Table) => table(&targets(), console),
            (What::Templates, Format::Table) => table(&templates(), console),
            (What::Lints, Format::Json) => print(&lints_as_json(), console),
            (What::Targets, Format::Json) => print(&targets_as_json(), console),
            (What::Templates, Format::Json) => print(&templates_as_json(), console),
        }
    }
}

fn lints() -> Vec<Vec<String>> {
    let row = |lint: &&lint::Lint| {
        let law = if lint.waivable { "" } else { " !" };
        vec![lint.name.to_owned(), format!("{}{law}", lint.severity.name()), doc::summary(lint)]
    };
    lint::ALL.iter().map(row).collect()
}

fn targets() -> Vec<Vec<String>> {
    target::ALL.iter().map(|target| vec![target.name.to_owned(), target.summary.to_owned()]).collect()
}

fn templates() -> Vec<Vec<String>> {
    template::built_in().into_iter().map(|one| vec![one.name.clone(), one.summary()]).collect()
}

fn lints_as_json() -> Value {
    let object = |lint: &&lint::Lint| {
        json!({
            "name": lint.name, "severity": lint.severity.name(), "waivable": lint.waivable,
            "summary": doc::summary(lint),
        })
    };
    lint::ALL.iter().map(object).collect()
}

fn targets_as_json() -> Value {
    target::ALL.iter().map(|target| json!({ "name": target.name, "summary": target.summary })).collect()
}

fn templates_as_json() -> Value {
    let object = |one: &template::BuiltIn| json!({ "name": one.name, "summary": one.summary() });
    template::built_in().iter().map(object).collect()
}

/// Columns as wide as their widest entry; all of it is ASCII but for the last column.
fn table(rows: &[Vec<String>], console: &mut Console) -> Result<Exit, Failure> {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        writeln!(console.out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(Exit::Clean)
}

fn print(value: &Value, console: &mut Console) -> Result<Exit, Failure> {
    writeln!(console.out, "{value:#}")?;
    Ok(Exit::Clean)
}
