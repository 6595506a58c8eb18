//! Whole projects in folders, and what becomes of them, byte for byte.
//!
//! - `tests/cases/ok/<situation>/` holds specs (and `alertmanager.yml`, where its `relspec.yaml` names it) and `expected/`: the files that are made, and `findings.txt` where a
//!   reader is told something. There is no error and no warning. promtool judges before bytes are compared. Of the
//!   files only those of the targets that the folder's file `targets` names are expected; without it, rules and routes.
//! - `tests/cases/err/<lint>/<situation>/` holds specs and `expected.txt`: the findings as a terminal shows them.
//!
//! A folder without a `relspec.yaml` of its own takes the one of `tests/cases`. `UPDATE=1` rewrites what is expected.

use libtest_mimic::{Arguments, Failed, Trial};
use relspec::diag::Severity;
use relspec::diag::terminal::{self, Style};
use relspec::source::{Sources, find_specs, find_templates};
use relspec::{Outcome, Project, compile, lint};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

type Files = BTreeMap<String, String>;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut trials = vec![
        Trial::test("every lint has a case, and every folder a lint", {
            let root = root.clone();
            move || every_lint_has_a_case(&root)
        }),
        Trial::test("what is expected has a spec", {
            let root = root.clone();
            move || no_orphan(&root)
        }),
    ];
    for folder in folders(&root.join("ok")) {
        trials.push(Trial::test(format!("ok/{}", name(&folder)), move || ok(&folder)));
    }
    for of_lint in folders(&root.join("err")) {
        for folder in folders(&of_lint) {
            let lint = name(&of_lint);
            trials.push(Trial::test(format!("err/{lint}/{}", name(&folder)), move || err(&folder, &lint)));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(of).into_iter().flatten();
    let mut found: Vec<_> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn updates() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// The project of a folder, its findings dated so that waivers expire on a known day.
fn project(folder: &Path) -> Result<Project, Failed> {
    let mut project = Project { today: Some(jiff::civil::date(2026, 3, 1)), ..Project::default() };
    let own = folder.join("relspec.yaml").is_file();
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let config = if own { folder } else { shared.as_path() };
    match project.sources.read(config, Path::new("relspec.yaml")) {
        Ok(file) => project.config_file = Some(file),
        Err(fault) => project.unread.push(fault),
    }
    relspec::cli::load::alertmanager(&mut project, folder);
    let specs = specs(folder);
    if specs.is_empty() {
        return Err(format!("{} holds no spec", folder.display()).into());
    }
    for spec in &specs {
        match project.sources.read(folder, spec) {
            Ok(id) => project.spec_files.push(id),
            Err(fault) => project.unread.push(fault),
        }
    }
    for path in find_templates(&folder.join("templates")) {
        match project.sources.read(folder, path.strip_prefix(folder)?) {
            Ok(id) => project.template_files.push(id),
            Err(fault) => project.unread.push(fault),
        }
    }
    Ok(project)
}

/// The specs of a folder, relative to it.
fn specs(folder: &Path) -> Vec<PathBuf> {
    let relative = |path: PathBuf| path.strip_prefix(folder).map_or(path.clone(), Path::to_path_buf);
    let own = ["relspec.yaml", "alertmanager.yml"];
    let folders = ["expected", "templates"];
    let other = |path: &Path| {
        own.iter().any(|own| path == Path::new(own)) || folders.iter().any(|folder| path.starts_with(folder))
    };
    let found = find_specs(folder).files.into_iter().map(relative);
    found.filter(|path| !other(path)).collect()
}

fn told(outcome: &Outcome, sources: &Sources) -> Result<String, Failed> {
    let mut text = Vec::new();
    terminal::render(&outcome.findings, sources, Style::default(), &mut text)?;
    Ok(String::from_utf8(text)?)
}

fn ok(folder: &Path) -> Result<(), Failed> {
    let project = project(folder)?;
    let outcome = compile(&project);
    let told = told(&outcome, &project.sources)?;
    if outcome.findings.iter().any(|finding| finding.severity != Severity::Info) {
        return Err(told.into());
    }
    if !outcome.broken.is_empty() {
        return Err(outcome.broken.iter().map(|fault| format!("{fault}\n")).collect::<String>().into());
    }
    let targets = std::fs::read_to_string(folder.join("targets"))
        .unwrap_or_else(|_| "prometheus alertmanager".to_owned());
    let mut files: Files = outcome
        .artifacts
        .iter()
        .filter(|made| targets.split_whitespace().any(|target| target == made.target))
        .map(|made| (made.file.path().to_owned(), made.file.text().to_owned()))
        .collect();
    if files.is_empty() {
        return Err("nothing was made".into());
    }
    judged(&files)?;
    if !told.is_empty() {
        files.insert("findings.txt".to_owned(), told);
    }
    compare(&folder.join("expected"), &files)
}

fn err(folder: &Path, lint: &str) -> Result<(), Failed> {
    let project = project(folder)?;
    let outcome = compile(&project);
    let told = told(&outcome, &project.sources)?;
    if !outcome.findings.iter().any(|finding| finding.lint == lint) {
        return Err(format!("{lint} is not among the findings:\n{told}").into());
    }
    if let Some(broken) = outcome.broken.first() {
        return Err(broken.to_string().into());
    }
    let path = folder.join("expected.txt");
    if updates() {
        std::fs::write(path, told)?;
        return Ok(());
    }
    same("expected.txt", &std::fs::read_to_string(path).unwrap_or_default(), &told)
}

/// The consumers' own tools on every rule file and every configuration of Alertmanager.
fn judged(files: &Files) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let is_configuration = |path: &str| path.contains("alertmanager/") && !path.ends_with(".test.yaml");
    let configurations = files.iter().filter(|(path, _)| is_configuration(path));
    for (path, text) in configurations {
        let file = folder.path().join("alertmanager.yml");
        std::fs::write(&file, text)?;
        let output = Command::new("amtool").arg("check-config").arg(&file).output().map_err(|fault| {
            format!(
                "amtool is missing: run \"make test\", or apt-get install prometheus-alertmanager ({fault})"
            )
        })?;
        if !output.status.success() {
            let text = [output.stdout, output.stderr].concat();
            return Err(format!("amtool on {path}:\n{}", String::from_utf8_lossy(&text)).into());
        }
    }
    let mut rules = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rules.yaml")) {
        let file = folder.path().join(path.replace('/', "-"));
        std::fs::write(&file, text)?;
        rules.push(file);
    }
    for promtool in promtools() {
        let output = Command::new(&promtool)
            .args(["check", "rules", "--lint=all", "--lint-fatal"])
            .args(&rules)
            .output()
            .map_err(|fault| {
                let shown = promtool.display();
                format!("{shown} is missing: run \"make test\", or apt-get install prometheus ({fault})")
            })?;
        if !output.status.success() {
            let text = [output.stdout, output.stderr].concat();
            return Err(format!("{}:\n{}", promtool.display(), String::from_utf8_lossy(&text)).into());
        }
    }
    Ok(())
}

