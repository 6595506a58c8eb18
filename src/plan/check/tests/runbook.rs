//! Each kind of reference of the pages, broken on purpose.

use super::{annotate, broken};

#[test]
fn an_alert_without_a_section() {
    let told = broken(|plan| drop(plan.runbook.alerts.remove(0)));
    assert!(told.contains("has no section"), "{told}");
}

#[test]
fn a_section_without_an_alert() {
    let told = broken(|plan| plan.runbook.alerts[0].name = "NoSuchAlert".to_owned());
    assert!(told.contains("the section NoSuchAlert is of no alert"), "{told}");
}

#[test]
fn an_address_that_is_no_section() {
    let told = broken(|plan| annotate(plan, "runbook_url", "https://r/example/runbook/alerts.md#failures"));
    assert!(told.contains("leads to no section of its page"), "{told}");
}

#[test]
fn two_sections_of_one_name() {
    let told = broken(|plan| plan.runbook.alerts[1].anchor = plan.runbook.alerts[0].anchor.clone());
    assert!(told.contains("can't be found by its name"), "{told}");
}

#[test]
fn a_scenario_that_is_not_there() {
    let told = broken(|plan| {
        plan.runbook.metrics[0].scenario = Some(("Lost".to_owned(), "scenario-lost".to_owned()));
    });
    assert!(told.contains("failures leads to Lost, which is not at scenario-lost"), "{told}");
}

#[test]
fn a_metric_that_is_not_there() {
    let told = broken(|plan| plan.runbook.metrics[0].link.anchor = "metric-other".to_owned());
    assert!(told.contains("nothing is at metric-failures"), "{told}");
}

#[test]
fn a_query_that_reads_what_nothing_records() {
    let told = broken(|plan| {
        let query = &mut plan.runbook.preflight_queries[0];
        query.promql = "release:failures:nonsense{release=\"example\"} > 0".to_owned();
    });
    assert!(told.contains("reads release:failures:nonsense, which nothing records"), "{told}");
}

#[test]
fn a_stage_of_the_timetable_that_is_not_there() {
    let told = broken(|plan| {
        let row = crate::plan::runbook::TimelineRow {
            at: None,
            phase: None,
            what: None,
            stage: Some(("Lost".to_owned(), "stage-lost".to_owned())),
            owners: Vec::new(),
            takes: None,
            run: None,
            note: None,
        };
        plan.runbook.timeline.push(row);
    });
    assert!(told.contains("the timetable leads to Lost, which is not at stage-lost"), "{told}");
}
