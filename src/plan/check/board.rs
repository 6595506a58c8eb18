//! The boards checked: what a panel reads is recorded, and what leads to a panel, an alert or a board finds it.

use super::Broken;
use crate::plan::board::{Board, Query, Reads, Values};
use crate::plan::{Alert, Plan, Recording, ReleasePlan, Rule, Series, names};
use crate::promql::{self, MatchOp, Selector};
use std::collections::BTreeSet;

/// Every fault of a release's board and of what leads to it.
pub(super) fn release(plan: &ReleasePlan<'_>) -> Vec<Broken> {
    let rules = || plan.groups.iter().flat_map(|group| &group.rules);
    let recordings: Vec<&Recording> = rules().filter_map(recording).collect();
    let alerts: Vec<&Alert> = rules()
        .filter_map(|rule| match rule {
            Rule::Alert(alert) => Some(alert),
            Rule::Recording(_) => None,
        })
        .collect();
    let mut faults = board(&plan.board, &recordings);
    let known: BTreeSet<&str> = alerts.iter().map(|alert| alert.name.as_str()).collect();
    for link in plan.board.panels().flat_map(|panel| &panel.links) {
        let Some(alert) = &link.alert else { continue };
        let section = names::runbook_link(&plan.id, alert);
        if !known.contains(alert.as_str()) || !link.url.ends_with(&section) {
            faults.push(format!("{} leads to no section of an alert", link.url));
        }
    }
    faults.extend(alerts.iter().flat_map(|alert| led_astray(alert, &plan.board)));
    faults.into_iter().map(|what| Broken::new(&plan.id, what)).collect()
}

/// Every fault of the board of all releases, and boards that share a name.
#[must_use]
pub fn together(plan: &Plan<'_>) -> Vec<Broken> {
    let rules = plan.releases.iter().flat_map(|release| &release.groups).flat_map(|group| &group.rules);
    let recordings: Vec<&Recording> = rules.filter_map(recording).collect();
    let mut faults: Vec<String> =
        plan.overview.iter().flat_map(|overview| board(overview, &recordings)).collect();
    let mut uids = BTreeSet::new();
    let boards = plan.releases.iter().map(|release| &release.board).chain(&plan.overview);
    for twice in boards.filter(|board| !uids.insert(board.uid.as_str())) {
        faults.push(format!("two boards are called {}", twice.uid));
    }
    faults.into_iter().map(|what| Broken::new(names::OVERVIEW_UID, what)).collect()
}

fn recording(rule: &Rule) -> Option<&Recording> {
    match rule {
        Rule::Recording(recording) => Some(recording),
        Rule::Alert(_) => None,
    }
}

fn board(board: &Board, recordings: &[&Recording]) -> Vec<String> {
    let mut faults = Vec::new();
    let rows = board.rows.iter().map(|row| row.id);
    let mut ids = BTreeSet::new();
    for id in rows.chain(board.panels().map(|panel| panel.id)).filter(|id| !ids.insert(*id)) {
        faults.push(format!("two rows or panels have the number {id}"));
    }
    let variables: BTreeSet<&str> = board.variables.iter().map(|one| one.label.as_str()).collect();
    for panel in board.panels() {
        for query in panel.show.queries() {
            let told = |what| format!("panel {}: {what}", panel.id);
            faults.extend(dangling(query, recordings).map(told));
            let free = query.chosen.iter().filter(|label| !variables.contains(label.as_str()));
            faults.extend(free.map(|label| told(format!("no variable is for {label}"))));
        }
    }
    let marks = board.marks.iter().filter_map(|mark| unrecorded(&mark.series, recordings));
    faults.extend(marks.map(|what| format!("a mark {what}")));
    for variable in &board.variables {
        if let Values::Seen(series) = &variable.values
            && promql::parse_generated(&series.selector()).is_err()
        {
            faults.push(format!("the variable {} can't be asked for", variable.label));
        }
    }
    faults
}

fn dangling(query: &Query, recordings: &[&Recording]) -> Option<String> {
    match &query.reads {
        Reads::Series(series) => unrecorded(series, recordings),
        Reads::Constant(_) => None,
    }
}

/// What is wrong with a series that nothing records, under that name and with those labels.
fn unrecorded(series: &Series, recordings: &[&Recording]) -> Option<String> {
    let text = series.selector();
    let Ok(parsed) = promql::parse_generated(&text) else { return Some(format!("reads {text}, which does not parse")) };
    let selector = parsed.as_selector()?;
    if selector.metric() == Some(names::ALERTS) {
        return None;
    }
    let found = recordings.iter().any(|recording| fits(selector, recording));
    (!found).then(|| format!("reads {text}, which nothing records"))
}

/// Whether a recording can have the series: its name, and the labels that it is given.
fn fits(selector: &Selector, recording: &Recording) -> bool {
    let given = ["release", "metric", "role"];
    selector.metric() == Some(recording.name.as_str())
        && selector.matchers.iter().all(|matcher| {
            let label = matcher.label.text.as_str();
            let value = recording.labels.iter().find(|(name, _)| *name == label);
            let value = value.map_or("", |(_, value)| value.as_str());
            matcher.op != MatchOp::Equal || !given.contains(&label) || matcher.value == value
        })
}

/// Where an alert's annotations lead to no board or panel.
fn led_astray(alert: &Alert, board: &Board) -> Vec<String> {
    let is_panel = |id: &str| board.panels().any(|panel| panel.id.to_string() == id);
    let mut faults = Vec::new();
    for (key, value) in &alert.annotations {
        let leads = match *key {
            "__dashboardUid__" => *value == board.uid,
            "__panelId__" => is_panel(value),
            "dashboard_url" => {
                let (page, panel) = match value.split_once("?viewPanel=") {
                    Some((page, panel)) => (page, Some(panel)),
                    None => (value.as_str(), None),
                };
                page.ends_with(&format!("/d/{}", board.uid)) && panel.is_none_or(is_panel)
            }
            _ => true,
        };
        if !leads {
            faults.push(format!("{}: {key} leads nowhere: {value}", alert.name));
        }
    }
    faults
}
