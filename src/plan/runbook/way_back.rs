//! The ways back, with their time added up step by step.

use super::approval::Approval;
use super::steps::Step;
use super::when::When;
use super::{Pages, length, maybe};
use crate::plan::names;
use crate::quantity::Duration;
use crate::spec::budget::Budget;
use crate::spec::calendar::Base;
use crate::spec::rollback::Mode;
use crate::spec::step::Step as Written;
use serde::Serialize;

/// A way back.
#[derive(Debug, Serialize)]
pub struct WayBack {
    /// Its id; none for the usual one.
    pub id: Option<String>,
    /// The anchor of its section on the release page.
    pub anchor: String,
    /// Its title.
    pub title: Option<String>,
    /// In which case it is the one to take.
    pub only_if: Option<String>,
    /// The time that it may take.
    pub within: Option<String>,
    /// The last moment at which it can be taken.
    pub by: Option<When>,
    /// The stages at which it can be taken.
    pub stages: Vec<String>,
    /// Who must approve it.
    pub approve: Option<Approval>,
    /// What to do.
    pub steps: Vec<Step>,
    /// What shows that the old version is healthy.
    pub verify: Vec<Step>,
    /// How many steps there are, the verification among them.
    pub count: usize,
    /// The time of all steps and of the verification, as far as it is known.
    pub total: Option<String>,
    /// How many of them do not say how long they take.
    pub untimed: usize,
    /// What else is to know.
    pub note: Option<String>,
}

impl Pages<'_> {
    /// The usual way back.
    pub fn way_back(&self) -> Option<WayBack> {
        let rollback = self.draft.spec.rollback.as_ref()?;
        let steps = rollback.steps.as_deref().unwrap_or_default();
        if steps.is_empty() && rollback.within.is_none() {
            return None;
        }
        let blank = WayBack { within: length(&rollback.within), ..WayBack::blank() };
        Some(self.added_up(blank, steps, rollback.verify.as_deref().unwrap_or_default()))
    }

    /// The other ways back; one that does not say how it is verified is verified like the usual one.
    pub fn modes(&self) -> Vec<WayBack> {
        let Some(rollback) = &self.draft.spec.rollback else { return Vec::new() };
        let modes = rollback.modes.iter().flat_map(|table| &table.0);
        modes.map(|row| self.mode(&row.key.value, &row.value, rollback.verify.as_deref())).collect()
    }

    fn mode(&self, id: &str, mode: &Mode, verify: Option<&[Written]>) -> WayBack {
        let blank = WayBack {
            id: Some(id.to_owned()),
            anchor: names::mode_anchor(id),
            title: maybe(&mode.title),
            only_if: maybe(&mode.r#if),
            within: length(&mode.within),
            by: mode.by.as_ref().map(|point| self.when(point, Base::Release)),
            stages: mode.stages.iter().flatten().map(|id| self.stage_title(&id.value)).collect(),
            approve: mode.approve.as_ref().map(|approval| self.approval(approval)),
            note: maybe(&mode.note),
            ..WayBack::blank()
        };
        let verify = mode.verify.as_deref().or(verify).unwrap_or_default();
        self.added_up(blank, mode.steps.as_deref().unwrap_or_default(), verify)
    }

    fn added_up(&self, blank: WayBack, steps: &[Written], verify: &[Written]) -> WayBack {
        let spec = self.draft.spec;
        let all = Budget::of(spec, steps).and(&Budget::of(spec, verify));
        let mut sum = Duration::zero();
        let mut add = |mut steps: Vec<Step>| {
            for step in &mut steps {
                add_up(step, &mut sum);
            }
            steps
        };
        let written = add(self.steps(Some(steps), Base::Begun));
        let verified = add(self.steps(Some(verify), Base::Begun));
        WayBack {
            count: all.steps,
            total: (!all.total.is_zero()).then(|| all.total.to_canonical()),
            untimed: all.untimed,
            steps: written,
            verify: verified,
            ..blank
        }
    }
}

/// Writes the time up to the end of each step that takes time, as [`Budget`] counts it.
fn add_up(step: &mut Step, sum: &mut Duration) {
    match step.takes.as_deref().and_then(|takes| Duration::parse(takes).ok()) {
        Some(takes) => *sum = sum.checked_add(&takes).unwrap_or_else(|| sum.clone()),
        None if step.items.is_empty() => return,
        None => step.items.iter_mut().for_each(|item| add_up(item, sum)),
    }
    if !sum.is_zero() {
        step.sum = Some(sum.to_canonical());
    }
}

impl WayBack {
    fn blank() -> Self {
        Self {
            id: None,
            anchor: names::ROLL_BACK_ANCHOR.to_owned(),
            title: None,
            only_if: None,
            within: None,
            by: None,
            stages: Vec::new(),
            approve: None,
            steps: Vec::new(),
            verify: Vec::new(),
            count: 0,
            total: None,
            untimed: 0,
            note: None,
        }
    }
}
