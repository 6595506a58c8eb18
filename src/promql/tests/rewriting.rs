use super::read;
use crate::promql::{MatchOp, MatcherText, add_matchers, add_offset, rewrite};

fn version() -> Vec<MatcherText> {
    vec![MatcherText::equal("version", "v2")]
}

#[test]
fn matchers_go_into_every_selector() {
    for (text, expected) in [
        ("x", "x{version=\"v2\"}"),
        ("x{}", "x{version=\"v2\"}"),
        ("x{ }", "x{version=\"v2\" }"),
        ("x{a=\"b\"}", "x{a=\"b\",version=\"v2\"}"),
        ("x{a=\"b\",}", "x{a=\"b\",version=\"v2\",}"),
        ("x { a = \"b\" , } [5m]", "x { a = \"b\",version=\"v2\" , } [5m]"),
        ("{__name__=\"x\"}", "{__name__=\"x\",version=\"v2\"}"),
        ("{\"x\"}", "{\"x\",version=\"v2\"}"),
        ("{a=\"b\",\"x\"}", "{a=\"b\",\"x\",version=\"v2\"}"),
        ("sum(sum) by (by)", "sum(sum{version=\"v2\"}) by (by)"),
        ("x # all\n[5m:]", "x{version=\"v2\"} # all\n[5m:]"),
        ("x{a=\"b\" # why\n}", "x{a=\"b\",version=\"v2\" # why\n}"),
        ("x{ # none\n}", "x{version=\"v2\" # none\n}"),
        ("a/b offset 5m", "a{version=\"v2\"}/b{version=\"v2\"} offset 5m"),
        ("1 + scalar(x)", "1 + scalar(x{version=\"v2\"})"),
    ] {
        let done = add_matchers(text, &read(text), &version());
        assert_eq!(done, expected);
        read(&done);
    }
}

#[test]
fn values_are_escaped_and_odd_labels_quoted() {
    let matchers = [
        MatcherText { label: "a".into(), op: MatchOp::NotRegex, value: "\\d+\"\n".into() },
        MatcherText::equal("b.c", "中"),
    ];
    let done = add_matchers("x", &read("x"), &matchers);
    assert_eq!(done, "x{a!~\"\\\\d+\\\"\\n\",\"b.c\"=\"中\"}");
    read(&done);
}

#[test]
fn offsets_go_behind_the_range() {
    for (text, expected) in [
        ("x", "x offset 7d"),
        ("rate(x[5m])", "rate(x[5m] offset 7d)"),
        ("x{a=\"b\"}or y", "x{a=\"b\"} offset 7d or y offset 7d"),
        ("x^2", "x offset 7d^2"),
        ("x[5m:1m]", "x offset 7d[5m:1m]"),
        ("x # why\n + 1", "x offset 7d # why\n + 1"),
        ("max_over_time(x[5m:] offset 1h)", "max_over_time(x offset 7d[5m:] offset 1h)"),
        ("x[5m] smoothed", "x[5m] offset 7d smoothed"),
    ] {
        let done = add_offset(text, &read(text), "7d").expect(text);
        assert_eq!(done, expected);
        read(&done);
    }
}

#[test]
fn fixed_times_are_refused() {
    for (text, places) in [
        ("x offset 5m", vec!["offset 5m"]),
        ("rate(x[5m] @ 0) + y", vec!["@ 0"]),
        ("x @ 0 offset 5m + y offset 1m", vec!["@ 0 offset 5m", "offset 1m"]),
        ("rate(x[5m])[1h:] @ end()", vec!["@ end()"]),
    ] {
        let faults = add_offset(text, &read(text), "7d").expect_err(text);
        let found: Vec<_> = faults.iter().map(|fault| &text[fault.span.clone()]).collect();
        assert_eq!(found, places, "{text}");
    }
}

#[test]
fn both_changes_compose() {
    let text = "sum(rate(x[5m])) / sum(rate(y{}[5m]))";
    let done = rewrite(text, &read(text), &version(), Some("1d")).expect("no fixed times");
    let expected = "sum(rate(x{version=\"v2\"}[5m] offset 1d)) / sum(rate(y{version=\"v2\"}[5m] offset 1d))";
    assert_eq!(done, expected);
    let first = add_matchers(text, &read(text), &version());
    assert_eq!(add_offset(&first, &read(&first), "1d").as_deref(), Ok(expected));
    assert_eq!(
        rewrite("x", &read("x"), &version(), Some("1d")).as_deref(),
        Ok("x{version=\"v2\"} offset 1d")
    );
}
