//! Every name that is generated: series, alerts, groups, files, boards, panels, headings.

mod board;

pub use board::*;

use crate::ladder::Level;
use crate::quantity::{Duration, Number};

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
    format!("{}{}", camel(metric), suffix(level))
}

/// The end of the names of a level's alerts.
fn suffix(level: Level) -> &'static str {
    match level {
        Level::Warn => "Warn",
        Level::Hold => "Hold",
        Level::Rollback => "Rollback",
    }
}

/// A pattern that the alerts of these levels match, and no others of a release.
#[must_use]
pub fn level_alerts(levels: &[Level]) -> String {
    let ends: Vec<&str> = levels.iter().map(|level| suffix(*level)).collect();
    match ends.as_slice() {
        [one] => format!(".+{one}"),
        many => format!(".+({})", many.join("|")),
    }
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

/// The tests of the rules, for every promtool.
#[must_use]
pub fn rule_tests_file(release: &str) -> String {
    format!("{release}/prometheus/{release}.rules.test.yaml")
}

/// The tests of waits of many hours, with fewer evaluations.
#[must_use]
pub fn long_tests_file(release: &str) -> String {
    format!("{release}/prometheus/{release}.long.rules.test.yaml")
}

/// The tests of the rules that need native histograms, which promtool can be given since 2.53.
#[must_use]
pub fn native_tests_file(release: &str) -> String {
    format!("{release}/prometheus/{release}.rules.native.test.yaml")
}

/// The same rules for Prometheus Operator.
#[must_use]
pub fn manifest_file(release: &str) -> String {
    format!("{release}/prometheus/prometheusrule.yaml")
}

/// The page about all releases.
pub const INDEX_FILE: &str = "README.md";

/// The page of a release.
#[must_use]
pub fn release_page(release: &str) -> String {
    format!("{release}/runbook/README.md")
}

/// The page with a section for each alert.
#[must_use]
pub fn alerts_page(release: &str) -> String {
    format!("{release}/runbook/alerts.md")
}

/// The anchor of an alert's section, as readers make it from its heading.
#[must_use]
pub fn alert_anchor(alert: &str) -> String {
    alert.to_ascii_lowercase()
}

/// The section of an alert.
#[must_use]
pub fn runbook_link(release: &str, alert: &str) -> String {
    format!("{}#{}", alerts_page(release), alert_anchor(alert))
}

/// The picture of a metric's levels.
#[must_use]
pub fn ladder_file(release: &str, metric: &str) -> String {
    format!("{release}/runbook/{}", ladder_link(metric))
}

/// The same as the pages of its release link to it.
#[must_use]
pub fn ladder_link(metric: &str) -> String {
    format!("ladders/{metric}.svg")
}

/// The anchor of a stage's section.
#[must_use]
pub fn stage_anchor(stage: &str) -> String {
    format!("stage-{stage}")
}

/// The anchor of a metric's row.
#[must_use]
pub fn metric_anchor(metric: &str) -> String {
    format!("metric-{metric}")
}

/// The anchor of a scenario's section.
#[must_use]
pub fn scenario_anchor(scenario: &str) -> String {
    format!("scenario-{scenario}")
}

/// The anchor of the usual way back.
pub const ROLL_BACK_ANCHOR: &str = "roll-back";

/// The anchor of another way back.
#[must_use]
pub fn mode_anchor(mode: &str) -> String {
    format!("{ROLL_BACK_ANCHOR}-{mode}")
}

/// The anchor of a checklist.
#[must_use]
pub fn checklist_anchor(checklist: &str) -> String {
    format!("checklist-{checklist}")
}

/// FNV-1a, 64 bits: short, stable on every machine and version, and no secret depends on it.
/// Source: Fowler, Noll, Vo (RFC 9923).
fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The receiver of alerts that no channel gets; it sends nothing by itself.
pub const DEFAULT_RECEIVER: &str = "relspec-default";

/// The receiver of a channel: a release's own, or one that all releases share. No id has a `/`, so that no two are one.
#[must_use]
pub fn receiver(release: Option<&str>, channel: &str) -> String {
    match release {
        Some(release) => format!("relspec/{release}/{channel}"),
        None => format!("relspec/{channel}"),
    }
}

/// A release's own part of the Alertmanager configuration.
#[must_use]
pub fn alertmanager_part(release: &str) -> String {
    format!("{release}/alertmanager/{release}.yaml")
}

/// The Alertmanager configuration of all releases.
pub const ALERTMANAGER_FILE: &str = "alertmanager/alertmanager.yml";
