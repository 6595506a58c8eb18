//! The command line: one file for each command. With the renderers in `diag`, the only module that prints.

mod build;
mod console;
mod exit;
mod explain;
mod init;
mod lint;
mod list;
pub mod load;
mod rehearse;
mod report;
mod routes;
mod schema;
mod stage;
mod template;
mod test;

pub use console::{Colour, Console};
pub use exit::{Exit, Failure};

use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  relspec init                     write a first spec and see what a build makes of it
  relspec lint                     judge every release in specs/
  relspec build                    write generated/ from specs/
  relspec build --check            in CI: fail when generated/ is not what the specs say
  relspec test                     in CI: let promtool and amtool prove what was built
  relspec explain threshold-order  why a finding is one, with a wrong and a right example
  relspec routes alertname=NAME    whom an alert reaches, and what silences it
  relspec list templates           what of the pages a project can replace";

/// Compiles release specs into Prometheus rules, Grafana dashboards, Alertmanager routes and runbooks, and refuses thresholds
/// out of order.
///
/// A spec says once, in YAML, what is watched during a release, when it is too much, in which steps the release is rolled
/// out, who is told and what is done. relspec refuses what is out of order and writes what follows from the rest. Releases
/// lie in `specs/`, one per file; what they share lies in `relspec.yaml`, which is optional and looked for in the project's
/// folder only, never above it. A project's own templates of the pages lie in `templates/`.
#[derive(Debug, Parser)]
#[command(name = "relspec", version, after_help = help(), max_term_width = 100)]
struct Cli {
    /// The project's folder: everything is done as if relspec had been started there.
    #[arg(long, global = true, value_name = "DIR", default_value = ".", hide_default_value = true)]
    project: PathBuf,
    /// When to use colours.
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        hide_possible_values = true
    )]
    color: Colour,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Build),
    Test(test::Test),
    Lint(lint::Lint),
    Explain(explain::Explain),
    List(list::List),
    Stage(stage::Stage),
    Template(template::Template),
    Routes(routes::Routes),
    Init(init::Init),
    Schema(schema::Schema),
}

fn help() -> String {
    format!("{EXAMPLES}\n\n{}", exit::TABLE)
}

/// Runs one command line, the program's name first, and says how it ended.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Exit {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help for a reader that went away is no fault.
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage } else { Exit::Clean };
        }
    };
    let mut console = Console::new(cli.color);
    let ended = dispatch(&cli, &mut console).and_then(|exit| {
        console.out.flush()?;
        Ok(exit)
    });
    ended.unwrap_or_else(|failure| {
        // There is no one left to tell where this can't be written either.
        let _ = console.out.flush();
        let _ = writeln!(console.err, "{failure}");
        failure.exit
    })
}

fn dispatch(cli: &Cli, console: &mut Console) -> Result<Exit, Failure> {
    std::env::set_current_dir(&cli.project).map_err(|error| {
        Failure::files(format!("cannot go to the project's folder {}: {error}", cli.project.display()))
    })?;
    match &cli.command {
        Command::Build(command) => command.run(console),
        Command::Test(command) => command.run(console),
        Command::Lint(command) => command.run(console),
        Command::Explain(command) => command.run(console),
        Command::List(command) => command.run(console),
        Command::Stage(command) => command.run(console),
        Command::Template(command) => command.run(console),
        Command::Routes(command) => command.run(console),
        Command::Init(command) => command.run(console),
        Command::Schema(command) => command.run(console),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
