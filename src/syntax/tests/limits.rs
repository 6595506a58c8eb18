use super::read;
use crate::syntax::{MAX_BYTES, MAX_DEPTH, MAX_NODES};

fn refused(text: &str, words: &str) {
    let read = read(text);
    assert!(read.tree.is_none());
    assert_eq!(read.findings.len(), 1, "{:?}", read.told());
    assert!(read.findings[0].message.contains(words), "{:?}", read.told());
}

#[test]
fn nesting_is_refused_at_the_limit() {
    let wide = |open: &str, close: &str, times: usize| open.repeat(times) + "x" + &close.repeat(times);
    for text in
        [wide("[", "]", 100_000), wide("{a: ", "}", 100_000), "- ".repeat(100_000), "? ".repeat(50_000)]
    {
        refused(&text, "deep in one another");
    }
    refused(&wide("[", "]", MAX_DEPTH + 1), "more than 64 deep");
    assert!(read(&wide("[", "]", MAX_DEPTH)).tree.is_some());
    refused(&format!("a:\n{}", "- ".repeat(40) + &wide("[", "]", 40)), "more than 64 deep");
}

#[test]
fn aliases_do_not_deepen_beyond_the_limit() {
    let mut text = "- &a0 [x]\n".to_owned();
    for n in 1..1000 {
        text += &format!("- &a{n} [*a{}]\n", n - 1);
    }
    refused(&text, "deep in one another");
}

#[test]
fn aliases_that_explode_are_refused_before_they_are_copied() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..20 {
        let uses = vec![format!("*a{}", n - 1); 10].join(", ");
        laughs += &format!("a{n}: &a{n} [{uses}]\n");
    }
    refused(&laughs, &MAX_NODES.to_string());
    let list = vec!["x"; 2000].join(", ");
    refused(&format!("a: &a [{list}]\nb: [{}]\n", vec!["*a"; 20_000].join(", ")), "once its aliases");
    let long = "x".repeat(900_000);
    refused(&format!("a: &a {long}\nb: [{}]\n", vec!["*a"; 20_000].join(", ")), "once its aliases");
}

#[test]
fn aliases_in_moderation_are_copies() {
    let (_, tree) = read("a: &a {x: 1}\nb: *a\nc: [*a, *a]\n").sound();
    assert_eq!(tree.to_json(), serde_json::json!({"a": {"x": 1}, "b": {"x": 1}, "c": [{"x": 1}, {"x": 1}]}));
}

#[test]
fn size_is_refused_unread() {
    refused(&format!("a: {}", "x".repeat(5_000_000)), "too large: 5000003 bytes");
    assert!(read(&format!("a: {}", "x".repeat(MAX_BYTES - 3))).tree.is_some());
}

#[test]
fn too_many_plain_values_are_refused() {
    refused(&format!("[{}]", "a,".repeat(300_000)), "more than 200000 values");
}

#[test]
fn a_hundred_thousand_duplicates_take_linear_time() {
    let read = read(&"k: 1\n".repeat(99_000));
    assert_eq!(read.findings.len(), 98_999);
    assert_eq!(read.tree.unwrap().entries().len(), 1);
}

#[test]
fn a_long_line_is_not_repeated_in_the_sentence() {
    let read = read(&format!("a: 1\n{}\nb: 2\n", "中".repeat(300_000)));
    let message = &read.findings[0].message;
    assert!(
        message.len() < 400 && message.ends_with("is neither a key nor a part of the text above"),
        "{message}"
    );
}
