use crate::promql::measure::{Measure, What, of};

fn measured(text: &str) -> Option<(What, f64)> {
    let measure = of(&crate::promql::parse(text).expect("PromQL"))?;
    (!measure.rate).then_some((measure.what, measure.scale))
}

#[test]
fn units_are_followed_through_expressions() {
    for (text, expected) in [
        ("max(request_latency_milliseconds)", (What::Time, 1e3)),
        ("request_latency_milliseconds / 1000", (What::Time, 1.0)),
        ("sum(rate(x_seconds_sum[5m])) / sum(rate(x_seconds_count[5m]))", (What::Time, 1.0)),
        ("histogram_quantile(0.9, sum by (le) (rate(x_seconds_bucket[5m]))) * 1000", (What::Time, 1e3)),
        ("sum(rate(a_total[5m])) / (sum(rate(b_total[5m])) > 0)", (What::Share, 1.0)),
        ("100 * sum(rate(a_total[5m])) / sum(rate(b_total[5m]))", (What::Share, 100.0)),
        ("histogram_avg(sum(rate(x_seconds[5m])))", (What::Time, 1.0)),
        ("rate(x_seconds_bucket{le='0.3'}[5m]) / rate(x_seconds_count[5m])", (What::Share, 1.0)),
        ("increase(x_seconds_bucket{le='0.3'}[5m])", (What::Count, 1.0)),
        ("1 - used_bytes / all_bytes", (What::Share, 1.0)),
        ("avg(cpu_percent) or vector(0)", (What::Share, 100.0)),
        ("heap_bytes / (1024 * 1024)", (What::Size, 1.0 / 1_048_576.0)),
        ("increase(a_total[5m])", (What::Count, 1.0)),
        ("increase(a_total[5m]) / (rate(b_total[5m]) > 0)", (What::Time, 1.0)),
    ] {
        let (what, scale) = measured(text).expect(text);
        assert_eq!(what, expected.0, "{text}");
        assert!((scale / expected.1 - 1.0).abs() < 1e-9, "{text}: {scale}");
    }
}

#[test]
fn how_fast_is_followed() {
    for (text, scale) in [
        ("sum(rate(orders_total[5m]))", 1.0),
        ("sum(irate(x_seconds_count[5m])) * 60", 60.0),
        ("rate(a_total[5m]) / increase(b_total[5m])", 1.0),
        ("deriv(open_count[5m]) or vector(0)", 1.0),
    ] {
        let measure = of(&crate::promql::parse(text).expect("PromQL"));
        assert_eq!(measure, Some(Measure { what: What::Count, scale, rate: true }), "{text}");
    }
}

#[test]
fn what_is_not_sure_is_not_told() {
    for text in [
        "queue_length",
        "rate(gc_time_total[5m])",
        "increase(busy_seconds_total[1m]) / 60",
        "rate(cpu_seconds_total[5m])",
        "lag / limit",
        "sum(rate(x_seconds_sum[5m])) / 3",
        "max(ratio)",
        "a_bytes * b_bytes",
        "rate(a_total[5m]) / increase(b_total[5m])",
        "x_seconds + y_bytes",
        "5",
    ] {
        assert_eq!(measured(text), None, "{text}");
    }
}
