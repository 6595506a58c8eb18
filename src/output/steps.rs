//! A build as a list of steps, in an order in which stopping after any of them does no harm.

use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::fault::{WriteFault, shown};
use super::survey::{Seen, Survey};
use super::{manifest, paths};

/// One change on disk.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'a> {
    /// Writes a file to a temporary name in its folder, which is made.
    Stage { path: &'a str, text: &'a str },
    /// Renames the staged file to its name.
    Land,
    /// Removes a file, if it is there, and the folders that this leaves empty.
    Remove { path: &'a str },
}

/// The steps of a build: the ones that can be taken back, then the others.
pub(super) struct Steps<'a> {
    pub prepare: Vec<Step<'a>>,
    pub commit: Vec<Step<'a>>,
}

/// Orders the work. `wide` is the text of the manifest that lists the paths of both before and after.
///
/// The wide manifest comes first: from then on whatever this build leaves is known to the next one. Files are staged
/// before any of them lands, so that a full disk shows while nothing has changed. The final manifest comes last.
pub(super) fn plan<'a>(survey: &'a Survey, wide: &'a str) -> Steps<'a> {
    let (early, late): (Vec<&Seen>, Vec<&Seen>) = {
        let taken = Taken::by(&survey.files);
        survey.gone.iter().partition(|seen| taken.clashes(&seen.path))
    };
    let refreshed: BTreeSet<String> = early.iter().map(|seen| paths::fold(&seen.path)).collect();
    let staged: Vec<Step<'a>> = survey
        .files
        .iter()
        .filter(|seen| !seen.is_same() || refreshed.contains(&paths::fold(&seen.path)))
        .filter_map(|seen| seen.new.as_deref().map(|text| Step::Stage { path: &seen.path, text }))
        .collect();

    let mut prepare = Vec::new();
    if survey.manifest.old.as_deref() != Some(wide) {
        prepare.extend([Step::Stage { path: manifest::NAME, text: wide }, Step::Land]);
    }
    let mut commit = vec![Step::Land; staged.len()];
    prepare.extend(early.into_iter().map(|seen| Step::Remove { path: &seen.path }));
    prepare.extend(staged);
    commit.extend(late.into_iter().map(|seen| Step::Remove { path: &seen.path }));
    if let Some(text) = survey.manifest.new.as_deref().filter(|text| *text != wide) {
        commit.extend([Step::Stage { path: manifest::NAME, text }, Step::Land]);
    }
    Steps { prepare, commit }
}

/// The places that new files need, as a file system that ignores case sees them.
struct Taken {
    files: BTreeSet<String>,
    folders: BTreeSet<String>,
}

impl Taken {
    fn by(files: &[Seen]) -> Self {
        let files: BTreeSet<String> = files.iter().map(|seen| paths::fold(&seen.path)).collect();
        let folders = files.iter().flat_map(|file| paths::folders(file)).map(str::to_owned).collect();
        Self { files, folders }
    }

    /// Whether an old file must go before the new ones come: in place of a folder, in a folder in place of a file, or
    /// under the same name in other case, where removing it later would remove the new one.
    fn clashes(&self, old: &str) -> bool {
        let old = paths::fold(old);
        self.files.contains(&old)
            || self.folders.contains(&old)
            || paths::folders(&old).any(|folder| self.files.contains(folder))
    }
}

/// Does the steps. What is staged and has not landed is removed when this is dropped.
pub(super) struct Worker<'a> {
    out: &'a Path,
    staged: VecDeque<(NamedTempFile, &'a str)>,
}

impl<'a> Worker<'a> {
    pub fn new(out: &'a Path) -> Self {
        Self { out, staged: VecDeque::new() }
    }

    pub fn run(&mut self, steps: &[Step<'a>]) -> Result<(), WriteFault> {
        steps.iter().try_for_each(|step| self.step(*step))
    }

    pub fn step(&mut self, step: Step<'a>) -> Result<(), WriteFault> {
        match step {
            Step::Stage { path, text } => {
                let file = self.stage(path, text)?;
                self.staged.push_back((file, path));
                Ok(())
            }
            Step::Land => self.land(),
            Step::Remove { path } => self.remove(path),
        }
    }

    fn stage(&self, path: &str, text: &str) -> Result<NamedTempFile, WriteFault> {
        let folder = self.folder_of(path);
        let fault = |operation| move |error| WriteFault::io(operation, shown(self.out, path), error);
        fs::create_dir_all(&folder).map_err(fault("make the folder of"))?;
        let mut file = temporary(&folder).map_err(fault("make a temporary file beside"))?;
        file.write_all(text.as_bytes()).map_err(fault("write"))?;
        file.as_file().sync_data().map_err(fault("write"))?;
        Ok(file)
    }

    fn land(&mut self) -> Result<(), WriteFault> {
        let Some((file, path)) = self.staged.pop_front() else { return Ok(()) };
        match file.persist(self.out.join(path)) {
            Ok(_) => Ok(()),
            Err(fault) => Err(WriteFault::io("put in place", shown(self.out, path), fault.error)),
        }
    }

    fn remove(&self, path: &str) -> Result<(), WriteFault> {
        match fs::remove_file(self.out.join(path)) {
            Err(error) if !is_absent(self.out, path, &error) => {
                Err(WriteFault::io("remove", shown(self.out, path), error))
            }
            _ => {
                self.tidy(path);
                Ok(())
            }
        }
    }

    /// Removes the folders above a path that hold nothing; the system refuses to remove the others.
    pub fn tidy(&self, path: &str) {
        for folder in paths::folders(path) {
            let _ = fs::remove_dir(self.out.join(folder));
        }
    }

    fn folder_of(&self, path: &str) -> PathBuf {
        paths::folders(path).next().map_or_else(|| self.out.to_owned(), |folder| self.out.join(folder))
    }

    /// As a kill leaves things: what is staged stays on disk under its temporary name.
    #[cfg(test)]
    pub fn die(self) {
        self.staged.into_iter().for_each(std::mem::forget);
    }
}

/// The survey saw nothing of ours at the path, or it has gone since: no folder, or another thing in its place.
fn is_absent(out: &Path, path: &str, error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
        || fs::symlink_metadata(out.join(path)).is_ok_and(|data| data.is_dir())
}

fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let (prefix, suffix) = paths::temporary_affixes();
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix).suffix(suffix);
    // Others read what we generate, such as Prometheus under its own user; the umask still applies.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Removes what killed builds left under temporary names, in each folder that the manifest or this build knows.
pub(super) fn sweep(out: &Path, known: &BTreeSet<String>) -> Result<(), WriteFault> {
    let folders: BTreeSet<&str> = known.iter().flat_map(|path| paths::folders(path)).chain([""]).collect();
    for folder in folders {
        let Ok(entries) = fs::read_dir(out.join(folder)) else { continue };
        for entry in entries.flatten().filter(is_leftover) {
            let left = entry.path();
            fs::remove_file(&left).map_err(|e| WriteFault::io("remove", left.display().to_string(), e))?;
        }
    }
    Ok(())
}

fn is_leftover(entry: &fs::DirEntry) -> bool {
    let named = entry.file_name().to_str().is_some_and(paths::is_temporary);
    named && entry.file_type().is_ok_and(|kind| !kind.is_dir())
}
