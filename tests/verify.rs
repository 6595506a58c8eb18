//! `relspec test` as its users see it: what passes, what fails and how that reads, and what happens where a tool is missing,
//! hangs or prints rubbish. It asks the promtool and amtool on the path and those that `RELSPEC_PROMTOOLS` and
//! `RELSPEC_AMTOOLS` name.

#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

#[path = "verify/fresh.rs"]
mod fresh;
#[path = "verify/gaps.rs"]
mod gaps;
#[path = "verify/pretending.rs"]
mod pretending;
#[path = "verify/report.rs"]
mod report;
#[path = "verify/sandbox.rs"]
mod sandbox;

use sandbox::{CONFIG, ROUTES, RULES, Sandbox, TESTS, tools};

#[test]
fn everything_passes_with_every_version() {
    let sandbox = Sandbox::new("passes");
    let all = [tools("promtool", "RELSPEC_PROMTOOLS"), tools("amtool", "RELSPEC_AMTOOLS")].concat();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    sandbox
        .test(&all)
        .ends(0)
        .says("passed   4 rules in 1 file\n  passed   3 tests of rules in 1 file\n")
        .says("passed   2 configurations\n  passed   the routes of 2 alerts\n")
        .says("relspec 0.1.0\n  passed   the routes of 2 alerts\n  passed   tests and alerts belong together in 2 files\n")
        .says("\na: 3 rule tests with 5 assertions, 2 alert routes\n")
        .never_says("not run")
        .never_says("failed");
}

#[test]
fn a_failing_expression_is_told_with_the_name_of_its_test() {
    let sandbox = Sandbox::new("expression");
    sandbox.edit(RULES, "> 20", "> 30");
    sandbox
        .test(&[])
        .ends(1)
        .says("  FAILED   generated/a/prometheus/a.rules.test.yaml: 1 of 3 tests\n    jobs: above 20 for 5m rolls back\n")
        .says(
            "      at 6m10s, count by (alertname) (ALERTS{alertname=\"JobsRollback\", alertstate=\"firing\"})\n        \
             expected {alertname=\"JobsRollback\"} 1\n        got      nothing\n",
        )
        .says("        expected {__name__=\"release:verdict\", release=\"a\"} 2\n        got      {__name__=\"release:verdict\", release=\"a\"} 0\n")
        .says("7 checks passed, 1 failed\n")
        .never_says("# test");
}

/// The page on proofs shows the run above, with the versions that it was written with.
#[test]
fn the_page_shows_how_a_failure_reads() {
    let page = include_str!("../docs/proof.md");
    let (_, block) = page.split_once("compares this block with a run -->\n```console\n").expect("the block");
    let (block, _) = block.split_once("```\n").expect("its end");
    let sandbox = Sandbox::new("page");
    sandbox.edit(RULES, "> 20", "> 30");
    let out = sandbox.test(&[]).ends(1).out();
    let without = |text: &str| {
        let lines = text.lines().map(|line| match line.split_once(' ') {
            Some((tool @ ("promtool" | "amtool" | "relspec"), _)) => tool.to_owned(),
            _ => line.to_owned(),
        });
        lines.collect::<Vec<_>>()
    };
    assert_eq!(without(&out), without(block));
}

#[test]
fn a_failing_alert_is_told_by_what_differs() {
    let sandbox = Sandbox::new("alert");
    sandbox.edit(RULES, "severity: warning", "severity: critical");
    sandbox.edit(RULES, "任务太多", "任务很多");
    sandbox.test(&[]).ends(1).says("    jobs: above 10 for 5m warns\n      at 6m10s, alert JobsWarn\n").says(
        "        label severity:\n          expected \"warning\"\n          got      \"critical\"\n        \
         annotation summary:\n          expected \"任务太多: 11\"\n          got      \"任务很多: 11\"\n",
    );
    sandbox.edit(RULES, "> 10", "> 12");
    sandbox.test(&[]).ends(1).says("        should fire and does not: {alertname=\"JobsWarn\"");
}

