use super::read;
use crate::promql::{
    quantiles_without_le, ranges, rates_of_aggregates, rates_of_non_counters, unguarded_divisions,
    whole_comparison,
};

#[test]
fn counter_functions_over_aggregations() {
    let text = "rate(sum(x_total)[5m:]) + increase((max by (a) (y_total) * 2)[1h:1m]) + rate(z_total[5m:])";
    let expr = read(text);
    let found: Vec<_> = rates_of_aggregates(&expr)
        .into_iter()
        .map(|r| (r.call.name.as_str(), &text[r.inner.clone()]))
        .collect();
    assert_eq!(found, [("rate", "sum(x_total)"), ("increase", "max by (a) (y_total)")]);
    assert!(rates_of_aggregates(&read("avg_over_time(sum(x)[5m:])")).is_empty());
}

#[test]
fn counter_functions_over_other_metrics() {
    let expr = read(
        "rate(memory_bytes[5m]) + rate(x_total[5m]) + irate(({__name__=\"temp\"}[5m])) + rate({a=\"b\"}[1m])",
    );
    let found: Vec<_> =
        rates_of_non_counters(&expr).into_iter().filter_map(|r| r.selector.metric()).collect();
    assert_eq!(found, ["memory_bytes", "temp"]);
}

#[test]
fn native_histograms_have_the_name_of_no_counter() {
    for text in [
        "histogram_quantile(0.9, sum(rate(x_seconds[5m])))",
        "histogram_sum(rate(x_seconds[5m])) / (histogram_count(rate(x_seconds[5m])) > 0)",
        "histogram_avg(sum by (job) (irate(x_seconds[5m])))",
    ] {
        assert!(rates_of_non_counters(&read(text)).is_empty(), "{text}");
    }
    assert_eq!(rates_of_non_counters(&read("histogram_count(rate(x[5m])) + rate(y[5m])")).len(), 1);
}

#[test]
fn quantiles_need_le() {
    for text in [
        "histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))",
        "histogram_quantile(0.9, rate(x_bucket[5m]))",
        "histogram_quantile(0.9, sum by (job) (rate(x[5m])))",
        "histogram_quantile(0.9, sum without (job) (rate(x_bucket[5m])))",
    ] {
        assert!(quantiles_without_le(&read(text)).is_empty(), "{text}");
    }
    for (text, place) in [
        ("histogram_quantile(0.9, sum by (job) (rate(x_bucket[5m])))", "sum by (job) (rate(x_bucket[5m]))"),
        ("histogram_quantile(0.9, avg(sum by (le) (x_bucket)))", "avg(sum by (le) (x_bucket))"),
        ("histogram_quantile(0.9, sum without (le) ({__name__=~\".*_bucket\"}))", ""),
    ] {
        let expr = read(text);
        let found = quantiles_without_le(&expr);
        let [quantile] = found.as_slice() else { panic!("{text}") };
        let (_, span) = quantile.aggregation.expect(text);
        assert!(place.is_empty() || text[span.clone()] == *place, "{text}");
    }
}

#[test]
fn divisors_that_cannot_be_zero() {
    for divisor in [
        "2",
        "(1024 * 1024)",
        "-1",
        "(y > 0)",
        "(y >= 10)",
        "(y != 0)",
        "(0 < y)",
        "sum(y > 0)",
        "clamp_min(y, 1)",
        "count(y)",
        "count by (a) (y)",
        "((y > 0) or vector(1))",
        "(y > 0 and z)",
        "abs(y != 0)",
        "(y > 0) / 2",
        "(clamp_min(y, 1) + 1)",
        "scalar(count(y))",
        "((y > 10) < 20)",
    ] {
        let text = format!("x / {divisor}");
        assert!(unguarded_divisions(&read(&text)).is_empty(), "{text}");
    }
    for divisor in [
        "y",
        "0",
        "(1 - 1)",
        "sum(y)",
        "(y >= 0)",
        "(y > bool 0)",
        "(y > -1)",
        "(y > z)",
        "(y > 0 or z)",
        "sum(y != 0)",
        "clamp_min(y, 0)",
        "scalar(y)",
        "(y - 1)",
    ] {
        let text = format!("x / {divisor}");
        let expr = read(&text);
        let found = unguarded_divisions(&expr);
        let [division] = found.as_slice() else { panic!("{text}: {found:?}") };
        assert_eq!(&text[division.binary.right.span.clone()], divisor);
    }
}

#[test]
fn an_expression_that_is_a_comparison() {
    for (text, op) in [
        ("x > 1", Some(">")),
        ("((x < 1))", Some("<")),
        ("x and y > 1", None),
        ("x > 1 or y < 2", None),
        ("x unless y > 1", None),
        ("x > bool 1", None),
        ("sum(x > 1)", None),
        ("1 + (x > 1)", None),
        ("x", None),
    ] {
        let expr = read(text);
        assert_eq!(whole_comparison(&expr).map(|b| &text[b.op_span.clone()]), op, "{text}");
    }
}

#[test]
fn ranges_with_their_functions() {
    let expr = read("rate((x[5m])) + max_over_time(rate(y[1h])[30m:1m])");
    let found: Vec<_> =
        ranges(&expr).into_iter().map(|r| (r.function, r.length.seconds, r.step.is_some())).collect();
    let expected = [
        (Some("rate"), Some(300.0), false),
        (Some("rate"), Some(3600.0), false),
        (Some("max_over_time"), Some(1800.0), true),
    ];
    assert_eq!(found, expected);
}
