//! The pages checked: every alert has its section, every link leads to one, every query reads what is recorded.

use super::{Broken, dangling};
use crate::plan::runbook::{MetricLink, Runbook, Step};
use crate::plan::{Alert, ReleasePlan, Rule, names};
use std::collections::BTreeSet;

/// Every fault of a release's pages and of what leads to them. `recorded` are the names of all recorded series, `owners`
/// the metrics that have any.
pub(super) fn release(
    plan: &ReleasePlan<'_>,
    recorded: &BTreeSet<&str>,
    owners: &BTreeSet<&str>,
) -> Vec<Broken> {
    let mut faults = sections(plan);
    faults.extend(links(&plan.runbook));
    for query in plan.runbook.queries() {
        let what = dangling(&query.promql, recorded, owners);
        faults.extend(what.into_iter().map(|what| format!("the query for {}: {what}", query.title)));
    }
    faults.into_iter().map(|what| Broken::new(&plan.id, format!("runbook: {what}"))).collect()
}

/// Alerts and sections, one for one, and what each alert says of its section's address.
fn sections(plan: &ReleasePlan<'_>) -> Vec<String> {
    let rules = plan.groups.iter().flat_map(|group| &group.rules);
    let alerts: Vec<&Alert> =
        rules.filter_map(|rule| if let Rule::Alert(alert) = rule { Some(alert) } else { None }).collect();
    let pages = &plan.runbook.alerts;
    let raised: BTreeSet<&str> = alerts.iter().map(|alert| alert.name.as_str()).collect();
    let told: BTreeSet<&str> = pages.iter().map(|page| page.name.as_str()).collect();
    let mut faults = Vec::new();
    for alert in &alerts {
        if !told.contains(alert.name.as_str()) {
            faults.push(format!("{} has no section", alert.name));
        }
        let address = alert.annotations.iter().find(|(key, _)| *key == "runbook_url");
        let section = names::runbook_link(&plan.id, &alert.name);
        if address.is_some_and(|(_, address)| !address.ends_with(&section)) {
            faults.push(format!("{} leads to no section of its page", alert.name));
        }
    }
    let mut anchors = BTreeSet::new();
    for page in pages {
        if !raised.contains(page.name.as_str()) {
            faults.push(format!("the section {} is of no alert", page.name));
        }
        if page.anchor != names::alert_anchor(&page.name) || !anchors.insert(page.anchor.as_str()) {
            faults.push(format!("the section {} can't be found by its name", page.name));
        }
    }
    faults
}

/// Links from one part of the release page to another.
fn links(page: &Runbook) -> Vec<String> {
    let stages: BTreeSet<&str> = page.stages.iter().map(|stage| stage.anchor.as_str()).collect();
    let scenarios: BTreeSet<&str> = page.scenarios.iter().map(|one| one.anchor.as_str()).collect();
    let metrics: BTreeSet<&str> = page.metrics.iter().map(|metric| metric.link.anchor.as_str()).collect();
    let mut faults = Vec::new();
    for metric in &page.metrics {
        if let Some((title, anchor)) =
            metric.scenario.as_ref().filter(|(_, a)| !scenarios.contains(a.as_str()))
        {
            faults.push(format!("{} leads to {title}, which is not at {anchor}", metric.link.id));
        }
    }
    for (title, anchor) in page.timeline.iter().filter_map(|row| row.stage.as_ref()) {
        if !stages.contains(anchor.as_str()) {
            faults.push(format!("the timetable leads to {title}, which is not at {anchor}"));
        }
    }
    for link in metric_links(page).into_iter().filter(|link| !metrics.contains(link.anchor.as_str())) {
        faults.push(format!("nothing is at {}, where {} should be", link.anchor, link.id));
    }
    faults
}

/// Every link to a metric, wherever it stands.
fn metric_links(page: &Runbook) -> Vec<&MetricLink> {
    let mut links: Vec<&MetricLink> = Vec::new();
    for stage in &page.stages {
        links.extend(stage.metrics.iter().map(|metric| &metric.link));
        links.extend(stage.steps.iter().flat_map(of_step));
    }
    links.extend(page.reports.iter().flat_map(|report| &report.metrics));
    for scenario in &page.scenarios {
        links.extend(scenario.alerts.iter().map(|(link, _)| link));
        links.extend(scenario.diagnose.iter().chain(&scenario.steps).flat_map(of_step));
    }
    let groups = page.preflight.iter().chain(&page.after).flat_map(|group| &group.items);
    links.extend(groups.flat_map(of_step));
    links
}

fn of_step(step: &Step) -> Vec<&MetricLink> {
    step.metric.iter().chain(step.items.iter().flat_map(of_step)).collect()
}
