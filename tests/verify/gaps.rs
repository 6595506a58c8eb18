//! What no test shows is told with its reason.

use crate::sandbox::{Ended, Sandbox};
use std::fs;
use std::process::Command;

/// Whether a series is absent is a value that nothing can take away, so no verdict of 0 can be shown.
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
stages:
  - { id: full, traffic: 100%, lasts: 1d, approve: team }
";

#[test]
fn what_no_test_shows_is_told_with_its_reason() {
    let sandbox = Sandbox::empty("gaps");
    fs::create_dir_all(sandbox.0.join("specs")).expect("a folder");
    fs::write(sandbox.0.join("specs/a.yaml"), SPEC).expect("a spec");
    let mut build = Command::new(env!("CARGO_BIN_EXE_relspec"));
    Ended(build.current_dir(&sandbox.0).arg("build").output().expect("relspec"), "build".to_owned()).ends(0);
    let asked =
        |args: &[&str]| Ended(sandbox.command(args).output().expect("relspec"), args.join(" ")).ends(0);
    asked(&[]).says("  no test  verdict: a verdict of 0, since gone can't be given a value\n");
    let report: serde_json::Value = serde_json::from_str(&asked(&["--json"]).out()).expect("one object");
    let gaps = report["unproven"].as_array().expect("a list");
    let why = "a verdict of 0, since gone can't be given a value";
    assert!(gaps.contains(&serde_json::json!({"release": "a", "metric": "verdict", "why": why})), "{gaps:?}");
    // Without the specs nobody knows that these alerts can't be shown.
    sandbox.test(&[]).ends(1).says("no test expects these alerts").never_says("no test  ");
}
