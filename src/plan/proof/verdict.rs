//! Situations of the verdict: it fails closed, and it is 0 only with evidence from every metric.

use super::course::verdict_is;
use super::feed::{Events, can_be_given};
use super::setting::UNPLANNED;
use super::world::{Member, World};
use super::{Given, Inputs, Proof, Proving, Seen, Situation, values};
use crate::ladder::Level;
use crate::plan::Broken;
use crate::plan::names::DONE;
use crate::promql;
use crate::quantity::{Duration, Number};
use crate::spec::metric::NoDataLevel;

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
    let spec = proving.draft.spec;
    let mut stages: Vec<Option<String>> =
        spec.stages.iter().map(|stage| Some(stage.id().to_owned())).collect();
    if !proving.draft.staged {
        stages = vec![None];
    }
    for (number, stage) in stages.into_iter().enumerate() {
        let Some(world) = World::at(proving, stage)? else {
            proof.unproven("verdict", "a verdict of 0, since no values are calm for all metrics at once");
            return Ok(());
        };
        let verdict = Verdict { world: &world };
        proof.situations.push(verdict.calm());
        proof.situations.push(verdict.evidence());
        if number == 0 {
            proof.situations.push(verdict.levels());
            proof.situations.extend(verdict.few_events());
            proof.situations.extend(verdict.other_stages()?);
        }
    }
    let first = spec.stages.first().filter(|_| proving.draft.staged).map(|stage| stage.id().to_owned());
    let Some(world) = World::at(slow, first)? else { return Ok(()) };
    proof.situations.extend(Verdict { world: &world }.label_forgotten());
    Ok(())
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
    fn new(proving: &'a Proving<'a>) -> Self {
        Self { proving, inputs: Inputs::new(proving.every), seen: Vec::new() }
    }

    /// Goes on, and asks for the verdict at the last evaluation.
    fn part(&mut self, evaluations: u64, given: &[Given], verdict: Option<f64>) {
        self.inputs.phase(evaluations, given);
        let at = self.inputs.now() - self.proving.every;
        self.seen.push(verdict_is(self.proving.draft.release(), at, verdict));
    }

    fn end(self, name: String) -> Situation {
        self.proving.situation(name, self.inputs, self.seen, Vec::new())
    }
}

