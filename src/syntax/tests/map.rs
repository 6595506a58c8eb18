use super::read;
use crate::syntax::span_within;

/// The source of every character of the value `/a`, one by one, and of `words` in it.
fn sources_of(text: &str, words: &str) -> (Vec<String>, String) {
    let (sources, tree) = read(text).sound();
    let node = tree.at_pointer("/a").expect("a value").0;
    let decoded = node.as_text().expect("a text");
    let of = |range| sources.text(span_within(&sources, node, range)).to_owned();
    let each = decoded.char_indices().map(|(at, c)| of(at..at + c.len_utf8())).collect();
    let at = decoded.find(words).expect("the words");
    (each, of(at..at + words.len()))
}

#[track_caller]
fn maps(text: &str, words: &str, source: &str) {
    assert_eq!(sources_of(text, words).1, source, "{text:?}");
}

#[test]
fn plain() {
    maps("a: rate(中[5m])\n", "中[5m]", "中[5m]");
    maps("a: sum by\n   (le)  \n\n   (x)\n", "by (le)\n(x)", "by\n   (le)  \n\n   (x)");
    maps("a: one  \r\n  two\r\n\r\n  three\r\n", "two\nthree", "two\r\n\r\n  three");
    maps("- a: 1\n".trim_start_matches("- "), "1", "1");
}

#[test]
fn single_quoted() {
    maps("a: 'it''s 中'\n", "'s 中", "''s 中");
    maps("a: 'it''s 中'\n", "s 中", "s 中");
    maps("a: 'one  \n\n\n   two'\n", "\n\ntwo", "\n\n   two");
}

#[test]
fn double_quoted() {
    maps("a: \"x\\\"中\\u4e2d\\x41 y\"\n", "\"中", "\\\"中");
    maps("a: \"x\\\"中\\u4e2d\\x41 y\"\n", "中A", "\\u4e2d\\x41");
    maps("a: \"one \\\n    two\\n\\\n  \\ three\"\n", "two", "two");
    maps("a: \"one \\\n    two\\n\\\n  \\ three\"\n", "\n three", "\\n\\\n  \\ three");
    maps("a: \"\\uD83D\\uDE00!\"\n", "😀", "\\uD83D\\uDE00");
    maps("a: \"one\t\r\n\r\n  two\\/\"\r\n", "two/", "two\\/");
    let (each, _) = sources_of("a: \"\\0\\a\\b\\t\\n\\v\\f\\r\\e\\N\\_\\L\\P\\ \\\\\\U0001F600\"\n", "");
    assert!(each.iter().all(|source| source.starts_with('\\')), "{each:?}");
}

#[test]
fn literal() {
    maps("a: |\n  sum(\n    中 > 1\n  )\n", "中 > 1", "中 > 1");
    maps("a: |\n  sum(\n    中 > 1\n  )\n", "sum(\n  中", "sum(\n    中");
    maps("a: |-\r\n\r\n  one\r\n  two\r\n\r\n", "one\ntwo", "one\r\n  two");
    maps("a: |+\n  one\n\n\n", "one\n\n\n", "one\n\n\n");
    maps("a: |2 # note\n    x\n   y\n", "x\n y", "x\n   y");
    maps("a: |\n  end", "end\n", "end");
}

#[test]
fn folded() {
    maps("a: >\n  sum by\n  (le)\n\n  (x)\n", "by (le)\n(x)", "by\n  (le)\n\n  (x)");
    maps("a: >-\n  one\n    deep 中\n  two\n\n", "deep 中\ntwo", "deep 中\n  two");
    maps("a: >\r\n\r\n  one\r\n  two\r\n", "two", "two");
}

#[test]
fn every_character_has_a_place() {
    let styles = [
        "a: x y\n\n  z\n",
        "a: 'x  \n y'",
        "a: \"x  \n \\\n y\"",
        "a: |+\n x\n  y\n\n",
        "a: >+\n x\n y\n\n   z\n\n w\n\n\n",
    ];
    for text in styles {
        let (each, _) = sources_of(text, "");
        assert!(each.iter().all(|source| source.len() < 12 && !source.is_empty()), "{text:?} {each:?}");
    }
}

#[test]
fn what_is_no_text_gives_the_whole() {
    let (sources, tree) = read("a: [x]\nb: |1\n  中\n").sound();
    assert_eq!(span_within(&sources, &tree, 0..1), tree.span);
    let text = &tree.get("b").unwrap().value;
    assert_eq!(span_within(&sources, text, 0..900), text.span);
    assert_eq!(span_within(&sources, text, 2..3), text.span);
    assert!(span_within(&sources, text, 1..1).range().is_empty());
}

#[test]
fn an_alias_leads_to_what_it_repeats() {
    let (sources, tree) = read("b: &n 'up == 0'\na: *n\n").sound();
    let span = span_within(&sources, &tree.get("a").unwrap().value, 3..5);
    assert_eq!((sources.text(span), span.range().start), ("==", 10));
}
