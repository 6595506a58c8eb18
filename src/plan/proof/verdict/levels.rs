//! What the levels, alerts of every state and the stages make of the verdict.

use super::super::feed::{ANOTHER, signal};
use super::super::setting::UNPLANNED;
use super::super::world::{Member, World};
use super::super::{Given, MOST_EVALUATIONS, Situation, values};
use super::{PART, Verdict};
use crate::ladder::Level;
use crate::plan::Broken;
use crate::plan::names::DONE;
use crate::plan::signal::remembered;
use crate::quantity::Number;

impl Verdict<'_, '_> {
    /// Every metric in turn beyond each of its bounds: a pending warn is no reason to stop, a pending hold or rollback
    /// is.
    pub fn levels(&self) -> Situation {
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
    pub fn alerts(&self) -> Situation {
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

    /// No stage and a stage that the plan does not know are reasons to stop; after the end there is nothing to say.
    pub fn other_stages(&self) -> Result<Option<Situation>, Broken> {
        let proving = self.world.proving;
        if !proving.draft.staged {
            return Ok(None);
        }
        let mut story = self.story();
        story.part(PART, Some(self.calm_verdict()));
        for (stage, verdict) in [(None, Some(1.0)), (Some(UNPLANNED), Some(1.0)), (Some(DONE), None)] {
            let Some(world) = World::at(proving, stage.map(str::to_owned))? else { return Ok(None) };
            let signals = proving.draft.spec.stages.iter().map(|stage| stage.id());
            for other in signals.chain([UNPLANNED]) {
                let signal = signal(proving.draft.release(), other, 0.0);
                story.inputs.remove(&signal.key());
            }
            story.inputs.set(world.given());
            // For a while an earlier stage is remembered, and what it raises meanwhile may go on.
            let keeps = self.world.keeps().max(world.keeps());
            story.part(PART + proving.evaluations(&remembered(proving.draft)) + keeps, verdict);
        }
        Ok(Some(story.end("verdict: hold without a known stage, and none after the end".to_owned())))
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
