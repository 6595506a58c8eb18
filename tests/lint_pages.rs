//! Every lint's page: the bad example raises exactly that lint, the good one nothing, with all lints running.
//!
//! Examples are fragments. What they leave out is taken from a clean release; `# without <section>` in an example keeps
//! that section out, and `# file: <path>` begins another file.

use libtest_mimic::{Arguments, Failed, Trial};
use relspec::diag::{Diagnostic, Sink};
use relspec::lint::{self, Context, Lint};
use relspec::source::Sources;
use relspec::spec::{self, Config};
use relspec::template::Templates;
use std::collections::BTreeSet;
use std::process::ExitCode;

/// The sections of a clean release, in the order of the language.
const RELEASE: [(&str, &str); 5] = [
    ("relspec", "relspec: 1\n"),
    ("release", "release: { id: example, title: Example, service: shop, version: 2.0.0, owner: web }\n"),
    ("scope", "scope:\n  canary:   { deployment: shop-canary }\n  baseline: { deployment: shop-stable }\n"),
    (
        "metrics",
        "metrics:\n  failed_uploads:\n    title: Failed uploads\n    unit: ratio\n    ratio: { bad: 'uploads_total{ok=\"no\"}', total: \
         uploads_total }\n    normal:   { max: 1% }\n    warn:     { above: 2% }\n    rollback: { above: 5% }\n",
    ),
    (
        "stages",
        "stages:\n  - { id: canary-5, traffic: 5%, lasts: 2d, approve: lead }\n  - { id: full, traffic: 100%, lasts: 72h }\n",
    ),
];

/// The sections of a project file that is nothing to complain about.
const PROJECT: [(&str, &str); 2] = [
    ("relspec", "relspec: 1\n"),
    (
        "urls",
        "urls: { runbooks: \"https://example.com/generated\", grafana: \"https://grafana.example.com\" }\n",
    ),
];

/// The files of `src/lint` that are not lints.
const OTHERS: [&str; 6] = ["context", "doc", "mod", "shared", "waive", "words"];

fn main() -> ExitCode {
    let mut trials = vec![
        Trial::test("every file is a lint", every_file_is_listed),
        Trial::test("names are words with hyphens", names_are_plain),
    ];
    for lint in lint::ALL {
        trials.push(Trial::test(format!("{}: page", lint.name), || has_sections(lint)));
        trials.push(Trial::test(format!("{}: bad", lint.name), || bad(lint)));
        trials.push(Trial::test(format!("{}: good", lint.name), || good(lint)));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn every_file_is_listed() -> Result<(), Failed> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lint");
    let files = std::fs::read_dir(folder)?.filter_map(|entry| {
        let path = entry.ok()?.path();
        let is_rust = path.extension().is_some_and(|end| end == "rs");
        is_rust.then(|| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()))?
    });
    let files: BTreeSet<_> = files.filter(|name| !OTHERS.contains(&name.as_str())).collect();
    let listed: BTreeSet<_> = lint::ALL.iter().map(|lint| lint.name.replace('-', "_")).collect();
    same(&files, &listed, "files", "listed lints")
}

fn names_are_plain() -> Result<(), Failed> {
    let plain = |name: &str| {
        name.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()))
    };
    let odd: Vec<_> = lint::ALL.iter().map(|lint| lint.name).filter(|name| !plain(name)).collect();
    if odd.is_empty() { Ok(()) } else { Err(format!("not words with hyphens: {odd:?}").into()) }
}

fn has_sections(lint: &Lint) -> Result<(), Failed> {
    let page = page(lint);
    let summary = page.lines().next().unwrap_or_default();
    if !summary.ends_with('.') {
        return Err(format!("the page begins with one sentence, not with {summary:?}").into());
    }
    let found: Vec<_> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let wanted = vec!["What", "Why", "Bad", "Good"];
    if found == wanted { Ok(()) } else { Err(format!("sections are {found:?}").into()) }
}

fn bad(lint: &Lint) -> Result<(), Failed> {
    let found = findings(&example(lint, "Bad")?);
    let names: BTreeSet<_> = found.iter().map(|one| one.lint.to_owned()).collect();
    let wanted = BTreeSet::from([lint.name.to_owned()]);
    let unplaced: Vec<_> = found.iter().filter(|one| one.labels.is_empty()).map(|one| &one.message).collect();
    if !unplaced.is_empty() {
        return Err(format!("without a place: {unplaced:?}").into());
    }
    same(&names, &wanted, "found", "wanted")
        .map_err(|fault| format!("{}\n{}", text(&fault), told(&found)).into())
}

