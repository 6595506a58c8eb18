//! What `CONTRIBUTING.md` says about the number of edits. (`tests/lint_pages.rs` does it for lints.)

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

use relspec::spec::release::Language;
use relspec::template::Phrases;
use std::collections::BTreeSet;
use std::path::Path;

/// The names in a folder, without their endings.
fn names(folder: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).expect("a folder");
    let path = entries.map(|entry| entry.expect("an entry").path());
    path.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect()
}

#[test]
fn a_target_is_one_folder_and_one_line() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/target");
    let folders = names("src/target").into_iter().filter(|name| folder.join(name).join("mod.rs").is_file());
    let listed: BTreeSet<String> =
        relspec::target::ALL.iter().map(|target| target.name.replace('-', "_")).collect();
    assert_eq!(folders.collect::<BTreeSet<_>>(), listed);
}

#[test]
fn a_template_is_one_file_and_one_line() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut files = BTreeSet::new();
    for part in ["runbook", "phrases"] {
        let entries =
            walkdir::WalkDir::new(folder.join(part)).into_iter().map(|entry| entry.expect("an entry"));
        let paths = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
        files.extend(paths.map(|path| {
            path.strip_prefix(&folder).expect("below templates").to_str().expect("UTF-8").to_owned()
        }));
    }
    let built_in = relspec::template::built_in();
    assert_eq!(built_in.iter().map(|one| one.name.clone()).collect::<BTreeSet<_>>(), files);
    for one in built_in {
        assert!(!one.summary().is_empty(), "templates/{} does not begin with what it is for", one.name);
    }
}

#[test]
fn a_language_is_one_file_with_the_keys_of_english() {
    let words: BTreeSet<String> =
        names("templates/phrases").into_iter().filter(|name| Language::from_name(name).is_some()).collect();
    assert_eq!(words, names("templates/phrases"), "a file of phrases that no release can choose");
    let of =
        |name: &String| Phrases::of(Language::from_name(name).expect("a language")).expect("phrases").names();
    for name in &words {
        assert_eq!(of(name), of(&"en".to_owned()), "templates/phrases/{name}.yaml");
    }
}

/// A field is one entry of a section: the schema knows it, and with it the reader and the reference.
#[test]
fn a_field_is_in_the_schema_and_in_the_reference() {
    let reference = relspec::spec::reference::markdown();
    for schema in [relspec::spec::release_schema(), relspec::spec::config::config_schema()] {
        let sections = schema["$defs"].as_object().expect("named sections");
        for (name, section) in sections {
            for (key, value) in section["properties"].as_object().into_iter().flatten() {
                assert!(reference.contains(&format!("| `{key}`")), "{name}.{key} is not in the reference");
                assert!(
                    value["description"].as_str().is_some_and(|doc| !doc.is_empty()),
                    "{name}.{key} says nothing"
                );
            }
        }
    }
}

/// A file of tests that nothing declares is never compiled, and its tests pass unrun.
#[test]
fn every_file_of_tests_is_compiled() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = 0;
    for entry in walkdir::WalkDir::new(source) {
        let path = entry.expect("an entry").into_path();
        let Some(folder) = path.parent().filter(|folder| folder.ends_with("tests")) else { continue };
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name");
        if path.extension().is_some_and(|ending| ending == "rs") && name != "mod" {
            let declared = std::fs::read_to_string(folder.join("mod.rs")).expect("mod.rs");
            let line = format!("mod {name};");
            assert!(declared.lines().any(|one| one == line), "{} is in no module", path.display());
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen} files of tests");
}
