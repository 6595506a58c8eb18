use super::read;
use crate::promql::{LabelSet, labels};

fn known(names: &[&str]) -> LabelSet {
    LabelSet::Known(names.iter().map(|&name| name.to_owned()).collect())
}

fn all_but(names: &[&str]) -> LabelSet {
    LabelSet::AllBut(names.iter().map(|&name| name.to_owned()).collect())
}

#[test]
fn labels_flow_through_expressions() {
    for (text, expected) in [
        ("1", known(&[])),
        ("x", all_but(&[])),
        ("x{a=\"\"}", all_but(&["a"])),
        ("rate(x[5m])", all_but(&["__name__"])),
        ("sum(x)", known(&[])),
        ("sum by (a, b) (x)", known(&["a", "b"])),
        ("sum by (a, b) (sum by (b, c) (x))", known(&["b"])),
        ("sum without (a) (x)", all_but(&["__name__", "a"])),
        ("topk(3, sum by (a) (x))", known(&["a"])),
        ("topk by (b) (3, sum by (a) (x))", known(&["a"])),
        ("count_values by (a) (\"v\", x)", known(&["a", "v"])),
        ("sum by (a) (x) / y", known(&["a"])),
        ("x / y", all_but(&["__name__"])),
        ("x > 1", all_but(&[])),
        ("x > bool 1", all_but(&["__name__"])),
        ("2 * sum by (a) (x)", known(&["a"])),
        ("x / on (a, b) y", known(&["a", "b"])),
        ("x / ignoring (a) y", all_but(&["__name__", "a"])),
        ("x * on (a) group_left (v) y", all_but(&["__name__"])),
        ("sum by (a, b) (x) * on (a) group_left (v) y", known(&["a", "b", "v"])),
        ("sum by (a, b) (x) * on (a) group_left (b) sum by (a) (y)", known(&["a"])),
        ("x * on (a) group_right () sum by (a, c) (y)", known(&["a", "c"])),
        ("sum by (a) (x) or sum by (b) (y)", known(&["a", "b"])),
        ("sum by (a) (x) or y{b=\"\"}", all_but(&["b"])),
        ("sum by (a) (x) and on () y", known(&["a"])),
        ("y unless sum by (a) (x)", all_but(&[])),
        ("label_replace(sum by (a) (x), \"b\", \"$1\", \"a\", \"(.*)\")", known(&["a", "b"])),
        ("label_join(sum(x), \"b\", \"-\")", known(&["b"])),
        ("histogram_quantile(0.9, sum by (le, a) (x_bucket))", known(&["a"])),
        ("vector(1)", known(&[])),
        ("time()", known(&[])),
        ("scalar(x) + 1", known(&[])),
        ("absent(x{a=\"b\", c=~\"d\", e=\"f\", e=\"g\"})", known(&["a"])),
        ("absent(sum(x))", known(&[])),
        ("max_over_time(sum by (a) (x)[5m:])", known(&["a"])),
        ("-(x)", all_but(&["__name__"])),
        ("x == y", all_but(&[])),
    ] {
        assert_eq!(labels(&read(text)), expected, "{text}");
    }
}

#[test]
fn may_have_answers_for_one_label() {
    assert!(labels(&read("sum by (job) (x)")).may_have("job"));
    assert!(!labels(&read("sum by (job) (x)")).may_have("instance"));
    assert!(labels(&read("sum without (job) (x)")).may_have("instance"));
}
