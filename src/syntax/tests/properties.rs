use proptest::prelude::*;

use super::read;
use crate::syntax::{Kind, Node, span_within};

const SPEC: &str = "relspec: 1\nrelease: &r\n  title: 缩略图 3.0 # 注\n  steps: [a, \"b\\n\", 'c''d']\nexpr: |\n  sum(\n    \
                    up)\nwhy: >-\n  one\n  two\n\n  three\ncopy: *r\nlong: plain\n  text\n";

fn check(text: &str) {
    let read = read(text);
    assert!(read.tree.is_some() || !read.findings.is_empty());
    let spans = read.findings.iter().flat_map(|finding| &finding.labels).map(|label| label.span);
    for span in spans {
        assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    }
    assert!(read.findings.iter().all(|finding| !finding.labels.is_empty() && finding.help.is_some()));
    if let Some(tree) = &read.tree {
        walk(&read.sources, text, tree);
    }
}

fn walk(sources: &crate::source::Sources, text: &str, node: &Node) {
    assert!(text.get(node.span.range()).is_some(), "{:?} in {text:?}", node.span);
    match &node.kind {
        Kind::Null => {}
        Kind::Scalar(scalar) => {
            for (at, c) in scalar.text.char_indices() {
                let span = span_within(sources, node, at..at + c.len_utf8());
                assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
            }
        }
        Kind::Sequence(items) => items.iter().for_each(|item| walk(sources, text, item)),
        Kind::Mapping(entries) => entries.iter().for_each(|entry| {
            assert!(text.get(entry.key.span.range()).is_some());
            walk(sources, text, &entry.value);
        }),
    }
}

proptest! {
    #[test]
    fn any_text_is_survived(text in "\\PC{0,60}") {
        check(&text);
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        check(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn signs_of_yaml_are_survived(text in "[ \\n\\t\\r:,&*!%@`|>'\"\\[\\]{}?#a中0<\\\\.-]{0,40}") {
        check(&text);
    }

    #[test]
    fn a_mutated_spec_is_survived(at in 0..SPEC.len(), length in 0..12_usize, put in "[ \\n\\t\\r:,&*!|>'\"\\[{?#a中0\\\\-]{0,4}") {
        let boundary = |at: usize| (0..=at.min(SPEC.len())).rev().find(|at| SPEC.is_char_boundary(*at)).unwrap_or(0);
        let (start, end) = (boundary(at), boundary(at + length));
        check(&format!("{}{put}{}", &SPEC[..start], &SPEC[end..]));
    }
}
