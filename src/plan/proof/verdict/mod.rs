//! Situations of the verdict: it fails closed, and it is 0 only with evidence from every metric.

mod evidence;
mod levels;

use super::course::verdict_is;
use super::feed::can_be_given;
use super::world::{Member, World};
use super::{Given, Inputs, MOST_EVALUATIONS, Proof, Proving, Seen, Situation};
use crate::plan::Broken;
use crate::promql;

/// How many evaluations each part takes.
const PART: u64 = 2;

/// All of a release whose metrics make alerts.
///
/// # Errors
/// When the law raises a level for which there is no rule.
pub fn of<'a>(proving: &'a Proving<'a>, slow: &'a Proving<'a>, proof: &mut Proof) -> Result<(), Broken> {
    let watched = || proving.draft.metrics.iter().filter(|metric| metric.metric.alerts());
    if watched().next().is_none() {
        return Ok(());
    }
    if let Some(metric) = watched().find(|metric| !can_be_given(metric)) {
        let why = format!("a verdict of 0, since {} can't be given a value", metric.id());
        proof.unproven("verdict", &why);
        return Ok(());
    }
    for (number, stage) in stages(proving).into_iter().enumerate() {
        let Some(world) = World::at(proving, stage.clone())? else {
            proof.unproven("verdict", "a verdict of 0, since no values are calm for all metrics at once");
            return Ok(());
        };
        let verdict = Verdict { world: &world };
        proof.situations.push(verdict.calm());
        proof.situations.push(verdict.evidence());
        if number == 0 {
            proof.situations.push(verdict.levels());
            proof.situations.push(verdict.alerts());
            proof.situations.extend(verdict.few_events());
            let seldom = if world.keeps() > MOST_EVALUATIONS { World::at(slow, stage)? } else { None };
            let verdict = Verdict { world: seldom.as_ref().unwrap_or(&world) };
            proof.situations.extend(verdict.other_stages()?);
        }
    }
    let first = stages(proving).into_iter().next().flatten();
    let Some(world) = World::at(slow, first)? else { return Ok(()) };
    proof.situations.push(Verdict { world: &world }.forgotten());
    proof.situations.extend(Verdict { world: &world }.label_forgotten());
    Ok(())
}

/// Every stage of the plan, where anything needs to know it.
fn stages(proving: &Proving<'_>) -> Vec<Option<String>> {
    if !proving.draft.staged {
        return vec![None];
    }
    proving.draft.spec.stages.iter().map(|stage| Some(stage.id().to_owned())).collect()
}

struct Verdict<'a, 'w> {
    world: &'w World<'a>,
}

/// A situation of the verdict while it is put together.
struct Story<'a> {
    proving: &'a Proving<'a>,
    inputs: Inputs,
    seen: Vec<Seen>,
}

impl<'a> Story<'a> {
    fn new(proving: &'a Proving<'a>, given: &[Given]) -> Self {
        let mut inputs = Inputs::new(proving.every);
        inputs.set(given);
        Self { proving, inputs, seen: Vec::new() }
    }

    /// Goes on, and asks for the verdict at the last evaluation.
    fn part(&mut self, evaluations: u64, verdict: Option<f64>) {
        self.inputs.advance(evaluations);
        let at = self.inputs.now() - self.proving.every;
        self.seen.push(verdict_is(self.proving.draft.release(), at, verdict));
    }

    /// Goes on for a part with these series instead, and then with those that were there before.
    fn instead(&mut self, given: &[Given], world: &World<'_>, verdict: f64) {
        self.inputs.set(given);
        self.part(PART, Some(verdict));
        given.iter().for_each(|one| {
            self.inputs.remove(&one.key());
        });
        self.inputs.set(world.given());
    }

    fn end(self, name: String) -> Situation {
        self.proving.situation(name, self.inputs, self.seen, Vec::new())
    }
}

impl<'a> Verdict<'a, '_> {
    fn story(&self) -> Story<'a> {
        Story::new(self.world.proving, self.world.given())
    }

    fn stage(&self) -> String {
        let stage = self.world.members.first().and_then(|member| member.setting.stage.as_ref());
        stage.map(|stage| format!(" at stage {stage}")).unwrap_or_default()
    }

    /// What all calm values make: evidence can't be complete at a stage without a share for what grows with traffic.
    fn calm_verdict(&self) -> f64 {
        let lacks = |member: &Member<'_>| {
            let setting = &member.setting;
            let share = super::setting::share(setting.proving, setting.stage.as_deref());
            setting.metric.metric.extensive.is_some() && share.is_none() && member.is_needed()
        };
        f64::from(u8::from(self.world.members.iter().any(lacks)))
    }

    /// Nothing yet is no reason to go on; calm values of every metric are, and no alert is raised by them.
    fn calm(&self) -> Situation {
        let signal = self.world.members.first().and_then(|member| member.setting.signal());
        let signal: Vec<Given> = signal.into_iter().collect();
        let needs_any = self.world.members.iter().any(Member::is_needed);
        let mut story = Story::new(self.world.proving, &signal);
        story.part(PART, Some(if needs_any { 1.0 } else { self.calm_verdict() }));
        story.inputs.set(self.world.given());
        story.part(PART, Some(self.calm_verdict()));
        let release = promql::quote(self.world.proving.draft.release());
        let query = format!("ALERTS{{release={release}}}");
        story.seen.push(Seen { at: story.inputs.now() - story.proving.every, query, samples: Vec::new() });
        story.end(format!("verdict: hold before any data, and no alert while all is calm{}", self.stage()))
    }
}
