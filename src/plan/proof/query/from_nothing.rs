//! Levels of a metric whose query has a value without any series: it can't be put in itself, so its series are.

use super::super::course::{Course, Phase};
use super::super::feed::Events;
use super::super::law::Raise;
use super::super::levels::{NO_CONDITION, condition};
use super::super::setting::{self, NEVER_CALM, Setting};
use super::super::{Given, Inputs, Labels, Proof, Proving, Situation, values};
use super::length::{interval, steps};
use crate::ladder::Side;
use crate::plan::Broken;
use crate::plan::measured::MetricPlan;
use crate::quantity::{Duration, Number};
use crate::spec::metric::Reference;

/// How many evaluations are waited beyond what must be.
const QUIET: u64 = 2;

/// For each side a calm value, one beyond every bound there for as long as any level takes, and a calm one again; where
/// that is long, with `slow`.
///
/// # Errors
/// When the law raises a level for which there is no rule.
pub(crate) fn of_levels<'a>(
    proving: &'a Proving<'a>,
    slow: &'a Proving<'a>,
    metric: &'a MetricPlan<'a>,
    proof: &mut Proof,
) -> Result<(), Broken> {
    if !super::from_nothing(metric) || !metric.metric.alerts() {
        return Ok(());
    }
    let is_long = |setting: &Setting<'_>| setting.raises().any(|raise| raise.is_long(proving));
    let mut settings = setting::each(proving, metric)?;
    if settings.iter().any(is_long) {
        settings = setting::each(slow, metric)?;
    }
    for (setting, side) in settings.iter().flat_map(|setting| Side::ALL.map(|side| (setting, side))) {
        let Some(passed) = Passed::new(setting, side) else { continue };
        match passed.situation() {
            Ok(situation) => proof.situations.push(situation),
            Err(why) => proof.unshown(metric.id(), passed.raises.iter().map(|raise| raise.alert), why),
        }
    }
    Ok(())
}

/// Every bound of one side.
struct Passed<'a, 's> {
    setting: &'s Setting<'a>,
    raises: Vec<&'s Raise<'a>>,
    outermost: &'s Raise<'a>,
}

impl<'a, 's> Passed<'a, 's> {
    fn new(setting: &'s Setting<'a>, side: Side) -> Option<Self> {
        let raises: Vec<_> = setting.raises().filter(|raise| raise.side == side).collect();
        let outer =
            |one: &'s Raise<'a>, two: &'s Raise<'a>| if one.reached(&two.bound.value) { two } else { one };
        let outermost = raises.iter().copied().reduce(outer)?;
        Some(Self { setting, raises, outermost })
    }

    /// The situation, or why there is none.
    fn situation(&self) -> Result<Situation, &'static str> {
        let (setting, proving) = (self.setting, self.setting.proving);
        let expr = super::recorded(setting.metric, setting.metric.main_role()).ok_or(UNREAD)?;
        let holds = condition(setting).ok_or(NO_CONDITION)?;
        let settles = steps(&expr, proving.every).ok_or(UNREAD)?;
        let settles = settles + super::settles(setting.metric, proving.every) + setting.keeps() + QUIET;
        let longest = self.raises.iter().map(|raise| proving.evaluations(raise.lasts)).max().unwrap_or(0);
        let calm = self.made(&[setting.calm().ok_or(NEVER_CALM)?])?;
        let beyond = self.made(&beyond(self.outermost))?;
        let interval = interval(&expr, proving.every);
        let mut inputs = Inputs::new(interval);
        // No query counts events, so none may be too few.
        let events = Events::both(0);
        let mut course = Course { proving, phases: Vec::new(), beside: Vec::new() };
        let mut moments = Vec::new();
        for ((value, series), evaluations) in
            [(&calm, settles), (&beyond, settles + longest), (&calm, settles)]
        {
            let beside = setting.signal().into_iter().chain(holds.clone());
            let given: Vec<Given> = beside.chain(series.clone()).collect();
            inputs.phase(evaluations * (proving.every / interval.max(1)), &given);
            course.phases.push(Phase { setting, evaluations, value: *value, events });
            moments.push(course.phases.iter().map(|phase| phase.evaluations).sum::<u64>() - 1);
        }
        let seen = moments.into_iter().flat_map(|at| course.seen(at)).collect();
        let interval = Duration::from_millis(interval).unwrap_or_else(Duration::zero);
        Ok(Situation { interval, ..proving.situation(self.name(), inputs, seen, Vec::new()) })
    }

    /// The first of these values that series can make, with them.
    fn made(&self, values: &[Number]) -> Result<(Number, Vec<Given>), &'static str> {
        let metric = self.setting.metric;
        let by: Vec<Labels> = self.setting.parts.iter().map(|part| part.by.clone()).collect();
        for value in values {
            let measured = measured(self.setting, value).ok_or(COMPARED)?;
            if let Some(given) = super::given(metric, metric.main_role(), &by, measured) {
                return Ok((*value, given));
            }
        }
        Err("no series were found that raise its levels")
    }

    fn name(&self) -> String {
        let id = self.setting.metric.id();
        let stage = self.setting.stage.as_ref().map(|stage| format!(" at stage {stage}")).unwrap_or_default();
        let which = match self.outermost.side {
            _ if self.raises.len() == self.setting.raises().count() => "",
            Side::Above => "upper ",
            Side::Below => "lower ",
        };
        format!("{id}: series that make it pass every {which}bound{stage} raise every level")
    }
}

/// Why a query without a length can't be shown.
const UNREAD: &str = "the length of its query's window depends on who asks";

/// Why a comparison can't be shown.
const COMPARED: &str = "its query has a value without any series, and what it is compared with has one too";

/// Values beyond a bound: one just beyond it, and one farther out, since some queries count in whole numbers.
fn beyond(raise: &Raise<'_>) -> Vec<Number> {
    let (one, bound) = (Number::from_integer(1), &raise.bound.value);
    let farther = match raise.side {
        Side::Above => bound.checked_add(&one),
        Side::Below => bound.checked_sub(&one),
    };
    std::iter::once(values::beyond(raise.bound, raise.side)).chain(farther).collect()
}

/// What the query must give for the alerts to read a value; `None` where they read how it differs from other series.
fn measured(setting: &Setting<'_>, value: &Number) -> Option<f64> {
    let metric = setting.metric.metric;
    match &metric.relative {
        Some(relative) => matches!(relative.reference, Reference::Value(_)).then(|| setting.ours(value)),
        None if metric.extensive.is_some() => Some(setting.raw(value)),
        None => Some(value.to_f64()),
    }
}
