//! What a section says, alert by alert.

use crate::compiled;

pub const SPEC: &str = include_str!("spec.yaml");

/// The section of an alert.
fn section(spec: &str, alert: &str) -> String {
    let page = &compiled(spec)["example/runbook/alerts.md"];
    let (_, section) = page.split_once(&format!("\n## {alert}\n")).expect("a section");
    section.split("\n## ").next().unwrap_or_default().to_owned()
}

/// Fails unless all parts are there, in order.
fn in_order(section: &str, parts: &[&str]) {
    let mut rest = section;
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            panic!("no {part:?} (in this order) in:\n{section}")
        };
        rest = after;
    }
}

#[test]
fn rollback_is_written_out_with_commands_results_times_and_owners() {
    in_order(
        &section(SPEC, "FailuresRollback"),
        &[
            "> [!CAUTION]\n> **Failures: above 2% for 10 min or above 0.5% (warn) for 30 min. Go back now.**",
            "3 steps · about 6 min · within 10 min",
            "1. - [ ] Send traffic back · 1 min · **Operator on duty**\n\n     ```sh\n     ./traffic 0\n     ```\n\n     Expected: canary 0%\n",
            "2. - [ ] Only if jobs wait: Drain · 3 min\n\n     ```sh\n     ./drain\n     ```\n",
            "3. - [ ] The old version is healthy · 2 min\n",
            "4. - [ ] Healthy again: at most 0.2% (the new version has no value once it has no traffic",
            "role%3D%7E%22canary%7Cbaseline%22",
            "[Slowly](README.md#roll-back-slow): there is time · within 1 h",
            "1. at once **Operator on duty** · page",
            "2. after 10 min **Chief** 12345 · phone",
            "](ladders/failures.svg)",
            "**Impact:** Users see errors.",
            "[Broken images](README.md#scenario-broken)",
            "Which decoder answers?",
            "1. - [ ] Restart the decoder\n\n     - [ ] Stop it\n\n       ```sh\n       export NOW=1\n       ./stop\n       ```\n\n     - [ ] Wait a minute\n",
            "**Delay:** the fault may be up to",
            "<details>",
        ],
    );
}

#[test]
fn a_trouble_that_only_rolls_back_does_not_repeat_the_way_back() {
    let (start, rest) = SPEC.split_once("    - { do: Send").expect("the way back");
    let (steps, rest) = rest.split_once("  verify:").expect("the verification");
    let (between, rest) = rest.split_once("      - do: Restart").expect("the trouble's steps");
    let (_, rest) = rest.split_once("    rollback_if").expect("its end");
    let spec = |only_if: &str| {
        format!(
            "{start}    - {{ procedure: back }}\n  verify:{between}      - {{ do: Go back, procedure: back{only_if} }}\n    \
             rollback_if{rest}procedures:\n  back:\n    - {{ do: Send{steps}"
        )
    };
    let times = |spec: &str| section(spec, "FailuresRollback").matches("./traffic 0\n").count();
    assert_eq!(times(&spec("")), 1, "{}", section(&spec(""), "FailuresRollback"));
    assert!(section(&spec(""), "FailuresRollback").contains("Which decoder answers?"));
    assert_eq!(times(&spec(", if: it is sure")), 2, "a case of its own");
}

#[test]
fn hold_says_who_decides_and_what_speaks_for_going_back() {
    let section = section(SPEC, "FailuresHold");
    in_order(
        &section,
        &[
            "> [!WARNING]\n> **Failures: above 1% for 10 min. Stop here and decide.**",
            "1. - [ ] Stop here.",
            "2. - [ ] Look at the value; normal is at most 0.2% · [value now](",
            "3. - [ ] Decide whether to go on, stay or go back: **Chief** 12345 · within 5 min",
            "1. at once **Operator on duty** · page",
            "Which decoder answers?",
            "Roll back when one of these holds:",
            "- Not understood within 15 minutes.",
            "- [FailuresRollback](#failuresrollback): above 2% for 10 min or above 0.5% (warn) for 30 min",
            "- At the stage that is running:\n  - [First users](README.md#stage-canary-5)\n    - A wrong image.\n",
            "\nOther ways to roll back:\n\n- [Slowly](README.md#roll-back-slow): there is time · within 1 h",
        ],
    );
    assert!(!section.contains("Restart the decoder"), "the trouble begins at rollback:\n{section}");
    assert!(!section.contains("phone"), "the second call is for rollback:\n{section}");
}

#[test]
fn warn_asks_the_first_questions_and_calls_nobody() {
    let section = section(SPEC, "FailuresWarn");
    in_order(
        &section,
        &[
            "> [!NOTE]\n> **Failures: above 0.5% for 10 min. Look closely.**",
            "Is it the new version alone",
            "Which decoder answers?",
        ],
    );
    assert!(!section.contains("Operator") && !section.contains("Restart"), "{section}");
}

