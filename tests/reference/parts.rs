//! Parts of handwritten pages that are made from the source: what templates are given, and the kinds of receivers. Each
//! stands between `<!-- made from the source: NAME -->` and `<!-- end -->`. `UPDATE=1` writes them.

use super::structs::structs;
use relspec::ladder::Level;
use relspec::spec::grouping::Grouping;
use relspec::spec::receiver::table::{Field, KINDS, Kind, Takes};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the pages lie whose fields templates can name: their first one, then the rest.
const SCENE: &str = "src/target/runbook/mod.rs";
const PAGES: &str = "src/plan/runbook";

#[test]
fn what_templates_are_given() {
    let mut parts = structs(&root().join(SCENE));
    parts.retain(|part| part.name != "Index");
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(root().join(PAGES))
        .into_iter()
        .map(|entry| entry.expect("an entry").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .collect();
    files.sort();
    files.iter().for_each(|file| parts.extend(structs(file)));
    parts.sort_by_key(|part| (part.name != "Scene", part.name != "Runbook", part.name.clone()));
    let names: BTreeSet<String> = parts.iter().map(|part| part.name.clone()).collect();
    assert!(names.contains("Step") && names.contains("AlertPage"), "{names:?}");
    let tables: Vec<String> = parts.iter().map(|part| part.table(&names)).collect();
    check("docs/templates.md", "fields", &tables.join("\n"));
}

#[test]
fn filters_and_functions_are_all_told() {
    let source = fs::read_to_string(root().join("src/template/environment.rs")).expect("the environment");
    let page = fs::read_to_string(root().join("docs/templates.md")).expect("the page");
    let quoted = |line: &str| line.split('"').nth(1).map(str::to_owned);
    let added = source
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("pages.add_f") || line.ends_with("),") && line.contains(", words::"));
    let names: Vec<String> = added.filter_map(quoted).collect();
    assert!(names.len() >= 15, "{names:?}");
    for name in names {
        assert!(page.contains(&format!("| `{name}")), "docs/templates.md does not tell of `{name}`");
    }
}

/// One test for both parts of that page, since each writes all of it.
#[test]
fn waits_and_kinds_of_receivers() {
    let mut waits = String::from(
        "| level | a first alert waits | a changed group waits | told again after |\n| --- | --- | --- | --- |\n",
    );
    for level in Level::ALL.into_iter().rev() {
        let of = Grouping::of(level);
        let [wait, interval, repeat] = [of.wait(), of.interval(), of.repeat()];
        let cells = [wait.text(), interval.text(), repeat.text()].join(" | ");
        let _ = writeln!(waits, "| `{}` | {cells} |", level.name());
    }
    check("docs/alertmanager.md", "waits", &waits);
    let mut kinds = String::from(
        "| kind | since | needed | secrets, each in a file | later fields |\n| --- | --- | --- | --- | --- |\n",
    );
    KINDS.iter().for_each(|kind| kinds.push_str(&row(kind)));
    check("docs/alertmanager.md", "kinds", &kinds);
}

fn row(kind: &Kind) -> String {
    let secret =
        |name: &str| kind.part.fields.iter().any(|f| f.name == name && matches!(f.takes, Takes::Secret(_)));
    let code = |name: &&str| format!("`{name}`");
    let choice = |names: &&[&str]| {
        let open: Vec<String> = names.iter().filter(|name| !secret(name)).map(code).collect();
        open.join(" or ")
    };
    let needed: Vec<String> = kind.part.one_of.iter().map(choice).collect();
    let file = |field: &Field| match field.takes {
        Takes::Secret(file) => Some(format!("`{file}`")),
        _ => None,
    };
    let secrets: Vec<String> = kind.part.fields.iter().filter_map(file).collect();
    let later = kind.part.fields.iter().filter(|field| field.since > kind.since && !secret(field.name));
    let later: Vec<String> = later.map(|field| format!("`{}` 0.{}", field.name, field.since)).collect();
    let since = if kind.since <= 25 { "0.25 or before".to_owned() } else { format!("0.{}", kind.since) };
    let cells = [format!("`{}`", kind.name), since, needed.join(", "), secrets.join(", "), later.join(", ")];
    format!(
        "|{}|\n",
        cells.map(|cell| if cell.is_empty() { " ".into() } else { format!(" {cell} ") }).join("|")
    )
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn check(page: &str, name: &str, made: &str) {
    let path = root().join(page);
    let there = fs::read_to_string(&path).expect("the page");
    let mark = format!("<!-- made from the source: {name} -->\n");
    let start = there.find(&mark).expect("the page has that part") + mark.len();
    let end = start + there[start..].find("<!-- end -->").expect("the part ends");
    let right = format!("{}\n{}\n\n{}", &there[..start], made.trim_end(), &there[end..]);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &right).expect("the page can be written");
    } else {
        assert!(there == right, "{page} is not what the source says; run `make docs`");
    }
}
