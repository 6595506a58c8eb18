//! A build that stops after any of its steps does no harm, and the next one makes everything right.

use super::super::steps::{self, Worker};
use super::super::survey::survey;
use super::super::{Intact, MANIFEST, check, is_intact, manifest};
use super::*;

fn sets() -> [Vec<Stamped>; 3] {
    [
        vec![
            yaml("a.yaml", "a: 1\n"),
            yaml("old/deep/b.yaml", "b: 1\n"),
            yaml("c", "c: 1\n"),
            yaml("D", "d: 1\n"),
        ],
        vec![
            yaml("a.yaml", "a: 2\n"),
            yaml("new/deep/b.yaml", "b: 1\n"),
            yaml("c/x", "c: 1\n"),
            yaml("d", "d: 1\n"),
        ],
        vec![yaml("e.yaml", "e: 1\n"), yaml("old", "o: 1\n"), yaml("new/b.yaml", "b: 1\n")],
    ]
}

/// Starts to build and dies after `count` steps; `false` when the build has no more steps than that.
fn die_after(out: &Path, artifacts: &[Stamped], count: usize) -> bool {
    let seen = survey(out, artifacts, &|_| false);
    assert_eq!(seen.problems, []);
    steps::sweep(out, &seen.union).unwrap();
    let wide = manifest::render(seen.union.iter().map(String::as_str));
    let plan = steps::plan(&seen, &wide);
    let all: Vec<_> = plan.prepare.into_iter().chain(plan.commit).collect();
    let mut worker = Worker::new(out);
    worker.run(&all[..count.min(all.len())]).unwrap();
    worker.die();
    count < all.len()
}

fn assert_unharmed(out: &Path, known: &[&[Stamped]]) {
    let found = tree(out);
    let owned = found
        .get(MANIFEST)
        .map(|text| manifest::parse(text.as_deref().unwrap()).unwrap())
        .unwrap_or_default();
    for (path, text) in found {
        let temporary = path.rsplit('/').next().is_some_and(|name| name.starts_with(".relspec-"));
        let (Some(text), false, false) = (text, temporary, path == MANIFEST) else { continue };
        assert_eq!(is_intact(text.as_bytes()), Intact::Ours, "{path}");
        assert!(owned.contains(&path), "the manifest must know {path}");
        let made = known.iter().copied().flatten();
        assert!(
            made.into_iter().any(|a| a.path() == path && a.text() == text),
            "{path} is neither old nor new"
        );
    }
}

#[test]
fn stopping_after_any_step_is_healed_by_any_next_build() {
    let [first, second, third] = sets();
    for next in [&first, &second, &third, &vec![]] {
        let right = expected(next);
        for count in 0.. {
            let dir = folder();
            build(dir.path(), &first);
            let more = die_after(dir.path(), &second, count);
            assert_unharmed(dir.path(), &[&first, &second]);
            assert_eq!(check(dir.path(), next).problems, []);
            build(dir.path(), next);
            assert_eq!(tree(dir.path()), right, "after {count} steps");
            assert!(check(dir.path(), next).is_clean());
            if !more {
                break;
            }
        }
    }
}

#[test]
fn two_builds_in_a_row_that_stop_are_healed() {
    let [first, second, third] = sets();
    let right = expected(&first);
    for one in (0..20).step_by(3) {
        for two in (0..20).step_by(2) {
            let dir = folder();
            die_after(dir.path(), &second, one);
            die_after(dir.path(), &third, two);
            assert_unharmed(dir.path(), &[&second, &third]);
            build(dir.path(), &first);
            assert_eq!(tree(dir.path()), right, "after {one} and {two} steps");
        }
    }
}
