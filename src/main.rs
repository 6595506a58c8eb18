//! The program: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    relspec::cli::run(std::env::args_os()).into()
}
