//! The rule tests of metrics that their authors' own queries measure, and of conditions: promtool passes them on the
//! rules as they are built, and none of them on rules with a fault.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

use std::path::PathBuf;
use std::process::Command;

#[path = "shared/projects.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod projects;

const SPEC: &str = r#"relspec: 1
release: { id: example, title: Example, service: shop, version: 2.0.0, owner: web }
scope:
  canary:   { deployment: shop-canary }
  baseline: { deployment: shop-stable }
metrics:
  closure:
    title: Closure
    unit: ratio
    query: max(abs(closure_error_ratio{kind=~"a|b",job!="test"}))
    normal:   { max: 5% }
    rollback: { above: 15%, for: 10m }
  hit_rate:
    title: Hits
    unit: ratio
    query: sum by (region) (rate(hits_total[5m])) / (sum by (region) (rate(hits_total[5m]) + rate(misses_total[5m])) > 0)
    by: [region]
    normal:   { min: 90% }
    rollback: { below: 80% }
  latency:
    title: Latency
    unit: seconds
    query: histogram_quantile(0.99, sum by (le) (rate(duration_seconds_bucket[5m])))
    relative_to: baseline
    warn:     { above: +10% }
    rollback: { above: +50% }
  failed_jobs:
    title: Failed jobs
    unit: per_minute
    query: sum(rate(jobs_failed_total[10m])) * 60 or vector(0)
    normal:   { max: 1 }
    rollback: { above: 5 }
  queue:
    title: Queue
    unit: count
    query: scalar(max(queue_length))
    normal:   { max: 100 }
    rollback: { above: 500 }
  backup_age:
    title: Age of the last backup
    unit: seconds
    query: time() - max(backup_success_timestamp_seconds{job="backup"})
    scope: fleet
    normal:   { max: 26h }
    rollback: { above: 48h, for: 15m }
  lag:
    title: Lag
    unit: seconds
    gauge: { metric: lag_seconds, aggregate: max }
    by: [region]
    only_when: sum by (region) (rate(orders_total[5m])) > 1 unless on () maintenance == 1
    normal:   { max: 1s }
    warn:     { above: 2s }
    rollback: { above: 5s, for: 10m }
stages:
  - { id: canary-5, traffic: 5%, lasts: 2d, approve: lead }
  - { id: full, traffic: 100%, lasts: 72h }
"#;

/// The rules and the tests of a release, as its build makes them.
fn built(spec: &str) -> (String, String) {
    let project = projects::of_text(spec);
    let outcome = relspec::compile(&project);
    let errors: Vec<_> =
        outcome.findings.iter().filter(|f| f.severity == relspec::diag::Severity::Error).collect();
    assert!(errors.is_empty() && outcome.broken.is_empty(), "{errors:#?} {:?}", outcome.broken);
    let of = |end: &str| {
        let made = outcome.artifacts.iter().find(|made| made.file.path().ends_with(end));
        made.unwrap_or_else(|| panic!("no file ends with {end}")).file.text().to_owned()
    };
    (of("example.rules.yaml"), ours(&of("example.rules.test.yaml")))
}

/// The tests of queries and conditions alone.
fn ours(tests: &str) -> String {
    let mut document: serde_json::Value = serde_yaml::from_str(tests).expect("tests");
    let all = document["tests"].as_array_mut().expect("a list of tests");
    all.retain(|test| {
        let name = test["name"].as_str().expect("a name");
        ["recorded", "its condition holds", "raise every level", "lag: above"]
            .iter()
            .any(|part| name.contains(part))
    });
    document.to_string()
}

/// What promtool says of rules and tests: nothing where they pass.
fn judged(promtool: &PathBuf, (rules, tests): (&str, &str)) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("example.rules.yaml"), rules).expect("written");
    let file = folder.path().join("example.rules.test.yaml");
    std::fs::write(&file, tests).expect("written");
    let output = Command::new(promtool).args(["test", "rules"]).arg(&file).output();
    let output = output.unwrap_or_else(|fault| {
        panic!("{} can't be run ({fault}): apt-get install prometheus", promtool.display())
    });
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    (!output.status.success()).then(|| said.into_owned())
}

