//! Tests of the output folder, each in a folder of its own.

mod check;
mod kill;
mod refusals;
mod stamps;
mod writes;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;
use walkdir::WalkDir;

use super::{Artifact, Format, Reason, Stamped, WriteFault, WriteOptions, Written, write};

const SOURCE: &str = "specs/thumbnailer.yaml";

fn yaml(path: &str, body: &str) -> Stamped {
    stamped(path, Format::Yaml, body)
}

fn stamped(path: &str, format: Format, body: &str) -> Stamped {
    let artifact = Artifact { path: path.to_owned(), format, body: body.to_owned() };
    Stamped::new(&artifact, SOURCE)
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn build(out: &Path, artifacts: &[Stamped]) -> Written {
    write(out, artifacts, WriteOptions::default()).unwrap()
}

fn force(out: &Path, artifacts: &[Stamped]) -> Result<Written, WriteFault> {
    write(out, artifacts, WriteOptions { force: true })
}

/// The reasons of a build that must be refused, with paths relative to the output folder, sorted by path.
fn refusal(out: &Path, result: Result<Written, WriteFault>) -> Vec<(String, Reason)> {
    let Err(WriteFault::Refused(problems)) = result else { panic!("must be refused: {result:?}") };
    let relative = |path: &str| {
        let rest = path.strip_prefix(out.to_str().unwrap()).unwrap();
        rest.trim_start_matches('/').to_owned()
    };
    let mut reasons: Vec<_> = problems.into_iter().map(|p| (relative(&p.path), p.reason)).collect();
    reasons.sort_by(|a, b| a.0.cmp(&b.0));
    reasons
}

fn refused(out: &Path, artifacts: &[Stamped]) -> Vec<(String, Reason)> {
    let before = tree(out);
    let reasons = refusal(out, write(out, artifacts, WriteOptions::default()));
    assert_eq!(before, tree(out), "a refused build must write nothing");
    reasons
}

/// Everything below a folder: files with their text, folders and links without.
fn tree(out: &Path) -> BTreeMap<String, Option<String>> {
    WalkDir::new(out)
        .min_depth(1)
        .into_iter()
        .flatten()
        .map(|entry| {
            let path = entry.path().strip_prefix(out).unwrap().to_str().unwrap().to_owned();
            let text = entry.file_type().is_file().then(|| fs::read_to_string(entry.path()).unwrap());
            (path, text)
        })
        .collect()
}

/// The tree that a build of these artifacts into an empty folder makes.
fn expected(artifacts: &[Stamped]) -> BTreeMap<String, Option<String>> {
    let fresh = folder();
    build(fresh.path(), artifacts);
    tree(fresh.path())
}

fn names(paths: &[&str]) -> Vec<String> {
    paths.iter().map(|&path| path.to_owned()).collect()
}
