//! The 100 metrics: as a spec, as series, and as the rules that somebody would write by hand.

use serde_json::{Value, json};
use std::fmt::Write;

const METRICS: usize = 100;
const INSTANCES: usize = 20;
const EDGES: [&str; 8] = ["0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10"];
const ROLES: [&str; 2] = ["canary", "stable"];

/// What a metric is, by its number: of ten, four are ratios, three quantiles, one is a quantile against the baseline (a mean
/// without one), one a rate and one the increase of a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ratio,
    Quantile,
    Against,
    Mean,
    Rate,
    Increase,
}

fn kind(metric: usize, baseline: bool) -> Kind {
    match metric % 10 {
        0..=3 => Kind::Ratio,
        4..=6 => Kind::Quantile,
        7 if baseline => Kind::Against,
        7 => Kind::Mean,
        8 => Kind::Rate,
        _ => Kind::Increase,
    }
}

/// The spec. Metrics of the same tens differ in their series only.
pub fn spec(baseline: bool) -> String {
    let scope = if baseline { ", baseline: { track: stable }" } else { "" };
    let mut text = format!(
        "relspec: 1\nrelease: {{ id: cost, title: Cost, service: cost, version: 1.0.0, owner: team }}\n\
         scope: {{ canary: {{ track: canary }}{scope} }}\n\
         stages: [ {{ id: canary, traffic: 5%, lasts: 2d }}, {{ id: full, traffic: 100%, lasts: 1d }} ]\nmetrics:\n",
    );
    for metric in 0..METRICS {
        let levels =
            "normal: { max: 0.1% }, warn: { above: 1% }, hold: { above: 2% }, rollback: { above: 5% }";
        let seconds =
            "normal: { max: 1s }, warn: { above: 2s }, hold: { above: 3s }, rollback: { above: 5s }";
        let many =
            "normal: { max: 1000 }, warn: { above: 2000 }, hold: { above: 3000 }, rollback: { above: 5000 }";
        let body = match kind(metric, baseline) {
            Kind::Ratio => {
                format!(
                    "unit: ratio, min_events: 50, {levels}, ratio: {{ bad: 'a{metric}_total{{code=\"500\"}}', total: a{metric}_total }}"
                )
            }
            Kind::Quantile => format!(
                "unit: seconds, min_events: 50, {seconds}, \
                 quantile: {{ q: 0.95, histogram: a{metric}_seconds, buckets: [50ms, 100ms, 250ms, 500ms, 1s, 2.5s, 5s, 10s] }}"
            ),
            Kind::Against => format!(
                "same_as: m{}, relative_to: baseline, min_events: 50, \
                 normal: {{ max: +5% }}, warn: {{ above: +10% }}, hold: {{ above: +20% }}, rollback: {{ above: +30% }}",
                metric - 1
            ),
            Kind::Mean => format!(
                "unit: seconds, min_events: 50, {seconds}, mean: {{ histogram: a{}_seconds }}",
                metric - 1
            ),
            Kind::Rate => format!("unit: per_second, {many}, rate: {{ counter: a{metric}_total }}"),
            Kind::Increase => {
                format!("unit: count, {many}, increase: {{ counter: a{metric}_total, over: 5m }}")
            }
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  m{metric}: {{ title: Metric {metric}, {body} }}");
    }
    text
}

/// Every series with its growth in a second.
pub fn series() -> Vec<(String, f64)> {
    let mut all = Vec::new();
    let instances = (0..INSTANCES).flat_map(|instance| ROLES.map(|role| (instance, role)));
    for (instance, role) in instances {
        let labels = format!("track=\"{role}\",pod=\"{role}-{instance}\"");
        for metric in 0..METRICS {
            match kind(metric, true) {
                Kind::Ratio => {
                    for (code, rate) in [("200", 100.0), ("404", 1.0), ("500", 0.01)] {
                        all.push((format!("a{metric}_total{{{labels},code=\"{code}\"}}"), rate));
                    }
                }
                Kind::Quantile => {
                    for (at, edge) in EDGES.iter().chain(&["+Inf"]).enumerate() {
                        let series = format!("a{metric}_seconds_bucket{{{labels},le=\"{edge}\"}}");
                        // Every observation is between 100 ms and 250 ms, so that no level is reached.
                        all.push((series, if at >= 2 { 100.0 } else { 0.0 }));
                    }
                    for part in ["count", "sum"] {
                        all.push((format!("a{metric}_seconds_{part}{{{labels}}}"), 100.0));
                    }
                }
                Kind::Against | Kind::Mean => {}
                Kind::Rate | Kind::Increase => all.push((format!("a{metric}_total{{{labels}}}"), 1.0)),
            }
        }
    }
    all
}

/// The same alerts with everything in each of them, in as many groups.
pub fn naive(baseline: bool, window: &str, seconds: &str) -> Value {
    let group = |metric: usize| {
        let (value, count) = measured(metric, baseline, window);
        let guard = count.as_ref().map_or(String::new(), |count| format!(" and {count} * {seconds} >= 50"));
        let level = |(level, bound): (&str, f64)| {
            json!({
                "alert": format!("M{metric}{level}"), "expr": format!("{value} > {bound}{guard}"), "for": "40s",
                "labels": { "level": level, "release": "cost" },
            })
        };
        let mut rules: Vec<Value> = bounds(kind(metric, baseline)).into_iter().map(level).collect();
        let watched = count.unwrap_or(value.clone());
        rules.push(
            json!({ "alert": format!("M{metric}NoData"), "expr": format!("absent({watched})"), "for": "1m" }),
        );
        json!({ "name": format!("naive-m{metric}"), "rules": rules })
    };
    let groups = (0..METRICS).map(group).chain([verdict(baseline, window, seconds)]);
    json!({ "groups": groups.collect::<Vec<_>>() })
}

/// That every metric has a value from enough events, with everything in one expression; no level is reached.
fn verdict(baseline: bool, window: &str, seconds: &str) -> Value {
    let evidence = (0..METRICS).map(|metric| {
        let (value, count) = measured(metric, baseline, window);
        let guard = count.map_or(String::new(), |count| format!(" and {count} * {seconds} >= 50"));
        format!("group({value}{guard})")
    });
    let expr = format!("0 * ({}) or vector(1)", evidence.collect::<Vec<_>>().join(" and "));
    json!({ "name": "naive-verdict", "rules": [{ "record": "naive:verdict", "expr": expr }] })
}

fn bounds(kind: Kind) -> [(&'static str, f64); 3] {
    let bounds = match kind {
        Kind::Ratio => [0.01, 0.02, 0.05],
        Kind::Quantile | Kind::Mean => [2.0, 3.0, 5.0],
        Kind::Against => [0.1, 0.2, 0.3],
        Kind::Rate | Kind::Increase => [2000.0, 3000.0, 5000.0],
    };
    let [warn, hold, rollback] = bounds;
    [("warn", warn), ("hold", hold), ("rollback", rollback)]
}

/// The whole expression of a metric, and what counts its events.
fn measured(metric: usize, baseline: bool, window: &str) -> (String, Option<String>) {
    let rate = |series: &str, role: &str, more: &str| {
        format!("sum(rate({series}{{{more}track=\"{role}\"}}[{window}]))")
    };
    let quantile = |metric: usize, role: &str| {
        let buckets = format!("rate(a{metric}_seconds_bucket{{track=\"{role}\"}}[{window}])");
        format!("histogram_quantile(0.95, sum by (le) ({buckets}))")
    };
    let series = format!("a{metric}_total");
    match kind(metric, baseline) {
        Kind::Ratio => {
            let (bad, total) = (rate(&series, "canary", "code=\"500\","), rate(&series, "canary", ""));
            (format!("{bad} / ({total} > 0)"), Some(total))
        }
        Kind::Quantile => {
            (quantile(metric, "canary"), Some(rate(&format!("a{metric}_seconds_count"), "canary", "")))
        }
        Kind::Against => {
            let (ours, theirs) = (quantile(metric - 1, "canary"), quantile(metric - 1, "stable"));
            let count = rate(&format!("a{}_seconds_count", metric - 1), "canary", "");
            (format!("({ours} / {theirs} - 1)"), Some(count))
        }
        Kind::Mean => {
            let part = |part: &str| rate(&format!("a{}_seconds_{part}", metric - 1), "canary", "");
            (format!("{} / ({} > 0)", part("sum"), part("count")), Some(part("count")))
        }
        Kind::Rate => (rate(&series, "canary", ""), None),
        Kind::Increase => (format!("sum(increase({series}{{track=\"canary\"}}[{window}]))"), None),
    }
}
