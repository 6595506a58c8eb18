//! What a verdict of 0 needs: a value of every metric, from enough events, of every label value.

use super::super::feed::Events;
use super::super::inputs::Key;
use super::super::setting::Part;
use super::super::world::Member;
use super::super::{Given, Situation};
use super::{PART, Story, Verdict};
use crate::plan::no_data;
use crate::spec::metric::NoDataLevel;

impl<'a> Verdict<'a, '_> {
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
    pub fn evidence(&self) -> Situation {
        let mut story = self.story_with_kept();
        let calm = self.calm_verdict();
        story.part(PART, Some(calm));
        for member in &self.world.members {
            let setting = &member.setting;
            // What is taken away here may be missed by another metric of the same measurement.
            let is_missed = |part: &&Part<'_>| part.case.limits.off.is_none() || !setting.is_derived();
            for part in setting.parts.iter().filter(is_missed) {
                let lost = member.evidence(part);
                let missed = self.world.readers(&lost).into_iter().any(|reader| {
                    let theirs = reader.setting.parts.iter().find(|theirs| theirs.by == part.by);
                    reader.is_needed() && theirs.is_none_or(|theirs| theirs.case.limits.off.is_none())
                });
                let shapes: Vec<_> = lost.iter().map(|key| story.inputs.remove(key)).collect();
                // Another metric of the same measurement may miss what comes and goes.
                let decoys = if self.is_shared(member) { Vec::new() } else { self.decoys(member) };
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
    pub fn forgotten(&self) -> Situation {
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
            let decoys = if self.is_shared(member) { Vec::new() } else { self.decoys(member) };
            story.inputs.set(&decoys);
            story.part(longest + PART, Some(1.0));
            decoys.iter().for_each(|one| {
                story.inputs.remove(&one.key());
            });
            let back = lost.into_iter().zip(shapes);
            let back = back.filter_map(|((name, labels), shape)| Some(Given { name, labels, shape: shape? }));
            story.inputs.set(&back.collect::<Vec<_>>());
            story.part(PART, Some(calm));
        }
        story.end(format!("verdict: hold without a value whose lack is told no longer{}", self.stage()))
    }

    /// Whether another metric with alerts has the same measurement.
    fn is_shared(&self, member: &Member<'_>) -> bool {
        let source = |of: &Member<'_>| std::ptr::from_ref(of.setting.metric.source);
        self.world.members.iter().filter(|other| source(other) == source(member)).count() > 1
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

    /// Every metric in turn with too few events, on either side of a comparison.
    pub fn few_events(&self) -> Option<Situation> {
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

    /// A label value that was lost is remembered for a day.
    pub fn label_forgotten(&self) -> Option<Situation> {
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
