//! Paths of artifacts: which ones may be, and which ones cannot be together.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use super::fault::Reason;
use super::{lock, manifest};

const TEMPORARY: (&str, &str) = (".relspec-", ".tmp");

/// How the names of temporary files begin and end.
pub(super) fn temporary_affixes() -> (&'static str, &'static str) {
    TEMPORARY
}

/// Whether a file name is one that a killed build may have left.
pub(super) fn is_temporary(name: &str) -> bool {
    name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1)
}

/// Whether a path stays within the output folder and is none of the names kept for this module.
pub(super) fn is_allowed(path: &str) -> bool {
    let parts_fine = path.split('/').all(|part| !matches!(part, "" | "." | "..") && !is_temporary(part));
    let kept = [manifest::NAME, lock::NAME].iter().any(|name| path.eq_ignore_ascii_case(name));
    // `Path` knows what else leads away on this system, such as drive letters.
    let normal = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    parts_fine && !kept && normal && !path.contains(|c: char| c == '\\' || c.is_control())
}

/// The path as a file system that ignores case would compare it.
pub(super) fn fold(path: &str) -> String {
    path.to_lowercase()
}

/// The folders above a path within the output folder, the nearest first.
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').filter_map(|(at, _)| path.get(..at))
}

/// What is wrong with these paths, whatever the disk holds.
pub(super) fn faults<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<(&'a str, Reason)> {
    let mut faults = Vec::new();
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for path in paths {
        if !is_allowed(path) {
            faults.push((path, Reason::BadPath));
        } else if let Some(other) = seen.insert(fold(path), path) {
            let same = other == path;
            faults.push((path, if same { Reason::Twice } else { Reason::OnlyCase(other.to_owned()) }));
        }
    }
    for (folded, path) in &seen {
        if let Some(file) = folders(folded).find_map(|folder| seen.get(folder)) {
            faults.push((*path, Reason::UnderFile((*file).to_owned())));
        }
    }
    faults
}
