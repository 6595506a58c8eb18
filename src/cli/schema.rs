//! `relspec schema`: what editors need to complete and check a spec.

use super::{Console, Exit, Failure};
use crate::spec;
use clap::{Args, ValueEnum};
use std::io::Write;

const HELP: &str = "\
Examples:
  relspec schema > release.schema.json
  relspec schema config > config.schema.json
  relspec schema --reference > docs/language.md

Editors with the YAML language server (VS Code, Neovim, Helix) complete and check a spec whose first line is
  # yaml-language-server: $schema=../release.schema.json";

/// Print the JSON Schema of a release spec or of relspec.yaml, or the reference of both.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Schema {
    /// Of which file.
    #[arg(value_enum, default_value_t)]
    of: Of,
    /// Print the language reference as Markdown instead.
    #[arg(long, conflicts_with = "of")]
    reference: bool,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Of {
    /// A release in `specs/`.
    #[default]
    Release,
    /// `relspec.yaml`.
    Config,
}

impl Schema {
    pub(super) fn run(&self, console: &mut Console) -> Result<Exit, Failure> {
        if self.reference {
            write!(console.out, "{}", spec::reference::markdown())?;
            return Ok(Exit::Clean);
        }
        let schema = match self.of {
            Of::Release => spec::release_schema(),
            Of::Config => spec::config::config_schema(),
        };
        writeln!(console.out, "{schema:#}")?;
        Ok(Exit::Clean)
    }
}
