//! Where a metric is watched: a stage, what holds there, and values for it.

use super::values::{self, Values};
use crate::plan::measured::MetricPlan;
use crate::plan::proof::{Labels, Proving};
use crate::spec::metric::Case;

/// Events a second, where nothing asks for more.
const EVENTS: f64 = 50.0;

/// About how many seconds of a window are left when its series are about to leave it.
const REST: f64 = 15.0;

/// The stage to signal, its share, what holds there, and values for it: those that raise a level before others.
pub fn place<'a>(
    proving: &Proving<'_>,
    metric: &'a MetricPlan<'_>,
    by: &Labels,
) -> Option<(Option<String>, f64, &'a Case, Values)> {
    let mut stages: Vec<(Option<&str>, f64)> = Vec::new();
    if proving.draft.staged {
        let named = |id: &str| metric.metric.cases.iter().any(|case| case.place.stage.as_deref() == Some(id));
        let all = proving
            .draft
            .spec
            .stages
            .iter()
            .map(|of| (Some(of.id()), of.traffic.as_ref().map(|share| share.value.to_f64())));
        let extensive = metric.metric.extensive.is_some();
        let usable = all.filter(|(_, share)| !extensive || share.is_some_and(|share| share > 0.0));
        stages.extend(usable.map(|(id, share)| (id, if extensive { share.unwrap_or(1.0) } else { 1.0 })));
        stages.sort_by_key(|(id, _)| id.is_some_and(named));
    } else {
        stages.push((None, 1.0));
    }
    let mut first = None;
    for (stage, share) in stages {
        let Some(case) = case_at(metric, stage, by) else { continue };
        let Some(values) = values::of(metric, &case.limits, share) else { continue };
        let found = (stage.map(str::to_owned), share, case, values);
        if values.raises.is_some() && case.limits.off.is_none() {
            return Some(found);
        }
        first = first.or(Some(found));
    }
    first
}

/// The case that holds at a stage for these label values.
fn case_at<'a>(metric: &'a MetricPlan<'_>, stage: Option<&str>, by: &Labels) -> Option<&'a Case> {
    let cases = &metric.metric.cases;
    let named = |label: &str, value: &str| {
        cases.iter().any(|case| case.place.labels.get(label).and_then(Option::as_deref) == Some(value))
    };
    let stage = stage.filter(|stage| cases.iter().any(|case| case.place.stage.as_deref() == Some(*stage)));
    cases.iter().find(|case| {
        case.place.stage.as_deref() == stage
            && case.place.labels.iter().all(|(label, value)| {
                let ours = by.get(label).map(String::as_str).filter(|ours| named(label, ours));
                value.as_deref() == ours
            })
    })
}

/// Enough events a second for every verdict, even by what is left of a window when its series have ended.
#[allow(clippy::cast_precision_loss, reason = "numbers of events are small")]
pub fn events(case: &Case, window: u64) -> f64 {
    let least = case.limits.min_events.as_ref().map_or(0, |least| least.value) as f64;
    let seconds = (window as f64 / 1000.0).clamp(1.0, REST);
    (2.0 * least / seconds).ceil().max(EVENTS)
}
