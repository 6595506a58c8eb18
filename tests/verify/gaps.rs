//! What no test shows is told with its reason, and excuses nothing else.

use crate::sandbox::{Ended, Sandbox, TESTS};
use relspec::plan::proof::Labels;
use relspec::verify::{self, Suite};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

/// Whether a series is absent is a value that nothing can take away, so no verdict of 0 can be shown, and no lack of data.
const SPEC: &str = "\
relspec: 1
release: { id: a, title: A, service: a, version: 1.0.0, owner: team }
metrics:
  gone:
    title: The exporter is gone
    unit: count
    scope: fleet
    query: absent(up{job=\"exporter\"}) or vector(0)
    normal: { max: 0 }
    rollback: { above: 0 }
  failed:
    title: Failed jobs
    unit: per_minute
    scope: fleet
    query: sum(rate(jobs_failed_total[10m])) * 60 or vector(0)
    normal: { max: 1 }
    rollback: { above: 5 }
stages:
  - { id: full, traffic: 100%, lasts: 1d, approve: team }
";

/// What a build of it leaves.
fn built(name: &str) -> Sandbox {
    let sandbox = Sandbox::empty(name);
    fs::create_dir_all(sandbox.0.join("specs")).expect("a folder");
    fs::write(sandbox.0.join("specs/a.yaml"), SPEC).expect("a spec");
    let mut build = Command::new(env!("CARGO_BIN_EXE_relspec"));
    Ended(build.current_dir(&sandbox.0).arg("build").output().expect("relspec"), "build".to_owned()).ends(0);
    sandbox
}

fn asked(sandbox: &Sandbox, args: &[&str]) -> Ended {
    Ended(sandbox.command(args).output().expect("relspec"), args.join(" ")).ends(0)
}

fn gaps(sandbox: &Sandbox) -> Vec<Value> {
    let report: Value = serde_json::from_str(&asked(sandbox, &["--json"]).out()).expect("one object");
    report["unproven"].as_array().expect("a list").clone()
}

#[test]
fn what_no_test_shows_is_told_with_its_reason() {
    let sandbox = built("gaps");
    asked(&sandbox, &[])
        .says("  no test  verdict: a verdict of 0, since gone can't be given a value\n")
        .says(&format!("  no test  gone: {LACKS}; none shows GoneNoData firing\n"));
    let gaps = gaps(&sandbox);
    let why = "a verdict of 0, since gone can't be given a value";
    let verdict = serde_json::json!({"release": "a", "metric": "verdict", "why": why, "alerts": []});
    assert!(gaps.contains(&verdict), "{gaps:?}");
    let labels = serde_json::json!({"alertname": "GoneNoData", "level": "hold", "metric": "gone", "release": "a",
        "service": "a", "severity": "critical", "team": "team"});
    let gone = serde_json::json!({"release": "a", "metric": "gone", "why": LACKS, "alerts": [labels]});
    assert!(gaps.contains(&gone), "{gaps:?}");
    // Without the specs nobody knows that these alerts can't be shown.
    sandbox
        .test(&[])
        .ends(1)
        .says("can fire: FailedNoData, GoneNoData, GoneRollback\n")
        .never_says("no test  ");
}

const LACKS: &str = "its query has a value without any series, so it never lacks data";

/// An alert that lost its test is missed, though another one of its metric is excused.
#[test]
fn what_no_test_shows_excuses_no_other_alert_of_its_metric() {
    let sandbox = built("excused");
    let of = |gap: &Value| serde_json::from_value::<Vec<Labels>>(gap["alerts"].clone()).expect("labels");
    let excused: BTreeSet<Labels> = gaps(&sandbox).iter().flat_map(of).collect();
    let missed = || {
        let suite = Suite::read(&sandbox.0.join("generated"), None).expect("a build");
        let report = verify::run(&suite, None, &[], &excused);
        let failures = report.checks.iter().flat_map(|check| &check.failures);
        failures.map(|failure| failure.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(missed(), [""; 0]);
    let mut tests: Value = serde_yaml::from_str(&sandbox.read(TESTS)).expect("YAML");
    let all = tests["tests"].as_array_mut().expect("tests");
    all.retain(|test| !test["name"].as_str().expect("a name").contains("raise every level"));
    sandbox.write(TESTS, &tests.to_string());
    let why = "no test expects these alerts, so nothing shows that they can fire: FailedRollback";
    assert_eq!(missed(), [why]);
}
