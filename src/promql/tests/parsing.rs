use super::read;
use crate::promql::{BinaryOp, Kind, LengthForm, ValueType, parse, selectors};

#[test]
fn accepts() {
    for text in [
        "1",
        "+Inf",
        "0x1f + 017",
        "\"text\"",
        "up",
        "up # comment",
        "job:rate:5m{a='b', c!=`d`, e=~\"f.*\", g!~\"h\",}",
        "{__name__=\"up\"}",
        "{\"a.b\", \"c d\"=\"e\"}",
        "sum",
        "and and and",
        "offset offset 5m",
        "rate(x_total[5m] offset 1w)",
        "x[5m] @ start() offset -1h",
        "avg_over_time(rate(x[5m])[30m:1m] @ 1609746000)",
        "SUM BY (a, b,) (x)",
        "sum(x) without ()",
        "topk(3, x)",
        "count_values(\"version\", build_info)",
        "a / on (x) group_left (y) b",
        "a == bool on (a) b",
        "-2 ^ 2",
        "a or b and c unless d",
        "{a=~\"[^[]+\", b=\"c\"}",
        "start",
        "foo[2 * (step() + 1m)]",
        "foo offset -(5m * 2)",
        "label_join(x, \"a\", \"-\")",
        "round(x)",
        "hour()",
        "step()",
        "info(x, {a=~\".*\"})",
    ] {
        read(text);
    }
}

#[test]
fn refuses_at_the_right_place() {
    for (text, wrong, part) in [
        ("", "", "there is no expression"),
        ("# only a comment", "# only a comment", "there is no expression"),
        ("rate(x_total)", "x_total", "add a range such as `[5m]`"),
        ("rate(sum(x))", "sum(x)", "a subquery"),
        ("rat(x[5m])", "rat", "did you mean `rate`?"),
        ("sum(x[5m])", "x[5m]", "this is a range vector"),
        ("abs(x, y)", "abs(x, y)", "takes 1 argument, not 2"),
        ("1 > 2", ">", "`> bool`"),
        ("a + bool b", "bool", "only goes with a comparison"),
        ("a = b", "=", "`==`"),
        ("a =~ b", "=~", "inside braces"),
        ("x{a=\"b\"", "{", "never closed"),
        ("sum(rate(x[5m])", "(", "never closed"),
        ("x[5m", "[", "never closed"),
        ("sum(x))", ")", "closes nothing"),
        ("x}", "}", "closes nothing"),
        ("x y", "y", "expected an operator"),
        ("x +", "", "ends here"),
        ("{}", "{}", "needs a metric name"),
        ("{a=~\".*\"}", "{a=~\".*\"}", "needs a metric name"),
        ("x{a=~\"(\"}", "\"(\"", "regular expression"),
        ("x{a=b}", "b", "expected a text in quotes"),
        ("x{a \"b\"}", "\"b\"", "expected `=`"),
        ("x{\"y\"}", "\"y\"", "already has the metric name `x`"),
        ("x{__name__=\"y\"}", "__name__=\"y\"", "already has a metric name"),
        ("x[0s]", "0s", "greater than 0"),
        ("x[5m / 0]", "/", "divides by zero"),
        ("x[5x]", "5x", "neither a number nor a duration"),
        ("x[5m] offset 5m [1m]", "[1m]", "before `offset`"),
        ("(x)[5m]", "[5m]", "a colon"),
        ("x offset 5m offset 5m", "x offset 5m offset 5m", "given twice"),
        ("sum(x) offset 5m", "sum(x) offset 5m", "must follow a selector"),
        ("x @ nan", "nan", "out of range"),
        ("topk(x)", "topk(x)", "takes 2 arguments, not 1"),
        ("sum(x,)", ",", "another argument"),
        ("'unclosed", "'unclosed", "no closing"),
        ("'\\q'", "'\\q'", "escape"),
        ("a and 1", "and", "both sides"),
        ("a and on (x) group_left () b", "group_left ()", "many"),
        ("a / on (x) group_left (x) b", "x", "already comes from `on`"),
        ("sum by (x x) (y)", "x", "`,` or `)`"),
        ("sum by (without) (y)", "without", "expected a label"),
        ("bool", "bool", "expected a metric"),
        ("x ; y", ";", "no meaning"),
        ("x{a=\"中\"} 文", "文", "no meaning"),
        ("foo[5s x 5s]", "x", "`]`"),
    ] {
        let faults = parse(text).expect_err(text);
        let fault = faults.first().expect("at least one");
        assert_eq!(text.get(fault.span.clone()), Some(wrong), "{text}: {fault:?}");
        assert!(fault.message.contains(part), "{text}: {}", fault.message);
    }
}

