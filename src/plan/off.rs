//! Places where a metric is taken away, and what it means there: nothing is missed.

use super::expr::Series;
use super::guard::narrowed;
use super::measured::MetricPlan;
use super::variants::{LabelChoice, Place, StageChoice};
use super::{Draft, signal};

/// Every place where the metric is taken away.
pub fn places(metric: &MetricPlan<'_>) -> Vec<Place> {
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

/// `unless …` for what is taken away at a place: everything at a stage, the values of some labels, or both.
pub fn unless(draft: &Draft<'_>, series: &[Series], range: &str, place: &Place) -> Vec<String> {
    let at = match &place.stage {
        StageChoice::At(stage) => Some(signal::stage(draft.release()).with("stage", stage).selector()),
        StageChoice::AllBut(_) => None,
    };
    if place.labels.is_empty() {
        return at.map(|at| format!("unless on (release) {at}")).into_iter().collect();
    }
    let there = series.iter().map(|one| {
        let there = format!("last_over_time({})", narrowed(one.clone(), place).over(range));
        match &at {
            Some(at) => format!("unless ({there} and on (release) {at})"),
            None => format!("unless {there}"),
        }
    });
    there.collect()
}

/// The stages at which the metric is taken away wholly.
pub fn stages(metric: &MetricPlan<'_>) -> Vec<String> {
    let mut stages: Vec<String> =
        metric.metric.cases.iter().filter_map(|case| case.place.stage.clone()).collect();
    stages.sort();
    stages.dedup();
    stages.retain(|stage| {
        let mut there = metric.metric.cases.iter().filter(|case| case.place.stage.as_ref() == Some(stage));
        there.all(|case| case.limits.off.is_some())
    });
    stages
}
