//! Each stage as its own checklist: what to do, what to look at and when, and what decides.

use super::gates::{Gate, Standing};
use super::limits::Limits;
use super::people::Person;
use super::steps::{MetricLink, Step};
use super::when::{When, iso};
use super::{Pages, maybe, texts};
use crate::plan::names;
use crate::spec::calendar::Base;
use crate::spec::check::Check;
use crate::spec::metric::Metric;
use crate::spec::people::Approval as Written;
use crate::spec::stage::Stage;
use serde::Serialize;

/// The most clock times of one check that are listed one by one.
const MOST_TIMES: usize = 120;

/// A stage with all that people need at it.
#[derive(Debug, Serialize)]
pub struct StagePage {
    /// Its id.
    pub id: String,
    /// Its number, from 1.
    pub number: usize,
    /// Its title; the id where none is written.
    pub title: String,
    /// The anchor of its section.
    pub anchor: String,
    /// The share of the traffic.
    pub traffic: Option<String>,
    /// Who gets the new version.
    pub audience: Option<String>,
    /// The cohort by label.
    pub select: Vec<(String, String)>,
    /// The shortest time that it lasts.
    pub lasts: Option<String>,
    /// The longest time, where that is another.
    pub lasts_at_most: Option<String>,
    /// When it begins if all goes well, in ISO 8601.
    pub from: Option<String>,
    /// When it ends if all goes well.
    pub to: Option<String>,
    /// What is looked at above all.
    pub focus: Vec<String>,
    /// What must hold before it begins.
    pub start_when: Vec<Gate>,
    /// What to do when it begins.
    pub steps: Vec<Step>,
    /// Who looks at what, and when.
    pub checks: Vec<CheckPlan>,
    /// The metrics with the limits that hold here.
    pub metrics: Vec<StageMetric>,
    /// What must hold before the next stage begins.
    pub advance: Vec<Gate>,
    /// What keeps the release here.
    pub hold: Vec<Gate>,
    /// What sends the release back.
    pub rollback: Vec<Gate>,
    /// Who must approve the next stage.
    pub approve: Option<Approval>,
    /// The title of the next stage.
    pub next: Option<String>,
}

/// A look that comes back.
#[derive(Debug, Serialize)]
pub struct CheckPlan {
    /// How often.
    pub every: Option<String>,
    /// At which times.
    pub at: Vec<When>,
    /// From when.
    pub from: Option<When>,
    /// Until when.
    pub to: Option<When>,
    /// Every time with its date, where dates are known and the times are not too many.
    pub days: Vec<Day>,
    /// How many times, where that is known.
    pub count: Option<usize>,
    /// What is looked at, in words.
    pub what: Option<String>,
    /// The lists that it goes through: their ids and anchors.
    pub lists: Vec<(String, String)>,
    /// Who looks.
    pub owners: Vec<Person>,
}

/// The times of a check on one day.
#[derive(Debug, Serialize)]
pub struct Day {
    /// The day in ISO 8601.
    pub date: String,
    /// The clock times.
    pub times: Vec<String>,
}

/// A metric at a stage.
#[derive(Debug, Serialize)]
pub struct StageMetric {
    /// The metric.
    pub link: MetricLink,
    /// Who looks at it.
    pub watch: &'static str,
    /// The limits that hold here, one for each value of a label that differs.
    pub limits: Vec<Limits>,
}

/// Who must approve.
#[derive(Debug, Clone, Serialize)]
pub struct Approval {
    /// Whether all of them must.
    pub all: bool,
    /// How many of them it takes.
    pub at_least: usize,
    /// The people.
    pub people: Vec<Person>,
}

