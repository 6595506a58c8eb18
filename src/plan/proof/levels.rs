//! Situations of the levels: for each place, level, side and wait a value exactly at the bound, one just beyond it until
//! the level is raised, and the way back.

use super::course::{Course, Phase};
use super::feed::{Events, can_be_given};
use super::law::Raise;
use super::setting::{self, Part, Setting};
use super::{Given, Proof, Proving, query, values};
use crate::plan::measured::MetricPlan;
use crate::plan::{Alert, Broken};
use crate::quantity::Number;
use std::collections::BTreeSet;

/// How many evaluations the quiet parts take.
const QUIET: u64 = 2;

/// Why nothing is raised under a condition for which no series are known.
pub const NO_CONDITION: &str = "no series were found for which its condition (only_when) holds";

/// Why an alert is never raised where the metric counts its own events.
const TOO_FEW: &str = "no value was found that raises it and has as many events as min_events asks for";

/// Values up to this power of ten are tried where a value must be many events.
const MOST_POWERS: u32 = 13;

/// The alerts whose words have been shown.
type Told = BTreeSet<(String, Vec<(String, String)>)>;

/// All of a metric, those of long waits with `slow`.
///
/// # Errors
/// When the law raises a level for which there is no rule.
pub fn of<'a>(
    proving: &'a Proving<'a>,
    slow: &'a Proving<'a>,
    metric: &'a MetricPlan<'a>,
    proof: &mut Proof,
) -> Result<(), Broken> {
    if !metric.metric.alerts() {
        return Ok(());
    }
    unreached(proving, metric, proof)?;
    // The levels of what can't be given are shown from its series.
    if !can_be_given(metric) {
        return Ok(());
    }
    let mut told = Told::new();
    for (proving, is_slow) in [(proving, false), (slow, true)] {
        for setting in setting::each(proving, metric)? {
            let takes = |raise: &Raise<'_>| proving.is_long(raise.lasts) == is_slow;
            let Some(holds) = condition(&setting) else {
                let alerts = proving.level_alerts(metric.id());
                proof.unshown(metric.id(), alerts, NO_CONDITION);
                return Ok(());
            };
            Levels { setting: &setting, holds, told: &mut told, proof }.all(takes)?;
        }
    }
    Ok(())
}

/// What grows with traffic is raised by nothing at stages of which no share is known; some rules may hold only there.
fn unreached(proving: &Proving<'_>, metric: &MetricPlan<'_>, proof: &mut Proof) -> Result<(), Broken> {
    if metric.metric.extensive.is_some() {
        let settings = setting::each(proving, metric)?;
        let raises =
            |alert: &Alert| settings.iter().flat_map(Setting::raises).any(|of| std::ptr::eq(of.alert, alert));
        let never = proving.level_alerts(metric.id()).filter(|alert| !raises(alert));
        proof.unshown(metric.id(), never, "no stage that is left to it has a share of the traffic");
    }
    Ok(())
}

/// Series for which the author's condition holds, none where there is none.
pub fn condition(setting: &Setting<'_>) -> Option<Vec<Given>> {
    if setting.metric.metric.only_when.is_none() {
        return Some(Vec::new());
    }
    let by: Vec<_> = setting.parts.iter().map(|part| part.by.clone()).collect();
    query::condition(setting.metric, &by, setting.proving.every)
}

struct Levels<'a, 'p> {
    setting: &'p Setting<'a>,
    /// What makes the author's condition hold.
    holds: Vec<Given>,
    told: &'p mut Told,
    proof: &'p mut Proof,
}

impl<'a> Levels<'a, '_> {
    fn all(&mut self, takes: impl Fn(&Raise<'_>) -> bool) -> Result<(), Broken> {
        let Some(calm) = self.setting.calm() else {
            let alerts = self.setting.raises().filter(|raise| takes(raise)).map(|raise| raise.alert);
            self.proof.unshown(self.setting.metric.id(), alerts, setting::NEVER_CALM);
            return Ok(());
        };
        let mut shown = Vec::new();
        let counts = self.setting.counts_itself();
        for part in &self.setting.parts {
            for raise in part.raises.iter().filter(|raise| takes(raise)) {
                let key = (
                    raise.level,
                    raise.side,
                    raise.after,
                    raise.bound.value,
                    raise.lasts.millis(),
                    raise.least.filter(|_| counts),
                );
                if !shown.contains(&key) {
                    shown.push(key);
                    self.raised(part, raise, &calm)?;
                }
            }
        }
        Ok(())
    }

    /// At the bound, beyond it, and back.
    fn raised(&mut self, part: &Part<'_>, raise: &Raise<'a>, calm: &Number) -> Result<(), Broken> {
        let setting = self.setting;
        let lasts = setting.proving.evaluations(raise.lasts);
        let events = Events::both(setting.least().unwrap_or_default());
        let counted = self.counted(raise, events);
        if counted.is_none() {
            self.proof.unshown(setting.metric.id(), [raise.alert], TOO_FEW);
        }
        let value = counted.unwrap_or_else(|| values::beyond(raise.bound, raise.side));
        let phase = |evaluations, value| Phase { setting, evaluations, value, events };
        let settles = query::settles(setting.metric, setting.proving.every);
        let course = Course {
            proving: setting.proving,
            phases: vec![
                phase(QUIET + settles, *calm),
                phase(QUIET, raise.bound.value),
                phase(lasts + QUIET, value),
                phase(QUIET, *calm),
            ],
            beside: [setting.decoys(), self.holds.clone()].concat(),
        };
        let begins = 2 * QUIET + settles;
        let mut moments = vec![1, begins - 1, begins, begins + lasts, begins + lasts + QUIET];
        moments.extend((lasts > 1).then(|| begins + lasts - 1));
        let key = (raise.alert.name.clone(), raise.alert.labels.clone());
        let told = (counted.is_some() && self.told.insert(key))
            .then(|| course.told(raise.alert, begins + lasts))
            .transpose()?;
        let name = self.name(part, raise, counted.is_some());
        self.proof.situations.push(course.situation(name, &moments, told.into_iter().collect()));
        Ok(())
    }

    /// The value nearest to the bound that has enough events, where it is itself what counts them.
    fn counted(&self, raise: &Raise<'_>, events: Events) -> Option<Number> {
        let enough =
            |value: &Number| raise.least.is_none_or(|least| self.setting.enough(least, value, events));
        let powers = (0..MOST_POWERS).map(|power| Number::from_integer(10_i64.pow(power)));
        let mut tries = std::iter::once(values::beyond(raise.bound, raise.side)).chain(powers);
        tries.find(|value| raise.reached(value) && enough(value))
    }

    fn name(&self, part: &Part<'_>, raise: &Raise<'_>, fires: bool) -> String {
        let waits =
            if raise.lasts.is_zero() { "at once".to_owned() } else { format!("for {}", raise.lasts.text()) };
        let milder = raise.after.map(|milder| format!(" ({})", milder.name())).unwrap_or_default();
        let (side, bound) = (raise.side.name(), &raise.bound.text);
        let place = part.case.place.words();
        let level = raise.level.name();
        let raises = if fires { "raises" } else { "has too few events to raise" };
        format!("{}: {side} {bound}{milder} {waits}{place} {raises} {level}", self.setting.metric.id())
    }
}
