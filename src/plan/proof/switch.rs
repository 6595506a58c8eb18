//! Situations in which the stage changes: limits follow it, a metric that is taken away falls silent, and after the end
//! the base counts or nothing at all.

use super::course::{Course, Phase};
use super::feed::{Events, can_be_given};
use super::setting::{self, Setting, UNPLANNED};
use super::{Proof, Proving, values};
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
    let shown = metric.metric.alerts() && metric.metric.only_when.is_none() && can_be_given(metric);
    if !proving.draft.staged || !shown || !(differs || waits || metric.metric.extensive.is_some()) {
        return Ok(());
    }
    let mut stages: Vec<Option<String>> = vec![None, Some(UNPLANNED.to_owned())];
    stages.extend(spec.stages.iter().map(|stage| Some(stage.id().to_owned())));
    stages.push(Some(DONE.to_owned()));
    let settings = stages.into_iter().map(|stage| setting::at(proving, metric, stage));
    let settings: Vec<Setting<'a>> = settings.collect::<Result<_, _>>()?;
    for value in telling(&settings) {
        proof.situations.push(through(proving, &settings, &value, metric.id()));
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
    proving: &'a Proving<'a>,
    settings: &[Setting<'a>],
    value: &Number,
    id: &str,
) -> super::Situation {
    let phases = settings.iter().map(|setting| {
        let events = Events::both(setting.least().unwrap_or_default());
        Phase { setting, evaluations: STAGE, value: *value, events }
    });
    let phases: Vec<Phase<'_, '_>> = phases.collect();
    let moments: Vec<u64> = (1_u64..).zip(&phases).map(|(number, _)| number * STAGE - 1).collect();
    let course = Course { proving, phases, beside: Vec::new() };
    let name = format!("{id}: at {} the limits follow the stage, from no stage to the end", value.to_f64());
    course.situation(name, &moments, Vec::new())
}