fn good(lint: &Lint) -> Result<(), Failed> {
    let found = findings(&example(lint, "Good")?);
    if found.is_empty() { Ok(()) } else { Err(told(&found).into()) }
}

fn same(found: &BTreeSet<String>, wanted: &BTreeSet<String>, ours: &str, theirs: &str) -> Result<(), Failed> {
    let (more, less): (Vec<_>, Vec<_>) =
        (found.difference(wanted).collect(), wanted.difference(found).collect());
    if more.is_empty() && less.is_empty() {
        return Ok(());
    }
    Err(format!("only {ours}: {more:?}; only {theirs}: {less:?}").into())
}

fn text(fault: &Failed) -> &str {
    fault.message().unwrap_or_default()
}

fn told(found: &[Diagnostic]) -> String {
    found.iter().map(|one| format!("{}: {} {:?}\n", one.lint, one.message, one.help)).collect()
}

/// The `//!` lines of a lint's file.
fn page(lint: &Lint) -> String {
    let lines = lint.source.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

/// The files of one example, completed.
fn example(lint: &Lint, section: &str) -> Result<Vec<(String, String)>, Failed> {
    let page = page(lint);
    let (_, rest) = page.split_once(&format!("## {section}\n")).ok_or("no such section")?;
    let (_, rest) = rest.split_once("```yaml\n").ok_or("no example")?;
    let (body, _) = rest.split_once("```").ok_or("the example does not end")?;
    let mut files: Vec<(String, String)> = Vec::new();
    for line in body.lines() {
        if let Some(path) = line.strip_prefix("# file: ") {
            files.push((path.trim().to_owned(), String::new()));
            continue;
        }
        if files.is_empty() {
            files.push(("specs/example.yaml".to_owned(), String::new()));
        }
        if let Some((_, text)) = files.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    if !files.iter().any(|(path, _)| is_spec(path)) {
        files.push(("specs/example.yaml".to_owned(), String::new()));
    }
    if !files.iter().any(|(path, _)| path == "relspec.yaml") {
        files.push(("relspec.yaml".to_owned(), String::new()));
    }
    Ok(files.into_iter().map(|(path, text)| (path.clone(), completed(&path, text))).collect())
}

fn is_template(path: &str) -> bool {
    path.starts_with("templates/")
}

/// The text with every section that it lacks. A fragment that is no mapping is left as it is.
fn completed(path: &str, text: String) -> String {
    if is_template(path) {
        return text;
    }
    let sections: &[(&str, &str)] = match path {
        "relspec.yaml" => &PROJECT,
        "alertmanager.yml" => &[],
        _ => &RELEASE,
    };
    let has = |key: &str| {
        let begins = |line: &str, mark: &str| {
            line.strip_prefix(mark).is_some_and(|rest| rest.starts_with(':') || mark.starts_with('#'))
        };
        text.lines().any(|line| begins(line, key) || line == format!("# without {key}"))
    };
    let missing = sections.iter().filter(|(key, _)| !has(key)).map(|(_, section)| *section);
    let missing: String = missing.collect();
    missing + &text
}

/// Whether a file is neither the project's, nor the team's own for Alertmanager, nor a template.
fn is_spec(path: &str) -> bool {
    !is_template(path) && !["relspec.yaml", "alertmanager.yml"].contains(&path)
}

/// Everything that reading and all lints find.
fn findings(files: &[(String, String)]) -> Vec<Diagnostic> {
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let (mut config, mut specs) = (Config::default(), Vec::new());
    for (path, text) in files.iter().filter(|(path, _)| path == "relspec.yaml") {
        let file = sources.add(path.clone(), text.clone());
        config = spec::config::read(&sources, file, &mut found);
    }
    let mut templates = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| is_template(path)) {
        templates.push(sources.add(path.clone(), text.clone()));
    }
    // Templates are judged as they are taken; what they are is no matter here.
    let _ = Templates::new(&sources, &templates, &mut found);
    for (path, text) in files.iter().filter(|(path, _)| path == "alertmanager.yml") {
        let file = sources.add(path.clone(), text.clone());
        config.own = spec::alertmanager::read_for_merging(&sources, file, &mut found);
    }
    for (path, text) in files.iter().filter(|(path, _)| is_spec(path)) {
        let file = sources.add(path.clone(), text.clone());
        specs.extend(spec::read(&sources, file, &config, &mut found));
    }
    let mut sink = Sink::default();
    sink.extend(found);
    lint::run(&specs, &Context { sources: &sources, config: &config }, &mut sink);
    lint::settle(&specs, Some(jiff::civil::date(2026, 3, 1)), &mut sink);
    sink.into_sorted()
}
