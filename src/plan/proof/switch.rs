//! Situations in which the stage changes: limits follow it, a metric that is taken away falls silent, and after the end
//! the base counts or nothing at all.

use super::course::{Course, Phase};
use super::feed::{Events, can_be_given};
use super::levels::condition;
use super::setting::{self, Setting, UNPLANNED};
use super::{Given, Proof, Proving, query, values};
use crate::plan::Broken;
use crate::plan::measured::MetricPlan;
use crate::plan::names::DONE;
use crate::quantity::Number;

/// How many evaluations each stage takes.
const STAGE: u64 = 3;

/// All of a metric whose limits or silence depend on the stage.
///
/// # Errors
/// When the law raises a level for which there is no rule.
pub fn of<'a>(proving: &'a Proving<'a>, metric: &'a MetricPlan<'a>, proof: &mut Proof) -> Result<(), Broken> {
    let spec = proving.draft.spec;
    let differs = metric.metric.cases.iter().any(|case| case.place.stage.is_some());
    let waits = spec.release.alerts == Some(crate::spec::release::AlertsWhen::WhileRunning);
    let shown = metric.metric.alerts() && can_be_given(metric);
    if !proving.draft.staged || !shown || !(differs || waits || metric.metric.extensive.is_some()) {
        return Ok(());
    }
    let mut stages: Vec<Option<String>> = vec![None, Some(UNPLANNED.to_owned())];
    stages.extend(spec.stages.iter().map(|stage| Some(stage.id().to_owned())));
    stages.push(Some(DONE.to_owned()));
    let settings = stages.into_iter().map(|stage| setting::at(proving, metric, stage));
    let settings: Vec<Setting<'a>> = settings.collect::<Result<_, _>>()?;
    let Some(holds) = settings.first().and_then(condition) else { return Ok(()) };
    for value in telling(&settings) {
        proof.situations.extend(through(&settings, &value, &holds, metric));
    }
    Ok(())
}

/// Values that between them tell every two stages apart: just beyond each bound that not all stages have.
fn telling(settings: &[Setting<'_>]) -> Vec<Number> {
    let mut tried: Vec<Number> = Vec::new();
    for setting in settings {
        for raise in setting.raises() {
            let value = values::beyond(raise.bound, raise.side);
            let everywhere = settings.iter().all(|other| {
                other.raises().any(|one| std::ptr::eq(one.alert, raise.alert) && one.reached(&value))
            });
            if !everywhere && !tried.contains(&value) {
                tried.push(value);
            }
        }
    }
    tried
}

fn through<'a>(
    settings: &[Setting<'a>],
    value: &Number,
    holds: &[Given],
    metric: &'a MetricPlan<'a>,
) -> Option<super::Situation> {
    let proving = settings.first()?.proving;
    // Without a stage first, until the author's condition has settled.
    let begins = query::settles(metric, proving.every);
    let phases = settings.iter().enumerate().map(|(number, setting)| {
        let events = Events::both(setting.least().unwrap_or_default());
        let evaluations = if number == 0 { begins + STAGE } else { STAGE };
        Phase { setting, evaluations, value: *value, events }
    });
    let phases: Vec<Phase<'_, '_>> = phases.collect();
    let moments: Vec<u64> = (1_u64..).zip(&phases).map(|(number, _)| begins + number * STAGE - 1).collect();
    let course = Course { proving, phases, beside: holds.to_vec() };
    let (id, value) = (metric.id(), value.to_f64());
    let name = format!("{id}: at {value} the limits follow the stage, from no stage to the end");
    Some(course.situation(name, &moments, Vec::new()))
}
