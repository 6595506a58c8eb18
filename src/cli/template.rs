//! `relspec template`: the text of a built-in template, for a project that replaces it.

use super::{Console, Exit, Failure};
use crate::lint::words;
use crate::template;
use clap::Args;
use std::io::Write;

const HELP: &str = "\
Examples:
  mkdir -p templates/runbook/release
  relspec template runbook/release/people.md > templates/runbook/release/people.md

`relspec list templates` lists all names. A file of that name below the
project's own folder templates/ replaces the built-in one; of phrases, a file
with those that differ is enough.";

/// Print a built-in template, as a start for the project's own.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Template {
    /// The template's name.
    #[arg(value_name = "NAME")]
    name: String,
}

impl Template {
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Failure> {
        let asked = self.name.strip_prefix("templates/").unwrap_or(&self.name);
        let all = template::built_in();
        let Some(found) = all.iter().find(|one| one.name == asked) else {
            let names: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
            let help = words::suggestion(asked, &names)
                .unwrap_or_else(|| "`relspec list templates` lists all names".to_owned());
            return Err(Failure::usage(format!("there is no built-in template `{asked}`")).help(help));
        };
        write!(console.out, "{}", found.text)?;
        Ok(Exit::Clean)
    }
}
