//! Each kind of reference of a board, broken on purpose.

mod runbook;

use super::{Broken, release, together};
use crate::plan::board::{Link, Query, Reads, Show};
use crate::plan::{Plan, ReleasePlan, Rule, Series, names};
use crate::{Project, judge};

const SPEC: &str = "relspec: 1
release: { id: example, title: Example, service: shop, version: \"2\", owner: team }
scope: { canary: { version: \"2\" }, baseline: { version: \"1\" } }
metrics:
  failures:
    title: Failures
    watch: alert
    unit: ratio
    by: [region]
    ratio: { bad: 'a_total{code=\"500\"}', total: a_total }
    warn: { above: 0.5% }
    rollback: { above: 1% }
    where: [{ stage: all, warn: { above: 0.6% } }]
stages: [{ id: all, traffic: 100%, lasts: 1d }]
";

/// What is found in a sound plan after a change.
fn found(change: impl FnOnce(&mut Plan<'_>)) -> Vec<String> {
    let mut project = Project::default();
    let config = "relspec: 1\nurls: { runbooks: \"https://r\", grafana: \"https://g\" }\n";
    project.config_file = Some(project.sources.add("relspec.yaml", config));
    let file = project.sources.add("a.yaml", SPEC);
    project.spec_files.push(file);
    let judged = judge(&project);
    assert!(judged.specs[0].whole, "{:?}", judged.findings);
    let mut plan = Plan::new(&judged.specs, &judged.config).unwrap();
    change(&mut plan);
    let told = |fault: Broken| fault.what;
    let of_releases: Vec<Broken> = plan.releases.iter().flat_map(release).collect();
    of_releases.into_iter().chain(together(&plan)).map(told).collect()
}

/// Changes the only release.
fn broken(change: impl FnOnce(&mut ReleasePlan<'_>)) -> String {
    found(|plan| change(&mut plan.releases[0])).join("\n")
}

/// The first query of the panel of the metric.
fn first<'a>(plan: &'a mut ReleasePlan<'_>) -> &'a mut Query {
    match &mut plan.board.rows[1].panels[0].show {
        Show::Lines { lines, .. } => &mut lines[0],
        other => panic!("{other:?}"),
    }
}

fn annotate(plan: &mut ReleasePlan<'_>, key: &str, value: &str) {
    let rules = plan.groups.iter_mut().flat_map(|group| &mut group.rules);
    let alerts = rules.filter_map(|rule| if let Rule::Alert(alert) = rule { Some(alert) } else { None });
    let mut annotations = alerts.flat_map(|alert| &mut alert.annotations);
    value.clone_into(&mut annotations.find(|(name, _)| *name == key).unwrap().1);
}

#[test]
fn a_sound_plan_has_no_fault() {
    assert_eq!(found(|_| {}), Vec::<String>::new());
}

#[test]
fn a_panel_that_reads_what_nothing_records() {
    let told =
        broken(|plan| first(plan).reads = Reads::Series(Series::new("release:failures:nonsense", "example")));
    assert!(told.contains("reads release:failures:nonsense"), "{told}");
    let told = broken(|plan| {
        let Reads::Series(series) = first(plan).reads.clone() else { panic!("a series") };
        first(plan).reads = Reads::Series(Series::new(series.name, "example").with("role", "reference"));
    });
    assert!(told.contains("role=\"reference\"") && told.contains("nothing records"), "{told}");
    let told = broken(|plan| {
        let Reads::Series(series) = first(plan).reads.clone() else { panic!("a series") };
        first(plan).reads = Reads::Series(Series::new(series.name, "another"));
    });
    assert!(told.contains("nothing records"), "{told}");
}

#[test]
fn a_panel_without_its_recording() {
    let told = broken(|plan| {
        for group in &mut plan.groups {
            group.rules.retain(|rule| !matches!(rule, Rule::Recording(one) if one.name == names::VERDICT));
        }
    });
    assert!(told.contains("panel 11: reads release:verdict"), "{told}");
}

#[test]
fn a_query_that_no_variable_restricts() {
    let told = broken(|plan| plan.board.variables.retain(|variable| variable.label != "region"));
    assert!(told.contains("no variable is for region"), "{told}");
}

#[test]
fn a_variable_that_can_not_be_asked_for() {
    let told = broken(|plan| {
        let seen = Series::new("", "example").matching("region!=");
        plan.board.variables[1].values = crate::plan::board::Values::Seen(seen);
    });
    assert!(told.contains("the variable region"), "{told}");
}

#[test]
fn a_mark_that_reads_what_nothing_records() {
    let told = broken(|plan| {
        let lost = Series::new("release:stage:lost", "example");
        plan.board.marks[1].query.reads = Reads::Series(lost);
    });
    assert!(told.contains("reads release:stage:lost"), "{told}");
}

#[test]
fn numbers_that_two_panels_share() {
    let told = broken(|plan| plan.board.rows[1].panels[0].id = names::PANEL_VERDICT);
    assert!(told.contains("two rows or panels have the number 11"), "{told}");
}

#[test]
fn an_alert_that_leads_to_no_panel() {
    let told = broken(|plan| drop(plan.board.rows[1].panels.remove(0)));
    assert!(
        told.contains("__panelId__ leads nowhere") && told.contains("dashboard_url leads nowhere"),
        "{told}"
    );
    for (key, value) in [
        ("__panelId__", "7"),
        ("__dashboardUid__", "relspec-other"),
        ("dashboard_url", "https://g/d/relspec-other"),
        ("dashboard_url", "https://g/d/relspec-example?viewPanel=7"),
    ] {
        let told = broken(|plan| annotate(plan, key, value));
        assert!(told.contains(&format!("{key} leads nowhere: {value}")), "{told}");
    }
}

#[test]
fn a_panel_that_leads_to_no_section() {
    let link = |alert: &str| Link {
        title: String::new(),
        url: "https://r/example/runbook/alerts.md#failureshold".to_owned(),
        alert: Some(alert.to_owned()),
    };
    for alert in ["FailuresHold", "FailuresWarn"] {
        let told = broken(|plan| plan.board.rows[1].panels[0].links.push(link(alert)));
        assert!(told.contains("leads to no section"), "{told}");
    }
}

#[test]
fn boards_of_one_name_and_an_overview_of_nothing() {
    let told = found(|plan| plan.releases[0].board.uid = names::OVERVIEW_UID.to_owned()).join("\n");
    assert!(told.contains("two boards are called relspec_overview"), "{told}");
    let told = found(|plan| {
        plan.releases[0].groups.clear();
        plan.releases[0].board.rows.clear();
        plan.releases[0].board.marks.clear();
    });
    assert!(told.iter().any(|what| what.contains("panel 11: reads release:verdict")), "{told:?}");
}
