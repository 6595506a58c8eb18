//! `relspec schema`: what editors need to complete and check a spec.

use super::{Console, Exit, Failure};
use crate::spec;
use clap::{Args, ValueEnum};
use std::io::Write;

const HELP: &str = "\
Examples:
  relspec schema > release.schema.json
  relspec schema config > config.schema.json

Editors with the YAML language server (VS Code, Neovim, Helix) complete and check a spec whose first line is
  # yaml-language-server: $schema=../release.schema.json";

/// Print the JSON Schema of a release spec or of relspec.yaml.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Schema {
    /// Of which file.
    #[arg(value_enum, default_value_t)]
    of: Of,
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
        let schema = match self.of {
            Of::Release => spec::release_schema(),
            Of::Config => spec::config::config_schema(),
        };
        writeln!(console.out, "{schema:#}")?;
        Ok(Exit::Clean)
    }
}
