//! What a page must say: budgets, conditions with their queries, the stage signal, the times of checks, limits.

use super::markdown::{Part, read};
use super::projects::{FULL, compiled};

fn page() -> String {
    compiled(FULL).release_page().to_owned()
}

/// The lines between a heading and the next one of its level or a higher one.
fn section(page: &str, heading: &str) -> String {
    let level = heading.split(' ').next().expect("marks");
    let lines = page.lines().skip_while(|line| !line.starts_with(heading)).skip(1);
    let ends = |line: &&str| {
        let marks = line.split(' ').next().unwrap_or_default();
        line.starts_with('#') && marks.len() <= level.len()
    };
    let lines: Vec<&str> = lines.take_while(|line| !ends(line)).collect();
    assert!(!lines.is_empty(), "{heading}");
    lines.join("\n")
}

fn tasks(markdown: &str) -> Vec<String> {
    let parts = read(markdown).parts.into_iter();
    parts.filter_map(|part| if let Part::Item(true, text) = part { Some(text) } else { None }).collect()
}

#[test]
fn the_way_back_adds_up_step_by_step() {
    let back = section(&page(), "## Roll back");
    assert!(back.contains("Time budget: 10 minutes · the steps add up to 6 minutes"), "{back}");
    assert!(back.contains("· 1 min · **Operator on duty**"), "{back}");
    assert!(back.contains("· 3 min (all so far: 4 min)"), "{back}");
    assert!(back.contains("· 2 min (all so far: 6 min)"), "{back}");
    assert!(back.contains("     ```sh\n     ./traffic 0\n     ```\n\n     → canary: 0%"), "{back}");
    let other = section(&page(), "### Another way: gradual");
    assert!(other.contains("Time budget: 1 hour"), "{other}");
    assert!(other.contains("Approved by **Decided on the day**"), "{other}");
}

#[test]
fn a_promise_that_the_alerts_break_is_none() {
    assert!(
        section(&page(), "## Roll back").contains("A fault at the rollback level is told within 2 hours.")
    );
    let late = compiled(&FULL.replace("detect_within: 2h", "detect_within: 1m"));
    let back = section(late.release_page(), "## Roll back");
    assert!(back.contains("told up to 1 hour") && back.contains("the plan promises 1 minute."), "{back}");
}

#[test]
fn every_condition_on_a_metric_has_its_query() {
    let stage = section(&page(), "## Stage 1: First users");
    let on = section(&stage, "### Go on when all of this holds");
    let wanted = [
        "The stage has lasted 2 days (on Wed 4 Mar 09:00)",
        "All metrics watched by alerts stay normal for 24 hours",
        "Failed requests ≤ 0.2% on average over 2 days · query · panel",
        "No hold or rollback alert for 2 days · query",
        "No new kind of error in the log.",
        "Approved by Decided on the day",
    ];
    assert_eq!(tasks(&on), wanted);
    let code = read(&on)
        .parts
        .into_iter()
        .filter(|part| matches!(part, Part::Code(language, _) if language == "promql"));
    assert_eq!(code.count(), 4 + 1 + 1);
    let back = section(&stage, "### Go back when any of this holds");
    assert_eq!(tasks(&back), ["Any rollback alert · alerts", "Any wrong image served to a user."]);
}

#[test]
fn a_stage_is_published_where_something_depends_on_it() {
    let page = page();
    for (stage, heading) in [
        ("canary-5", "## Stage 1"),
        ("canary-50", "## Stage 2"),
        ("full", "## Stage 3"),
        ("done", "### Publish the end"),
    ] {
        assert!(
            section(&page, heading).contains(&format!("relspec stage thumbnailer-v3 {stage} |\n")),
            "{stage}"
        );
    }
    let mut plain: serde_yaml::Value = serde_yaml::from_str(FULL).expect("YAML");
    let metrics = plain["metrics"].as_mapping_mut().expect("metrics");
    for (_, metric) in metrics.iter_mut() {
        let metric = metric.as_mapping_mut().expect("a metric");
        metric.remove("where");
        metric.remove("extensive");
    }
    let built = compiled(&serde_yaml::to_string(&plain).expect("YAML"));
    assert!(!built.release_page().contains("relspec stage"), "{}", built.release_page());
}

