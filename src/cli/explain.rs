//! `relspec explain`: the page of a lint.

use super::{Console, Exit, Failure};
use crate::lint::{self, doc, words};
use clap::Args;
use std::io::Write;

const HELP: &str = "\
Examples:
  relspec explain threshold-order
  relspec explain --all > docs/lints.md

`relspec list lints` lists all names.";

/// Print what a lint means, why it matters, and a wrong and a right example.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Explain {
    /// The lint's name, as it stands above each finding.
    #[arg(value_name = "LINT", required_unless_present = "all")]
    name: Option<String>,
    /// All pages as one Markdown document.
    #[arg(long, conflicts_with = "name")]
    all: bool,
}

impl Explain {
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Failure> {
        let Some(name) = &self.name else { return all(console) };
        let Some(lint) = lint::by_name(name) else {
            let names: Vec<&str> = lint::ALL.iter().map(|lint| lint.name).collect();
            let help = words::suggestion(name, &names)
                .unwrap_or_else(|| "`relspec list lints` lists all names".to_owned());
            return Err(Failure::usage(format!("there is no lint `{name}`")).help(help));
        };
        write!(console.out, "{}", doc::titled(lint, 1))?;
        Ok(Exit::Clean)
    }
}

fn all(console: &mut Console) -> Result<Exit, Failure> {
    writeln!(console.out, "# Lints")?;
    for lint in lint::ALL {
        write!(console.out, "\n{}", doc::titled(lint, 2))?;
    }
    Ok(Exit::Clean)
}
