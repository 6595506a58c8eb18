//! `manifest.json`: the paths that this program owns, one a line, so that branches merge.
//!
//! It ends in its own name, so that every other path ends in a comma and adding one changes no line but its own.
//! Reading it goes line by line: both sides of a merge conflict count, and the next build writes it clean. A path in it
//! is only a claim. Before anything is removed the file itself must show that it is ours.

use std::collections::BTreeSet;

use serde_json::Value;

use super::paths;

/// The name of the manifest, in the output folder itself.
pub const NAME: &str = "manifest.json";

const GENERATOR: &str = r#""generator": "relspec""#;

/// The text of a manifest that lists these paths.
pub(super) fn render<'a>(owned: impl IntoIterator<Item = &'a str>) -> String {
    let sorted: BTreeSet<&str> = owned.into_iter().collect();
    let mut text = format!("{{\n  {GENERATOR},\n  \"owns\": [\n");
    for path in sorted {
        text.push_str(&format!("    {},\n", Value::from(path)));
    }
    text.push_str(&format!("    {}\n  ]\n}}\n", Value::from(NAME)));
    text
}

/// The paths that a manifest lists, without those that would lead out of the folder; `None` when it is not ours.
pub(super) fn parse(text: &str) -> Option<BTreeSet<String>> {
    let ours = text.lines().any(|line| line.trim().trim_end_matches(',') == GENERATOR);
    ours.then(|| text.lines().filter_map(path_in).filter(|path| paths::is_allowed(path)).collect())
}

fn path_in(line: &str) -> Option<String> {
    serde_json::from_str(line.trim().trim_end_matches(',')).ok()
}
