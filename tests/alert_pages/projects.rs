//! The projects whose pages are looked at, compiled in memory.

#[path = "../shared/projects.rs"]
mod shared;

use relspec::{Project, compile};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The files of a project, by path.
pub type Files = BTreeMap<String, String>;

/// What a text compiles to in a project that has addresses for everything.
pub fn compiled(spec: &str) -> Files {
    files(&shared::of_text(spec), "specs/a.yaml")
}

/// Every project that wants pages.
pub fn all() -> Vec<(String, Files)> {
    let name = |folder: &PathBuf| folder.display().to_string();
    let all = shared::folders()
        .into_iter()
        .map(|folder| (name(&folder), files(&shared::of_folder(&folder), &name(&folder))));
    all.filter(|(_, files)| files.keys().any(|name| name.ends_with("/runbook/alerts.md"))).collect()
}

fn files(project: &Project, path: &str) -> Files {
    let outcome = compile(project);
    assert!(outcome.broken.is_empty(), "{path}: {:?}", outcome.broken);
    assert!(!outcome.artifacts.is_empty(), "{path}: {:?}", outcome.findings);
    outcome.artifacts.iter().map(|made| (made.file.path().to_owned(), made.file.text().to_owned())).collect()
}
