//! The alert for a lack of data: what was measured within the last hour is gone.

use super::measured::MetricPlan;
use super::{Alert, Broken, Draft, names, off, signal};
use crate::ladder::Level;
use crate::quantity::Duration;
use crate::spec::metric::NoDataLevel;
use crate::spec::pace::Pace;

impl NoDataLevel {
    /// The severity of the alert.
    #[must_use]
    pub fn severity(self) -> &'static str {
        "critical"
    }

    /// The level that a lack of data raises.
    #[must_use]
    pub fn level(self) -> Option<Level> {
        match self {
            Self::Hold => Some(Level::Hold),
            Self::Rollback => Some(Level::Rollback),
            Self::Ignore => None,
        }
    }
}

/// The alert of a metric; `None` where a lack of data means nothing, or another metric's alert tells it.
pub fn of(draft: &Draft<'_>, metric: &MetricPlan<'_>) -> Result<Option<Alert>, Broken> {
    let no_data = &metric.metric.no_data;
    let Some(level) = no_data.level.level() else { return Ok(None) };
    let range = lookback(&no_data.after.duration, draft.config.pace);
    let gone: Vec<String> = metric
        .watched()
        .iter()
        .map(|series| format!("(last_over_time({}) unless {})", series.over(&range), series.selector()))
        .collect();
    if gone.is_empty() {
        return Ok(None);
    }
    let mut lines = vec![match gone.as_slice() {
        [one] => one.clone(),
        many => format!("(\n  {}\n)", many.join("\n  or ")),
    }];
    lines.extend(
        off::places(metric).iter().flat_map(|place| off::unless(draft, &metric.watched(), &range, place)),
    );
    if draft.staged {
        let done = signal::stage(draft.release()).with("stage", names::DONE).selector();
        lines.push(format!("unless on (release) {done}"));
    }
    let name = names::no_data_alert(metric.id());
    let mut said = draft.said(metric.metric, level)?;
    said.lasts = draft.duration_in_words(&no_data.after.duration)?;
    Ok(Some(Alert {
        expr: lines.join("\n"),
        lasts: no_data.after.duration.clone(),
        keep: None,
        labels: draft.alert_labels(metric.id(), level.name(), no_data.level.severity()),
        annotations: draft.annotations(&name, Some(metric.metric), "no-data", &said)?,
        raised: None,
        name,
    }))
}

/// How far back data counts as having been there: an hour, and an hour beyond a long wait, which could not end before the
/// data is forgotten otherwise.
pub fn forgotten(wait: &Duration, pace: Pace) -> Duration {
    let hour = pace.seconds(3600);
    if wait.millis() * 2 <= hour.millis() {
        return hour;
    }
    wait.checked_add(&hour).unwrap_or(hour)
}

/// The same inside an expression.
pub fn lookback(wait: &Duration, pace: Pace) -> String {
    forgotten(wait, pace).to_canonical()
}
