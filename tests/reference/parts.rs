//! Parts of handwritten pages that are made from the source: what templates are given, and the kinds of receivers. Each
//! stands between `<!-- made from the source: NAME -->` and `<!-- end -->`. `UPDATE=1` writes them.

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
    check("docs/templates.md", "fields", &format!("\n{}", tables.join("\n")));
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

#[test]
fn kinds_of_receivers() {
    let mut table = String::from(
        "\n| kind | since | needed | secrets, each in a file | later fields |\n| --- | --- | --- | --- | --- |\n",
    );
    KINDS.iter().for_each(|kind| table.push_str(&row(kind)));
    check("docs/alertmanager.md", "kinds", &table);
}

#[test]
fn waits_of_levels() {
    let mut table = String::from(
        "\n| level | a first alert waits | a changed group waits | told again after |\n| --- | --- | --- | --- |\n",
    );
    for level in Level::ALL.into_iter().rev() {
        let of = Grouping::of(level);
        let _ =
            writeln!(table, "| `{}` | {} | {} | {} |", level.name(), of.wait(), of.interval(), of.repeat());
    }
    check("docs/alertmanager.md", "waits", &table);
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

/// A struct that templates see.
struct Part {
    name: String,
    doc: String,
    fields: Vec<(String, String, String)>,
}

impl Part {
    fn table(&self, names: &BTreeSet<String>) -> String {
        let mut text = format!(
            "### {}\n\n{}\n\n| name | value | what it is |\n| --- | --- | --- |\n",
            self.name, self.doc
        );
        for (name, of, doc) in &self.fields {
            let _ =
                writeln!(text, "| `{name}` | {} | {doc} |", value(of, &self.name, names).replace('|', "\\|"));
        }
        text
    }
}

/// The structs of a file that are serialised, with the comments of their fields.
fn structs(file: &Path) -> Vec<Part> {
    let text = fs::read_to_string(file).expect("a source");
    let (mut parts, mut doc, mut open, mut seen): (Vec<Part>, String, bool, bool) = Default::default();
    for line in text.lines() {
        let code = line.trim();
        if let Some(comment) = code.strip_prefix("/// ") {
            doc = if doc.is_empty() { comment.to_owned() } else { format!("{doc} {comment}") };
            continue;
        }
        if code.starts_with("#[derive(") {
            seen = code.contains("Serialize");
            continue;
        }
        let head = code.trim_start_matches("pub ").strip_prefix("struct ").filter(|_| seen);
        if let Some(head) = head {
            let name = head.split(['<', ' ']).next().unwrap_or(head).to_owned();
            parts.push(Part { name, doc: doc.clone(), fields: Vec::new() });
            open = true;
        } else if line == "}" {
            (open, seen) = (false, false);
        } else if let Some((name, of)) = code.trim_start_matches("pub ").split_once(": ").filter(|_| open) {
            let of = of.trim_end_matches(',').to_owned();
            assert!(!doc.is_empty(), "{}: {name} has no comment", file.display());
            parts.last_mut().expect("an open struct").fields.push((name.to_owned(), of, doc.clone()));
        }
        doc.clear();
    }
    parts
}

/// A type in words.
fn value(of: &str, own: &str, names: &BTreeSet<String>) -> String {
    let inside = |wrap: &str| of.strip_prefix(wrap).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return format!("{} (or none)", value(inner, own, names));
    }
    if let Some(inner) = inside("Vec<") {
        return format!("list: {}", value(inner, own, names));
    }
    if let Some(inner) = of.strip_prefix("&'a [").and_then(|rest| rest.strip_suffix(']')) {
        return format!("list: {}", value(inner, own, names));
    }
    if let Some((_, inner)) = inside("BTreeMap<").and_then(|inner| inner.split_once(", ")) {
        return format!("mapping: {}", value(inner, own, names));
    }
    if let Some(inner) = inside("Row<") {
        return format!("`key` and `value`: {}", value(inner, own, names));
    }
    if let Some((first, second)) = of.strip_prefix('(').and_then(|of| of.strip_suffix(')')?.split_once(", "))
    {
        return format!("pair: {} and {}", value(first, own, names), value(second, own, names));
    }
    match of.trim_start_matches("&'a ").trim_start_matches("&'static ") {
        "String" | "str" | "Text" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" | "u64" => "number".to_owned(),
        "Release" => "the keys of [`release`](language.md#release)".to_owned(),
        "Deliverable" => "the keys of [a deliverable](language.md#deliverablesid)".to_owned(),
        "Self" => link(own),
        name if names.contains(name) => link(name),
        other => panic!("no words for the type {other}"),
    }
}

fn link(name: &str) -> String {
    format!("[{name}](#{})", name.to_lowercase())
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
