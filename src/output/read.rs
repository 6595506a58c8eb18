//! Reading again what a build has written.

use std::collections::BTreeSet;
use std::path::Path;

use super::fault::{Problem, Reason, shown};
use super::header::unix_lines;
use super::look::{Found, look};
use super::{manifest, paths};

/// The paths that the manifest of an output folder lists, itself not among them; `None` where there is no manifest.
///
/// # Errors
/// When the manifest is not ours, or no file that can be read.
pub fn owned(out: &Path) -> Result<Option<BTreeSet<String>>, Problem> {
    let name = manifest::NAME;
    let Some(text) = text(out, name)? else { return Ok(None) };
    let foreign = || Problem { path: shown(out, name), reason: Reason::Foreign };
    manifest::parse(&text).map(Some).ok_or_else(foreign)
}

/// The text of a file in the output folder, with `\n` line ends; bytes that are no UTF-8 are replaced. No link below the
/// folder is followed. `None` where there is nothing, or the path leads out of the folder.
///
/// # Errors
/// When something else than a file stands there, or it can't be read.
pub fn read(out: &Path, path: &str) -> Result<Option<String>, Problem> {
    if paths::is_allowed(path) { text(out, path) } else { Ok(None) }
}

fn text(out: &Path, path: &str) -> Result<Option<String>, Problem> {
    let reason = match look(out, path) {
        Found::File(bytes) => {
            return Ok(Some(unix_lines(&String::from_utf8_lossy(&bytes)).into_owned()));
        }
        Found::Nothing => return Ok(None),
        Found::BehindLink(folder) => Reason::LinkedFolder(shown(out, &folder)),
        Found::BehindFile(file) => Reason::NeedsFolder(shown(out, &file)),
        Found::Link => Reason::LinkedFile,
        Found::Folder | Found::Other => Reason::NotAFile,
        Found::Unreadable(why) => Reason::Unreadable(why),
    };
    Err(Problem { path: shown(out, path), reason })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Artifact, Format, Stamped, WriteOptions, write};

    #[test]
    fn what_was_written_is_read_and_nothing_beyond_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        assert_eq!(owned(&out), Ok(None));
        let body = "a: 1\n".to_owned();
        let made = Stamped::new(&Artifact { path: "x/a.yaml".to_owned(), format: Format::Yaml, body }, "a");
        write(&out, std::slice::from_ref(&made), WriteOptions::default()).expect("written");
        assert_eq!(owned(&out), Ok(Some(BTreeSet::from(["x/a.yaml".to_owned()]))));
        assert_eq!(read(&out, "x/a.yaml"), Ok(Some(made.text().to_owned())));
        assert_eq!(read(&out, "x/b.yaml"), Ok(None));
        assert_eq!(read(&out, "../secret"), Ok(None));
        assert!(read(&out, "x").is_err());
        std::fs::write(out.join("manifest.json"), "{}").expect("written");
        assert!(owned(&out).is_err());
    }
}
