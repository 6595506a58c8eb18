//! The JSON Schema that editors get is valid, and it takes what the program takes, read by another YAML reader.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

use relspec::spec::{RELEASE, config, release_schema};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn specs(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry").into_path());
    let name = |path: &PathBuf| path.to_string_lossy().replace('\\', "/");
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .filter(|path| !name(path).contains("/expected/"))
        .collect()
}

fn value(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a text");
    serde_yaml::from_str(&text).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

fn judge(schema: &Value, path: &Path) {
    let validator = jsonschema::validator_for(schema).expect("a valid schema");
    let value = value(path);
    let faults: Vec<String> =
        validator.iter_errors(&value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{}: {faults:#?}", path.display());
}

#[test]
fn both_schemas_are_valid() {
    assert!(RELEASE.is_valid() && config::CONFIG.is_valid());
    for schema in [release_schema(), config::config_schema()] {
        assert!(jsonschema::meta::is_valid(&schema));
    }
}

#[test]
fn the_schema_takes_every_spec_that_builds() {
    let (release, config) = (release_schema(), config::config_schema());
    let all: Vec<_> = specs("specs").into_iter().chain(specs("tests/cases/ok")).collect();
    assert!(all.len() > 20, "{} specs", all.len());
    for path in all {
        let of = if path.ends_with("relspec.yaml") { &config } else { &release };
        judge(of, &path);
    }
}

#[test]
fn the_schema_refuses_what_the_structure_lints_refuse() {
    let validator = jsonschema::validator_for(&release_schema()).expect("a valid schema");
    let found = ["unknown-key/typo", "missing-key/several", "wrong-type/unit-that-is-none"].map(|case| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/err").join(case).join("spec.yaml");
        assert!(path.is_file(), "{case}");
        !validator.is_valid(&value(&path))
    });
    assert_eq!(found, [true; 3]);
}
