//! The series that are found for a query make it give the wanted value, as promtool evaluates it.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

use relspec::promql::solve::{self, Aim, Labels, Motion, Series, Signs, Want};
use relspec::promql::{self, Expr};
use std::path::PathBuf;
use std::process::Command;

/// A query, the labels by which it is asked, and a value that it must be able to give.
type Row = (&'static str, &'static [(&'static str, &'static str)], f64);

/// Queries as they are found in production.
const QUERIES: &[Row] = &[
    ("max(abs(closure_error_ratio))", &[], 0.15),
    ("avg(avg_over_time(probe_success{instance=\"http://api.example.org\"}[1h]))", &[], 0.995),
    ("sum(rate(hits_total[5m])) / ((sum(rate(hits_total[5m])) + sum(rate(misses_total[5m]))) > 0)", &[], 0.7),
    ("sum(rate(hits_total[5m])) / ((sum(rate(hits_total[5m])) + sum(rate(misses_total[5m]))) > 0)", &[], 1.0),
    ("sum(rate(hits_total[5m])) / ((sum(rate(hits_total[5m])) + sum(rate(misses_total[5m]))) > 0)", &[], 0.0),
    // Burn rates.
    (
        "(1 - sum(rate(http_requests_total{code!~\"5..\"}[5m])) / (sum(rate(http_requests_total[5m])) > 0)) / (1 - 0.999)",
        &[],
        14.4,
    ),
    ("sum(rate(errors_total{job=\"a\"}[30m])) / sum(rate(requests_total{job=\"a\"}[30m])) / 0.001", &[], 6.0),
    ("max(slo:burn_rate:5m) and max(slo:burn_rate:1h) > 2", &[], 3.0),
    // Quantiles and means.
    (
        "histogram_quantile(0.99, sum by (le) (rate(request_duration_seconds_bucket{path=\"/pay\"}[5m])))",
        &[],
        0.25,
    ),
    (
        "histogram_quantile(0.95, sum by (le, region) (rate(request_duration_seconds_bucket[5m]))) * 1000",
        &[("region", "eu")],
        300.0,
    ),
    ("sum(rate(d_seconds_sum[5m])) / sum(rate(d_seconds_count[5m]))", &[], 0.2),
    ("sum(rate(d_seconds_bucket{le=\"0.5\"}[5m])) / sum(rate(d_seconds_count[5m]))", &[], 0.9),
    // By labels, joins.
    (
        "sum by (region) (rate(failed_total[5m])) / sum by (region) (rate(all_total[5m]))",
        &[("region", "eu")],
        0.02,
    ),
    (
        "sum by (team) (kube_pod_status_phase{phase=\"Pending\"} * on (pod) group_left (team) kube_pod_owner)",
        &[("team", "pay")],
        4.0,
    ),
    (
        "max by (node) (1 - node_filesystem_avail_bytes{fstype!=\"tmpfs\"} / node_filesystem_size_bytes)",
        &[("node", "n1")],
        0.85,
    ),
    ("sum without (pod) (queue_length{queue=~\"in|out\"})", &[], 12.0),
    (
        "label_replace(max by (zone) (lag_seconds), \"region\", \"$1\", \"zone\", \"(.*)-.\")",
        &[("region", "eu")],
        7.0,
    ),
    ("errors{code=\"500\"} / ignoring (code) group_left () requests", &[], 0.5),
    ("sum(rate(x_total{code=~\"5..\"}[5m])) / sum(rate(x_total{code!=\"404\"}[5m]))", &[], 0.25),
    ("sum by (zone) (a{job=\"x\"}) - on (zone) group_left () max by (zone) (b)", &[("zone", "z1")], 3.5),
    // Choices and fallbacks.
    ("topk(1, max by (pod) (heap_bytes))", &[("pod", "p")], 1e9),
    ("sum(rate(jobs_failed_total[5m])) or vector(0)", &[], 0.0),
    ("sum(rate(jobs_failed_total[5m])) or vector(0)", &[], 3.0),
    ("max(lag) unless on () maintenance == 1", &[], 30.0),
    ("count(up{job=\"api\"} == 1) / count(up{job=\"api\"})", &[], 1.0),
    ("sum(up{job=\"api\"}) / scalar(sum(wanted_replicas))", &[], 0.8),
    ("quantile(0.9, temperature)", &[], 55.5),
    // Over time.
    ("max_over_time(sum(rate(x_total[5m]))[30m:1m])", &[], 8.0),
    ("increase(restarts_total[1h])", &[], 3.0),
    ("sum(increase(a_total[10m] offset 5m))", &[], 60.0),
    ("deriv(disk_used_bytes[15m]) * 3600", &[], 1e6),
    ("delta(temperature[10m])", &[], -3.0),
    ("min_over_time(free[10m]) < bool 5", &[], 1.0),
    ("irate(x_total[2m]) * 60", &[], 90.0),
    ("predict_linear(free_bytes[1h], 3600)", &[], 5e9),
    ("quantile_over_time(0.5, v[10m])", &[], 2.0),
    // Arithmetic.
    ("clamp_max(sum(a) / sum(b), 1)", &[], 0.4),
    ("round(100 * sum(a) / sum(a + b), 0.1)", &[], 12.5),
    ("sqrt(sum(a) ^ 2 + 9)", &[], 5.0),
    ("-log10(p)", &[], 3.0),
    ("scalar(sum(a)) * 2", &[], 5.0),
    ("a{x=~\"(eu|us)-[0-9]{2}\",y!=\"\",z!~\"o.*\"} % 100", &[], 42.0),
];

