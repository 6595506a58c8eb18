//! The names of boards and all that is on them.

use super::digest;
use std::collections::BTreeMap;

/// The uid of the board of all releases; no release's id holds an underscore.
pub const OVERVIEW_UID: &str = "relspec_overview";
/// The tag of every board.
pub const BOARD_TAG: &str = "relspec";
/// The board of all releases.
pub const OVERVIEW_FILE: &str = "grafana/overview.json";
/// What tells Grafana where the boards lie.
pub const PROVISIONING_FILE: &str = "grafana/provisioning.yaml";
/// The series of Prometheus' own in which alerts appear.
pub const ALERTS: &str = "ALERTS";
/// The first row of a board.
pub const ROW_NOW: u32 = 1;
/// The rows of the metrics that alert, and of those that are looked at every hour, day and week.
pub const WATCH_ROWS: [u32; 4] = [2, 3, 4, 5];
/// The panel of the verdict.
pub const PANEL_VERDICT: u32 = 11;
/// The panel of the stage.
pub const PANEL_STAGE: u32 = 12;
/// The panel of the time in the stage.
pub const PANEL_SINCE: u32 = 13;
/// The panel of the firing alerts.
pub const PANEL_FIRING: u32 = 14;
/// The panel of the links.
pub const PANEL_LINKS: u32 = 15;
/// Panels of metrics have greater numbers than the rows and panels that boards have anyway.
pub const FIRST_METRIC_PANEL: u32 = 1000;
/// How far the panel of a metric's measured values lies from the panel of what its alerts read, beyond all of those.
const MEASURED_PANELS: u32 = 1_000_100_000;
/// The longest uid that Grafana takes.
const UID_LENGTH: usize = 40;

/// The uid of a release's board.
#[must_use]
pub fn board_uid(release: &str) -> String {
    let uid = format!("relspec-{release}");
    if uid.len() <= UID_LENGTH {
        return uid;
    }
    let digest = format!("-{:08x}", digest(release) & 0xffff_ffff);
    format!("{}{digest}", &uid[..UID_LENGTH - digest.len()])
}

/// The panel of each metric: a number that depends on the metric's id and not on its position.
#[must_use]
pub fn panels<'a>(metrics: impl Iterator<Item = &'a str>) -> BTreeMap<String, u32> {
    let mut ids: Vec<_> = metrics.collect();
    ids.sort_unstable();
    let mut taken = BTreeMap::new();
    let mut panels = BTreeMap::new();
    for id in ids {
        let mut panel = u32::try_from(digest(id) % 1_000_000_000).unwrap_or(0) + FIRST_METRIC_PANEL;
        while taken.insert(panel, ()).is_some() {
            panel += 1;
        }
        panels.insert(id.to_owned(), panel);
    }
    panels
}

/// The panel of a metric's measured values, where its alerts read something made from them.
#[must_use]
pub fn measured_panel(panel: u32) -> u32 {
    panel.saturating_add(MEASURED_PANELS)
}

/// The board of a release.
#[must_use]
pub fn board_file(release: &str) -> String {
    format!("{release}/grafana/{release}.json")
}

/// The provider that reads the board of a release; no id begins like the one of the overview.
#[must_use]
pub fn provider(release: &str) -> String {
    format!("{BOARD_TAG}-{release}")
}

/// Where the rules of Grafana's dashboard-linter don't fit the boards beside it; the linter looks for that name.
#[must_use]
pub fn board_lint_file(board: &str) -> String {
    let folder = board.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}/.lint")
}

/// The variable in which a reader chooses among the values of a label. `datasource` is taken; no two labels meet.
#[must_use]
pub fn variable(label: &str) -> String {
    let taken = label.trim_start_matches("label_") == "datasource";
    if taken { format!("label_{label}") } else { label.to_owned() }
}
