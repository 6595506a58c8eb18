//! What promtool says about rule files.

use std::path::{Path, PathBuf};
use std::process::Command;

const MISSING: &str = "promtool is missing: run \"make test\", or apt-get install prometheus";

/// Every promtool that is to be asked: the one on the path, and those that `RELSPEC_PROMTOOLS` names.
pub fn all() -> Vec<PathBuf> {
    let more = std::env::var_os("RELSPEC_PROMTOOLS").unwrap_or_default();
    let more = std::env::split_paths(&more).filter(|path| !path.as_os_str().is_empty()).collect::<Vec<_>>();
    std::iter::once(PathBuf::from("promtool")).chain(more).collect()
}

/// What the tool says against the files; nothing where it accepts all of them.
pub fn refusal(tool: &Path, files: &[PathBuf]) -> Option<String> {
    let arguments = ["check", "rules", "--lint=all", "--lint-fatal"];
    let output = match Command::new(tool).args(arguments).args(files).output() {
        Ok(output) => output,
        Err(fault) if tool == Path::new("promtool") => panic!("{MISSING} ({fault})"),
        Err(fault) => panic!("{}: {fault}", tool.display()),
    };
    let said =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).collect();
    // The versions disagree on the exit code of a lint; the words are the same.
    let refused = !output.status.success() || said.contains("FAILED") || said.contains("duplicate rule");
    refused.then(|| format!("{} says:\n{}", tool.display(), lines.join("\n")))
}

/// Whether the tool can be given native histograms, as it can since 2.53.
pub fn gives_histograms(tool: &Path) -> bool {
    let output = match Command::new(tool).arg("--version").output() {
        Ok(output) => output,
        Err(fault) => panic!("{}: {MISSING} ({fault})", tool.display()),
    };
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let version = said.split_whitespace().nth(2).unwrap_or_default();
    let mut numbers = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) >= (2, 53)
}
