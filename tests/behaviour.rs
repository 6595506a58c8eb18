//! What the rules do, told as promtool tests: `tests/behaviour/*.test.yaml` against the files of `generated/` and of
//! `tests/cases/ok`.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// Every promtool to ask: the one on the path, and those that `RELSPEC_PROMTOOLS` names.
fn promtools() -> Vec<PathBuf> {
    let more = std::env::var_os("RELSPEC_PROMTOOLS").unwrap_or_default();
    let more = std::env::split_paths(&more).filter(|path| !path.as_os_str().is_empty()).collect::<Vec<_>>();
    std::iter::once(PathBuf::from("promtool")).chain(more).collect()
}

fn run(promtool: &Path, arguments: &[&str], files: &[PathBuf]) {
    let output = Command::new(promtool).args(arguments).args(files).output().unwrap_or_else(|fault| {
        panic!(
            "{} can't be run ({fault}): run `make test`, or apt-get install prometheus",
            promtool.display()
        )
    });
    assert!(
        output.status.success(),
        "{}:\n{}{}",
        promtool.display(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn files(folder: &str, suffix: &str) -> Vec<PathBuf> {
    let found = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let found = found.map(|entry| entry.expect("a readable entry").into_path());
    found.filter(|path| path.to_string_lossy().ends_with(suffix)).collect()
}

#[test]
fn the_rules_do_what_the_situations_say() {
    let tests = files("tests/behaviour", ".test.yaml");
    assert!(tests.len() >= 3, "the situations of two releases and one invented one");
    for promtool in promtools() {
        run(&promtool, &["test", "rules"], &tests);
    }
}

#[test]
fn promtool_accepts_every_generated_rule_file() {
    let rules =
        [files("generated", ".rules.yaml"), files("examples/english/generated", ".rules.yaml")].concat();
    assert!(rules.len() >= 3, "{rules:?}");
    for promtool in promtools() {
        run(&promtool, &["check", "rules", "--lint=all", "--lint-fatal"], &rules);
    }
}

/// A test file names its rules by a path; promtool only warns when that path leads nowhere.
#[test]
fn every_situation_has_rules_to_judge() {
    for test in files("tests/behaviour", ".test.yaml") {
        let text = std::fs::read_to_string(&test).expect("a test file");
        let document: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
        let rules = document["rule_files"].as_sequence().expect("rule_files");
        for rule in rules {
            let path = test.with_file_name(rule.as_str().expect("a path"));
            assert!(path.is_file(), "{} names {}", test.display(), path.display());
        }
        let situations = document["tests"].as_sequence().expect("tests");
        assert!(situations.iter().all(|test| test["name"].is_string()), "{}: unnamed", test.display());
    }
}
