//! The alert for a lack of data: what was measured within the last hour is gone.

use super::guard::narrowed;
use super::measured::MetricPlan;
use super::variants::{LabelChoice, Place, StageChoice};
use super::{Alert, Broken, Draft, names, signal};
use crate::ladder::Level;
use crate::spec::metric::NoDataLevel;

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
    let gone: Vec<String> = metric
        .watched()
        .iter()
        .map(|series| format!("(last_over_time({}) unless {})", series.over("1h"), series.selector()))
        .collect();
    if gone.is_empty() {
        return Ok(None);
    }
    let mut lines = vec![match gone.as_slice() {
        [one] => one.clone(),
        many => format!("(\n  {}\n)", many.join("\n  or ")),
    }];
    lines.extend(places_off(metric).iter().flat_map(|place| unless_off(draft, metric, place)));
    if draft.staged {
        let done = signal::stage(draft.release()).with("stage", names::DONE).selector();
        lines.push(format!("unless on (release) {done}"));
    }
    let name = names::no_data_alert(metric.id());
    let mut said = draft.said(metric.metric, level)?;
    no_data.after.duration.text().clone_into(&mut said.lasts);
    Ok(Some(Alert {
        expr: lines.join("\n"),
        lasts: no_data.after.duration.clone(),
        labels: draft.alert_labels(metric.id(), level.name(), no_data.level.severity()),
        annotations: draft.annotations(&name, Some(metric.metric), "no-data", &said)?,
        name,
    }))
}

/// Every place where the metric is taken away.
fn places_off(metric: &MetricPlan<'_>) -> Vec<Place> {
    let off = metric.metric.cases.iter().filter(|case| case.limits.off.is_some());
    off.map(|case| {
        let stage = case.place.stage.clone();
        let named = case.place.labels.iter().filter_map(|(label, value)| Some((label, value.as_ref()?)));
        Place {
            stage: stage.map_or(StageChoice::AllBut(Vec::new()), StageChoice::At),
            labels: named.map(|(label, value)| (label.clone(), LabelChoice::Is(value.clone()))).collect(),
        }
    })
    .collect()
}

/// `unless …` for a place where the metric is taken away: a stage, values of labels, or both.
fn unless_off(draft: &Draft<'_>, metric: &MetricPlan<'_>, place: &Place) -> Vec<String> {
    let at = match &place.stage {
        StageChoice::At(stage) => Some(signal::stage(draft.release()).with("stage", stage).selector()),
        StageChoice::AllBut(_) => None,
    };
    match (at, place.labels.is_empty()) {
        (Some(at), true) => vec![format!("unless on (release) {at}")],
        (None, true) => Vec::new(),
        (at, false) => metric
            .watched()
            .into_iter()
            .map(|series| {
                let there = format!("last_over_time({})", narrowed(series, place).over("1h"));
                match &at {
                    Some(at) => format!("unless ({there} and on (release) {at})"),
                    None => format!("unless {there}"),
                }
            })
            .collect(),
    }
}
