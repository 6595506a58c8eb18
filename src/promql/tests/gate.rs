use super::read;
use crate::promql::{Version, too_new};

const OLD: Version = Version::new(2, 42);

#[test]
fn old_syntax_needs_nothing() {
    for text in [
        "rate(x_total{a=\"b\"}[5m] offset -5m)",
        "x @ end()",
        "a atan2 b",
        "histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))",
        "fill + step + anchored",
    ] {
        assert_eq!(too_new(&read(text), OLD), [], "{text}");
    }
}

#[test]
fn newer_syntax_is_found_where_it_stands() {
    for (text, what, needs) in [
        ("limitk(2, x)", "limitk", None),
        ("histogram_avg(x)", "histogram_avg", Some((2, 51))),
        ("histogram_stddev(x)", "histogram_stddev", Some((2, 47))),
        ("{\"x\"}", "\"x\"", Some((2, 53))),
        ("{a=\"b\", \"c\"=\"d\"}", "\"c\"", Some((2, 53))),
        ("sum by (\"a.b\") (x)", "\"a.b\"", Some((3, 0))),
        ("a / on (b) group_left (\"c\") d", "\"c\"", Some((3, 0))),
        ("sum by (a:b) (x)", "a:b", Some((3, 0))),
        ("x > 1_000", "1_000", Some((2, 54))),
        ("x > 10m", "10m", Some((2, 54))),
        ("x[300]", "300", Some((2, 54))),
        ("x @ 1m", "1m", Some((2, 54))),
        ("x[5m * 2]", "5m * 2", Some((3, 14))),
        ("x[5m:range()]", "range()", Some((3, 14))),
        ("x offset step()", "step()", Some((3, 14))),
        ("x </ 1", "</", Some((3, 11))),
        ("a + fill(0) b", "fill", None),
        ("increase(x_total[5m] anchored)", "anchored", None),
        ("first_over_time(x[5m])", "first_over_time", Some((3, 14))),
    ] {
        let found = too_new(&read(text), OLD);
        let [newer] = found.as_slice() else { panic!("{text}: {found:?}") };
        assert_eq!(text.get(newer.span.clone()), Some(what), "{text}");
        assert_eq!(newer.needs, needs.map(|(major, minor)| Version::new(major, minor)), "{text}");
        if let Some(needs) = newer.needs {
            assert_eq!(too_new(&read(text), needs), [], "{text}");
        } else {
            assert!(newer.flag.is_some(), "{text}");
            assert_eq!(too_new(&read(text), Version::NEWEST).len(), 1, "a flag is never taken for granted");
        }
    }
}

#[test]
fn removed_functions_are_only_missing_afterwards() {
    let expr = read("holt_winters(x[5m], 0.5, 0.5)");
    assert_eq!(too_new(&expr, Version::new(2, 55)), []);
    let found = too_new(&expr, Version::new(3, 0));
    assert_eq!(found.first().and_then(|newer| newer.removed), Some(Version::new(3, 0)));
}