fn expression(text: &str) -> Expr {
    promql::parse(text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"))
}

fn labels(pairs: &[(&str, &str)]) -> Labels {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn found((text, by, value): &Row, signs: Signs) -> Option<Vec<Series>> {
    let names: Vec<String> = by.iter().map(|(name, _)| (*name).to_owned()).collect();
    let want = Want { labels: labels(by), aim: Aim::Value(*value) };
    solve::solve(&expression(text), &names, &[want], signs, None)
}

/// A promtool test: these series, and the query at a moment long after they began.
fn test(text: &str, series: &[Series], value: Option<f64>) -> serde_json::Value {
    let input = |one: &Series| {
        let labels: Vec<String> =
            one.labels.iter().map(|(l, v)| format!("{l}={}", promql::quote(v))).collect();
        let (from, step) = match one.motion {
            Motion::Level(value) => (value, 0.0),
            Motion::Climb(rate) => (0.0, rate * 30.0),
        };
        let sign = if step < 0.0 { "" } else { "+" };
        serde_json::json!({ "series": format!("{}{{{}}}", one.name, labels.join(",")), "values": format!("{from}{sign}{step}x400") })
    };
    let settled = solve::settle(&expression(text)).expect("a length");
    let scalar = expression(text).value_type() == promql::ValueType::Scalar;
    let query = if scalar { format!("vector({text})") } else { format!("({text})") };
    let (expr, wanted) = match value {
        Some(value) => (format!("count(abs({query} - ({value})) <= {})", value.abs().max(1.0) * 1e-7), 1),
        None => (format!("count({query}) or vector(0)"), 0),
    };
    let samples = [serde_json::json!({ "labels": "{}", "value": wanted })];
    serde_json::json!({
        "name": text, "interval": "30s", "input_series": series.iter().map(input).collect::<Vec<_>>(),
        "promql_expr_test": [{ "expr": expr, "eval_time": format!("{}s", settled + 60.0), "exp_samples": samples }],
    })
}

/// What each promtool says of these tests: the one on the path, and those that `RELSPEC_PROMTOOLS` names.
fn judge(tests: Vec<serde_json::Value>) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("queries.test.yaml");
    let whole = serde_json::json!({ "evaluation_interval": "1m", "tests": tests });
    std::fs::write(&file, whole.to_string()).expect("written");
    let more = std::env::var_os("RELSPEC_PROMTOOLS").unwrap_or_default();
    let more: Vec<PathBuf> =
        std::env::split_paths(&more).filter(|path| !path.as_os_str().is_empty()).collect();
    for promtool in std::iter::once(PathBuf::from("promtool")).chain(more) {
        let output = Command::new(&promtool).args(["test", "rules"]).arg(&file).output();
        let output = output.unwrap_or_else(|fault| {
            panic!("{} can't be run ({fault}): apt-get install prometheus", promtool.display())
        });
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {said}", promtool.display());
    }
}

#[test]
fn the_series_make_the_query_give_the_value() {
    let mut tests = Vec::new();
    let mut missing = Vec::new();
    for row in QUERIES {
        match found(row, Signs::Positive).or_else(|| found(row, Signs::Negative)) {
            Some(series) => tests.push(test(row.0, &series, Some(row.2))),
            None => missing.push(row.0),
        }
    }
    assert!(missing.is_empty(), "nothing found for {missing:#?}");
    judge(tests);
}

/// What a value depends on besides steady series is told.
#[test]
fn what_can_not_be_foretold_is_not_guessed() {
    for (text, why) in [
        ("hour() >= 8 < 20", "depends on the time (`hour`)"),
        ("sum(x) and on () (day_of_week() < 6)", "depends on the time (`day_of_week`)"),
        ("time() - max(last_success_timestamp_seconds)", "depends on the time (`time`)"),
        ("count_over_time(x[5m])", "depends on how often samples come (`count_over_time`)"),
        ("sum_over_time(x[5m])", "depends on how often samples come (`sum_over_time`)"),
        ("x @ 1609746000", "depends on a fixed moment"),
        ("x offset -5m", "depends on what comes later"),
        ("count_values(\"version\", build_info)", "is made by `count_values`"),
        ("histogram_count(sum(rate(x[5m])))", "is made by `histogram_count`"),
        ("rate(x_total[5m]) and x_total > 5", "depends on how long a counter has been counting"),
    ] {
        let expr = expression(text);
        let want = Want { labels: Labels::new(), aim: Aim::Present };
        assert_eq!(solve::solve(&expr, &[], &[want], Signs::Positive, None), None, "{text}");
        assert_eq!(solve::reason(&expr).as_deref(), Some(why), "{text}");
    }
}

/// Conditions are made true and false with all their series there, wherever that is possible.
#[test]
fn conditions_are_made_true_and_false() {
    let mut tests = Vec::new();
    for (text, by) in [
        ("sum(rate(http_requests_total[5m])) > 10", &[][..]),
        ("sum by (region) (rate(http_requests_total[5m])) * 60 >= 5", &[("region", "eu"), ("region", "us")]),
        ("max(maintenance) == 0", &[]),
        ("absent(deployment_freeze{team=\"pay\"})", &[]),
        ("up{job=\"api\"} == 1 unless on () freeze == 1", &[]),
        ("sum(a) > 100 and sum(b) < 5", &[]),
        ("sum(a) > 100 and on () sum(b) > 1e6", &[]),
        ("count(up{job=\"api\"} == 1) >= 1", &[]),
        ("min_over_time(leader[10m]) == 1", &[]),
    ] {
        let names: Vec<String> = by.first().map(|(name, _)| (*name).to_owned()).into_iter().collect();
        for (aim, value) in [(Aim::Present, Some(0.0)), (Aim::Absent, None)] {
            let mut wants: Vec<Want> = by.iter().map(|one| Want { labels: labels(&[*one]), aim }).collect();
            if wants.is_empty() {
                wants.push(Want { labels: Labels::new(), aim });
            }
            let series = solve::solve(&expression(text), &names, &wants, Signs::Positive, None);
            let series = series.unwrap_or_else(|| panic!("{text}: nothing makes it {aim:?}"));
            let expr = value.map_or_else(|| text.to_owned(), |_| format!("({text}) * 0"));
            tests.push(counted(&expr, text, &series, value.map_or(0, |_| wants.len())));
        }
    }
    judge(tests);
}

/// A test of how many samples a query gives.
fn counted(expr: &str, name: &str, series: &[Series], count: usize) -> serde_json::Value {
    let mut one = test(expr, series, None);
    one["name"] = serde_json::json!(name);
    one["promql_expr_test"][0]["exp_samples"] = serde_json::json!([{ "labels": "{}", "value": count }]);
    one
}
