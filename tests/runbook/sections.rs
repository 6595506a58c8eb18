//! A section is there where the release has something to say, and only there.

use super::markdown::{Part, read};
use super::projects::{FULL, LEAST, compiled};
use relspec::source::find_templates;
use relspec::template::BUILT_IN;

fn headings(page: &str, level: u8) -> Vec<String> {
    let parts = read(page).parts.into_iter();
    let own = parts.filter_map(|part| match part {
        Part::Heading(of, text) if of == level => Some(text),
        _ => None,
    });
    own.collect()
}

#[test]
fn sections_stand_in_their_order() {
    let wanted = [
        "Stages at a glance",
        "Contacts and escalation",
        "Before the release",
        "Stage 1: First users",
        "Stage 2: canary-50",
        "Stage 3: full",
        "Metrics",
        "Roll back",
        "Checklists",
        "Scenarios",
        "Timeline",
        "Acceptance",
        "After the release",
        "Reports",
        "Meetings",
        "Risks",
        "Deliverables",
        "Notes",
        "Waivers",
    ];
    let built = compiled(FULL);
    assert_eq!(headings(built.release_page(), 2), wanted);
}

#[test]
fn a_release_that_says_little_has_a_short_page() {
    let built = compiled(LEAST);
    let page = built.release_page();
    assert_eq!(headings(page, 1), ["Least · release plan"]);
    assert_eq!(headings(page, 2), ["Stages at a glance", "Metrics"], "{page}");
    assert_eq!(headings(page, 3), ["Measured by hand"]);
    assert!(!page.contains("[!CAUTION]") && !page.contains("mermaid"), "{page}");
}

#[test]
fn a_section_without_content_is_absent() {
    let sections = [
        ("timeline", "Timeline"),
        ("acceptance", "Acceptance"),
        ("after", "After the release"),
        ("reports", "Reports"),
        ("meetings", "Meetings"),
        ("risks", "Risks"),
        ("deliverables", "Deliverables"),
        ("notes", "Notes"),
        ("allow", "Waivers"),
    ];
    let whole: serde_yaml::Value = serde_yaml::from_str(FULL).expect("YAML");
    for (key, title) in sections {
        let mut spec = whole.clone();
        let gone = spec.as_mapping_mut().expect("a mapping").remove(key);
        assert!(gone.is_some(), "{key} is not in the whole release");
        let built = compiled(&serde_yaml::to_string(&spec).expect("YAML"));
        let with = headings(compiled(FULL).release_page(), 2);
        let left: Vec<_> = with.into_iter().filter(|heading| heading != title).collect();
        assert_eq!(headings(built.release_page(), 2), left, "{key}");
    }
}

#[test]
fn a_project_can_replace_every_template() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in BUILT_IN {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, text).expect("a file");
    }
    assert_eq!(find_templates(folder.path()).len(), BUILT_IN.len());
}
