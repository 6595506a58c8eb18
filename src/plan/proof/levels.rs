//! Situations of the levels: for each place, level, side and wait a value exactly at the bound, one just beyond it until
//! the level is raised, and the way back.

use super::course::{Course, Phase};
use super::law::Raise;
use super::setting::{self, Part, Setting};
use super::{Proof, Proving, Unproven, values};
use crate::ladder::{Level, Side};
use crate::plan::Broken;
use crate::plan::measured::MetricPlan;
use crate::quantity::Number;
use std::collections::BTreeSet;

/// How many evaluations the quiet parts take.
const QUIET: u64 = 2;

/// All of a metric.
///
/// # Errors
/// When the law raises a level for which there is no rule.
pub fn of(proving: &Proving<'_>, metric: &MetricPlan<'_>, proof: &mut Proof) -> Result<(), Broken> {
    if !metric.metric.alerts() {
        return Ok(());
    }
    if let Some(why) = cannot(metric) {
        proof.unproven.push(Unproven { metric: metric.id().to_owned(), why: why.to_owned() });
        return Ok(());
    }
    let mut told = BTreeSet::new();
    for setting in setting::of(proving, metric)? {
        Levels { setting: &setting, told: &mut told, proof }.all()?;
    }
    Ok(())
}

/// Why the levels of a metric can't be shown from recorded series.
fn cannot(metric: &MetricPlan<'_>) -> Option<&'static str> {
    if metric.metric.only_when.is_some() {
        return Some("its condition (only_when) is not known to hold for any series");
    }
    (!setting::can_be_fed(metric)).then_some("its query gives a value even without any series")
}

struct Levels<'a, 'p> {
    setting: &'p Setting<'a>,
    /// The alerts whose words have been shown.
    told: &'p mut BTreeSet<(String, Vec<(String, String)>)>,
    proof: &'p mut Proof,
}

impl<'a> Levels<'a, '_> {
    fn all(&mut self) -> Result<(), Broken> {
        let raises: Vec<Raise<'_>> =
            self.setting.parts.iter().flat_map(|part| part.raises.iter().copied()).collect();
        let limits: Vec<_> = self.setting.parts.iter().map(|part| &part.case.limits).collect();
        let Some(calm) = values::calm(&limits, &raises) else { return Ok(()) };
        if self.setting.metric.metric.extensive.is_some() && self.setting.share().is_none() {
            return Ok(());
        }
        let mut shown: Vec<(Level, Side, Option<Level>, Number, u64)> = Vec::new();
        for part in &self.setting.parts {
            for raise in &part.raises {
                let key = (raise.level, raise.side, raise.after, raise.bound.value, raise.lasts.millis());
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
        let events = setting.events(setting.least().unwrap_or_default());
        let phase = |evaluations, value| Phase { evaluations, value, events, enough: true };
        let course = Course {
            setting,
            phases: vec![
                phase(QUIET, *calm),
                phase(QUIET, raise.bound.value),
                phase(lasts + QUIET, values::beyond(raise.bound, raise.side)),
                phase(QUIET, *calm),
            ],
            beside: setting.decoys(),
        };
        let begins = 2 * QUIET;
        let mut moments = vec![1, begins - 1, begins, begins + lasts, begins + lasts + QUIET];
        if lasts > 1 {
            moments.push(begins + lasts - 1);
        }
        moments.sort_unstable();
        moments.dedup();
        let key = (raise.alert.name.clone(), raise.alert.labels.clone());
        let told = self.told.insert(key).then(|| course.told(raise.alert, begins + lasts)).transpose()?;
        let name = self.name(part, raise);
        self.proof.situations.push(course.situation(name, &moments, told.into_iter().collect()));
        Ok(())
    }

    fn name(&self, part: &Part<'_>, raise: &Raise<'_>) -> String {
        let waits =
            if raise.lasts.is_zero() { "at once".to_owned() } else { format!("for {}", raise.lasts.text()) };
        let what = match raise.after {
            Some(milder) => format!("{} {} ({})", raise.side.name(), raise.bound.text, milder.name()),
            None => format!("{} {}", raise.side.name(), raise.bound.text),
        };
        format!(
            "{}: {what} {waits}{} raises {}",
            self.setting.metric.id(),
            self.setting.words(part),
            raise.level.name()
        )
    }
}
