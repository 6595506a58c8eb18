//! Both editions of the release, compiled with the same addresses.

use relspec::{Outcome, Project, compile};
use serde_json::Value;
use std::path::Path;

const SPEC: &str = "specs/dynamic-mode-switching.yaml";

/// One edition of the release.
pub struct Edition {
    text: String,
    /// What it compiles to.
    pub outcome: Outcome,
}

/// The edition of `examples/english`.
pub fn english() -> Edition {
    edition("examples/english")
}

/// The edition of `specs/`, alone.
pub fn chinese() -> Edition {
    edition("")
}

fn edition(folder: &str) -> Edition {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect(path);
    let text = read(&Path::new(folder).join(SPEC).to_string_lossy());
    let mut project = Project::default();
    let config = project.sources.add("relspec.yaml", read("examples/english/relspec.yaml"));
    project.config_file = Some(config);
    let spec = project.sources.add(SPEC, text.clone());
    project.spec_files.push(spec);
    Edition { text, outcome: compile(&project) }
}

impl Edition {
    /// The spec as any YAML reader sees it.
    pub fn document(&self) -> Value {
        serde_yaml::from_str(&self.text).expect("YAML")
    }

    /// The paths of all files that are made, in order.
    pub fn paths(&self) -> Vec<&str> {
        self.outcome.artifacts.iter().map(|made| made.file.path()).collect()
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> &str {
        let found = self.outcome.artifacts.iter().find(|made| made.file.path() == path);
        found.expect("a file of this path").file.text()
    }

    /// The content of a file that is YAML or JSON.
    pub fn parsed(&self, path: &str) -> Option<Value> {
        let text = self.text(path);
        let ending = Path::new(path).extension().and_then(|ending| ending.to_str());
        match ending {
            Some("json") => Some(serde_json::from_str(text).expect("JSON")),
            Some("yaml" | "yml") => Some(serde_yaml::from_str(text).expect("YAML")),
            _ => None,
        }
    }
}
