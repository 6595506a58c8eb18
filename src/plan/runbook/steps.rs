//! Steps as people go through them: procedures written out, owners by title, times as dates.

use super::people::Person;
use super::when::When;
use super::{Pages, length, maybe, text};
use crate::plan::names;
use crate::spec::calendar::Base;
use crate::spec::group::Group as Written;
use crate::spec::step::Step as WrittenStep;
use serde::Serialize;

/// A step to do and tick.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// What to do.
    pub what: Option<String>,
    /// A command.
    pub run: Option<String>,
    /// What it shows when all is well.
    pub expect: Option<String>,
    /// What to do when it does not.
    pub otherwise: Option<String>,
    /// The metric to look at.
    pub metric: Option<MetricLink>,
    /// How long it takes.
    pub takes: Option<String>,
    /// The time of all steps up to the end of this one, where that is added up.
    pub sum: Option<String>,
    /// Who does it.
    pub owners: Vec<Person>,
    /// When.
    pub at: Option<When>,
    /// Only in this case.
    pub only_if: Option<String>,
    /// Whether it has been done.
    pub done: bool,
    /// What else is to know.
    pub note: Option<String>,
    /// Where to read more.
    pub link: Option<String>,
    /// A file to write or to check.
    pub file: Option<String>,
    /// What belongs in the file.
    pub text: Option<String>,
    /// Whether it can't be undone.
    pub irreversible: bool,
    /// Its parts.
    pub items: Vec<Self>,
}

/// A metric that a step or a report names.
#[derive(Debug, Clone, Serialize)]
pub struct MetricLink {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// The anchor of its row on the release page.
    pub anchor: String,
    /// Its panel, where the project has a Grafana and the metric is measured.
    pub board: Option<String>,
}

/// Steps that belong together.
#[derive(Debug, Serialize)]
pub struct Group {
    /// What they have in common.
    pub title: String,
    /// When they are due.
    pub at: Option<When>,
    /// Who ticks them.
    pub owners: Vec<Person>,
    /// The steps.
    pub items: Vec<Step>,
}

impl Pages<'_> {
    /// Steps in order, whose times are counted from `base`.
    pub fn steps(&self, steps: Option<&[WrittenStep]>, base: Base) -> Vec<Step> {
        steps.unwrap_or_default().iter().flat_map(|step| self.step(step, base, 0)).collect()
    }

    /// A step; the steps of a procedure where it is nothing but that.
    fn step(&self, step: &WrittenStep, base: Base, depth: usize) -> Vec<Step> {
        let written = &step.0;
        let procedure = written.procedure.as_ref().and_then(|id| self.draft.spec.procedure(&id.value));
        // Circles of procedures have been refused; the bound is for this program alone.
        let inner = procedure.filter(|_| depth < 64).unwrap_or_default();
        let mut items: Vec<Step> =
            written.items.iter().flatten().flat_map(|item| self.step(item, base, depth + 1)).collect();
        items.extend(inner.iter().flat_map(|step| self.step(step, base, depth + 1)));
        let says = [&written.r#do, &written.run, &written.file, &written.link, &written.metric];
        if procedure.is_some() && says.iter().all(|text| text.is_none()) && written.takes.is_none() {
            return self.inherit(items, step);
        }
        vec![Step { items, ..self.own(step, base) }]
    }

    fn own(&self, step: &WrittenStep, base: Base) -> Step {
        let written = &step.0;
        Step {
            what: maybe(&written.r#do).or_else(|| maybe(&written.procedure)),
            run: maybe(&written.run),
            expect: maybe(&written.expect),
            otherwise: maybe(&written.otherwise),
            metric: written.metric.as_ref().and_then(|id| self.metric_link(&id.value)),
            takes: length(&written.takes),
            sum: None,
            owners: self.owners(&written.owner),
            at: written.at.as_ref().map(|point| self.when(point, base)),
            only_if: maybe(&written.r#if),
            done: written.done.as_ref().is_some_and(|done| done.value),
            note: maybe(&written.note),
            link: maybe(&written.link),
            file: maybe(&written.file),
            text: maybe(&written.text),
            irreversible: step.is_irreversible(),
            items: Vec::new(),
        }
    }

    /// The steps of a procedure take owner, case and note of the step that stands for them.
    fn inherit(&self, mut steps: Vec<Step>, from: &WrittenStep) -> Vec<Step> {
        let owners = self.owners(&from.0.owner);
        for step in &mut steps {
            if step.owners.is_empty() {
                step.owners.clone_from(&owners);
            }
            if step.only_if.is_none() {
                step.only_if = maybe(&from.0.r#if);
            }
        }
        if let (Some(first), Some(note)) = (steps.first_mut(), maybe(&from.0.note)) {
            first.note = Some(first.note.take().map_or(note.clone(), |own| format!("{note} {own}")));
        }
        steps
    }

    /// A group of steps.
    pub fn group(&self, group: &Written, base: Base) -> Group {
        Group {
            title: group.group.as_ref().map(text).unwrap_or_default(),
            at: group.at.as_ref().map(|point| self.when(point, base)),
            owners: self.owners(&group.owner),
            items: self.steps(group.items.as_deref(), base),
        }
    }

    /// The link to a metric.
    pub fn metric_link(&self, id: &str) -> Option<MetricLink> {
        let metric = self.draft.spec.metric(id)?;
        let panel = self.draft.panels.get(id).filter(|_| metric.is_measured());
        let board = self.draft.config.grafana.as_ref().zip(panel).map(|(base, panel)| {
            format!("{base}/d/{}?viewPanel={panel}", names::board_uid(self.draft.release()))
        });
        Some(MetricLink {
            id: id.to_owned(),
            title: text(&metric.title),
            anchor: names::metric_anchor(id),
            board,
        })
    }
}
