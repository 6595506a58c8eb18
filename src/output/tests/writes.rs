use std::fs::{self, FileTimes};
use std::time::{Duration, SystemTime};

use super::super::lock;
use super::super::manifest;
use super::*;

#[test]
fn makes_files_folders_and_the_manifest() {
    let dir = folder();
    let out = dir.path().join("deep/generated");
    let artifacts = [yaml("b/c/d.yaml", "a: 1\n"), stamped("README.md", Format::Markdown, "# R\n")];
    let written = build(&out, &artifacts);
    assert_eq!(written.created, names(&["README.md", "b/c/d.yaml", "manifest.json"]));
    assert_eq!(
        tree(&out)["manifest.json"].as_deref().unwrap(),
        "{\n  \"generator\": \"relspec\",\n  \"owns\": [\n    \"README.md\",\n    \"b/c/d.yaml\",\n    \
         \"manifest.json\"\n  ]\n}\n"
    );
    assert_eq!(tree(&out)["b/c/d.yaml"].as_deref(), Some(artifacts[0].text()));
    assert_eq!(tree(&out).len(), 5, "no other file is left: {:?}", tree(&out));
}

#[test]
fn the_order_of_artifacts_does_not_matter() {
    let (a, b) = (yaml("a.yaml", "a: 1\n"), yaml("b.yaml", "b: 1\n"));
    assert_eq!(expected(&[a.clone(), b.clone()]), expected(&[b, a]));
}

#[cfg(unix)]
#[test]
fn others_may_read_what_is_written() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder();
    build(dir.path(), &[yaml("a.yaml", "a: 1\n")]);
    fs::write(dir.path().join("plain"), "").unwrap();
    let mode = |name| fs::metadata(dir.path().join(name)).unwrap().permissions().mode();
    assert_eq!(mode("a.yaml"), mode("plain"));
}

#[test]
fn an_unchanged_file_keeps_its_time() {
    let dir = folder();
    let old = [yaml("a.yaml", "a: 1\n"), yaml("b.yaml", "b: 1\n")];
    build(dir.path(), &old);
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for name in ["a.yaml", "b.yaml", "manifest.json"] {
        let file = fs::File::options().write(true).open(dir.path().join(name)).unwrap();
        file.set_times(FileTimes::new().set_modified(long_ago)).unwrap();
    }
    let written = build(dir.path(), &[old[0].clone(), yaml("b.yaml", "b: 2\n")]);
    assert_eq!(written.changed, names(&["b.yaml"]));
    assert_eq!(written.unchanged, names(&["a.yaml", "manifest.json"]));
    let time = |name| fs::metadata(dir.path().join(name)).unwrap().modified().unwrap();
    assert_eq!(time("a.yaml"), long_ago);
    assert_eq!(time("manifest.json"), long_ago);
    assert!(time("b.yaml") > long_ago);
}

#[test]
fn removes_what_it_no_longer_makes_and_the_folders_left_empty() {
    let dir = folder();
    let out = dir.path();
    build(out, &[yaml("a.yaml", "a: 1\n"), yaml("b/c/d.yaml", "d: 1\n"), yaml("e/f.yaml", "f: 1\n")]);
    fs::write(out.join("e/mine.txt"), "mine").unwrap();
    let written = build(out, &[yaml("a.yaml", "a: 1\n")]);
    assert_eq!(written.removed, names(&["b/c/d.yaml", "e/f.yaml"]));
    assert_eq!(tree(out).into_keys().collect::<Vec<_>>(), ["a.yaml", "e", "e/mine.txt", "manifest.json"]);
}

#[test]
fn a_file_already_removed_by_hand_takes_its_empty_folders_along() {
    let dir = folder();
    let out = dir.path();
    build(out, &[yaml("b/c/d.yaml", "d: 1\n")]);
    fs::remove_dir_all(out.join("b/c")).unwrap();
    assert_eq!(build(out, &[]).removed, names(&[]));
    assert_eq!(tree(out), expected(&[]));
}