/// The promtool on the path, and those that `RELSPEC_PROMTOOLS` names.
fn promtools() -> Vec<PathBuf> {
    let more = std::env::var_os("RELSPEC_PROMTOOLS").unwrap_or_default();
    let more = std::env::split_paths(&more).filter(|path| !path.as_os_str().is_empty());
    std::iter::once(PathBuf::from("promtool")).chain(more).collect()
}

fn compare(folder: &Path, files: &Files) -> Result<(), Failed> {
    if updates() {
        return write(folder, files);
    }
    let expected = read(folder)?;
    let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) = (files.keys().collect(), expected.keys().collect());
    let (extra, missing): (Vec<_>, Vec<_>) =
        (ours.difference(&theirs).collect(), theirs.difference(&ours).collect());
    if !extra.is_empty() || !missing.is_empty() {
        return Err(format!("made but not expected: {extra:?}; expected but not made: {missing:?}").into());
    }
    files.iter().try_for_each(|(path, text)| same(path, &expected[path], text))
}

fn read(folder: &Path) -> Result<Files, Failed> {
    let mut files = Files::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let relative = entry.path().strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
            files.insert(relative, std::fs::read_to_string(entry.path())?);
        }
    }
    Ok(files)
}

fn write(folder: &Path, files: &Files) -> Result<(), Failed> {
    if folder.is_dir() {
        std::fs::remove_dir_all(folder)?;
    }
    for (path, text) in files {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap_or(folder))?;
        std::fs::write(file, text)?;
    }
    Ok(())
}

fn same(what: &str, expected: &str, found: &str) -> Result<(), Failed> {
    if expected == found {
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(expected, found);
    let diff = diff.unified_diff().header("expected", "found").to_string();
    Err(format!("{what} differs; UPDATE=1 rewrites it\n{diff}").into())
}

fn every_lint_has_a_case(root: &Path) -> Result<(), Failed> {
    let found: BTreeSet<_> = folders(&root.join("err"))
        .iter()
        .filter(|folder| !folders(folder).is_empty())
        .map(|folder| name(folder))
        .collect();
    let known: BTreeSet<_> = lint::ALL.iter().map(|lint| lint.name.to_owned()).collect();
    let (unknown, without): (Vec<_>, Vec<_>) =
        (found.difference(&known).collect(), known.difference(&found).collect());
    if unknown.is_empty() && without.is_empty() {
        return Ok(());
    }
    Err(format!("folders of no lint: {unknown:?}; lints without a case: {without:?}").into())
}

/// A case whose specs were renamed or removed would otherwise pass unseen.
fn no_orphan(root: &Path) -> Result<(), Failed> {
    let cases = folders(&root.join("ok"))
        .into_iter()
        .chain(folders(&root.join("err")).into_iter().flat_map(|lint| folders(&lint)));
    let empty: Vec<_> = cases.filter(|folder| specs(folder).is_empty()).collect();
    if empty.is_empty() { Ok(()) } else { Err(format!("no spec in {empty:?}").into()) }
}
