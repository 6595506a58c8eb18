use super::read;
use crate::syntax::{Kind, Style};

fn written(text: &str, pointer: &str) -> (String, Option<String>) {
    let (sources, tree) = read(text).sound();
    let (node, key) = tree.at_pointer(pointer).expect("a value there");
    (sources.text(node.span).to_owned(), key.map(|span| sources.text(span).to_owned()))
}

#[test]
fn keys_and_values_have_their_bytes_under_chinese_text() {
    let text = "标题: 发布\n指标:\n  - {名: \"错误率\", warn: '1%'}\n";
    assert_eq!(written(text, "/标题"), ("发布".into(), Some("标题".into())));
    assert_eq!(written(text, "/指标/0/名"), ("\"错误率\"".into(), Some("名".into())));
    assert_eq!(written(text, "/指标/0/warn"), ("'1%'".into(), Some("warn".into())));
    assert_eq!(written(text, "/指标/0").0, "{名: \"错误率\", warn: '1%'}");
}

#[test]
fn a_block_value_ends_with_what_it_holds() {
    let text = "a:\r\n  b: 1\r\n  c: 2   # last\r\n\r\nd:\r\n- x\r\n- y\r\n";
    assert_eq!(written(text, "/a").0, "b: 1\r\n  c: 2");
    assert_eq!(written(text, "/d").0, "- x\r\n- y");
    assert_eq!(written(text, "").0, text.trim_end());
}

#[test]
fn a_block_text_begins_with_its_sign() {
    let text = "a: &n |+ # a > b\n  one\n\n  two\n\n\nb: >-\n  three\n";
    assert_eq!(written(text, "/a").0, "|+ # a > b\n  one\n\n  two");
    assert_eq!(written(text, "/b").0, ">-\n  three");
    assert_eq!(written("a: |\nb: 1\n", "/a").0, "|");
}

#[test]
fn an_absent_value_stands_after_the_colon() {
    let (_, tree) = read("a :\nb: ~\n- c\n".trim_end_matches("- c\n")).sound();
    let entry = tree.get("a").unwrap();
    assert!(entry.value.is_null());
    assert_eq!(entry.value.span.range(), 3..3);
    assert!(tree.get("b").unwrap().value.is_null());
}

#[test]
fn a_byte_order_mark_and_tabs_between_words_move_nothing() {
    assert_eq!(written("\u{FEFF}a:\tb\t# c\n", "/a"), ("b".into(), Some("a".into())));
}

#[test]
fn nothing_a_number_or_a_truth_as_key_is_its_text() {
    let (_, tree) = read("1.10: a\nnull: b\ntrue: c\n").sound();
    let keys = tree.entries().iter().map(|entry| entry.key.value.as_str()).collect::<Vec<_>>();
    assert_eq!(keys, ["1.10", "null", "true"]);
}

#[test]
fn flow_reaches_everything_inside() {
    let (_, tree) = read("a: {b: [c]}\nd: e\n").sound();
    assert!(tree.at_pointer("/a/b/0").unwrap().0.flow);
    assert!(!tree.flow && !tree.get("d").unwrap().value.flow);
}

#[test]
fn only_unquoted_words_mean_nothing() {
    let (_, tree) = read("[ ~, null, Null, NULL, 'null', nULL ]").sound();
    assert_eq!(tree.to_json(), serde_json::json!([null, null, null, null, "null", "nULL"]));
    let Kind::Scalar(scalar) = &tree.items()[4].kind else { panic!("a scalar") };
    assert_eq!(scalar.style, Style::Single);
}

#[test]
fn numbers_follow_the_core_schema_and_never_lose_a_digit() {
    let text = "[1, -2, +3, 010, 0x1F, 0o17, 1.5, 1e3, .5, '1', yes, 1_000, 1.2.3, -, .inf, 12345678901234567890123, \
                0.12345678901234567890, 18446744073709551615, 0x, 1e999, true, FALSE]";
    let json = serde_json::json!([
        1,
        -2,
        3,
        10,
        31,
        15,
        1.5,
        1000.0,
        0.5,
        "1",
        "yes",
        "1_000",
        "1.2.3",
        "-",
        ".inf",
        "12345678901234567890123",
        "0.12345678901234567890",
        18_446_744_073_709_551_615_u64,
        "0x",
        "1e999",
        true,
        false
    ]);
    assert_eq!(read(&text.replace(" -,", " '-',")).sound().1.to_json(), json);
}

#[test]
fn values_are_described_in_plain_words() {
    let (_, tree) = read("[[], {}, a, 1, '1', ~, true]").sound();
    let words = tree.items().iter().map(|item| item.describe()).collect::<Vec<_>>();
    assert_eq!(words, ["a list", "a mapping", "text", "a number", "text", "nothing", "true or false"]);
}

#[test]
fn pointers_unescape_and_miss_politely() {
    let (_, tree) = read("a/b: {c~d: [x]}\n").sound();
    assert_eq!(tree.at_pointer("/a~1b/c~0d/0").unwrap().0.as_text(), Some("x"));
    assert!(tree.at_pointer("/a~1b/c~0d/1").is_none() && tree.at_pointer("/no").is_none());
    assert!(tree.at_pointer("a").is_none() && tree.at_pointer("/a~1b/c~0d/0/x").is_none());
}