#[test]
fn files_and_folders_change_places() {
    let sets = [
        vec![yaml("a", "x: 1\n"), yaml("b/c/d", "x: 1\n"), yaml("E", "x: 1\n")],
        vec![yaml("a/b", "x: 1\n"), yaml("b", "x: 1\n"), yaml("e", "x: 1\n")],
    ];
    let dir = folder();
    for set in [&sets[0], &sets[1], &sets[0]] {
        build(dir.path(), set);
        assert_eq!(tree(dir.path()), expected(set));
    }
}

#[test]
fn leftovers_of_a_killed_build_are_removed() {
    let dir = folder();
    let out = dir.path();
    let artifacts = [yaml("b/c.yaml", "c: 1\n")];
    build(out, &artifacts);
    fs::write(out.join(".relspec-aB3dE.tmp"), "half").unwrap();
    fs::write(out.join("b/.relspec-xyz.tmp"), "half").unwrap();
    build(out, &artifacts);
    assert_eq!(tree(out), expected(&artifacts));
}

#[test]
fn line_ends_of_a_checkout_are_no_change() {
    let dir = folder();
    let out = dir.path();
    let artifacts = [yaml("a.yaml", "a: 1\n"), yaml("b.yaml", "b: 1\n")];
    build(out, &artifacts);
    for name in ["a.yaml", "b.yaml", "manifest.json"] {
        let text = fs::read_to_string(out.join(name)).unwrap().replace('\n', "\r\n");
        fs::write(out.join(name), text).unwrap();
    }
    assert!(super::super::check(out, &artifacts).is_clean());
    assert_eq!(build(out, &artifacts).unchanged.len(), 3);
    assert_eq!(build(out, &artifacts[..1]).removed, names(&["b.yaml"]));
}

#[test]
fn both_sides_of_a_merge_conflict_in_the_manifest_count() {
    let dir = folder();
    let out = dir.path();
    build(out, &[yaml("a.yaml", "a: 1\n"), yaml("b.yaml", "b: 1\n"), yaml("c.yaml", "c: 1\n")]);
    let text = fs::read_to_string(out.join(manifest::NAME)).unwrap();
    let conflict = text.replace(
        "    \"b.yaml\",\n    \"c.yaml\",\n",
        "<<<<<<< ours\n    \"b.yaml\",\n=======\n    \"c.yaml\",\n>>>>>>> theirs\n",
    );
    assert_ne!(text, conflict);
    fs::write(out.join(manifest::NAME), conflict).unwrap();
    let left = [yaml("a.yaml", "a: 1\n")];
    assert_eq!(build(out, &left).removed, names(&["b.yaml", "c.yaml"]));
    assert_eq!(tree(out), expected(&left));
}

#[test]
fn a_manifest_cannot_make_it_remove_other_files() {
    let dir = folder();
    let out = dir.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(dir.path().join("mine.yaml"), yaml("x", "a: 1\n").text()).unwrap();
    let hostile = manifest::render(["../mine.yaml", "/etc/none", "..", "", ".", "a/../../mine.yaml"]);
    fs::write(out.join(manifest::NAME), hostile).unwrap();
    build(&out, &[]);
    assert!(dir.path().join("mine.yaml").exists());
    assert_eq!(tree(&out), expected(&[]));
}

#[test]
fn a_second_build_waits_and_gives_up() {
    let dir = folder();
    let held = lock::exclusive(dir.path(), Duration::ZERO).unwrap();
    let busy = lock::exclusive(dir.path(), Duration::from_millis(30)).unwrap_err();
    assert!(busy.to_string().starts_with("another build is writing to "), "{busy}");
    assert!(lock::shared(dir.path(), Duration::ZERO).is_none());
    drop(held);
    lock::exclusive(dir.path(), Duration::ZERO).unwrap();
    assert!(tree(dir.path()).is_empty(), "the lock leaves no file");
}
