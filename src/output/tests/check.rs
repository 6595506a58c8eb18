use std::fs;

use super::super::{Kind, check};
use super::*;

fn kinds(out: &Path, artifacts: &[Stamped]) -> Vec<(String, Kind)> {
    check(out, artifacts).differences.into_iter().map(|found| (found.path, found.kind)).collect()
}

#[test]
fn a_folder_that_was_just_built_is_clean() {
    let dir = folder();
    let artifacts = [yaml("a/b.yaml", "a: 1\n"), yaml("c.yaml", "c: 1\n")];
    build(dir.path(), &artifacts);
    assert!(check(dir.path(), &artifacts).is_clean());
}

#[test]
fn everything_is_missing_from_a_folder_that_does_not_exist() {
    let dir = folder();
    let out = dir.path().join("generated");
    let found = check(&out, &[yaml("a.yaml", "a: 1\n")]);
    assert_eq!(found.problems, []);
    assert_eq!(found.differences[0].kind, Kind::Missing);
    assert!(found.differences[0].diff.starts_with("--- /dev/null\n+++ "), "{}", found.differences[0].diff);
    assert_eq!(found.differences[1].path, "manifest.json");
    assert!(!out.exists());
}

#[test]
fn tells_what_is_missing_changed_and_extra_and_writes_nothing() {
    let dir = folder();
    let out = dir.path();
    build(out, &[yaml("changed.yaml", "a: 1\n"), yaml("extra.yaml", "b: 1\n"), yaml("same.yaml", "c: 1\n")]);
    let before = tree(out);
    let next = [yaml("changed.yaml", "a: 2\n"), yaml("missing.yaml", "d: 1\n"), yaml("same.yaml", "c: 1\n")];
    let told = [
        ("changed.yaml", Kind::Changed),
        ("extra.yaml", Kind::Extra),
        ("manifest.json", Kind::Changed),
        ("missing.yaml", Kind::Missing),
    ];
    assert_eq!(kinds(out, &next), told.map(|(path, kind)| (path.to_owned(), kind)));
    assert_eq!(tree(out), before);
    let diff = &check(out, &next).differences[0].diff;
    let name = format!("{}/changed.yaml", out.display());
    assert!(diff.starts_with(&format!("--- {name}\n+++ {name}\n@@ ")), "{diff}");
    assert!(diff.contains("\n-a: 1\n"), "{diff}");
    assert!(diff.contains("\n+a: 2\n"), "{diff}");
}

#[test]
fn a_hand_edit_is_a_difference_and_a_problem() {
    let dir = folder();
    let out = dir.path();
    let artifacts = [yaml("a.yaml", "a: 1\n")];
    build(out, &artifacts);
    fs::write(out.join("a.yaml"), artifacts[0].text().to_owned() + "mine: 1\n").unwrap();
    let found = check(out, &artifacts);
    assert!(found.differences[0].diff.ends_with(" a: 1\n-mine: 1\n"), "{}", found.differences[0].diff);
    assert_eq!(found.problems[0].reason, Reason::Edited);
}

#[test]
fn a_long_diff_is_cut_and_says_so() {
    let dir = folder();
    let body: String = (0..1000).map(|line| format!("a{line}: 1\n")).collect();
    let diff = check(dir.path(), &[yaml("a.yaml", &body)]).differences.swap_remove(0).diff;
    assert_eq!(diff.lines().count(), 201);
    assert!(diff.ends_with("\n… and 805 more lines\n"), "{}", &diff[diff.len() - 100..]);
}

#[test]
fn agrees_with_what_a_build_does() {
    let dir = folder();
    let out = dir.path();
    build(out, &[yaml("a", "a: 1\n"), yaml("b/c", "c: 1\n"), yaml("d", "d: 1\n")]);
    let next = [yaml("a/x", "a: 1\n"), yaml("b", "c: 1\n"), yaml("d", "d: 2\n")];
    let mut told: Vec<String> = kinds(out, &next).into_iter().map(|(path, _)| path).collect();
    let written = build(out, &next);
    let mut done = [written.created, written.changed, written.removed].concat();
    told.sort();
    done.sort();
    assert_eq!(told, done);
    assert!(check(out, &next).is_clean());
}
