//! Both parsers, text by text.

use super::*;

fn told(text: &str) -> Option<Vec<String>> {
    parse(text).ok().map(|all| all.iter().map(Matcher::text).collect())
}

#[test]
fn reads_every_form() {
    for (text, wanted) in [
        ("severity=critical", vec!["severity=\"critical\""]),
        (" severity = \"critical\" ", vec!["severity=\"critical\""]),
        ("a=~\"x|y\"", vec!["a=~\"x|y\""]),
        ("{a=\"b,c\", d!~e}", vec!["a=\"b,c\"", "d!~\"e\""]),
        ("a!=", vec!["a!=\"\""]),
        ("a=\"\"", vec!["a=\"\""]),
        ("\"foo bar\"=\"x\"", vec!["\"foo bar\"=\"x\""]),
        ("a=\"q\\\"q\\\\\"", vec!["a=\"q\\\"q\\\\\""]),
        ("团队=\"支付\"", vec!["\"团队\"=\"支付\""]),
        ("{\"团队\"=支付, b=c,}", vec!["\"团队\"=\"支付\"", "b=\"c\""]),
        // The classic parser comes first, and it leaves braces, blanks and quotes in a value as they are.
        ("{a=b", vec!["a=\"b\""]),
        ("a=b}", vec!["a=\"b\""]),
        ("a=b c", vec!["a=\"b c\""]),
        ("a==b", vec!["a=\"=b\""]),
        ("a='b'", vec!["a=\"'b'\""]),
        ("a=\"x\\d\"", vec!["a=\"x\\\\d\""]),
        ("a=x\\", vec!["a=\"x\\\\\""]),
        // What only the later one reads has Go's escapes.
        ("\"a b\"=\"\\u4e2d\\t\\101\"", vec!["\"a b\"=\"中\tA\""]),
        ("", vec![]),
        ("{}", vec![]),
        ("a=b, ", vec!["a=\"b\""]),
    ] {
        assert_eq!(told(text), Some(wanted.into_iter().map(str::to_owned).collect()), "{text}");
    }
}

#[test]
fn refuses_what_both_parsers_refuse() {
    for text in [
        "severity",
        "=x",
        "a=\"b",
        "a=~(",
        "a=\"b\"c",
        "a=b,,c=d",
        "a=\"x\\,\",b=c",
        ",a=b",
        "a=b\"c",
        "\"a b\"=\"\\d\"",
        "\"a b\"=\"\\xff\"",
        "团队=支 付",
        "{\"a b\"=c",
        "\"a b\"=",
        "1a=b c",
    ] {
        assert_eq!(told(text), None, "{text}");
    }
}

#[test]
fn patterns_match_the_whole_value_and_what_is_missing_is_empty() {
    let matcher = |text: &str| parse(text).expect(text).remove(0);
    assert!(matcher("a=~b|c").matches("c") && !matcher("a=~b|c").matches("bc"));
    assert!(matcher("a!~b").matches("") && matcher("a=~.*").matches(""));
    assert!(matcher("a!=b").matches("") && !matcher("a=b").matches(""));
}

/// Go's classes are of ASCII, and `.` takes no line break.
#[test]
fn patterns_are_those_of_go() {
    let matcher = |pattern: &str| Matcher::new("a", MatchOp::Regex, pattern).expect(pattern);
    assert!(matcher(r"\d+").matches("12") && !matcher(r"\d+").matches("١٢"));
    assert!(!matcher(r"\w+").matches("中") && matcher(r"\W+").matches("中"));
    assert!(!matcher(r"\s").matches("\u{b}") && matcher(r"[\s]").matches("\t"));
    assert!(!matcher(r"[^\D]").matches("x") && matcher(r"[\d_]+").matches("1_"));
    assert!(matcher(r"中\b.*").matches("中a") && !matcher(r"中\b").matches("中"));
    assert!(!matcher(".").matches("\n") && matcher("(?s).").matches("\n"));
    assert!(matcher("(?i)K").matches("k") && matcher("a{,2}").matches("a{,2}"));
    assert!(Matcher::new("a", MatchOp::Regex, "(?=a)").is_err());
}

#[test]
fn a_matcher_implies_what_its_values_have() {
    let implies = |one: &str, two: &str| {
        let read = |text: &str| parse(text).expect(text).remove(0);
        read(one).implies(&read(two))
    };
    assert!(implies("a=b", "a=~b|c") && implies("a=~b|c", "a=~b|c|d") && implies("a=~b|c", "a!=d"));
    assert!(!implies("a=~b|d", "a=~b|c") && !implies("a=b", "c=b") && !implies("a=~b.*", "a=~b|c"));
    assert!(implies("a=~b.*", "a=~b.*") && implies("a!=b", "a!=b") && !implies("a!=b", "a=c"));
}
