//! `docs/contradictions.md` keeps what it says: every lint and every case that it names is there, and its figures add up.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect(path)
}

/// The cells of every row of every table, heads and rules left out.
fn rows(page: &str) -> Vec<Vec<String>> {
    let lines = page.lines().collect::<Vec<_>>();
    let is_rule = |line: &str| line.starts_with("| ---");
    let heads = lines.windows(2).filter(|pair| is_rule(pair[1])).map(|pair| pair[0]).collect::<Vec<_>>();
    let rows = lines.iter().filter(|line| line.starts_with('|') && !is_rule(line) && !heads.contains(line));
    rows.map(|row| row.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// Where the links of a text lead.
fn links(text: &str) -> Vec<&str> {
    text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0)).collect()
}

/// The lint of a row that names one, by its two links: the page of the lint, and a case of that lint.
fn lint(row: &[String]) -> Option<String> {
    let last = row.last().expect("a cell");
    let found = links(last);
    let [page, case] = found.as_slice() else {
        assert!(
            last.starts_with("none: ") && found.is_empty(),
            "neither a lint with its case nor a reason: {last}"
        );
        return None;
    };
    let lint = page.strip_prefix("lints.md#").expect("a page of a lint").to_owned();
    assert!(case.starts_with(&format!("../tests/cases/err/{lint}/")), "{case} is no case of {lint}");
    Some(lint)
}

fn contradictions() -> Vec<Vec<String>> {
    let rows = rows(&text("docs/contradictions.md"));
    rows.into_iter().filter(|row| row.len() == 5).collect()
}

#[test]
fn every_contradiction_names_a_lint_with_a_case_or_says_why_none() {
    let rows = contradictions();
    assert_eq!(rows.len(), 49);
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for row in &rows {
        *counted.entry(lint(row).unwrap_or_else(|| "none".to_owned())).or_default() += 1;
    }
    let page = text("docs/contradictions.md");
    let told: BTreeMap<String, usize> = self::rows(&page)
        .into_iter()
        .filter(|row| row.len() == 2)
        .map(|row| (row[0].clone(), row[1].parse().expect("a number")))
        .collect();
    assert_eq!(told, counted);
    let none = counted["none"];
    assert!(page.contains(&format!("Lints find {} of the 49, and {none} none finds", 49 - none)));
}

#[test]
fn links_lead_to_lints_and_cases_that_are_there() {
    let page = text("docs/contradictions.md");
    let reference = text("docs/lints.md");
    for link in links(&page) {
        if let Some(name) = link.strip_prefix("lints.md#") {
            assert!(relspec::lint::by_name(name).is_some(), "there is no lint {name}");
            assert!(reference.lines().any(|line| line == format!("## {name}")), "{name} has no page");
        } else {
            let path = root().join("docs").join(link);
            assert!(path.exists(), "{link} leads nowhere");
            assert!(
                !link.contains("/cases/") || path.join("expected.txt").is_file(),
                "{link} expects nothing"
            );
        }
    }
}

/// A case that no longer raises its lint fails in `tests/cases.rs`; here, that the document's lines stand in its head.
#[test]
fn every_case_says_which_lines_it_writes_down() {
    let page = text("docs/contradictions.md");
    for link in links(&page).into_iter().filter(|link| link.contains("/cases/")) {
        for entry in std::fs::read_dir(root().join("docs").join(link)).expect(link) {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|end| end == "yaml") {
                let first = std::fs::read_to_string(&path).expect("a spec");
                assert!(first.starts_with("# Line"), "{} does not say which lines it is", shown(&path));
            }
        }
    }
}

/// The lints that the maps of the plans name are there, too.
#[test]
fn maps_of_plans_name_lints_that_are_there() {
    for entry in std::fs::read_dir(root().join("docs/plans")).expect("maps") {
        let path = entry.expect("an entry").path();
        let map = std::fs::read_to_string(&path).expect("a map");
        let mut sections = map.split("| Contradiction | Decided |");
        let table = sections.nth(1).expect("a table of contradictions");
        for row in rows(&format!("| a |\n| --- |\n{table}")).iter().filter(|row| row.len() == 3) {
            let words = row[2].split(|c: char| !(c.is_ascii_lowercase() || c == '-'));
            for word in words.filter(|word| word.contains('-') && word.len() > 8 && !word.starts_with('-')) {
                assert!(relspec::lint::by_name(word).is_some(), "{}: no lint {word}", shown(&path));
            }
        }
    }
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
