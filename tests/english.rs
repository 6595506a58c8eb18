//! One release in two languages: `examples/english` says in English what `specs/` says in Chinese. Both come from one set of
//! templates, and whatever is no prose is the same in both.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

#[path = "english/editions.rs"]
mod editions;
#[path = "english/pages.rs"]
mod pages;
#[path = "english/same.rs"]
mod same;

use editions::{Edition, chinese, english};
use relspec::output::{self, Stamped, WriteOptions};
use same::{has_cjk, same, same_facts};
use std::path::Path;

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/english"))
}

/// `UPDATE=1` writes the files; so does `relspec build --project examples/english`.
#[test]
fn the_generated_files_are_fresh() {
    let files: Vec<Stamped> = english().outcome.artifacts.iter().map(|made| made.file.clone()).collect();
    let out = folder().join("generated");
    if std::env::var_os("UPDATE").is_some() {
        output::write(&out, &files, WriteOptions::default()).expect("the files can be written");
    }
    let report = output::check(&out, &files);
    let found: Vec<&str> = report.differences.iter().map(|one| one.path.as_str()).collect();
    assert!(report.is_clean(), "run `UPDATE=1 cargo test --test english`: {found:?} {:?}", report.problems);
}

#[test]
fn both_specs_state_the_same_facts() {
    let (english, chinese) = (english().document(), chinese().document());
    let mut faults = Vec::new();
    same("", &chinese, &english, &mut faults);
    same_facts("", &chinese, &english, &mut faults);
    faults.retain(|fault| !fault.starts_with(".release.language:"));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn neither_is_refused_or_warned_of() {
    use relspec::diag::Severity;
    for edition in [english(), chinese()] {
        let told: Vec<_> =
            edition.outcome.findings.iter().filter(|one| one.severity > Severity::Info).collect();
        assert!(told.is_empty() && edition.outcome.broken.is_empty(), "{told:#?}");
    }
}

/// Rules, routes and boards: names, expressions, waits, labels, thresholds, panel numbers and links.
#[test]
fn what_machines_read_differs_in_texts_only() {
    let (english, chinese) = (english(), chinese());
    assert_eq!(english.paths(), chinese.paths());
    let mut faults = Vec::new();
    let mut compared = 0;
    for path in chinese.paths() {
        let (Some(ours), Some(theirs)) = (chinese.parsed(path), english.parsed(path)) else { continue };
        same(path, &ours, &theirs, &mut faults);
        compared += 1;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(compared >= 5, "rules, their manifest, routes and boards: {compared}");
}

#[test]
fn the_alerts_are_the_same() {
    let alerts = |edition: &Edition| {
        let file = edition.parsed("dynamic-mode-switching/prometheus/dynamic-mode-switching.rules.yaml");
        let file = file.expect("a rule file");
        let groups = file["groups"].as_array().expect("groups").clone();
        let rules = groups.iter().flat_map(|group| group["rules"].as_array().expect("rules").clone());
        let bare = rules.map(|mut rule| {
            if let Some(texts) = rule.get_mut("annotations").and_then(|texts| texts.as_object_mut()) {
                texts.retain(|key, _| !matches!(key.as_str(), "summary" | "description"));
            }
            rule
        });
        bare.collect::<Vec<_>>()
    };
    let (english, chinese) = (alerts(&english()), alerts(&chinese()));
    assert!(english.len() > 40, "{}", english.len());
    assert_eq!(english, chinese);
}

#[test]
fn the_pages_have_the_same_parts() {
    let (english, chinese) = (english(), chinese());
    let mut pages = 0;
    for path in chinese.paths().into_iter().filter(|path| path.ends_with(".md")) {
        let [ours, theirs] = [&chinese, &english].map(|edition| pages::skeleton(edition.text(path)));
        assert!(ours == theirs, "{path}:\n{}", pages::difference(&ours, &theirs));
        pages += 1;
    }
    assert!(pages >= 3, "the release, its alerts and the front page");
}

#[test]
fn the_ladders_have_the_same_parts() {
    let (english, chinese) = (english(), chinese());
    for path in chinese.paths().into_iter().filter(|path| path.ends_with(".svg")) {
        let [ours, theirs] = [&chinese, &english].map(|edition| pages::drawing(edition.text(path)));
        assert_eq!(ours, theirs, "{path}");
    }
}

#[test]
fn the_english_edition_has_no_chinese_in_it() {
    let mut seen = 0;
    for entry in walkdir::WalkDir::new(folder()) {
        let path = entry.expect("an entry").into_path();
        let Some(text) = path.is_file().then(|| std::fs::read_to_string(&path).expect("a text")) else {
            continue;
        };
        let line = text.lines().find(|line| has_cjk(line));
        assert!(line.is_none(), "{}: {}", path.display(), line.unwrap_or_default());
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}

/// The Chinese spec has English words of its own (names, commands), but no whole phrase of the English templates.
#[test]
fn the_chinese_edition_has_no_english_phrase_in_it() {
    let phrases = pages::phrases_of_three_words();
    assert!(phrases.len() > 5, "{phrases:?}");
    let chinese = chinese();
    for path in chinese.paths() {
        let text = chinese.text(path);
        let found = phrases.iter().find(|phrase| text.contains(phrase.as_str()));
        assert!(found.is_none(), "{path}: {found:?}");
    }
}
