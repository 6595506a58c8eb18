//! The projects whose pages are looked at, compiled in memory.

#[path = "../shared/projects.rs"]
mod shared;

use relspec::{Project, compile};
use std::collections::BTreeMap;
use std::path::PathBuf;

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
    built("specs/a.yaml".to_owned(), &shared::of_text(spec))
}

/// Every project with pages.
pub fn all() -> Vec<Built> {
    let of_folder = |folder: PathBuf| built(folder.display().to_string(), &shared::of_folder(&folder));
    let mut all: Vec<Built> = shared::folders().into_iter().map(of_folder).collect();
    all.extend([compiled(FULL), compiled(LEAST), compiled(&FULL.replace("language: en", "language: zh-CN"))]);
    all.retain(|built| built.pages().next().is_some());
    assert!(all.len() > 20, "{} projects", all.len());
    all
}

fn built(name: String, project: &Project) -> Built {
    let outcome = compile(project);
    assert!(outcome.broken.is_empty(), "{name}: {:?}", outcome.broken);
    assert!(!outcome.artifacts.is_empty(), "{name}: {:?}", outcome.findings);
    let specs = project.spec_files.iter().map(|file| project.sources.get(*file).text.clone());
    let files =
        outcome.artifacts.iter().map(|made| (made.file.path().to_owned(), made.file.text().to_owned()));
    Built { name, specs: specs.collect(), files: files.collect() }
}
