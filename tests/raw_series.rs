//! The whole chain from raw series to what is recorded of them, judged by promtool: measurements of every kind, in one
//! release that has them all and in the projects of the cases.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

#[path = "shared/projects.rs"]
mod projects;

use relspec::Project;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every promtool to ask, and whether it reads native histograms.
fn promtools() -> Vec<(PathBuf, bool)> {
    let more = std::env::var_os("RELSPEC_PROMTOOLS").unwrap_or_default();
    let more = std::env::split_paths(&more).filter(|path| !path.as_os_str().is_empty());
    let all = std::iter::once(PathBuf::from("promtool")).chain(more);
    all.map(|path| {
        let output = Command::new(&path).arg("--version").output().unwrap_or_else(|fault| {
            panic!(
                "{} can't be run ({fault}): run `make test`, or apt-get install prometheus",
                path.display()
            )
        });
        let text =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        let version = text.split("version ").nth(1).expect("a version").split(['.', '+', ' ']);
        let numbers: Vec<u32> = version.take(2).map(|part| part.parse().expect("a number")).collect();
        (path, numbers >= vec![2, 53])
    })
    .collect()
}

/// What promtool says against the tests of a project; empty where all pass.
fn judged(project: &Project, promtool: &Path, native: bool) -> String {
    let outcome = relspec::compile(project);
    assert!(outcome.broken.is_empty(), "{:?}", outcome.broken);
    let folder = tempfile::tempdir().expect("a folder");
    let mut tests = Vec::new();
    for made in outcome.artifacts.iter().filter(|made| ["prometheus", "rule_tests"].contains(&made.target)) {
        let path = folder.path().join(made.file.path());
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, made.file.text()).expect("a file");
        if made.target == "rule_tests" && (native || !made.file.path().contains("native")) {
            tests.push(path);
        }
    }
    if tests.is_empty() {
        return String::new();
    }
    let output = Command::new(promtool).args(["test", "rules"]).args(&tests).output().expect("promtool");
    if output.status.success() {
        return String::new();
    }
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn every_project_proves_its_measurements() {
    let only = std::env::var("ONLY").unwrap_or_default();
    let mut said = String::new();
    for folder in projects::folders().iter().filter(|folder| folder.to_string_lossy().contains(&only)) {
        for (promtool, native) in promtools() {
            let start = std::time::Instant::now();
            let against = judged(&projects::of_folder(folder), &promtool, native);
            println!(
                "{} {} {:?} {}",
                folder.file_name().unwrap().to_string_lossy(),
                promtool.display(),
                start.elapsed(),
                against.lines().filter(|line| line.contains("expr:")).count()
            );
            said += &against;
        }
    }
    assert!(said.is_empty(), "{said}");
}