#[test]
fn all_type_errors_are_reported() {
    let faults = parse("rate(x) + rat(y[5m]) + sum(1)").expect_err("three errors");
    let spans: Vec<_> = faults.into_iter().map(|fault| fault.span).collect();
    assert_eq!(spans, [5..6, 10..13, 27..28]);
}

#[test]
fn every_part_has_its_span() {
    let text = "sum by (job) (rate(http_total{code=~\"5..\"}[5m] offset 1d)) > 0.1";
    let expr = read(text);
    let Kind::Binary(binary) = &expr.kind else { panic!("{expr:?}") };
    assert_eq!((binary.op, &text[binary.op_span.clone()]), (BinaryOp::Greater, ">"));
    let Kind::Aggregation(sum) = &binary.left.kind else { panic!("{expr:?}") };
    let by = sum.grouping.as_ref().expect("a grouping");
    assert_eq!((&text[sum.op_span.clone()], &text[by.span.clone()]), ("sum", "by (job)"));
    assert_eq!(&text[by.labels[0].span.clone()], "job");
    let selector = selectors(&expr)[0];
    assert_eq!(&text[selector.core.clone()], "http_total{code=~\"5..\"}[5m]");
    assert_eq!(&text[selector.matchers[0].span.clone()], "code=~\"5..\"");
    assert_eq!(&text[selector.matchers[0].value_span.clone()], "\"5..\"");
    assert_eq!(&text[selector.range.as_ref().expect("a range").span.clone()], "[5m]");
    assert_eq!(&text[selector.modifiers.span.clone().expect("a modifier")], "offset 1d");
    assert_eq!(&text[selector.modifiers.offset.as_ref().expect("an offset").span.clone()], "1d");
}

#[test]
fn precedence() {
    let op = |text: &str| match read(text).kind {
        Kind::Binary(binary) => binary.op.symbol(),
        other => panic!("{other:?}"),
    };
    for (text, top) in [
        ("a + b * c", "+"),
        ("a * b + c", "+"),
        ("a > b + c", ">"),
        ("a and b or c", "or"),
        ("a - b - c", "-"),
        ("x offset 5m ^ 2", "^"),
    ] {
        assert_eq!(op(text), top, "{text}");
    }
    assert!(matches!(read("-2 ^ 2").kind, Kind::Unary(_)));
    let Kind::Binary(power) = read("2 ^ 3 ^ 2").kind else { panic!() };
    assert!(matches!(power.left.kind, Kind::Number(_)), "a power binds to the right");
}

#[test]
fn lengths_are_calculated() {
    for (text, seconds, form) in [
        ("x[5m]", Some(300.0), LengthForm::Duration),
        ("x[1h30m]", Some(5400.0), LengthForm::Duration),
        ("x[300]", Some(300.0), LengthForm::Number),
        ("x[11s+10s-5*2^2]", Some(1.0), LengthForm::Arithmetic),
        ("x[2 * step()]", None, LengthForm::Step),
        ("x[min_of(1m, 30s)]", Some(30.0), LengthForm::Bounded),
    ] {
        let expr = read(text);
        let length = &selectors(&expr)[0].range.as_ref().expect("a range").length;
        assert_eq!((length.seconds, length.form), (seconds, form), "{text}");
    }
}

#[test]
fn value_types() {
    for (text, expected) in [
        ("1 + 1", ValueType::Scalar),
        ("'a'", ValueType::String),
        ("1 + x", ValueType::InstantVector),
        ("(x[5m])", ValueType::RangeVector),
        ("x[5m:]", ValueType::RangeVector),
        ("-scalar(x)", ValueType::Scalar),
        ("sum(x)", ValueType::InstantVector),
    ] {
        assert_eq!(read(text).value_type(), expected, "{text}");
    }
}
