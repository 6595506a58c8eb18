//! The generated rule tests, judged by promtool on the rules that stand beside them: those of `generated/`, of every
//! project in `tests/cases/ok`, and of the project in English.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

#[path = "shared/projects.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod projects;

use rayon::prelude::*;
use relspec::plan::names;
use serde_yaml::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every promtool to ask: the one on the path, and those that `RELSPEC_PROMTOOLS` names.
fn promtools() -> Vec<PathBuf> {
    let more = std::env::var_os("RELSPEC_PROMTOOLS").unwrap_or_default();
    let more = std::env::split_paths(&more).filter(|path| !path.as_os_str().is_empty()).collect::<Vec<_>>();
    std::iter::once(PathBuf::from("promtool")).chain(more).collect()
}

fn asked(promtool: &Path, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(promtool).args(arguments).output().unwrap_or_else(|fault| {
        panic!(
            "{} can't be run ({fault}): run `make test`, or apt-get install prometheus",
            promtool.display()
        )
    });
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// Native histograms can be given to promtool since 2.53.
fn knows_native_histograms(promtool: &Path) -> bool {
    let (_, said) = asked(promtool, &["--version"]);
    let version = said.split_whitespace().nth(2).unwrap_or_default();
    let mut numbers = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let (major, minor) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    (major, minor) >= (2, 53)
}

/// The rules of a project and their tests, as files.
fn written(folder: &Path, into: &Path) -> Vec<PathBuf> {
    let outcome = relspec::compile(&projects::of_folder(folder));
    let mut tests = Vec::new();
    for made in outcome.artifacts.iter().filter(|made| ["prometheus", "rule_tests"].contains(&made.target)) {
        let path = into.join(made.file.path());
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, made.file.text()).expect("a file");
        tests.extend((made.target == "rule_tests").then_some(path));
    }
    tests
}

/// Every test file of every project, in folders that last as long as the first part.
fn all_tests() -> (tempfile::TempDir, Vec<PathBuf>) {
    let root = tempfile::tempdir().expect("a folder");
    let folders = projects::folders();
    let tests = folders.iter().enumerate();
    let tests = tests.flat_map(|(n, folder)| written(folder, &root.path().join(n.to_string())));
    let english = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/english/specs");
    let tests = tests.chain(written(&english, &root.path().join(ENGLISH))).collect();
    (root, tests)
}

/// The folder of the project in English.
const ENGLISH: &str = "english";

fn is_native(test: &Path) -> bool {
    test.to_string_lossy().contains(".native.")
}

#[test]
fn every_generated_rule_passes_its_tests() {
    let (_root, tests) = all_tests();
    assert!(tests.len() > 40, "{}", tests.len());
    for (number, promtool) in promtools().into_iter().enumerate() {
        let native = knows_native_histograms(&promtool);
        // The release in English has the rules of the one in Chinese: one promtool reads its words.
        let english = |test: &Path| test.components().any(|part| part.as_os_str() == ENGLISH);
        let failed: Vec<String> = tests
            .par_iter()
            .filter(|test| (native || !is_native(test)) && (number == 0 || !english(test)))
            .filter_map(|test| {
                let (passed, said) = asked(&promtool, &["test", "rules", &test.to_string_lossy()]);
                (!passed).then(|| said.chars().take(3000).collect())
            })
            .collect();
        assert!(failed.is_empty(), "{}:\n{}", promtool.display(), failed.join("\n"));
    }
}

fn parsed(path: &Path) -> Value {
    serde_yaml::from_str(&std::fs::read_to_string(path).expect("a file")).expect("YAML")
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_sequence).into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Name and labels of an alert, as one text.
fn key(name: &str, labels: &Value) -> String {
    let labels = labels.as_mapping().into_iter().flatten();
    let mut labels: Vec<String> =
        labels.map(|(key, value)| format!("{}={}", text(key), text(value))).collect();
    labels.sort();
    format!("{name} {}", labels.join(" "))
}

/// A misspelt alert that nobody expects passes promtool, and so does a query that can give nothing: each alert must be
/// expected to fire somewhere, with its words.
#[test]
fn every_alert_of_the_releases_is_shown_to_fire() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated");
    let releases =
        std::fs::read_dir(&root).expect("generated").map(|entry| entry.expect("an entry").file_name());
    let mut alerts = 0;
    for release in releases.map(|name| name.to_string_lossy().into_owned()) {
        let rules = root.join(names::rules_file(&release));
        if !rules.is_file() {
            continue;
        }
        let rules = parsed(&rules);
        let rules = list(&rules, "groups").flat_map(|group| list(group, "rules"));
        let raised: Vec<_> = rules.filter(|rule| rule.get("alert").is_some()).collect();
        alerts += raised.len();
        let expected = fires(&root, &release);
        for rule in raised {
            let (name, labels) = (text(&rule["alert"]), &rule["labels"]);
            let own = labels.as_mapping().expect("labels");
            let shown = expected.iter().any(|(told, theirs)| {
                *told == name && own.iter().all(|(label, value)| theirs.get(label) == Some(value))
            });
            assert!(shown, "{release}: no test shows {} firing", key(&name, labels));
        }
    }
    assert!(alerts > 100, "{alerts}");
}

/// The alerts that the tests of a release expect to fire.
fn fires(root: &Path, release: &str) -> Vec<(String, Value)> {
    let files = [
        names::rule_tests_file(release),
        names::long_tests_file(release),
        names::native_tests_file(release),
        names::long_native_tests_file(release),
    ];
    let files = files.iter().map(|file| root.join(file)).filter(|file| file.is_file());
    let mut found = Vec::new();
    for file in files.map(|file| parsed(&file)) {
        for test in list(&file, "tests") {
            for told in list(test, "alert_rule_test") {
                let name = text(&told["alertname"]);
                found.extend(
                    list(told, "exp_alerts").map(|alert| (name.clone(), alert["exp_labels"].clone())),
                );
            }
        }
    }
    found
}

/// What promtool needs in order to judge at all: rules that are there, all groups in order, an interval, unique sentences.
#[test]
fn every_test_file_is_one_that_promtool_judges() {
    let (_root, tests) = all_tests();
    for path in tests {
        let file = parsed(&path);
        let rules = path.with_file_name(text(&file["rule_files"][0]));
        let groups: Vec<String> = list(&parsed(&rules), "groups").map(|group| text(&group["name"])).collect();
        let order: Vec<String> = list(&file, "group_eval_order").map(text).collect();
        assert_eq!(groups, order, "{}", path.display());
        let mut names = BTreeSet::new();
        for test in list(&file, "tests") {
            let name = text(&test["name"]);
            assert!(name.contains(": "), "{}: {name}", path.display());
            assert!(test.get("interval").is_some(), "{name}");
            assert!(list(test, "promql_expr_test").next().is_some(), "{name} asks nothing");
            assert!(names.insert(name.clone()), "{}: two tests are called {name:?}", path.display());
        }
    }
}