fn promtools() -> Vec<PathBuf> {
    let more = std::env::var_os("RELSPEC_PROMTOOLS").unwrap_or_default();
    let more: Vec<PathBuf> =
        std::env::split_paths(&more).filter(|path| !path.as_os_str().is_empty()).collect();
    std::iter::once(PathBuf::from("promtool")).chain(more).collect()
}

#[test]
fn every_query_and_every_condition_is_shown_to_work() {
    let (rules, tests) = built(SPEC);
    for sentence in [
        "closure: 0.225 is recorded for the canary, whatever other series say",
        "closure: 0.225 is recorded for the canary, from values below 0",
        "hit_rate: 0.4 is recorded for the baseline, whatever other series say, and nothing while its series are still",
        "failed_jobs: 7.5 is recorded for the canary, whatever other series say",
        "queue: 750 is recorded for the canary, whatever other series say",
        "latency: 30 is recorded for the baseline, whatever other series say",
        "backup_age: 259200 is recorded, whatever other series say",
        "failed_jobs: series that make it pass every bound raise every level",
        "lag: above 5s for 10m raises rollback",
        "lag: beyond every level it is silent until its condition holds",
    ] {
        assert!(tests.contains(&format!("\"{sentence}\"")), "{sentence}: {tests}");
    }
    for promtool in promtools() {
        assert_eq!(judged(&promtool, (&rules, &tests)), None, "{}", promtool.display());
    }
}

fn of_metric(tests: &str, metric: &str) -> String {
    let mut document: serde_json::Value = serde_json::from_str(tests).expect("tests");
    let all = document["tests"].as_array_mut().expect("a list of tests");
    all.retain(|test| test["name"].as_str().expect("a name").starts_with(&format!("{metric}: ")));
    assert!(!all.is_empty(), "no test of {metric}");
    document.to_string()
}

/// Each fault is found by a test of the metric that it is in.
#[test]
fn a_fault_in_a_recorded_query_or_a_condition_is_found() {
    let (rules, tests) = built(SPEC);
    let promtool = PathBuf::from("promtool");
    for (right, wrong, metric) in [
        ("max(abs(", "max((", "closure"),
        ("kind=~\"a|b\",", "", "closure"),
        (",job!=\"test\"", "", "closure"),
        ("rate(misses_total", "2*rate(misses_total", "hit_rate"),
        ("rate(misses_total", "irate(misses_total", "hit_rate"),
        ("/ (sum by (region) (rate(hits", "/ (max by (region) (rate(hits", "hit_rate"),
        ("[5m])) > 0)", "[5m])) >= 0)", "hit_rate"),
        ("sum by (le) (rate(duration", "sum by (le) (irate(duration", "latency"),
        ("sum(rate(jobs_failed_total", "max(rate(jobs_failed_total", "failed_jobs"),
        ("sum(rate(jobs_failed_total", "sum(irate(jobs_failed_total", "failed_jobs"),
        ("max(abs(", "min(abs(", "closure"),
        (",deployment=\"shop-stable\"", "", "closure"),
        ("queue_length{deployment=\"shop-canary\"}", "queue_length", "queue"),
        ("* 60 or vector(0)", "* 61 or vector(0)", "failed_jobs"),
        ("histogram_quantile(0.99", "histogram_quantile(0.98", "latency"),
        (
            "value{release=\"example\",role=\"canary\"} > 5",
            "value{release=\"example\",role=\"canary\"} > 6",
            "failed_jobs",
        ),
        ("time() - max(", "time() + max(", "backup_age"),
        ("maintenance == 1", "maintenance == 2", "lag"),
        ("[5m])) > 1 unless", "[5m])) > 1000000000 unless", "lag"),
    ] {
        assert!(rules.contains(right), "{right} is not in {rules}");
        let said = judged(&promtool, (&rules.replace(right, wrong), &of_metric(&tests, metric)));
        assert!(said.is_some(), "no test of {metric} sees that `{right}` became `{wrong}`");
    }
}
