//! Whatever an author writes where the language wants words, every file stays what it is: the same rules, panels, blocks,
//! lists and tables as with plain words, and nothing of the text becomes markup.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

mod data;
mod page;
mod text;

use proptest::prelude::*;
use relspec::output::{Intact, is_intact};
use relspec::{Project, compile};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const CONFIG: &str = "relspec: 1\nurls: { runbooks: \"https://example.com/generated\", \
                      grafana: \"https://grafana.example.com\", prometheus: \"https://prometheus.example.com\" }\n";

/// The files of a release, by path.
fn built(spec: &str) -> BTreeMap<String, String> {
    let mut project = Project::default();
    project.config_file = Some(project.sources.add("relspec.yaml", CONFIG));
    let file = project.sources.add("specs/example.yaml", spec);
    project.spec_files.push(file);
    let outcome = compile(&project);
    assert!(outcome.broken.is_empty(), "{:?}", outcome.broken);
    assert!(!outcome.artifacts.is_empty(), "{:?}", outcome.findings);
    let files =
        outcome.artifacts.iter().map(|made| (made.file.path().to_owned(), made.file.text().to_owned()));
    files.collect()
}

/// What plain words give, in each language.
static PLAIN: LazyLock<[BTreeMap<String, String>; 2]> = LazyLock::new(|| {
    LANGUAGES
        .map(|language| built(&text::release(language, |place, own| format!("{own} {}", text::mark(place)))))
});

const LANGUAGES: [&str; 2] = ["en", "zh-CN"];

/// Compares every file with the one that plain words give.
fn compare(plain: &BTreeMap<String, String>, hostile: &BTreeMap<String, String>) {
    let paths = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(plain), paths(hostile));
    for (path, hostile) in hostile {
        let plain = &plain[path];
        assert_eq!(is_intact(hostile.as_bytes()), Intact::Ours, "{path}");
        match path.rsplit('.').next() {
            Some("md") => page::same(path, plain, hostile),
            Some("svg") => data::same_picture(path, plain, hostile),
            Some("json") => {
                let json = |text: &str| serde_json::from_str(text).expect("JSON");
                data::same(path, &json(plain), &json(hostile));
            }
            _ => data::same(path, &data::yaml(plain), &data::yaml(hostile)),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_becomes_anything_else(
        language in 0..2_usize,
        texts in proptest::collection::vec((text::hostile(), text::hostile()), text::places()),
    ) {
        let spec = text::release(LANGUAGES[language], |place, _| {
            let (before, after) = &texts[place];
            format!("{before}{}{after}", text::mark(place))
        });
        compare(&PLAIN[language], &built(&spec));
    }
}

#[test]
fn each_piece_alone_becomes_nothing_else() {
    for (number, piece) in text::PIECES.iter().enumerate() {
        let spec = text::release("en", |place, _| match (place + number) % 3 {
            0 => format!("{piece}{}", text::mark(place)),
            1 => format!("{}{piece}", text::mark(place)),
            _ => format!("{piece}{}{piece}", text::mark(place)),
        });
        compare(&PLAIN[0], &built(&spec));
    }
}

/// Text that is escaped in pieces has no address in it, and a backslash that should stop markup becomes part of a link.
#[test]
fn an_address_stays_whole_before_markup() {
    for piece in ["https://example.com/a|b</text>", "https://example.com/<!--", "https://example.com/a_b*c*"]
    {
        let spec = text::release("en", |place, _| format!("{piece}{}", text::mark(place)));
        compare(&PLAIN[0], &built(&spec));
    }
}
