//! Each stage as its own checklist: what to do, what to look at and when, and what decides.

use super::approval::Approval;
use super::checks::{Agenda, CheckPlan};
use super::gates::{Gate, Standing};
use super::levels;
use super::limits::Limits;
use super::people::Person;
use super::steps::{MetricLink, Step};
use super::when::iso;
use super::{Pages, maybe, texts};
use crate::ladder::Level;
use crate::plan::names;
use crate::spec::calendar::Base;
use crate::spec::metric::{Metric, Watch};
use crate::spec::stage::Stage;
use serde::Serialize;
use std::collections::BTreeMap;

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
    /// Whether nothing but its title is known, so that it has no section of its own.
    pub bare: bool,
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
    /// Who does all of them; nobody where they differ.
    pub check_owners: Vec<Person>,
    /// The same by day and clock time, where dates are known and the times are not too many.
    pub agenda: Vec<Agenda>,
    /// The metrics with the limits that hold here.
    pub metrics: Vec<StageMetric>,
    /// Which of `normal`, `target`, `warn`, `hold` and `rollback` any of them has.
    pub columns: Vec<&'static str>,
    /// The levels at which an alert can fire here.
    pub alerts: BTreeMap<&'static str, bool>,
    /// What publishes that the stage begins, where anything depends on it.
    pub publish: Option<String>,
    /// What must hold before the next stage begins.
    pub advance: Vec<Gate>,
    /// What keeps the release here.
    pub hold: Vec<Gate>,
    /// What sends the release back.
    pub rollback: Vec<Gate>,
    /// Who must approve the next stage.
    pub approve: Option<Approval>,
    /// The title of the next stage and the anchor of its section.
    pub next: Option<(String, String)>,
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

impl Pages<'_> {
    /// The stages, in order.
    pub fn stages(&self) -> Vec<StagePage> {
        let stages = &self.draft.spec.stages;
        let next = |number: usize| {
            stages
                .get(number + 1)
                .map(|stage| (self.stage_title(stage.id()), names::stage_anchor(stage.id())))
        };
        stages.iter().enumerate().map(|(number, stage)| self.stage(number, stage, next(number))).collect()
    }

    fn stage(&self, number: usize, stage: &Stage, next: Option<(String, String)>) -> StagePage {
        let base = Base::Stage(number);
        let lasts = stage.lasts.as_ref();
        let standing = Standing { stage: Some(stage.id()), since: lasts.map(|lasts| &lasts.min.value) };
        let time = self.calendar.stages().get(number).filter(|_| self.calendar.is_dated());
        let gates = |conditions: &Option<Vec<_>>| self.gates(conditions.as_deref(), standing);
        let metrics = self.stage_metrics(stage);
        let check_owners = self.check_owners(stage);
        let common = !check_owners.is_empty();
        let page = StagePage {
            id: stage.id().to_owned(),
            number: number + 1,
            title: self.stage_title(stage.id()),
            anchor: names::stage_anchor(stage.id()),
            bare: false,
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
            checks: stage.checks.iter().flatten().map(|check| self.check(check, number, common)).collect(),
            check_owners,
            agenda: self.agenda(stage, number, common),
            columns: levels::columns(metrics.iter().flat_map(|metric| &metric.limits)),
            alerts: alerts(&metrics),
            metrics,
            publish: self.publish(stage.id()),
            advance: gates(&stage.advance),
            hold: gates(&stage.hold),
            rollback: gates(&stage.rollback),
            approve: stage.approve.as_ref().map(|approval| self.approval(approval)),
            next,
        };
        StagePage { bare: page.is_bare(), ..page }
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
            limits.retain(|limits| !limits.off && limits.says_something());
            let link = self.metric_link(&metric.id.value)?;
            (!limits.is_empty()).then(|| StageMetric { link, watch: metric.watch.name(), limits })
        };
        self.draft.spec.metrics.iter().filter_map(of).collect()
    }
}

impl StagePage {
    fn is_bare(&self) -> bool {
        let facts = [&self.traffic, &self.audience, &self.lasts, &self.from, &self.publish];
        let conditions = [&self.start_when, &self.advance, &self.hold, &self.rollback];
        let lists =
            [self.select.len(), self.focus.len(), self.steps.len(), self.checks.len(), self.metrics.len()];
        facts.into_iter().all(Option::is_none)
            && conditions.into_iter().all(Vec::is_empty)
            && lists.into_iter().all(|length| length == 0)
            && self.approve.is_none()
    }
}

/// Whether any alert can fire at each level.
fn alerts(metrics: &[StageMetric]) -> BTreeMap<&'static str, bool> {
    let watched = || metrics.iter().filter(|metric| metric.watch == Watch::Alert.name());
    let has = |level: &str| {
        let mut levels = watched().flat_map(|metric| &metric.limits).flat_map(|limits| &limits.levels);
        levels.any(|page| page.level == level && page.lines.iter().any(|line| line.kind != "judge"))
    };
    Level::ALL.into_iter().map(|level| (level.name(), has(level.name()))).collect()
}

fn selected(stage: &Stage) -> Vec<(String, String)> {
    let rows = stage.select.iter().flat_map(|table| &table.0);
    rows.map(|row| (row.key.value.clone(), row.value.value.clone())).collect()
}
