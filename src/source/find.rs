//! Finding the specs below a folder.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::ReadFault;

/// What lies below a folder of specs.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Every `*.yaml` and `*.yml`, sorted by the bytes of the path. Links, pipes and the like are among them: reading
    /// one tells what is wrong with it.
    pub files: Vec<PathBuf>,
    /// What could not be looked into, one fault each, sorted in the same way.
    pub faults: Vec<ReadFault>,
}

/// Every spec below `dir`, in any depth. Names that begin with `_` or `.` are left out. Links to folders are not
/// followed, since they can lead out of the project or in a circle; each is a fault.
#[must_use]
pub fn find_specs(dir: &Path) -> Found {
    let mut found = Found::default();
    let mut walk = WalkDir::new(dir).into_iter();
    while let Some(step) = walk.next() {
        match step {
            Err(error) => found.faults.push(unreadable(dir, &error)),
            Ok(entry) if entry.depth() == 0 => {
                if entry.path().is_file() {
                    found.faults.push(not_a_folder(dir));
                }
            }
            Ok(entry) => {
                if !take(&entry, &mut found) && entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
            }
        }
    }
    found.files.sort_by(|a, b| bytes(a).cmp(bytes(b)));
    found.faults.sort_by(|a, b| bytes(&a.path).cmp(bytes(&b.path)));
    found
}

/// Every file below a folder of templates that can replace a built-in one: `*.md` below `runbook` and `*.yaml` below
/// `phrases`, in any depth, sorted. The folder may hold the templates of other programs too, which are not looked at. Names
/// that begin with `_` or `.` are left out, and links to folders are not followed.
#[must_use]
pub fn find_templates(dir: &Path) -> Vec<PathBuf> {
    let kinds: [(&str, &[&str]); 2] = [("runbook", &["md"]), ("phrases", &["yaml", "yml"])];
    let mut found = Vec::new();
    for (folder, endings) in kinds {
        let walk = WalkDir::new(dir.join(folder)).into_iter().filter_entry(|entry| !is_left_out(entry));
        let files = walk.flatten().filter(|entry| !entry.file_type().is_dir()).map(DirEntry::into_path);
        found.extend(files.filter(|path| {
            path.extension().and_then(OsStr::to_str).is_some_and(|ending| endings.contains(&ending))
        }));
    }
    found.sort_by(|a, b| bytes(a).cmp(bytes(b)));
    found
}

fn is_left_out(entry: &DirEntry) -> bool {
    matches!(entry.file_name().as_encoded_bytes().first(), Some(b'_' | b'.'))
}

/// Whether the walk should go on below the entry.
fn take(entry: &DirEntry, found: &mut Found) -> bool {
    let (path, kind) = (entry.path(), entry.file_type());
    if is_left_out(entry) {
        return false;
    }
    let named_spec = matches!(path.extension().and_then(OsStr::to_str), Some("yaml" | "yml"));
    if kind.is_dir() && named_spec {
        let help = "rename the folder, or put `_` before its name to leave it out";
        found.faults.push(ReadFault::new(path, "this is a folder, but its name is that of a spec", help));
        return false;
    }
    if kind.is_symlink() && path.is_dir() {
        let help = "move the folder here, or put `_` before the link's name to leave it out";
        found.faults.push(ReadFault::new(
            path,
            "this is a link to a folder; such links are not followed",
            help,
        ));
    } else if named_spec && !kind.is_dir() {
        found.files.push(path.to_owned());
    }
    true
}

fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

fn not_a_folder(dir: &Path) -> ReadFault {
    ReadFault::new(dir, "this is a file, not a folder of specs", "name the folder that it lies in")
}

fn unreadable(dir: &Path, error: &walkdir::Error) -> ReadFault {
    let path = error.path().unwrap_or(dir);
    match error.io_error().map(std::io::Error::kind) {
        Some(std::io::ErrorKind::NotFound) => {
            ReadFault::new(path, "there is no such folder", "check the path; specs lie in `specs/`")
        }
        Some(std::io::ErrorKind::PermissionDenied) => {
            let help = "give yourself the right to read it";
            ReadFault::new(path, "this folder may not be read: permission denied", help)
        }
        _ => ReadFault::new(
            path,
            format!("this folder cannot be read: {error}"),
            "check the path and the disk",
        ),
    }
}