#[test]
fn what_people_judge_raises_no_alert_but_speaks_for_going_back() {
    let section = section(SPEC, "LatencyHold");
    in_order(&section, &["**Latency: above 2 s for 10 min.", "normal is at most 1 s", "- People complain."]);
    assert!(!compiled(SPEC)["example/runbook/alerts.md"].contains("LatencyRollback"));
}

#[test]
fn a_lack_of_data_names_the_series_and_the_canary_that_was_taken_away() {
    let hold = section(SPEC, "FailuresNoData");
    in_order(
        &hold,
        &[
            "> **Failures: no data for 15 min. Stop here and decide.**",
            "\n1. - [ ] Decide whether to go on, stay or go back: **Chief** 12345\n2. - [ ] ",
            "the alert ends by itself 1 h after the last value",
            "new version: `http_requests_total{deployment=\"shop-canary\"}`",
            "`up == 0`",
            "\n5. - [ ] Wait until the values are back",
            "For the verdict",
        ],
    );
    let rollback = section(SPEC, "LatencyNoData");
    in_order(
        &rollback,
        &[
            "> [!CAUTION]",
            "./traffic 0",
            "Then find out what is missing:\n\n1. - [ ] ",
            "shop_latency_seconds",
            "The exporter is down",
            "Does the exporter answer?",
        ],
    );
    assert!(!hold.contains("Users see errors"), "nobody knows what users see:\n{hold}");
    assert!(!hold.contains("within 5 min"), "that is how soon to act on a bad value:\n{hold}");
    assert!(!hold.contains("Broken images"), "another alert's trouble:\n{hold}");
}

#[test]
fn limits_that_differ_are_said_with_their_place_and_the_lost_signal_is_published_again() {
    let differing = |what: &str| {
        SPEC.replace("    response: 5m\n", &format!("    response: 5m\n    where: [ {what} ]\n"))
    };
    let spec = differing("{ stage: full, hold: { above: 1.5% } }");
    in_order(
        &section(&spec, "FailuresHold"),
        &[
            "**Failures: above 1% for 10 min (Everybody: above 1.5% for 10 min). Stop here and decide.**",
            "When the stage changes, the time that a value must last starts again.",
        ],
    );
    let at_once = spec
        .replace("{ above: 1.5% }", "{ above: 1.5%, for: 0s }")
        .replace("hold: { above: 1% }", "hold: { above: 1%, for: 0s }");
    assert!(!section(&at_once, "FailuresHold").contains("starts again"), "nothing waits there");
    let removed = differing("{ stage: full, hold: none }");
    in_order(&section(&removed, "FailuresHold"), &["(Everybody: no such limit)"]);
    in_order(&section(&spec, "FailuresNoData"), &["     relspec stage example done |\n       curl --fail"]);
    in_order(
        &section(&spec, "StageSignalLost"),
        &[
            "First users: `canary-5`",
            "Everybody: `full`",
            "`done`",
            "     relspec stage example STAGE --at TIME |\n       curl --fail",
        ],
    );
}

#[test]
fn a_place_is_named_for_other_bounds_and_waits_alone() {
    const SPEC: &str = r#"relspec: 1
release: { id: example, title: Example, service: shop, version: 2.0.0, owner: web }
scope: { canary: { deployment: new }, baseline: { deployment: old } }
metrics:
  failed:
    title: Failed requests
    unit: ratio
    ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
    min_events: 200
    normal:   { max: 1% }
    warn:     { above: 2% }
    rollback: { above: 8%, keep_firing_for: 15m }
    where:
      - { stage: canary-5, min_events: 100 }
      - { stage: canary-50, rollback: { keep_firing_for: 5m } }
      - { stage: full, rollback: { above: 6% } }
stages:
  - { id: canary-5, traffic: 5%, lasts: 2d, approve: lead }
  - { id: canary-50, traffic: 50%, lasts: 2d, approve: lead }
  - { id: full, traffic: 100%, lasts: 72h }
"#;
    let section = section(SPEC, "FailedRollback");
    in_order(
        &section,
        &[
            "above 8% for 10 min (full: above 6% for 10 min).",
            "Counts from 200 events on.",
            "canary-5: Counts from 100 events on.",
        ],
    );
    assert_eq!(section.matches("above 8%").count(), 2, "in the heading and in the picture: {section}");
}

#[test]
fn chinese_is_whole() {
    let spec = SPEC.replace("owner: web }", "owner: web, language: zh-CN }");
    in_order(
        &section(&spec, "FailuresRollback"),
        &[
            "**Failures：高于 2% 持续 10 分钟或高于 0.5%（警告）持续 30 分钟。请立即回滚。**",
            "3 步 · 约 6 分钟 · 10 分钟内完成",
            "预期：canary 0%",
            "恢复正常：不超过 0.2%",
        ],
    );
}
