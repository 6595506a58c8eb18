//! The page with a section for each alert: every alert leads to its section, and the section says what to do.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

mod projects;
mod sections;

use projects::{all, compiled};
use std::collections::BTreeSet;

/// The pages whose anchors links must hit.
const CHECKED: [&str; 2] = ["alerts.md", "README.md"];

/// What follows each of `marks` in a text, up to `end`.
fn after<'a>(text: &'a str, mark: &'a str, end: &'a [char]) -> impl Iterator<Item = &'a str> {
    text.split(mark).skip(1).map(move |rest| rest.split(end).next().unwrap_or_default())
}

/// The anchors of a page: its headings, and those that are written.
fn anchors(page: &str) -> BTreeSet<String> {
    let headings = page.lines().filter_map(|line| line.strip_prefix("## ")).map(str::to_ascii_lowercase);
    headings.chain(after(page, "<a id=\"", &['"']).map(str::to_owned)).collect()
}

#[test]
fn every_alert_leads_to_a_section_of_its_own() {
    let mut seen = 0;
    for (path, files) in all() {
        for (rules, text) in files.iter().filter(|(name, _)| name.ends_with(".rules.yaml")) {
            let release = rules.split('/').next().expect("a folder");
            let page = &files[&format!("{release}/runbook/alerts.md")];
            let names: BTreeSet<&str> = after(text, "- alert: ", &['\n']).collect();
            let headings: Vec<&str> = after(page, "\n## ", &['\n']).collect();
            assert_eq!(headings.iter().copied().collect::<BTreeSet<_>>(), names, "{path}: {rules}");
            assert_eq!(headings.len(), names.len(), "{path}: {rules}");
            for url in after(text, "alerts.md#", &['\n']) {
                assert!(anchors(page).contains(url), "{path}: {url}");
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn every_link_within_the_pages_leads_somewhere() {
    for (path, files) in all() {
        for (name, page) in files.iter().filter(|(name, _)| name.ends_with("/runbook/alerts.md")) {
            let folder = name.trim_end_matches("alerts.md");
            for link in after(page, "](", &[')']).filter(|link| !link.contains("://")) {
                let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
                let file = if file.is_empty() { "alerts.md" } else { file };
                let target = files.get(&format!("{folder}{file}"));
                let target = target.unwrap_or_else(|| panic!("{path}: {name}: {link}"));
                let hit = anchor.is_empty() || !CHECKED.contains(&file) || anchors(target).contains(anchor);
                assert!(hit, "{path}: {name}: {link}");
            }
        }
    }
}

#[test]
fn pages_are_tidy() {
    for (path, files) in all() {
        for (name, page) in files.iter().filter(|(name, _)| name.ends_with("/runbook/alerts.md")) {
            assert!(!page.contains("\n\n\n"), "{path}: {name}: two blank lines");
            assert!(page.ends_with('\n') && !page.ends_with("\n\n"), "{path}: {name}: its end");
            for line in page.lines() {
                assert!(!line.ends_with(' '), "{path}: {name}: a blank at the end of {line:?}");
            }
            let lines: Vec<&str> = page.lines().collect();
            for pair in lines.windows(2).filter(|pair| pair[1].starts_with("#") || pair[0].starts_with("#")) {
                let code = pair[0].starts_with("# ") && pair[1].starts_with("#");
                assert!(pair.contains(&"") || code, "{path}: {name}: {pair:?}");
            }
        }
    }
}

#[test]
fn the_same_spec_gives_the_same_page() {
    let page = || compiled(sections::SPEC)["example/runbook/alerts.md"].clone();
    assert_eq!(page(), page());
}
