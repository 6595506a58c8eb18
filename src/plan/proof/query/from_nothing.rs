//! Levels of a metric whose query has a value without any series: it can't be put in itself, so its series are.

use super::super::course::{Course, Phase};
use super::super::feed::Events;
use super::super::setting::{self, Setting};
use super::super::{Inputs, Labels, Proof, Proving, Situation, values};
use super::length::{interval, steps};
use crate::plan::Broken;
use crate::plan::measured::MetricPlan;
use crate::quantity::Duration;

/// How many evaluations are waited beyond what must be.
const QUIET: u64 = 2;

/// A calm value, one beyond every level for as long as any takes, and a calm one again; where that is long, with `slow`.
///
/// # Errors
/// When the law raises a level for which there is no rule.
pub(crate) fn of_levels<'a>(
    proving: &'a Proving<'a>,
    slow: &'a Proving<'a>,
    metric: &'a MetricPlan<'a>,
    proof: &mut Proof,
) -> Result<(), Broken> {
    let plain = metric.metric.relative.is_none() && metric.metric.extensive.is_none();
    if !super::from_nothing(metric) || !metric.metric.alerts() || metric.metric.only_when.is_some() || !plain
    {
        return Ok(());
    }
    let is_long = |setting: &Setting<'_>| setting.raises().any(|raise| raise.is_long(proving));
    let mut settings = setting::each(proving, metric)?;
    if settings.iter().any(is_long) {
        settings = setting::each(slow, metric)?;
    }
    for setting in settings.iter().filter(|setting| setting.harshest().is_some()) {
        match situation(setting) {
            Some(situation) => proof.situations.push(situation),
            None => proof.unproven(metric.id(), "no series were found that raise its levels"),
        }
    }
    Ok(())
}

fn situation(setting: &Setting<'_>) -> Option<Situation> {
    let (metric, proving) = (setting.metric, setting.proving);
    let expr = super::recorded(metric, metric.main_role())?;
    let settles = steps(&expr, proving.every)? + setting.keeps() + QUIET;
    let raise = setting.harshest()?;
    let longest = setting.raises().map(|raise| proving.evaluations(raise.lasts)).max()?;
    let (calm, beyond) = (setting.calm()?, values::beyond(raise.bound, raise.side));
    let by: Vec<Labels> = setting.parts.iter().map(|part| part.by.clone()).collect();
    let interval = interval(&expr, proving.every);
    let mut inputs = Inputs::new(interval);
    let events = Events::both(0);
    let mut course = Course { proving, phases: Vec::new(), beside: Vec::new() };
    let mut moments = Vec::new();
    for (value, evaluations) in [(calm, settles), (beyond, settles + longest), (calm, settles)] {
        let mut given: Vec<_> = setting.signal().into_iter().collect();
        given.extend(super::given(metric, metric.main_role(), &by, value.to_f64())?);
        inputs.phase(evaluations * (proving.every / interval.max(1)), &given);
        course.phases.push(Phase { setting, evaluations, value, events });
        moments.push(course.phases.iter().map(|phase| phase.evaluations).sum::<u64>() - 1);
    }
    let stage = setting.stage.as_ref().map(|stage| format!(" at stage {stage}")).unwrap_or_default();
    let name = format!("{}: series that make it pass every bound{stage} raise every level", metric.id());
    let seen = moments.into_iter().flat_map(|at| course.seen(at)).collect();
    let interval = Duration::from_millis(interval).unwrap_or_else(Duration::zero);
    Some(Situation { interval, ..proving.situation(name, inputs, seen, Vec::new()) })
}
