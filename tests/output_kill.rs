//! Real processes that write are killed at random moments, and two of them write at once.
//!
//! This binary calls itself: with `RELSPEC_TEST_OUT` set, the test `child` writes to that folder until it is killed.

#![allow(clippy::unwrap_used, reason = "helpers of tests; a panic is how they fail")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use relspec::output::{Artifact, Format, Intact, MANIFEST, Stamped, WriteOptions, check, is_intact, write};
use walkdir::WalkDir;

const OUT: &str = "RELSPEC_TEST_OUT";
const SETS: &str = "RELSPEC_TEST_SETS";
const ROUNDS: &str = "RELSPEC_TEST_ROUNDS";
const KILLS: usize = 120;

/// Two sets that share some paths, differ in others, and need folders where the other has files.
fn set(which: usize) -> Vec<Stamped> {
    let large = format!("# {}\n", "x".repeat(40)).repeat(2000);
    let own = if which == 0 { "first" } else { "second" };
    let mut files = vec![
        ("shared.yaml".to_owned(), Format::Yaml, format!("set: {which}\n{large}")),
        ("board.json".to_owned(), Format::Json, format!("{{\"set\": {which}}}\n")),
        ("README.md".to_owned(), Format::Markdown, "# The same in both\n".to_owned()),
        (if which == 0 { "place" } else { "place/inner" }.to_owned(), Format::Yaml, "a: 1\n".to_owned()),
    ];
    for number in 0..6 {
        let body = format!("set: {which}\nfile: {number}\n");
        files.push((format!("{own}/rules/{number}.yaml"), Format::Yaml, body));
    }
    let stamp = |(path, format, body)| Stamped::new(&Artifact { path, format, body }, "specs/a.yaml");
    files.into_iter().map(stamp).collect()
}

fn start(out: &Path, sets: &str, rounds: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture"])
        .envs([(OUT, out.to_str().unwrap()), (SETS, sets), (ROUNDS, rounds)])
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn child() {
    let Ok(out) = std::env::var(OUT) else { return };
    let sets: Vec<usize> = std::env::var(SETS).unwrap().split(',').map(|set| set.parse().unwrap()).collect();
    let rounds: usize = std::env::var(ROUNDS).unwrap().parse().unwrap();
    for which in sets.iter().cycle().take(rounds) {
        write(Path::new(&out), &set(*which), WriteOptions::default()).unwrap();
    }
}

/// All files with their text, without the folders.
fn files(out: &Path) -> BTreeMap<String, String> {
    let entries = WalkDir::new(out).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    entries
        .map(|entry| {
            let path = entry.path().strip_prefix(out).unwrap().to_str().unwrap().to_owned();
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

/// Every file is wholly old or new, and nothing would stop the next build.
fn assert_unharmed(out: &Path) {
    let sets = [set(0), set(1)];
    for (path, text) in files(out) {
        let temporary = path.rsplit('/').next().is_some_and(|name| name.starts_with(".relspec-"));
        if path == MANIFEST || temporary {
            continue;
        }
        assert_eq!(is_intact(text.as_bytes()), Intact::Ours, "{path}");
        assert!(sets.iter().flatten().any(|made| made.path() == path && made.text() == text), "{path}");
    }
    assert_eq!(check(out, &sets[0]).problems, []);
    assert_eq!(check(out, &sets[1]).problems, []);
}

fn assert_is_exactly(out: &Path, which: usize) {
    let mut found = files(out);
    assert!(found.remove(MANIFEST).is_some());
    let made: BTreeMap<String, String> =
        set(which).iter().map(|made| (made.path().to_owned(), made.text().to_owned())).collect();
    assert_eq!(found.keys().collect::<Vec<_>>(), made.keys().collect::<Vec<_>>());
    assert!(found == made, "the texts differ");
    assert!(check(out, &set(which)).is_clean());
}

/// Spreads the kills over a build; which ones are drawn does not matter.
fn random_below(limit: u64) -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    (u64::from(now.subsec_nanos()).wrapping_mul(6_364_136_223_846_793_005) >> 20) % limit
}

#[test]
fn a_killed_build_leaves_whole_files_and_the_next_one_heals() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("generated");
    let mut interrupted = 0;
    for kill in 0..KILLS {
        let mut child = start(&out, "0,1", "1000000");
        // The process takes a few milliseconds to start; a build takes some more.
        sleep(Duration::from_micros(3_000 + random_below(60_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_unharmed(&out);
        interrupted += usize::from(!check(&out, &set(0)).is_clean() && !check(&out, &set(1)).is_clean());
        if kill % 4 == 3 {
            let which = kill / 4 % 2;
            write(&out, &set(which), WriteOptions::default()).unwrap();
            assert_is_exactly(&out, which);
        }
    }
    write(&out, &set(0), WriteOptions::default()).unwrap();
    assert_is_exactly(&out, 0);
    assert!(interrupted > KILLS / 10, "only {interrupted} kills came in the middle of a build");
}

#[test]
fn two_builds_at_once_leave_one_of_the_two_results() {
    for _ in 0..5 {
        let dir = tempfile::tempdir().unwrap();
        let mut both =
            [start(dir.path(), "0", "6"), start(dir.path(), "1", "6"), start(dir.path(), "0,1", "6")];
        for child in &mut both {
            assert!(child.wait().unwrap().success());
        }
        let first = check(dir.path(), &set(0)).is_clean();
        assert_is_exactly(dir.path(), usize::from(!first));
    }
}
