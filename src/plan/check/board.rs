//! The boards checked: what a panel reads is recorded, and what leads to a panel, an alert or a board finds it.

use super::Broken;
use crate::plan::board::{Board, Query, Reads, Values};
use crate::plan::{Alert, Plan, Recording, ReleasePlan, Rule, Series, names};
use crate::promql::{self, MatchOp, Selector};
use std::collections::{BTreeMap, BTreeSet};

/// Every fault of a release's board and of what leads to it.
pub(super) fn release(plan: &ReleasePlan<'_>) -> Vec<Broken> {
    let rules = || plan.groups.iter().flat_map(|group| &group.rules);
    let recordings = by_name(rules());
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
    let recordings = by_name(rules);
    let mut faults: Vec<String> =
        plan.overview.iter().flat_map(|overview| board(overview, &recordings)).collect();
    let mut uids = BTreeSet::new();
    let boards = plan.releases.iter().map(|release| &release.board).chain(&plan.overview);
    for twice in boards.filter(|board| !uids.insert(board.uid.as_str())) {
        faults.push(format!("two boards are called {}", twice.uid));
    }
    faults.into_iter().map(|what| Broken::new(names::OVERVIEW_UID, what)).collect()
}

/// The recordings by the name of their series.
type Recordings<'a> = BTreeMap<&'a str, Vec<&'a Recording>>;

fn by_name<'a>(rules: impl Iterator<Item = &'a Rule>) -> Recordings<'a> {
    let mut recordings = Recordings::new();
    for rule in rules {
        if let Rule::Recording(one) = rule {
            recordings.entry(one.name.as_str()).or_default().push(one);
        }
    }
    recordings
}

fn board(board: &Board, recordings: &Recordings<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    let rows = board.rows.iter().map(|row| row.id);
    let mut ids = BTreeSet::new();
    for id in rows.chain(board.panels().map(|panel| panel.id)).filter(|id| !ids.insert(*id)) {
        faults.push(format!("two rows or panels have the number {id}"));
    }
    let variables: BTreeSet<&str> = board.variables.iter().map(|one| one.label.as_str()).collect();
    for panel in board.panels() {
        for asked in panel.show.queries() {
            faults.extend(query(asked, &format!("panel {}", panel.id), &variables, recordings));
        }
    }
    for mark in &board.marks {
        faults.extend(query(&mark.query, &mark.name, &variables, recordings));
    }
    for variable in &board.variables {
        if let Values::Seen(series) = &variable.values
            && promql::parse_generated(&series.selector()).is_err()
        {
            faults.push(format!("the variable {} can't be asked for", variable.label));
        }
    }
    faults
}

/// What a query reads and nothing records, and what it is restricted by and no variable gives.
fn query(asked: &Query, of: &str, variables: &BTreeSet<&str>, recordings: &Recordings<'_>) -> Vec<String> {
    let dangling = match &asked.reads {
        Reads::Series(series) => unrecorded(series, recordings),
        Reads::Constant(_) => None,
    };
    let free = asked.chosen.iter().filter(|label| !variables.contains(label.as_str()));
    let free = free.map(|label| format!("no variable is for {label}"));
    dangling.into_iter().chain(free).map(|what| format!("{of}: {what}")).collect()
}

/// What is wrong with a series that nothing records, under that name and with those labels.
fn unrecorded(series: &Series, recordings: &Recordings<'_>) -> Option<String> {
    let text = series.selector();
    let Ok(parsed) = promql::parse_generated(&text) else {
        return Some(format!("reads {text}, which does not parse"));
    };
    let selector = parsed.as_selector()?;
    if selector.metric() == Some(names::ALERTS) {
        return None;
    }
    let named = recordings.get(selector.metric().unwrap_or_default());
    let found = named.into_iter().flatten().any(|recording| fits(selector, recording));
    (!found).then(|| format!("reads {text}, which nothing records"))
}

/// Whether a recording can have the series by the labels that it is given.
fn fits(selector: &Selector, recording: &Recording) -> bool {
    let given = ["release", "metric", "role"];
    selector.matchers.iter().all(|matcher| {
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
