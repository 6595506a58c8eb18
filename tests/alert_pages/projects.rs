//! The projects whose pages are looked at, compiled in memory.

use relspec::source::{FileId, find_specs};
use relspec::{Project, compile};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The files of a project, by path.
pub type Files = BTreeMap<String, String>;

const CONFIG: &str = "relspec: 1\nurls: { runbooks: \"https://example.com/generated\", \
                      grafana: \"https://grafana.example.com\", prometheus: \"https://prometheus.example.com\" }\n";

/// What a text compiles to in a project that has addresses for everything.
pub fn compiled(spec: &str) -> Files {
    let mut project = Project::default();
    project.config_file = Some(project.sources.add("relspec.yaml", CONFIG));
    let file = project.sources.add("specs/a.yaml", spec);
    project.spec_files.push(file);
    files(&project, "specs/a.yaml")
}

/// Every project of `tests/cases/ok`, and `specs/`; left out are those that want no pages, and those whose routes go into
/// a team's own file, which changes no page.
pub fn all() -> Vec<(String, Files)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = std::fs::read_dir(root.join("tests/cases/ok")).expect("cases");
    let mut folders: Vec<PathBuf> = cases.map(|entry| entry.expect("a case").path()).collect();
    folders.retain(|folder| !folder.join("alertmanager.yml").is_file());
    folders.sort();
    folders.push(root.join("specs"));
    let named = folders.iter().map(|folder| (folder.display().to_string(), of_folder(folder)));
    named.filter(|(_, files)| files.keys().any(|name| name.ends_with("/runbook/alerts.md"))).collect()
}

fn of_folder(folder: &Path) -> Files {
    let mut project = Project::default();
    let add = |project: &mut Project, path: &Path| -> FileId {
        let text = std::fs::read_to_string(path).expect("a text");
        project.sources.add(path.to_string_lossy().into_owned(), text)
    };
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/relspec.yaml");
    let own = folder.join("relspec.yaml");
    project.config_file = Some(add(&mut project, if own.is_file() { &own } else { &shared }));
    let specs = find_specs(folder).files.into_iter();
    for path in specs.filter(|path| *path != own && !path.starts_with(folder.join("expected"))) {
        let file = add(&mut project, &path);
        project.spec_files.push(file);
    }
    files(&project, &folder.display().to_string())
}

fn files(project: &Project, path: &str) -> Files {
    let outcome = compile(project);
    assert!(outcome.broken.is_empty(), "{path}: {:?}", outcome.broken);
    assert!(!outcome.artifacts.is_empty(), "{path}: {:?}", outcome.findings);
    outcome.artifacts.iter().map(|made| (made.file.path().to_owned(), made.file.text().to_owned())).collect()
}
