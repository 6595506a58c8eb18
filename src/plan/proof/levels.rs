//! Situations of the levels: for each place, level, side and wait a value exactly at the bound, one just beyond it until
//! the level is raised, and the way back.

use super::course::{Course, Phase};
use super::feed::{Events, can_be_given};
use super::law::Raise;
use super::setting::{self, Part, Setting};
use super::{Given, Proof, Proving, query, values};
use crate::plan::measured::MetricPlan;
use crate::plan::{Alert, Broken};
use crate::quantity::{Duration, Number};
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
            let Some(holds) = condition(&setting) else {
                let alerts = proving.level_alerts(metric.id());
                proof.unshown(metric.id(), alerts, NO_CONDITION);
                return Ok(());
            };
            Levels { setting: &setting, is_slow, holds, told: &mut told, proof }.all()?;
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

/// Whether a wait is shown so. A short one before a long time for which the alert goes on is shown both ways: seldom
/// evaluated, it can't be told from others.
fn takes(proving: &Proving<'_>, is_slow: bool, raise: &Raise<'_>) -> bool {
    if is_slow { raise.is_long(proving) } else { !proving.is_long(raise.lasts) }
}

struct Levels<'a, 'p> {
    setting: &'p Setting<'a>,
    /// Whether it is about what takes many hours, evaluated seldom.
    is_slow: bool,
    /// What makes the author's condition hold.
    holds: Vec<Given>,
    told: &'p mut Told,
    proof: &'p mut Proof,
}

impl<'a, 'p> Levels<'a, 'p> {
    fn all(&mut self) -> Result<(), Broken> {
        let (mut shown, setting, is_slow) = (Vec::new(), self.setting, self.is_slow);
        let takes = |raise: &&Raise<'a>| takes(setting.proving, is_slow, raise);
        let Some(calm) = setting.calm() else {
            let alerts = setting.raises().filter(takes).map(|raise| raise.alert);
            self.proof.unshown(setting.metric.id(), alerts, setting::NEVER_CALM);
            return Ok(());
        };
        let counts = setting.counts_itself();
        for part in &setting.parts {
            for raise in part.raises.iter().filter(takes) {
                let wait = (raise.lasts.millis(), raise.keep.map(Duration::millis));
                let least = raise.least.filter(|_| counts);
                let key = (raise.level, raise.side, raise.after, raise.bound.value, wait, least);
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
        let events = Events::both(setting.least().unwrap_or_default());
        let counted = self.counted(raise, events);
        if counted.is_none() {
            self.proof.unshown(setting.metric.id(), [raise.alert], TOO_FEW);
        }
        let value = counted.unwrap_or_else(|| values::beyond(raise.bound, raise.side));
        let (phases, moments) = self.phases(raise, calm, &value);
        let beside = [setting.decoys(), self.holds.clone()].concat();
        let fires = phases.iter().take(3).map(|phase| phase.evaluations).sum::<u64>() - QUIET;
        let course = Course { proving: setting.proving, phases, beside };
        let key = (raise.alert.name.clone(), raise.alert.labels.clone());
        let told = (counted.is_some() && self.told.insert(key))
            .then(|| course.told(raise.alert, fires))
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

    /// The phases, of which the third is the level, and the evaluations at which something must be seen.
    fn phases(&self, raise: &Raise<'_>, calm: &Number, beyond: &Number) -> (Vec<Phase<'a, 'p>>, Vec<u64>) {
        let setting = self.setting;
        let lasts = setting.proving.evaluations(raise.lasts);
        let events = Events::both(setting.least().unwrap_or_default());
        let phase = |(evaluations, value)| Phase { setting, evaluations, value, events };
        let begins = 2 * QUIET + query::settles(setting.metric, setting.proving.every);
        let up = [(begins - QUIET, *calm), (QUIET, raise.bound.value), (lasts + QUIET, *beyond)];
        let mut phases: Vec<_> = up.map(phase).into();
        let mut moments = vec![1, begins - 1, begins, begins + lasts];
        moments.extend((lasts > 1).then(|| begins + lasts - 1));
        let mut end = begins + lasts + QUIET;
        for (evaluations, value) in self.back(raise, calm, beyond) {
            moments.push(end);
            end += evaluations;
            // What is kept is so to the last evaluation of its time.
            moments.extend(raise.keep.map(|_| end - 1));
            phases.push(phase((evaluations, value)));
        }
        (phases, moments)
    }

    /// What follows on the level: a calm value. An alert that goes on is shown to the end of its time, raised again just
    /// before, to the end once more, and gone; a pending one ends at once.
    fn back(&self, raise: &Raise<'_>, calm: &Number, beyond: &Number) -> Vec<(u64, Number)> {
        let proving = self.setting.proving;
        let Some(keep) = raise.keep else { return vec![(QUIET, *calm)] };
        if !self.is_slow && proving.is_long(keep) {
            return Vec::new();
        }
        let keep = proving.evaluations(keep);
        let mut phases = vec![(keep, *calm), (1, *beyond), (keep, *calm), (1, *calm)];
        phases.extend((!raise.lasts.is_zero()).then_some([(1, *beyond), (1, *calm)]).into_iter().flatten());
        phases
    }

    fn name(&self, part: &Part<'_>, raise: &Raise<'_>, fires: bool) -> String {
        let waits =
            if raise.lasts.is_zero() { "at once".to_owned() } else { format!("for {}", raise.lasts.text()) };
        let milder = raise.after.map(|milder| format!(" ({})", milder.name())).unwrap_or_default();
        let (side, bound) = (raise.side.name(), &raise.bound.text);
        let place = part.case.place.words();
        let level = raise.level.name();
        let raises = if fires { "raises" } else { "has too few events to raise" };
        let keeps = raise.keep.map(|keep| format!(", and for {} more once it is over", keep.text()));
        let (keeps, id) = (keeps.unwrap_or_default(), self.setting.metric.id());
        format!("{id}: {side} {bound}{milder} {waits}{place} {raises} {level}{keeps}")
    }
}