impl Pages<'_> {
    /// The stages, in order.
    pub fn stages(&self) -> Vec<StagePage> {
        let stages = &self.draft.spec.stages;
        let next = |number: usize| stages.get(number + 1).map(|stage| self.stage_title(stage.id()));
        stages.iter().enumerate().map(|(number, stage)| self.stage(number, stage, next(number))).collect()
    }

    fn stage(&self, number: usize, stage: &Stage, next: Option<String>) -> StagePage {
        let base = Base::Stage(number);
        let lasts = stage.lasts.as_ref();
        let standing = Standing { stage: Some(stage.id()), since: lasts.map(|lasts| &lasts.min.value) };
        let time = self.calendar.stages().get(number).filter(|_| self.calendar.is_dated());
        let gates = |conditions: &Option<Vec<_>>| self.gates(conditions.as_deref(), standing);
        StagePage {
            id: stage.id().to_owned(),
            number: number + 1,
            title: self.stage_title(stage.id()),
            anchor: names::stage_anchor(stage.id()),
            traffic: stage.traffic.as_ref().map(|share| share.text.value.clone()),
            audience: maybe(&stage.audience),
            select: selected(stage),
            lasts: lasts.map(|lasts| lasts.min.text().to_owned()),
            lasts_at_most: lasts
                .filter(|lasts| lasts.min.value.millis() != lasts.max.value.millis())
                .map(|lasts| lasts.max.text().to_owned()),
            from: time.and_then(|time| time.from).map(iso),
            to: time.and_then(|time| time.to).map(iso),
            focus: texts(&stage.focus),
            start_when: gates(&stage.start_when),
            steps: self.steps(stage.steps.as_deref(), base),
            checks: stage.checks.iter().flatten().map(|check| self.check(check, number)).collect(),
            metrics: self.stage_metrics(stage),
            advance: gates(&stage.advance),
            hold: gates(&stage.hold),
            rollback: gates(&stage.rollback),
            approve: stage.approve.as_ref().map(|approval| self.approval(approval)),
            next,
        }
    }

    fn check(&self, check: &Check, stage: usize) -> CheckPlan {
        let base = Base::Stage(stage);
        let written = &check.0;
        let times = self.calendar.times(check, stage);
        let listed = self.calendar.is_dated() && times.len() <= MOST_TIMES;
        let mut days: Vec<Day> = Vec::new();
        for at in times.iter().filter(|_| listed) {
            let date = at.date().to_string();
            let time = at.strftime("%H:%M").to_string();
            match days.last_mut().filter(|day| day.date == date) {
                Some(day) => day.times.push(time),
                None => days.push(Day { date, times: vec![time] }),
            }
        }
        CheckPlan {
            every: super::length(&written.every),
            at: self.whens(&written.at, base),
            from: written.from.as_ref().map(|point| self.when(point, base)),
            to: written.to.as_ref().map(|point| self.when(point, base)),
            days,
            count: (!times.is_empty() && times.len() < crate::spec::calendar::MOST_TIMES)
                .then_some(times.len()),
            what: maybe(&written.r#do),
            lists: written
                .list
                .iter()
                .flat_map(|list| &list.0)
                .map(|id| (id.value.clone(), names::checklist_anchor(&id.value)))
                .collect(),
            owners: self.owners(&written.owner),
        }
    }

    /// Every metric that has limits at a stage; a case for the stage replaces the one for all stages.
    fn stage_metrics(&self, stage: &Stage) -> Vec<StageMetric> {
        let of = |metric: &Metric| {
            let named: Vec<_> =
                metric.cases.iter().filter(|case| case.place.stage.as_deref() == Some(stage.id())).collect();
            let cases = if named.is_empty() {
                metric.cases.iter().filter(|case| case.place.stage.is_none()).collect()
            } else {
                named
            };
            let mut limits: Vec<Limits> = cases.into_iter().map(|case| self.limits(metric, case)).collect();
            limits.iter_mut().for_each(|limits| limits.place.stage = None);
            limits.retain(|limits| !limits.off);
            let link = self.metric_link(&metric.id.value)?;
            (!limits.is_empty()).then(|| StageMetric { link, watch: metric.watch.name(), limits })
        };
        self.draft.spec.metrics.iter().filter_map(of).collect()
    }

    /// Who must approve.
    pub fn approval(&self, approval: &Written) -> Approval {
        Approval {
            all: approval.all,
            at_least: approval.at_least,
            people: approval.people.iter().map(|id| self.person(&id.value)).collect(),
        }
    }
}

fn selected(stage: &Stage) -> Vec<(String, String)> {
    let rows = stage.select.iter().flat_map(|table| &table.0);
    rows.map(|row| (row.key.value.clone(), row.value.value.clone())).collect()
}
