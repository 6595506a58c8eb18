//! The pages of `docs/` that the program prints are what it prints today. `UPDATE=1` writes them.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

#[path = "reference/links.rs"]
mod links;
#[path = "reference/parts.rs"]
mod parts;
#[path = "reference/structs.rs"]
mod structs;

use std::path::Path;
use std::process::Command;

#[test]
fn language() {
    check("docs/language.md", &["schema", "--reference"]);
}

#[test]
fn lints() {
    check("docs/lints.md", &["explain", "--all"]);
}

fn check(page: &str, arguments: &[&str]) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_relspec")).args(arguments).output().expect("relspec can be run");
    assert!(output.status.success(), "relspec {} failed", arguments.join(" "));
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &printed).expect("the page can be written");
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == printed, "{page} is not what `relspec {}` prints; run `make docs`", arguments.join(" "));
}

/// Links inside a page lead to one of its headings.
#[test]
fn links_of_the_reference_lead_somewhere() {
    let page = relspec::spec::reference::markdown();
    let keep = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
    let anchor = |heading: &str| {
        heading.chars().filter(keep).collect::<String>().trim().to_lowercase().replace(' ', "-")
    };
    let headings: Vec<String> =
        page.lines().filter_map(|line| line.strip_prefix("### ")).map(anchor).collect();
    let links: Vec<&str> =
        page.split("](#").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link).collect();
    assert!(links.len() > 20, "the tables link to each other");
    for link in links {
        assert_eq!(headings.iter().filter(|heading| *heading == link).count(), 1, "#{link}");
    }
}
