//! What is generated for Alertmanager, held against Alertmanager's own tool: the amtool on the path and those that
//! `RELSPEC_AMTOOLS` names. Each is asked what its version knows, in its strict mode where it has one.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

#[path = "alertmanager/amtool.rs"]
mod amtool;
#[path = "alertmanager/kinds.rs"]
mod kinds;
#[path = "alertmanager/routes.rs"]
mod routes;

use amtool::amtools;
use std::path::{Path, PathBuf};

/// Every configuration of Alertmanager below a folder that a build has made.
fn configurations(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let found = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let found = found.map(|entry| entry.expect("a readable entry").into_path());
    let is_ours = |path: &PathBuf| path.parent().is_some_and(|folder| folder.ends_with("alertmanager"));
    let is_test = |path: &PathBuf| path.to_string_lossy().ends_with(".test.yaml");
    found.filter(|path| path.is_file() && is_ours(path) && !is_test(path)).collect()
}

#[test]
fn every_generated_configuration_is_accepted() {
    let generated = configurations("generated");
    assert!(generated.len() >= 3, "one of each release, and one of all: {generated:?}");
    let elsewhere = ["examples/english/generated", "tests/cases/ok"].into_iter().flat_map(configurations);
    let all: Vec<PathBuf> = generated.into_iter().chain(elsewhere).collect();
    assert!(all.len() > 40, "{}", all.len());
    for amtool in amtools() {
        amtool.accepts(&all);
    }
}
