//! Why some rules of Grafana's dashboard-linter don't fit a board; the linter reads the file beside it.

use super::model::{Dashboard, Element};
use super::options::Options;
use crate::plan::Board;
use std::collections::BTreeMap;

/// What the linter is told to leave out.
#[derive(serde::Serialize)]
pub struct Exclusions {
    exclusions: BTreeMap<String, Exclusion>,
}

#[derive(serde::Serialize)]
struct Exclusion {
    reason: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entries: Vec<Entry>,
}

#[derive(serde::Serialize)]
struct Entry {
    dashboard: String,
    panel: String,
}

/// The rules that don't fit, each with its reason; entries only where a rule fits other panels of the board.
pub fn exclusions(board: &Board, dashboard: &Dashboard) -> Exclusions {
    let mut exclusions = BTreeMap::new();
    let asks = board.panels().any(|panel| !panel.show.queries().is_empty());
    for label in ["job", "instance"] {
        let variable = board.variables.iter().any(|variable| variable.label == label);
        let mut add = |rule: &str, reason| {
            let exclusion = Exclusion { reason, entries: Vec::new() };
            exclusions.insert(format!("{rule}-{label}-rule"), exclusion);
        };
        if !variable {
            add(
                "template",
                "The board shows recorded series, which are told apart by release and not by job and instance.",
            );
        }
        if asks {
            add("target", "Recorded series carry the label release; job and instance were aggregated away.");
        }
    }
    let entries = unlisted_units(dashboard);
    if !entries.is_empty() {
        let reason = "The linter's list has no unit for events per hour or day.";
        exclusions.insert("panel-units-rule".to_owned(), Exclusion { reason, entries });
    }
    Exclusions { exclusions }
}

fn unlisted_units(dashboard: &Dashboard) -> Vec<Entry> {
    let own = |element: &Element| match element {
        Element::Panel(panel) if matches!(panel.options, Options::Lines(_)) => {
            let unit = &panel.field_config.as_ref()?.defaults.unit;
            let entry = || Entry { dashboard: dashboard.title.clone(), panel: panel.title.clone() };
            unit.starts_with("suffix:").then(entry)
        }
        _ => None,
    };
    dashboard.panels.iter().filter_map(own).collect()
}
