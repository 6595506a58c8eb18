//! Every step, condition and name of a person in a release, wherever it stands.

use super::Spec;
use super::check::Check;
use super::condition::Condition;
use super::people::Approval;
use super::shape::{OneOrMany, Text};
use super::stage::Stage;
use super::step::Step;

impl Spec {
    /// Every step, those inside others too, each once; the project's procedures and checklists are among them.
    #[must_use]
    pub fn steps(&self) -> Vec<&Step> {
        let tables = self.checklists.iter().chain(&self.procedures).flat_map(|row| &row.value);
        let groups = self.preflight.iter().chain(&self.after).flat_map(|group| group.items.iter().flatten());
        let stages = self.stages.iter().flat_map(|stage| stage.steps.iter().flatten());
        let scenarios = self.scenarios.iter().map(|row| &row.value);
        let scenarios = scenarios.flat_map(|of| of.diagnose.iter().chain(&of.steps).flatten());
        let top = tables.chain(groups).chain(stages).chain(scenarios).chain(self.rollback_steps());
        top.flat_map(Step::with_items).collect()
    }

    /// The steps of every way back, their verification, and what is done afterwards.
    #[must_use]
    pub fn rollback_steps(&self) -> Vec<&Step> {
        let rollback = self.rollback.iter();
        let own = rollback
            .clone()
            .flat_map(|of| [&of.steps, &of.verify, &of.afterwards].into_iter().flatten().flatten());
        let modes = rollback.flat_map(|of| of.modes.iter().flat_map(|table| &table.0)).map(|row| &row.value);
        own.chain(modes.flat_map(|mode| [&mode.steps, &mode.verify].into_iter().flatten().flatten()))
            .collect()
    }

    /// Every list of conditions with the key that it stands under, in the order of the file.
    #[must_use]
    pub fn conditions(&self) -> Vec<(&'static str, &[Condition])> {
        let stages = self.stages.iter().flat_map(|stage| {
            stage.gates().into_iter().map(|(key, conditions)| (key, conditions.unwrap_or_default()))
        });
        let acceptance = self.acceptance.iter().map(|row| ("acceptance", row.value.as_slice()));
        stages.chain(acceptance).collect()
    }

    /// Every approval: those of stages and of ways back.
    #[must_use]
    pub fn approvals(&self) -> Vec<&Approval> {
        let modes = self.rollback.iter().flat_map(|of| of.modes.iter().flat_map(|table| &table.0));
        let modes = modes.filter_map(|row| row.value.approve.as_ref());
        self.stages.iter().filter_map(|stage| stage.approve.as_ref()).chain(modes).collect()
    }

    /// Every check with its stage.
    pub fn checks(&self) -> impl Iterator<Item = (&Stage, &Check)> {
        self.stages.iter().flat_map(|stage| stage.checks.iter().flatten().map(move |check| (stage, check)))
    }

    /// Every place that names a person by id.
    #[must_use]
    pub fn named_people(&self) -> Vec<&Text> {
        fn many(owner: &Option<OneOrMany<Text>>) -> impl Iterator<Item = &Text> {
            owner.iter().flat_map(|owner| &owner.0)
        }
        let mut all: Vec<&Text> = self.steps().into_iter().flat_map(|step| many(&step.0.owner)).collect();
        all.extend(self.checks().flat_map(|(_, check)| many(&check.0.owner)));
        all.extend(self.preflight.iter().chain(&self.after).flat_map(|group| many(&group.owner)));
        all.extend(self.scenarios.iter().flat_map(|row| many(&row.value.owner)));
        all.extend(self.escalation.iter().flat_map(|call| many(&call.to)));
        all.extend(self.timeline.iter().flat_map(|entry| many(&entry.owner)));
        all.extend(self.meetings.iter().flat_map(|meeting| many(&meeting.owner)));
        all.extend(self.reports.iter().flat_map(|row| many(&row.value.owner)));
        all.extend(self.risks.iter().flat_map(|risk| many(&risk.owner)));
        all.extend(self.approvals().into_iter().flat_map(|approval| &approval.people));
        all.extend(self.people.iter().filter_map(|row| row.value.backup.as_ref()));
        all
    }
}

impl Stage {
    /// Its lists of conditions with their keys.
    #[must_use]
    pub fn gates(&self) -> [(&'static str, Option<&[Condition]>); 4] {
        [
            ("start_when", self.start_when.as_deref()),
            ("advance", self.advance.as_deref()),
            ("hold", self.hold.as_deref()),
            ("rollback", self.rollback.as_deref()),
        ]
    }
}
