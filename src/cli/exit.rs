//! The table of exit codes, and what a command says when it can't go on.

use std::fmt;
use std::io;
use std::process::ExitCode;

/// How a run ended. The numbers are a promise to scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing was found, or everything was built.
    Clean = 0,
    /// Something was found that counts, or `build --check` found a difference.
    Findings = 1,
    /// The command line is wrong.
    Usage = 2,
    /// A file could not be read or written, or relspec itself has a fault.
    Files = 3,
    /// Nothing failed, but `test` could not run everything: a tool is missing or too old.
    Unproven = 4,
}

/// The table, for `--help`.
pub const TABLE: &str = "\
Exit codes:
  0  nothing was found, or everything was built
  1  something was found that counts (errors; more with --deny), or
     --check found a difference, or a test failed
  2  the command line is wrong
  3  a file could not be read or written (or was edited by hand)
  4  nothing failed, but a tool is missing, so not everything was tested";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command can't go on: what is wrong, and what to do.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What is wrong, one sentence or several lines.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Failure {
    /// A wrong command line that only the project's files can show to be wrong.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into(), help: None }
    }

    /// A file that could not be read or written.
    pub fn files(message: impl Into<String>) -> Self {
        Self { exit: Exit::Files, message: message.into(), help: None }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        self.help.iter().try_for_each(|help| write!(f, "\n  help: {help}"))
    }
}

/// Output that can't be written, such as to a full disk; a closed pipe is no failure and never gets here.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::files(format!("cannot write the output: {error}"))
    }
}
