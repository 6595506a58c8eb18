//! Situations of too few events: no verdict, on either side of a comparison; a moment of few events does not begin the wait
//! again.

use super::course::{Course, Phase};
use super::feed::{Events, can_be_given};
use super::levels::condition;
use super::setting::{self, Setting};
use super::{Proof, Proving, query, values};
use crate::plan::Broken;
use crate::plan::measured::MetricPlan;

/// All of a metric.
///
/// # Errors
/// When the law raises a level for which there is no rule.
pub fn of<'a>(proving: &'a Proving<'a>, metric: &'a MetricPlan<'a>, proof: &mut Proof) -> Result<(), Broken> {
    if !metric.metric.alerts() || !can_be_given(metric) {
        return Ok(());
    }
    for setting in setting::each(proving, metric)? {
        let Some(least) = setting.least() else { continue };
        if setting.counts_itself() {
            continue;
        }
        let many = Events::both(least);
        let what = format!("just under {least} events");
        proof.situations.extend(silent(&setting, many.few(), &what));
        if metric.other_role().is_some() {
            let what = format!("just under {least} events to compare with");
            proof.situations.extend(silent(&setting, many.few_others(), &what));
        }
        proof.situations.extend(moments(&setting, least));
    }
    Ok(())
}

/// Beyond every bound for as long as any level takes, with enough events only before: nothing is told.
fn silent<'a>(setting: &Setting<'a>, events: Events, what: &str) -> Option<super::Situation> {
    let raise = setting.harshest()?;
    let waits = setting.raises().filter(|raise| !setting.proving.is_long(raise.lasts));
    let longest = waits.map(|raise| setting.proving.evaluations(raise.lasts)).max()?;
    let phase = |evaluations, value| Phase { setting, evaluations, value, events };
    let beyond = values::beyond(raise.bound, raise.side);
    let begins = 2 + query::settles(setting.metric, setting.proving.every);
    let enough = Events::both(setting.least()?);
    let before = Phase { setting, evaluations: begins, value: setting.calm()?, events: enough };
    let phases = vec![before, phase(longest + 3, beyond)];
    // The events of another label value are not those of this one.
    let kept = setting.kept(&setting.calm()?, enough);
    let beside = [setting.decoys(), condition(setting)?, kept].concat();
    let course = Course { proving: setting.proving, phases, beside };
    let name = format!("{}: {what}{} raise nothing", setting.metric.id(), stage_words(setting));
    // Just after each wait nothing of before is remembered any more.
    let waits = setting.raises().map(|raise| setting.proving.evaluations(raise.lasts));
    let waits: Vec<u64> = waits.filter(|wait| *wait <= longest).collect();
    let mut moments: Vec<u64> = waits.iter().map(|wait| begins + wait + 1).collect();
    moments.push(begins);
    moments.retain(|at| !on_the_edge(setting, at - begins + 1));
    Some(course.situation(name, &moments, Vec::new()))
}

/// Whether a level waits for exactly so many evaluations: versions of Prometheus disagree on a sample that is just as old
/// as a window is long.
fn on_the_edge(setting: &Setting<'_>, evaluations: u64) -> bool {
    setting.raises().any(|raise| setting.proving.evaluations(raise.lasts) == evaluations)
}

/// Whether an alert with a shorter wait would go on firing for a while, if the sample that is just as old as its window is
/// long still counted after so many evaluations of few events.
fn fires_on_the_edge(setting: &Setting<'_>, few: u64) -> bool {
    let shorter = setting.raises().filter(|raise| raise.keep.is_some());
    let waits = shorter.map(|raise| setting.proving.evaluations(raise.lasts));
    waits.into_iter().any(|wait| wait > 0 && wait <= few)
}

/// Few events for most of the time for which a level is waited for: it is raised all the same.
fn moments<'a>(setting: &Setting<'a>, least: u64) -> Vec<super::Situation> {
    let mut waits: Vec<u64> = setting
        .raises()
        .filter(|raise| !setting.proving.is_long(raise.lasts))
        .map(|raise| setting.proving.evaluations(raise.lasts))
        .filter(|lasts| *lasts >= 4)
        .collect();
    waits.sort_unstable();
    waits.dedup();
    waits.into_iter().filter_map(|lasts| a_moment(setting, least, lasts)).collect()
}

/// The level is the harshest of those that are waited for so long.
fn a_moment<'a>(setting: &Setting<'a>, least: u64, lasts: u64) -> Option<super::Situation> {
    let proving = setting.proving;
    let waited = setting.raises().filter(|raise| proving.evaluations(raise.lasts) == lasts);
    let raise = waited.max_by_key(|raise| raise.level)?;
    let moment =
        (1..=lasts - 2).rev().find(|few| !on_the_edge(setting, *few) && !fires_on_the_edge(setting, *few))?;
    let many = Events::both(least);
    let few = many.few().few_others();
    let phase = |evaluations, value, events| Phase { setting, evaluations, value, events };
    let beyond = values::beyond(raise.bound, raise.side);
    let begins = 2 + query::settles(setting.metric, proving.every);
    let phases = vec![
        phase(begins, setting.calm()?, many),
        phase(1, beyond, many),
        phase(moment, beyond, few),
        phase(lasts + 1 - moment, beyond, many),
    ];
    let beside = [setting.decoys(), condition(setting)?].concat();
    let course = Course { proving, phases, beside };
    let name = format!(
        "{}: a moment of few events{} does not end the wait of {}",
        setting.metric.id(),
        stage_words(setting),
        raise.lasts.text()
    );
    let fires = begins + lasts;
    Some(course.situation(name, &[fires - 1, fires], Vec::new()))
}

fn stage_words(setting: &Setting<'_>) -> String {
    setting.stage.as_ref().map(|stage| format!(" at stage {stage}")).unwrap_or_default()
}
