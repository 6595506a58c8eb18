//! Routes and inhibition as we follow them, held against Alertmanager itself on random configurations: `amtool config routes
//! test` for routes, `amtool check-config` for matchers, and a server on loopback for inhibition. Each is asked of what is
//! installed and of those that `RELSPEC_AMTOOLS` and `RELSPEC_ALERTMANAGERS` name. `RELSPEC_ROUTES_ROUNDS` asks more,
//! `RELSPEC_ROUTES_SEED` asks something else.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]
#![allow(clippy::print_stdout, reason = "`cargo test -- --nocapture` shows how much was asked")]

mod command;
mod generated;
mod inhibition;
mod intervals;
#[path = "../shared/projects.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod projects;
mod random;
mod server;
mod texts;
mod trees;

use relspec::source::Sources;
use relspec::spec::alertmanager::{self, TeamFile};
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};

/// One program, and the minor version of Alertmanager 0.x that it belongs to.
pub struct Program {
    /// Where it lies.
    pub path: PathBuf,
    /// The 25 of 0.25.
    pub minor: u16,
}

/// The installed program of the first of these names that can be run, and those that a variable names.
pub fn programs(names: &[&str], variable: &str) -> Vec<Program> {
    let installed = names.iter().find(|name| Command::new(name).arg("--version").output().is_ok());
    let installed = installed.unwrap_or_else(|| {
        panic!("{names:?} can't be run: run `make test`, or apt-get install prometheus-alertmanager")
    });
    let more = std::env::var_os(variable).unwrap_or_default();
    let more = std::env::split_paths(&more).filter(|path| !path.as_os_str().is_empty()).collect::<Vec<_>>();
    std::iter::once(PathBuf::from(installed)).chain(more).map(program).collect()
}

fn program(path: PathBuf) -> Program {
    let output = run(&path, &["--version".to_owned()]);
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let version = text.split("version 0.").nth(1).unwrap_or_else(|| panic!("{}: {text}", path.display()));
    let minor = version.split('.').next().expect("a minor version").parse().expect("a number");
    Program { path, minor }
}

fn run(path: &PathBuf, arguments: &[String]) -> Output {
    let output = Command::new(path).args(arguments).output();
    output.unwrap_or_else(|fault| panic!("{} can't be run: {fault}", path.display()))
}

/// A configuration as our own reader takes it.
///
/// # Errors
/// What it finds wrong.
pub fn read(config: &Value) -> Result<TeamFile, String> {
    let (mut sources, mut findings) = (Sources::default(), Vec::new());
    let file = sources.add("alertmanager.yml", config.to_string());
    alertmanager::read(&sources, file, &mut findings)
        .ok_or_else(|| findings.into_iter().map(|finding| finding.message).collect::<Vec<_>>().join("; "))
}
