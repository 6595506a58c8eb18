//! The projects whose pages are looked at, compiled in memory.

use relspec::source::{FileId, find_specs, find_templates};
use relspec::{Outcome, Project, compile};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a project is made from and what it becomes.
pub struct Built {
    /// The folder, or a made-up name.
    pub name: String,
    /// The texts of its specs.
    pub specs: Vec<String>,
    /// Every file by its path.
    pub files: BTreeMap<String, String>,
}

impl Built {
    /// The Markdown pages: paths and texts.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        let pages = self.files.iter().filter(|(path, _)| path.ends_with(".md"));
        pages.map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The page of its only release.
    pub fn release_page(&self) -> &str {
        let mut pages = self.pages().filter(|(path, _)| path.ends_with("/runbook/README.md"));
        let page = pages.next().expect("a release page").1;
        assert!(pages.next().is_none(), "{}: several releases", self.name);
        page
    }
}

/// A release that says everything once, in English.
pub const FULL: &str = include_str!("full.yaml");

/// A release that says no more than it must.
pub const LEAST: &str = "relspec: 1
release: { id: least, title: Least, service: shop, version: 2.0.0, owner: web, strategy: watch }
metrics:
  tickets: { title: Tickets, watch: daily, unit: count, manual: Count them. }
stages:
  - id: watching
";

/// What a text compiles to. The project has addresses for everything.
pub fn compiled(spec: &str) -> Built {
    let mut project = Project::default();
    let config = "relspec: 1\nurls: { runbooks: \"https://example.com/generated\", grafana: \"https://grafana.example.com\", prometheus: \"https://prometheus.example.com\" }\n";
    project.config_file = Some(project.sources.add("relspec.yaml", config));
    let file = project.sources.add("specs/a.yaml", spec);
    project.spec_files.push(file);
    built("specs/a.yaml".to_owned(), vec![spec.to_owned()], compile(&project))
}

/// Every project with pages.
pub fn all() -> Vec<Built> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = std::fs::read_dir(root.join("tests/cases/ok")).expect("cases");
    let mut folders: Vec<PathBuf> = cases.map(|entry| entry.expect("a case").path()).collect();
    folders.sort();
    folders.push(root.join("specs"));
    let mut all: Vec<Built> = folders.iter().map(|folder| of_folder(folder)).collect();
    all.extend([compiled(FULL), compiled(LEAST), compiled(&FULL.replace("language: en", "language: zh-CN"))]);
    all.retain(|built| built.pages().next().is_some());
    assert!(all.len() > 20, "{} projects", all.len());
    all
}

fn of_folder(folder: &Path) -> Built {
    let mut project = Project::default();
    let read = |path: &Path| std::fs::read_to_string(path).expect("a text");
    let add = |project: &mut Project, path: &Path| -> FileId {
        project.sources.add(path.to_string_lossy().into_owned(), read(path))
    };
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/relspec.yaml");
    let own = folder.join("relspec.yaml");
    project.config_file = Some(add(&mut project, if own.is_file() { &own } else { &shared }));
    let mut texts = Vec::new();
    relspec::cli::load::alertmanager(&mut project, folder);
    let others = [own, folder.join("alertmanager.yml")];
    let specs = find_specs(folder).files.into_iter();
    for path in specs.filter(|path| !others.contains(path) && !path.starts_with(folder.join("expected"))) {
        let file = add(&mut project, &path);
        project.spec_files.push(file);
        texts.push(read(&path));
    }
    for path in find_templates(&folder.join("templates")) {
        let file = add(&mut project, &path);
        project.template_files.push(file);
    }
    built(folder.display().to_string(), texts, compile(&project))
}

fn built(name: String, specs: Vec<String>, outcome: Outcome) -> Built {
    assert!(outcome.broken.is_empty(), "{name}: {:?}", outcome.broken);
    assert!(!outcome.artifacts.is_empty(), "{name}: {:?}", outcome.findings);
    let files =
        outcome.artifacts.iter().map(|made| (made.file.path().to_owned(), made.file.text().to_owned()));
    Built { name, specs, files: files.collect() }
}
