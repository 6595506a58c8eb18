//! Conditions without which an alert stays silent: enough events, the right stage, the author's own.

use super::Draft;
use super::expr::{Series, none_of, on, one_of, times};
use super::measured::MetricPlan;
use super::names::DONE;
use super::signal;
use super::variants::{Place, StageChoice};
use crate::quantity::Duration;
use crate::spec::release::AlertsWhen;

/// `and …` for enough events, on both sides of a comparison. The guard looks back over `for`, since a momentary
/// dip must not start `for` again.
pub fn enough_events(
    metric: &MetricPlan<'_>,
    place: &Place,
    least: Option<u64>,
    lasts: &Duration,
) -> Vec<String> {
    let (Some(least), Some(factor)) = (least, metric.events_factor()) else { return Vec::new() };
    let join = on(&metric.by());
    let guards = metric.events().into_iter().map(|series| {
        let series = narrowed(series, place);
        let events = if lasts.is_zero() {
            series.selector()
        } else {
            format!("max_over_time({})", series.over(&lasts.to_prometheus()))
        };
        format!("and {join} {} >= {least}", times(&events, &factor))
    });
    guards.collect()
}

/// `and …` or `unless …` for the stage, where rules differ by stage or run only while one is running.
pub fn stage(draft: &Draft<'_>, place: &Place) -> Option<String> {
    let running = draft.spec.release.alerts == Some(AlertsWhen::WhileRunning);
    let signal = signal::stage(draft.release());
    match &place.stage {
        StageChoice::At(stage) => {
            Some(format!("and on (release) {}", signal.with("stage", stage).selector()))
        }
        StageChoice::AllBut(but) => {
            let mut but: Vec<&str> = but.iter().map(String::as_str).collect();
            if running {
                but.push(DONE);
                return Some(format!(
                    "and on (release) {}",
                    signal.matching(none_of("stage", &but)).selector()
                ));
            }
            if but.is_empty() {
                return None;
            }
            Some(format!("unless on (release) {}", signal.matching(one_of("stage", &but)).selector()))
        }
    }
}

/// `and …` for the author's own condition, joined on the labels that both sides can have.
pub fn only_when(metric: &MetricPlan<'_>) -> Option<String> {
    let (text, shared) = condition(metric)?;
    Some(format!("and on ({}) (\n{text}\n)", shared.join(", ")))
}

/// The author's own condition as an expression that has a value while it holds, and the labels it is joined on.
pub fn condition(metric: &MetricPlan<'_>) -> Option<(String, Vec<String>)> {
    let condition = metric.metric.only_when.as_ref()?;
    let theirs = crate::promql::labels(&condition.expr);
    let shared: Vec<String> = metric.by().into_iter().filter(|label| theirs.may_have(label)).collect();
    let text = condition.text().trim();
    let text = match condition.expr.value_type() {
        // `and` asks whether there is a value, and a scalar is always there: one that is 0 says no.
        crate::promql::ValueType::Scalar => format!("vector(\n{text}\n) != 0"),
        _ => text.to_owned(),
    };
    Some((text, shared))
}

/// A series restricted to the label values of a place.
pub fn narrowed(series: Series, place: &Place) -> Series {
    place.matchers().into_iter().fold(series, Series::matching)
}
