//! The projects that tests compile in memory: those of `tests/cases/ok`, `specs/`, and single texts.

use relspec::Project;
use relspec::source::{FileId, find_specs, find_templates};
use std::path::{Path, PathBuf};

const CONFIG: &str = "relspec: 1\nurls: { runbooks: \"https://example.com/generated\", \
                      grafana: \"https://grafana.example.com\", prometheus: \"https://prometheus.example.com\" }\n";

/// A release in a project that has addresses for everything.
pub fn of_text(spec: &str) -> Project {
    let mut project = Project::default();
    project.config_file = Some(project.sources.add("relspec.yaml", CONFIG));
    project.spec_files.push(project.sources.add("specs/a.yaml", spec));
    project
}

/// The folder of each project that builds, those of the cases first.
pub fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = std::fs::read_dir(root.join("tests/cases/ok")).expect("cases");
    let mut folders: Vec<PathBuf> = cases.map(|entry| entry.expect("a case").path()).collect();
    folders.sort();
    folders.push(root.join("specs"));
    folders
}

/// The project of a folder, with everything that its own build would read.
pub fn of_folder(folder: &Path) -> Project {
    let mut project = Project::default();
    let add = |project: &mut Project, path: &Path| -> FileId {
        let text = std::fs::read_to_string(path).expect("a text");
        project.sources.add(path.to_string_lossy().into_owned(), text)
    };
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/relspec.yaml");
    let own = folder.join("relspec.yaml");
    project.config_file = Some(add(&mut project, if own.is_file() { &own } else { &shared }));
    relspec::cli::load::alertmanager(&mut project, folder);
    for path in find_templates(&folder.join("templates")) {
        let file = add(&mut project, &path);
        project.template_files.push(file);
    }
    let others = [own, folder.join("alertmanager.yml")];
    let apart = [folder.join("expected"), folder.join("templates")];
    let is_spec =
        |path: &PathBuf| !others.contains(path) && !apart.iter().any(|apart| path.starts_with(apart));
    for path in find_specs(folder).files.into_iter().filter(is_spec) {
        let file = add(&mut project, &path);
        project.spec_files.push(file);
    }
    project
}
