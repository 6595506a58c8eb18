//! Tools of others: which ones are asked, and of which version they are.

use super::process::{self, Stopped};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A program that judges what is generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Prometheus' own.
    Promtool,
    /// Alertmanager's own.
    Amtool,
}

impl Kind {
    /// The program's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Promtool => "promtool",
            Self::Amtool => "amtool",
        }
    }

    /// How to get it.
    #[must_use]
    pub fn how_to_get(self) -> &'static str {
        match self {
            Self::Promtool => {
                "Debian and Ubuntu: `apt-get install prometheus` (from Debian 13 on: `promtool`); elsewhere it is in the \
                 download of Prometheus, https://prometheus.io/download/"
            }
            Self::Amtool => {
                "Debian and Ubuntu: `apt-get install prometheus-alertmanager`; elsewhere it is in the download of \
                 Alertmanager, https://prometheus.io/download/"
            }
        }
    }
}

/// A tool that answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// Which one.
    pub kind: Kind,
    /// Where it lies, absolute: it is run in the folders of the files that it judges.
    pub path: PathBuf,
    /// Its version as it says it, such as `2.42.0+ds`.
    pub version: String,
    /// The first two numbers of the version.
    pub release: (u32, u32),
    /// How long one run may take.
    pub limit: Duration,
}

impl Tool {
    /// Asks a tool for its version. A path with a folder in it is taken from the current folder, a bare name is looked for on
    /// the path.
    ///
    /// # Errors
    /// A reason why it can't be asked, [`Stopped::Missing`] where it is not there.
    pub fn find(kind: Kind, path: &Path, limit: Duration) -> Result<Self, Stopped> {
        let path = place(path)?;
        let ran = process::run(&path, &["--version"], Path::new("."), limit)?;
        // Older ones print the version on standard error.
        let said = format!("{}\n{}", ran.stdout, ran.stderr);
        let version = said.lines().find_map(|line| version(line, kind));
        let strange = || Stopped::Refused(format!("`--version` does not say that it is {}", kind.name()));
        let (version, release) = version.ok_or_else(strange)?;
        Ok(Self { kind, path, version: version.to_owned(), release, limit })
    }
}

/// The absolute path of a program. It is looked for here, since a path may hold folders that are relative.
fn place(program: &Path) -> Result<PathBuf, Stopped> {
    let absolute =
        |path: &Path| std::path::absolute(path).map_err(|error| Stopped::Refused(error.to_string()));
    if program.components().count() > 1 {
        return absolute(program);
    }
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let mut whole = program.as_os_str().to_owned();
    whole.push(std::env::consts::EXE_SUFFIX);
    let names = [Path::new(&whole), program];
    let all = std::env::split_paths(&paths).flat_map(|folder| names.map(|name| folder.join(name)));
    let found = all.into_iter().find(|path| path.is_file());
    absolute(&found.ok_or(Stopped::Missing)?)
}

/// The version in a line such as `promtool, version 2.42.0 (branch: …)`.
fn version(line: &str, kind: Kind) -> Option<(&str, (u32, u32))> {
    let rest = line.trim().strip_prefix(kind.name())?.strip_prefix(", version ")?;
    let version = rest.split_whitespace().next()?;
    let mut numbers = version.split(|c: char| !c.is_ascii_digit()).map(str::parse);
    Some((version, (numbers.next()?.ok()?, numbers.next()?.ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_all_tools_are_read() {
        for (line, kind, wanted) in [
            ("promtool, version 2.42.0+ds (branch: x)", Kind::Promtool, Some(("2.42.0+ds", (2, 42)))),
            ("amtool, version 0.33.1", Kind::Amtool, Some(("0.33.1", (0, 33)))),
            ("promtool, version 3.0.0-rc.1 (x)", Kind::Promtool, Some(("3.0.0-rc.1", (3, 0)))),
            ("amtool, version 0.33.1", Kind::Promtool, None),
            ("promtool, version (no)", Kind::Promtool, None),
            ("bash 5", Kind::Amtool, None),
        ] {
            assert_eq!(version(line, kind), wanted, "{line}");
        }
    }
}
