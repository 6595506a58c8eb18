//! Situations of the verdict: it fails closed, and it is 0 only with evidence from every metric.

use super::course::verdict_is;
use super::feed::{ANOTHER, Events, can_be_given};
use super::inputs::Key;
use super::setting::{Part, UNPLANNED};
use super::world::{Member, World};
use super::{Given, Inputs, MOST_EVALUATIONS, Proof, Proving, Seen, Situation, values};
use crate::ladder::Level;
use crate::plan::names::DONE;
use crate::plan::signal::remembered;
use crate::plan::{Broken, no_data};
use crate::promql;
use crate::quantity::Number;
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

    /// Beside the series of the world those of one more label value of each metric, which are well all the time and make up
    /// for nothing.
    fn story_with_kept(&self) -> Story<'a> {
        let mut story = self.story();
        for member in &self.world.members {
            story.inputs.set(&member.kept());
        }
        story
    }

    /// Every metric in turn without a value.
    fn evidence(&self) -> Situation {
        let mut story = self.story_with_kept();
        let calm = self.calm_verdict();
        story.part(PART, Some(calm));
        for member in &self.world.members {
            let setting = &member.setting;
            for part in &setting.parts {
                let lost = member.evidence(part);
                let missed = self.world.readers(&lost).into_iter().any(|reader| {
                    let theirs = reader.setting.parts.iter().find(|theirs| theirs.by == part.by);
                    reader.is_needed() && theirs.is_none_or(|theirs| theirs.case.limits.off.is_none())
                });
                let shapes: Vec<_> = lost.iter().map(|key| story.inputs.remove(key)).collect();
                // Another metric of the same measurement may miss what comes and goes.
                let decoys = if setting.is_shared() { Vec::new() } else { self.decoys(member) };
                story.inputs.set(&decoys);
                story.part(PART, Some(if missed { self.without(&lost) } else { calm }));
                decoys.iter().for_each(|one| {
                    story.inputs.remove(&one.key());
                });
                let back = lost
                    .into_iter()
                    .zip(shapes)
                    .filter_map(|((name, labels), shape)| Some(Given { name, labels, shape: shape? }));
                story.inputs.set(&back.collect::<Vec<_>>());
            }
            story.part(PART, Some(calm));
        }
        story.end(format!("verdict: hold while any metric has no value{}", self.stage()))
    }

    /// Every metric in turn without a value for so long that its lack of data is told no longer.
    fn forgotten(&self) -> Situation {
        let proving = self.world.proving;
        let mut story = self.story();
        let calm = self.calm_verdict();
        story.part(PART, Some(calm));
        for member in &self.world.members {
            let Some(part) = member.setting.parts.first() else { continue };
            let lost = member.evidence(part);
            let readers = self.world.readers(&lost);
            let is_off =
                |of: &&Member<'_>| of.setting.parts.iter().any(|part| part.case.limits.off.is_some());
            if !member.is_needed() || readers.iter().any(is_off) {
                continue;
            }
            let told = |reader: &&Member<'_>| {
                let after = &reader.setting.metric.metric.no_data.after.duration;
                proving.evaluations(&no_data::forgotten(after, proving.draft.config.pace))
            };
            let longest = readers.iter().map(told).max().unwrap_or(0);
            let shapes: Vec<_> = lost.iter().map(|key| story.inputs.remove(key)).collect();
            story.part(longest + PART, Some(1.0));
            let back = lost.into_iter().zip(shapes);
            let back = back.filter_map(|((name, labels), shape)| Some(Given { name, labels, shape: shape? }));
            story.inputs.set(&back.collect::<Vec<_>>());
            story.part(PART, Some(calm));
        }
        story.end(format!("verdict: hold without a value whose lack is told no longer{}", self.stage()))
    }

    /// What must not matter of a metric, where nothing else is said of it.
    fn decoys(&self, member: &Member<'_>) -> Vec<Given> {
        let mut decoys = member.setting.decoys();
        decoys.retain(|one| !self.world.has(&one.key()));
        decoys
    }

    /// The verdict after a part without these series, of which some are needed: an alert for a lack of data may fire so soon.
    fn without(&self, lost: &[Key]) -> f64 {
        let fires = |member: &Member<'_>| {
            let setting = &member.setting;
            let no_data = &setting.metric.metric.no_data;
            let operation = setting.metric.watched_operation();
            let parts = setting.parts.iter().filter(|part| part.case.limits.off.is_none());
            let roles = setting.metric.watched_roles();
            let mut watched = parts.flat_map(|part| {
                roles.iter().map(|role| setting.recorded(*role, &operation, &part.by, 0.0).key())
            });
            no_data.level == NoDataLevel::Rollback
                && setting.proving.evaluations(&no_data.after.duration) < PART
                && watched.any(|key| lost.contains(&key))
        };
        if self.world.readers(lost).into_iter().any(fires) { 2.0 } else { 1.0 }
    }

    /// Every metric in turn beyond each of its bounds: a pending warn is no reason to stop, a pending hold or rollback
    /// is.
    fn levels(&self) -> Situation {
        let mut story = self.story();
        let calm = self.calm_verdict();
        for member in self.world.members.iter().filter(|of| of.setting.metric.metric.only_when.is_none()) {
            for value in beyond(member).into_iter().filter(|value| self.world.moves_alone(member, value)) {
                story.part(PART, Some(calm));
                let raised = self.world.raised(member, &value, PART - 1);
                let kept = self.world.kept(member, &value, PART - 1);
                // What goes on for hours is shown with its level.
                if kept.is_some_and(|(evaluations, _)| evaluations > MOST_EVALUATIONS) {
                    continue;
                }
                story.instead(&member.given(&value), self.world, raised.max(calm));
                if let Some((evaluations, verdict)) = kept {
                    story.part(evaluations, Some(verdict.max(calm)));
                }
            }
        }
        story.part(PART, Some(calm));
        let stage = self.stage();
        story.end(format!("verdict: hold while a hold or rollback is pending, go on while a warn is{stage}"))
    }

    /// Alerts as a server has them, which some of this release may never be: each state of each level, two at once, and one
    /// of another release.
    fn alerts(&self) -> Situation {
        let mut story = self.story();
        let calm = self.calm_verdict();
        story.part(PART, Some(calm));
        let own = self.world.proving.draft.release();
        let waits = ("because", "after-warn");
        let pending = ("alertstate", "pending");
        let firing = ("alertstate", "firing");
        let level = |level: Level| ("level", level.name());
        let cases = [
            (ANOTHER, vec![firing, level(Level::Rollback)], 1, 0.0),
            (own, vec![pending, level(Level::Warn)], 1, 0.0),
            (own, vec![pending, level(Level::Hold)], 1, 1.0),
            (own, vec![pending, level(Level::Rollback)], 1, 1.0),
            (own, vec![pending, level(Level::Rollback), waits], 1, 0.0),
            (own, vec![firing, level(Level::Warn)], 2, 1.0),
            (own, vec![firing, level(Level::Rollback)], 2, 2.0),
        ];
        for (release, labels, count, verdict) in cases {
            let alerts: Vec<Given> = (1..=count).map(|number| alert(release, &labels, number)).collect();
            story.instead(&alerts, self.world, calm.max(verdict));
        }
        story.end(format!(
            "verdict: what each state of each level makes of it, one alert or two{}",
            self.stage()
        ))
    }

    /// Every metric in turn with too few events, on either side of a comparison.
    fn few_events(&self) -> Option<Situation> {
        let mut story = self.story_with_kept();
        let calm = self.calm_verdict();
        story.part(PART, Some(calm));
        let mut any = false;
        for member in &self.world.members {
            let setting = &member.setting;
            let Some(least) = setting.least().filter(|_| !setting.counts_itself()) else { continue };
            let many = Events::both(least);
            let other = setting.metric.other_role().is_some().then(|| many.few_others());
            for events in std::iter::once(many.few()).chain(other) {
                let verdict = if member.is_needed() { 1.0 } else { calm };
                let mut given = setting.given(&member.calm, events);
                // The values of other roles would be compared, and a difference recorded beside the one that is given.
                let value = setting.metric.value().name;
                given.extend(self.decoys(member).into_iter().filter(|one| one.name != value));
                story.instead(&given, self.world, verdict);
                any = true;
            }
            story.part(PART, Some(calm));
        }
        any.then(|| story.end(format!("verdict: hold while any metric has too few events{}", self.stage())))
    }

    /// No stage and a stage that the plan does not know are reasons to stop; after the end there is nothing to say.
    fn other_stages(&self) -> Result<Option<Situation>, Broken> {
        let proving = self.world.proving;
        if !proving.draft.staged {
            return Ok(None);
        }
        let mut story = self.story();
        story.part(PART, Some(self.calm_verdict()));
        for (stage, verdict) in [(None, Some(1.0)), (Some(UNPLANNED), Some(1.0)), (Some(DONE), None)] {
            let Some(world) = World::at(proving, stage.map(str::to_owned))? else { return Ok(None) };
            let signals = proving.draft.spec.stages.iter().map(|stage| stage.id());
            for signal in signals.chain([UNPLANNED]) {
                let signal = super::feed::signal(proving.draft.release(), signal, 0.0);
                story.inputs.remove(&signal.key());
            }
            story.inputs.set(world.given());
            // For a while an earlier stage is remembered, and what it raises meanwhile may go on.
            let keeps = self.world.keeps().max(world.keeps());
            story.part(PART + proving.evaluations(&remembered(proving.draft)) + keeps, verdict);
        }
        Ok(Some(story.end("verdict: hold without a known stage, and none after the end".to_owned())))
    }

    /// A label value that was lost is remembered for a day.
    fn label_forgotten(&self) -> Option<Situation> {
        let proving = self.world.proving;
        let day = proving.evaluations(&proving.draft.config.pace.seconds(86400));
        let by = |member: &&Member<'_>| !member.setting.metric.by().is_empty() && member.is_needed();
        let member = self.world.members.iter().find(by)?;
        let more = member.kept();
        let mut story = self.story();
        let verdict = self.calm_verdict();
        story.inputs.set(&more);
        story.part(PART, Some(verdict));
        more.iter().for_each(|one| {
            story.inputs.remove(&one.key());
        });
        story.part(day - 3, Some(1.0));
        story.part(6, Some(verdict));
        let id = member.setting.metric.id();
        Some(story.end(format!("verdict: hold for a day after {id} has lost the value of one label")))
    }
}

impl Member<'_> {
    /// The series of one more label value, calm and with enough events; none where the metric keeps no labels.
    fn kept(&self) -> Vec<Given> {
        self.setting.kept(&self.calm, self.events())
    }

    /// What shows that it is well: its value where that is a series of its own, so that no lack of data is told as well,
    /// or else all that makes it.
    fn evidence(&self, part: &Part<'_>) -> Vec<Key> {
        let all: Vec<Key> =
            self.setting.values(&part.by, &self.calm, self.events()).iter().map(Given::key).collect();
        let name = self.setting.metric.value().name;
        let value: Vec<Key> = all.iter().filter(|key| key.0 == name).cloned().collect();
        if value.is_empty() { all } else { value }
    }
}

/// An alert as the series that a server makes of it.
fn alert(release: &str, labels: &[(&str, &str)], number: u64) -> Given {
    let name = format!("Alert{number}");
    let all = labels.iter().copied().chain([("alertname", name.as_str()), ("release", release)]);
    let labels = all.map(|(label, value)| (label.to_owned(), value.to_owned())).collect();
    Given::level("ALERTS", labels, 1.0)
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