impl<'a> Verdict<'a, '_> {
    fn story(&self) -> Story<'a> {
        Story::new(self.world.proving)
    }

    fn stage(&self) -> String {
        let stage = self.world.members.first().and_then(|member| member.setting.stage.as_ref());
        stage.map(|stage| format!(" at stage {stage}")).unwrap_or_default()
    }

    /// Whether evidence can be complete: a stage without a share has no value at full traffic.
    fn calm_verdict(&self) -> f64 {
        let lacks = |member: &&Member<'_>| {
            let setting = &member.setting;
            let share = super::setting::share(setting.proving, setting.stage.as_deref());
            setting.metric.metric.extensive.is_some() && share.is_none() && needed(member)
        };
        f64::from(u8::from(self.world.members.iter().any(|member| lacks(&member))))
    }

    /// Nothing yet is no reason to go on; calm values of every metric are, and no alert is raised by them.
    fn calm(&self) -> Situation {
        let mut story = self.story();
        let signal = self.world.members.first().and_then(|member| member.setting.signal());
        let signal: Vec<Given> = signal.into_iter().collect();
        let needs_nothing = self.world.members.iter().all(|member| !needed(member));
        let before = if needs_nothing { self.calm_verdict() } else { 1.0 };
        story.part(PART, &signal, Some(before));
        story.part(PART, &self.world.given(None), Some(self.calm_verdict()));
        let release = promql::quote(self.world.proving.draft.release());
        let query = format!("ALERTS{{release={release}}}");
        story.seen.push(Seen { at: story.inputs.now() - story.proving.every, query, samples: Vec::new() });
        story.end(format!("verdict: hold before any data, and no alert while all is calm{}", self.stage()))
    }

    /// Every metric in turn without a value.
    fn evidence(&self) -> Situation {
        let mut story = self.story();
        let calm = self.calm_verdict();
        story.part(PART, &self.world.given(None), Some(calm));
        for member in &self.world.members {
            for part in &member.setting.parts {
                let lost: Vec<_> = member.setting.values(&part.by, &member.calm, member.events());
                let mut given = self.world.given(None);
                given.retain(|one| !lost.iter().any(|of| of.name == one.name && of.labels == one.labels));
                let missed = self.world.members.iter().any(|other| {
                    let at = other.setting.parts.iter().find(|of| of.by == part.by);
                    let off = at.is_some_and(|part| part.case.limits.off.is_some());
                    let theirs = other.given(&other.calm);
                    let loses = theirs
                        .iter()
                        .any(|one| lost.iter().any(|of| of.name == one.name && of.labels == one.labels));
                    loses && !off && needed(other)
                });
                story.part(PART, &given, Some(if missed { 1.0 } else { calm }));
            }
            story.part(PART, &self.world.given(None), Some(calm));
        }
        story.end(format!("verdict: hold while any metric has no value{}", self.stage()))
    }

    /// Every metric in turn beyond each of its bounds: a pending warn is no reason to stop, a pending hold or rollback
    /// is.
    fn levels(&self) -> Situation {
        let mut story = self.story();
        let calm = self.calm_verdict();
        for member in &self.world.members {
            let metric = member.setting.metric;
            if metric.metric.only_when.is_some() {
                continue;
            }
            for value in beyond(member) {
                story.part(PART, &self.world.given(None), Some(calm));
                let given = self.world.given(Some((metric, member.given(&value))));
                let raised = self.world.raised(metric, &value, PART - 1);
                story.part(PART, &given, Some(raised.max(calm)));
            }
        }
        story.part(PART, &self.world.given(None), Some(calm));
        story.end(format!(
            "verdict: hold while a hold or rollback is pending, go on while a warn is{}",
            self.stage()
        ))
    }

    /// Every metric in turn with too few events, on either side of a comparison.
    fn few_events(&self) -> Option<Situation> {
        let mut story = self.story();
        let calm = self.calm_verdict();
        story.part(PART, &self.world.given(None), Some(calm));
        let mut any = false;
        for member in &self.world.members {
            let setting = &member.setting;
            let Some(least) = setting.least().filter(|_| !setting.counts_itself()) else { continue };
            let (many, few) = (Events::both(least), least.saturating_sub(1));
            let other = setting.metric.other_role().is_some().then_some(Events { other: few, ..many });
            for events in std::iter::once(Events { main: few, ..many }).chain(other) {
                let given = setting.given(&member.calm, events);
                let verdict = if needed(member) { 1.0 } else { calm };
                let mut all = given;
                for one in self.world.given(None) {
                    if !all.iter().any(|known| known.name == one.name && known.labels == one.labels) {
                        all.push(one);
                    }
                }
                story.part(PART, &all, Some(verdict));
                any = true;
            }
            story.part(PART, &self.world.given(None), Some(calm));
        }
        any.then(|| story.end(format!("verdict: hold while any metric has too few events{}", self.stage())))
    }

    /// No stage and a stage that the plan does not know are reasons to stop; after the end there is nothing to say.
    fn other_stages(&self) -> Result<Option<Situation>, Broken> {
        let proving = self.world.proving;
        if !proving.draft.staged {
            return Ok(None);
        }
        let calm = self.world.given(None);
        let mut story = self.story();
        story.part(PART, &calm, Some(self.calm_verdict()));
        for (stage, verdict) in [(None, Some(1.0)), (Some(UNPLANNED), Some(1.0)), (Some(DONE), None)] {
            let Some(world) = World::at(proving, stage.map(str::to_owned))? else { return Ok(None) };
            story.part(PART, &world.given(None), verdict);
        }
        Ok(Some(story.end("verdict: hold without a known stage, and none after the end".to_owned())))
    }

    /// A label value that was lost is remembered for a day.
    fn label_forgotten(&self) -> Option<Situation> {
        let proving = self.world.proving;
        let day = proving.evaluations(&Duration::from_seconds(86400)?);
        let by = |member: &&Member<'_>| !member.setting.metric.by().is_empty() && needed(member);
        let member = self.world.members.iter().find(by)?;
        let mut story = self.story();
        let kept = member.setting.metric.by().into_iter().map(|label| (label, "kept".to_owned())).collect();
        let more = member.setting.values(&kept, &member.calm, member.events());
        let calm = self.world.given(None);
        let both: Vec<Given> = calm.iter().cloned().chain(more).collect();
        let verdict = self.calm_verdict();
        story.part(PART, &both, Some(verdict));
        story.part(day - 3, &calm, Some(1.0));
        story.part(6, &calm, Some(verdict));
        let id = member.setting.metric.id();
        Some(story.end(format!("verdict: hold for a day after {id} has lost the value of one label")))
    }
}

/// Whether the verdict needs a value of it here.
fn needed(member: &Member<'_>) -> bool {
    member.setting.metric.metric.no_data.level != NoDataLevel::Ignore && !member.is_off()
}

/// Values just beyond the bounds of each level that does not wait for another.
fn beyond(member: &Member<'_>) -> Vec<Number> {
    let mut found = Vec::new();
    for level in Level::ALL {
        for raise in member.setting.raises().filter(|raise| raise.level == level && raise.after.is_none()) {
            let value = values::beyond(raise.bound, raise.side);
            if !found.contains(&value) {
                found.push(value);
            }
        }
    }
    found
}
