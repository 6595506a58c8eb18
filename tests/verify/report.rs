//! What is asked of one release, and the report for programs.

use crate::sandbox::{CONFIG, ROUTES, RULES, Sandbox, TESTS};
use serde_json::Value;

#[test]
fn one_release_alone_is_asked_for() {
    let sandbox = Sandbox::new("alone");
    sandbox.write("b/prometheus/b.rules.yaml", "groups: 1\n");
    sandbox.owns(&[RULES, TESTS, CONFIG, ROUTES, "b/prometheus/b.rules.yaml"]);
    sandbox.test(&[]).ends(1);
    sandbox.test(&["--release", "a"]).ends(0).says("3 rule tests with 5 assertions, 2 alert routes");
    sandbox
        .test(&["--release", "aa"])
        .ends(2)
        .complains("there is no release `aa` in generated\n  help: did you mean `a`?");
}

#[test]
fn json_has_the_shape_that_the_help_gives() {
    let sandbox = Sandbox::new("json");
    let read = |args: &[&str], code| -> Value {
        serde_json::from_str(&sandbox.test(args).ends(code).out()).expect("one object")
    };
    let good = read(&["--json"], 0);
    let keys: Vec<&String> = good.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["version", "ok", "generated", "tools", "releases", "summary", "unproven", "checks"]);
    assert_eq!((&good["version"], &good["ok"]), (&Value::from(1), &Value::from(true)));
    assert_eq!(good["generated"], serde_json::json!({"state": "not_checked", "differs": []}));
    assert_eq!(good["summary"], serde_json::json!({"passed": 7 + 1, "failed": 0, "not_run": 0}));
    assert_eq!(good["unproven"], serde_json::json!([]));
    assert_eq!(
        good["releases"],
        serde_json::json!([{"release": "a", "tests": 3, "assertions": 5, "routes": 2}])
    );
    let checks = good["checks"].as_array().expect("checks");
    let kinds: Vec<_> = checks.iter().map(|check| (check["tool"].as_str(), check["kind"].as_str())).collect();
    let wanted = [
        ("promtool", "rules"),
        ("promtool", "rule_tests"),
        ("amtool", "config"),
        ("amtool", "config"),
        ("amtool", "routes"),
        ("relspec", "coverage"),
        ("relspec", "coverage"),
        ("relspec", "routes"),
    ];
    assert_eq!(kinds, wanted.map(|(tool, kind)| (Some(tool), Some(kind))));
    sandbox.edit(RULES, "> 20", "> 30");
    let bad = read(&["--json"], 1);
    let failed = &bad["checks"][1];
    assert_eq!(bad["ok"], false);
    assert_eq!(
        (&failed["outcome"], &failed["tests"], &failed["failed_tests"]),
        (&"failed".into(), &3.into(), &1.into())
    );
    assert_eq!(failed["failures"][0]["test"], "jobs: above 20 for 5m rolls back");
    assert!(failed["failures"][0]["message"].as_str().expect("text").starts_with("at 6m10s, count by"));
    assert_eq!(failed["file"], "generated/a/prometheus/a.rules.test.yaml");
}
