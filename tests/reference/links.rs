//! Relative links in the documents lead to files that are there, and those with an anchor to a heading.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn links_of_the_documents_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages: Vec<PathBuf> = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
        .map(|name| root.join(name))
        .into();
    for folder in ["docs", "docs/plans"] {
        let entries =
            fs::read_dir(root.join(folder)).expect("a folder").map(|entry| entry.expect("an entry").path());
        pages.extend(entries.filter(|path| path.extension().is_some_and(|ending| ending == "md")));
    }
    let mut seen = 0;
    for page in pages {
        let text = fs::read_to_string(&page).expect("a page");
        let folder = page.parent().expect("a folder");
        for link in links(&text) {
            seen += 1;
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let to = if file.is_empty() { page.clone() } else { folder.join(file) };
            assert!(to.exists(), "{}: {link} leads nowhere", page.display());
            if !anchor.is_empty() && to.extension().is_some_and(|ending| ending == "md") {
                let there = fs::read_to_string(&to).expect("a page");
                assert!(has_anchor(&there, anchor), "{}: {link} leads to no heading", page.display());
            }
        }
    }
    assert!(seen > 100, "{seen} links");
}

/// What stands in `](…)` outside of code, without what leads out of the repository.
fn links(text: &str) -> Vec<&str> {
    let prose = text.split("\n```").step_by(2).flat_map(|part| part.split('`').step_by(2));
    let links = prose.flat_map(|part| part.split("](").skip(1)).filter_map(|rest| rest.split_once(')'));
    links.map(|(link, _)| link).filter(|link| !link.contains("://") && !link.starts_with("mailto:")).collect()
}

fn has_anchor(page: &str, anchor: &str) -> bool {
    let keep = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
    let of = |heading: &str| {
        let heading = heading.trim_start_matches('#').trim();
        heading.chars().filter(keep).collect::<String>().to_lowercase().replace(' ', "-")
    };
    page.contains(&format!("<a id=\"{anchor}\">"))
        || page.lines().any(|line| line.starts_with('#') && of(line) == anchor)
}