#[test]
fn rules_that_promtool_refuses_fail_also_where_it_exits_with_0() {
    let sandbox = Sandbox::new("refused");
    sandbox.edit(RULES, "level: warn,", "level: warn, bad label: x,");
    sandbox.test(&[]).ends(1).says("  FAILED   generated/a/prometheus/a.rules.yaml\n").says("bad label");
    let sandbox = Sandbox::new("duplicate");
    sandbox.edit(RULES, "alert: JobsRollback", "alert: JobsWarn");
    sandbox.edit(RULES, "level: rollback, severity: critical", "level: warn, severity: warning");
    sandbox.test(&[]).ends(1).says("duplicate rule(s) found");
    let sandbox = Sandbox::new("documents");
    sandbox.write(RULES, &(sandbox.read(RULES) + "---\ngroups: []\n"));
    sandbox.test(&[]).ends(1).says("this file holds more than one document");
}

#[test]
fn what_promtool_lets_pass_fails() {
    let sandbox = Sandbox::new("traps");
    sandbox.edit(TESTS, "alertname: JobsRollback, exp_alerts: []", "alertname: JobsRolback, exp_alerts: []");
    sandbox
        .test(&[])
        .ends(1)
        .says("passed   3 tests of rules in 1 file\n")
        .says("it asks for the alert `JobsRolback`, which no rule has");
    sandbox.write(TESTS, "rule_files: [b.rules.yaml]\nevaluation_interval: 30s\ntests: []\n");
    sandbox
        .test(&[])
        .ends(1)
        .says("passed   0 tests of rules in 1 file\n")
        .says("    `rule_files` names `b.rules.yaml`, which this build does not make")
        .says("    there are no tests in this file\n")
        .says("not run  generated/a/prometheus/a.rules.yaml: no tests are generated for these rules\n");
    sandbox.owns(&[RULES]);
    sandbox.test(&[]).ends(4).says("not everything is proven");
}

#[test]
fn a_lost_route_is_found_by_two_judges_and_a_lost_inhibition_by_ours() {
    let sandbox = Sandbox::new("routes");
    sandbox.edit(
        CONFIG,
        "{ receiver: phone, matchers: ['release=\"a\"'",
        "{ receiver: phone, matchers: ['release=\"b\"'",
    );
    let wanted = "it reaches other receivers\n        expected chat, phone\n        got      chat\n";
    let ended = sandbox.test(&[]).ends(1).says("    a: JobsRollback\n").says(wanted);
    assert_eq!(
        ended.out().matches("FAILED   generated/alertmanager/routes.test.yaml: 1 of 2 tests").count(),
        2
    );

    let sandbox = Sandbox::new("inhibition");
    sandbox.edit(CONFIG, "equal: [\"release\", \"metric\"]", "equal: [\"release\", \"alertname\"]");
    sandbox
        .test(&[])
        .ends(1)
        .says("passed   the routes of 2 alerts\n")
        .says("level=\"rollback\", metric=\"jobs\"")
        .says("does not silence it");
    let sandbox = Sandbox::new("wide");
    sandbox.edit(ROUTES, "    silenced_by:\n      - { alertname: JobsRollback, level: rollback }\n", "");
    sandbox.test(&[]).ends(1).says("silences it, which the test does not say");
    let sandbox = Sandbox::new("group");
    sandbox.edit(ROUTES, "group_by: [release],", "group_by: [level],");
    sandbox
        .test(&[])
        .ends(1)
        .says("at phone it is in another group\n        expected level\n        got      release\n");
    sandbox.edit(ROUTES, "config: alertmanager.yml", "config: other.yml");
    sandbox.test(&[]).ends(1).says("`config` names `other.yml`, which this build does not make");
    sandbox.edit(ROUTES, "reaches", "reached");
    sandbox.test(&[]).ends(1).says("this is no file of route tests");
}
