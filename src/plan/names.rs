//! Every name that is generated: series, alerts, groups, files, boards, panels, headings.

use crate::ladder::Level;
use crate::quantity::{Duration, Number};
use std::collections::BTreeMap;

/// The series that a pipeline sets: when each stage began.
pub const STAGE_SIGNAL: &str = "release_stage_start_time_seconds";
/// The recorded stage: the one that began last.
pub const STAGE_START: &str = "release:stage:start_time_seconds";
/// The recorded share of the traffic at the current stage.
pub const TRAFFIC_SHARE: &str = "release:stage:traffic_share";
/// The verdict: 0 nothing speaks against going on, 1 hold, 2 rollback.
pub const VERDICT: &str = "release:verdict";
/// The stage that says that a release is finished or rolled back.
pub const DONE: &str = "done";
/// The alert for a lost stage signal.
pub const SIGNAL_LOST: &str = "StageSignalLost";
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
/// Metric ids that would collide with what every release has.
pub const RESERVED_METRICS: [&str; 2] = ["stage", "verdict"];

/// Labels that the generated series and alerts give a meaning of their own, so that no metric can keep one of that name.
pub const OWN_LABELS: [&str; 12] = [
    "alertname",
    "because",
    "le",
    "level",
    "metric",
    "release",
    "role",
    "service",
    "severity",
    "side",
    "stage",
    "team",
];

/// The longest alert name.
const ALERT_LENGTH: usize = 40;
/// The longest suffix of an alert name.
const SUFFIX_LENGTH: usize = "Rollback".len();
/// The longest uid that Grafana takes.
const UID_LENGTH: usize = 40;

/// A recorded series of a metric.
#[must_use]
pub fn series(metric: &str, operation: &str) -> String {
    format!("release:{metric}:{operation}")
}

/// A duration inside a name.
#[must_use]
pub fn duration(duration: &Duration) -> String {
    duration.to_canonical()
}

/// A quantile inside a name: 0.95 is 95, 0.5 is 50, 0.999 is 999.
#[must_use]
pub fn quantile(q: &Number) -> String {
    let text = q.to_promql();
    let digits = text.strip_prefix("0.").unwrap_or(&text);
    if digits.len() == 1 { format!("{digits}0") } else { digits.to_owned() }
}

/// The alert of a metric at a level.
#[must_use]
pub fn alert(metric: &str, level: Level) -> String {
    let suffix = match level {
        Level::Warn => "Warn",
        Level::Hold => "Hold",
        Level::Rollback => "Rollback",
    };
    format!("{}{suffix}", camel(metric))
}

/// The alert for a metric without data.
#[must_use]
pub fn no_data_alert(metric: &str) -> String {
    format!("{}NoData", camel(metric))
}

/// A metric id in CamelCase, short enough for every suffix; a shortened one ends in its digest.
fn camel(metric: &str) -> String {
    let mut camel = String::new();
    for word in metric.split('_') {
        let mut chars = word.chars();
        camel.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        camel.push_str(chars.as_str());
    }
    let room = ALERT_LENGTH - SUFFIX_LENGTH;
    if camel.len() > room {
        let digest = format!("{:04X}", digest(metric) & 0xffff);
        camel.truncate(room - digest.len());
        camel.push_str(&digest);
    }
    camel
}

/// The group of a metric's rules.
#[must_use]
pub fn group(release: &str, part: &str) -> String {
    format!("{release}-{part}")
}

/// The rules of a release.
#[must_use]
pub fn rules_file(release: &str) -> String {
    format!("{release}/prometheus/{release}.rules.yaml")
}

/// The same rules for Prometheus Operator.
#[must_use]
pub fn manifest_file(release: &str) -> String {
    format!("{release}/prometheus/prometheusrule.yaml")
}

/// The page with a section for each alert, and the anchor of one.
#[must_use]
pub fn runbook_link(release: &str, alert: &str) -> String {
    format!("{release}/runbook/alerts.md#{}", alert.to_ascii_lowercase())
}

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

/// The release's plan as people read it.
#[must_use]
pub fn runbook_page(release: &str) -> String {
    format!("{release}/runbook/README.md")
}

/// The variable in which a reader chooses among the values of a label. `datasource` is taken; no two labels meet.
#[must_use]
pub fn variable(label: &str) -> String {
    let taken = label.trim_start_matches("label_") == "datasource";
    if taken { format!("label_{label}") } else { label.to_owned() }
}

/// FNV-1a, 64 bits: short, stable on every machine and version, and no secret depends on it.
/// Source: Fowler, Noll, Vo (RFC 9923).
fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
