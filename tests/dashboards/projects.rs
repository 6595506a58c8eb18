//! The projects whose boards are looked at, compiled in memory.

#[path = "../shared/projects.rs"]
mod shared;

use relspec::{Outcome, compile};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A board as Grafana reads it.
pub struct Board {
    /// Where it lies in the output.
    pub path: String,
    /// The dashboard.
    pub json: Value,
    /// Its text.
    pub text: String,
    /// The linter's file beside it.
    pub lint: Value,
}

impl Board {
    /// Every panel, without rows.
    pub fn panels(&self) -> Vec<&Value> {
        elements(&self.json).filter(|panel| panel["type"] != "row").collect()
    }

    /// The panel with that number.
    pub fn panel(&self, id: u32) -> Option<&Value> {
        self.panels().into_iter().find(|panel| panel["id"] == id)
    }
}

/// Rows and panels.
pub fn elements(board: &Value) -> impl Iterator<Item = &Value> {
    board["panels"].as_array().expect("panels").iter()
}

/// The list at a key; nothing where there is none.
pub fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// What a text compiles to. The project has addresses for everything.
pub fn compiled(spec: &str) -> Outcome {
    whole(compile(&shared::of_text(spec)), Path::new("specs/a.yaml"))
}

/// Every project with what it compiles to.
pub fn all() -> Vec<(PathBuf, Outcome)> {
    let of_folder = |folder: PathBuf| {
        let outcome = whole(compile(&shared::of_folder(&folder)), &folder);
        (folder, outcome)
    };
    // A project that names its targets may want no boards.
    let wanted = |outcome: &Outcome| {
        outcome.config.targets.as_ref().is_none_or(|all| all.iter().any(|one| one.value == "grafana"))
    };
    shared::folders().into_iter().map(of_folder).filter(|(_, outcome)| wanted(outcome)).collect()
}

fn whole(outcome: Outcome, path: &Path) -> Outcome {
    assert!(outcome.broken.is_empty(), "{}: {:?}", path.display(), outcome.broken);
    assert!(!outcome.artifacts.is_empty(), "{}: {:?}", path.display(), outcome.findings);
    outcome
}

/// The boards among what was made.
pub fn boards(outcome: &Outcome) -> Vec<Board> {
    let files = || outcome.artifacts.iter().filter(|made| made.target == "grafana").map(|made| &made.file);
    let mut boards = Vec::new();
    for file in files().filter(|file| file.path().ends_with(".json")) {
        let (folder, _) = file.path().rsplit_once('/').expect("a folder");
        let lint =
            files().find(|other| other.path() == format!("{folder}/.lint")).expect("a file for the linter");
        boards.push(Board {
            path: file.path().to_owned(),
            json: serde_json::from_str(file.text()).expect("JSON"),
            text: file.text().to_owned(),
            lint: serde_yaml::from_str(lint.text()).expect("YAML"),
        });
    }
    assert!(!boards.is_empty(), "no board");
    boards
}

/// Every board of every project.
pub fn every_board() -> Vec<Board> {
    let boards: Vec<Board> = all().iter().flat_map(|(_, outcome)| boards(outcome)).collect();
    assert!(boards.len() > 50, "{} boards", boards.len());
    boards
}