#[test]
fn the_checks_of_a_stage_are_a_list_by_day_and_time() {
    let checks = section(&section(&page(), "## Stage 1: First users"), "### Checks");
    assert!(checks.contains("Mon 2 Mar 2026: 10 times"), "{checks}");
    let tasks = tasks(&checks);
    assert_eq!(tasks[0], "09:00 intensive; daily-look");
    assert_eq!(tasks[1], "09:30 intensive");
    assert_eq!(tasks.len(), 13);
}

#[test]
fn the_limits_of_a_stage_are_its_own() {
    let row = |stage: &str| {
        let limits = section(&section(&page(), stage), "### Limits at this stage");
        let row = limits.lines().find(|line| line.contains("#metric-failed_requests"));
        row.expect("a row").to_owned()
    };
    assert!(row("## Stage 1").contains("> 2% for 15 min<br>warn for 30 min"), "{}", row("## Stage 1"));
    assert!(row("## Stage 2").contains("> 1.5% for 10 min<br>warn for 30 min"), "{}", row("## Stage 2"));
    assert!(
        !section(&page(), "## Stage 3").contains("#metric-slower_than_before"),
        "it is off at this stage"
    );
}

#[test]
fn a_level_is_told_once_with_its_slowest_way() {
    let told = section(&page(), "### How soon a fault is told");
    let row = told.lines().find(|line| line.contains("#metric-failed_requests")).expect("a row");
    assert_eq!(
        row,
        "| [Failed requests](#metric-failed_requests) | 21 min 15 s | 17 min 15 s | 37 min 15 s | 5 min |"
    );
}

#[test]
fn the_flow_says_the_first_condition_and_who_approves() {
    let mut code = read(&page()).parts.into_iter().filter_map(|part| match part {
        Part::Code(language, code) if language == "mermaid" => Some(code),
        _ => None,
    });
    let flow = code.next().expect("a diagram");
    assert!(code.next().is_none(), "one diagram");
    let edge = "stage0 -->|\"All metrics watched by alerts stay normal for 24 hours<br/>… and 3 more<br/>OK: Decided on the day\"| stage1";
    assert!(flow.contains(edge), "{flow}");
    assert!(flow.contains("stage1[\"canary-50<br/>50% · 3 d\"]"), "{flow}");
}

#[test]
fn everything_that_has_a_date_stands_in_the_calendar() {
    let calendar = section(&page(), "### Calendar");
    let rows: Vec<&str> = calendar.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
    let wanted = [
        "| Mon 2 Mar 2026, 09:00 | [First users](#stage-canary-5) begins |",
        "| Wed 4 Mar 2026, 09:00 | [canary-50](#stage-canary-50) begins |",
        "| Sat 7 Mar 2026, 09:00 | [full](#stage-full) begins |",
        "| Tue 10 Mar 2026, 09:00 | The last stage is over |",
        "| Thu 12 Mar 2026 | Retrospective |",
    ];
    assert_eq!(rows, wanted);
}

#[test]
fn the_index_leads_to_all_that_a_release_has() {
    let built = compiled(FULL);
    let index = &built.files["README.md"];
    let row = index.lines().find(|line| line.contains("Thumbnailer 3.0")).expect("a row");
    for wanted in [
        "[Thumbnailer 3.0](thumbnailer-v3/runbook/README.md)<br>3.0.0",
        "[First users](thumbnailer-v3/runbook/README.md#stage-canary-5) · 5% · 2 d",
        "| Mon 2 Mar 2026, 09:00 | low | media | [1](thumbnailer-v3/runbook/README.md#waivers) |",
        "[alerts](thumbnailer-v3/runbook/alerts.md)",
        "[board](https://grafana.example.com/d/relspec-thumbnailer-v3)",
        "[rules](thumbnailer-v3/prometheus/thumbnailer-v3.rules.yaml)",
    ] {
        assert!(row.contains(wanted), "{wanted}\n{row}");
    }
}
