//! What helps a person whom an alert has called: where its limits hold, what may lie behind it, who decides and who
//! is called.

use crate::ladder::{Level, Side};
use crate::plan::bound_text;
use crate::plan::runbook::approval::Approval;
use crate::plan::runbook::gates;
use crate::plan::runbook::limits::{LevelPage, Limits, Range};
use crate::plan::runbook::people::Call;
use crate::plan::runbook::steps::Step;
use crate::plan::runbook::{Pages, Scenario};
use crate::spec::condition::Within;
use crate::spec::metric::Metric;
use crate::spec::scenario::{AlertOf, Scenario as Written};
use crate::spec::shape::Row;
use serde::Serialize;

/// A trouble that may lie behind an alert.
#[derive(Debug, Clone, Serialize)]
pub struct Likely {
    /// The trouble.
    pub scenario: Scenario,
    /// Whether it has begun at this level; what to do about it is for later otherwise.
    pub begun: bool,
    /// Whether all it says to do is the usual way back, which a section at rollback has written out already.
    pub written_out: bool,
}

/// Who decides at some stages.
#[derive(Debug, Clone, Serialize)]
pub struct Decider {
    /// The stages' titles; none for every stage.
    pub stages: Vec<String>,
    /// Who decides there.
    pub approval: Approval,
}

impl Pages<'_> {
    /// The limits that raise an alert: those of the base, and those that differ from them.
    pub(super) fn places(&self, metric: &Metric, level: &str) -> Vec<Limits> {
        let mut places: Vec<Limits> = Vec::new();
        for case in &metric.cases {
            let mut limits = self.limits(metric, case);
            limits.levels.retain(|page| page.level == level);
            limits.levels.iter_mut().for_each(|page| page.lines.retain(|line| line.kind != "judge"));
            limits.levels.retain(|page: &LevelPage| !page.lines.is_empty());
            let differs = |base: &Limits| {
                let key = |limits: &Limits| (limits.off, limits.min_events);
                base.levels != limits.levels || key(base) != key(&limits)
            };
            if places.first().is_none_or(differs) {
                places.push(limits);
            }
        }
        places
    }

    /// Those of the other places at which other bounds or waits raise the alert, or nothing does.
    pub(super) fn others(places: &[Limits]) -> Vec<Limits> {
        let words = |limits: &Limits| {
            let lines = limits.levels.iter().flat_map(|page| &page.lines);
            let lines = lines.map(|line| (line.kind, line.what.clone(), line.lasts.clone()));
            (limits.off, lines.collect::<Vec<_>>())
        };
        let Some((base, others)) = places.split_first() else { return Vec::new() };
        others.iter().filter(|place| words(place) != words(base)).cloned().collect()
    }

    /// The troubles of which an alert is a sign, and the one that its metric names.
    pub(super) fn likely(&self, metric: &Metric, kind: &str, level: &str) -> Vec<Likely> {
        let level = Level::ALL.into_iter().find(|known| known.name() == level).filter(|_| kind == "level");
        let back = self.way_back().map(|way| way.steps).unwrap_or_default();
        let all = self.draft.spec.scenarios.iter().filter_map(|row| {
            let begun = begun(metric, row, level)?;
            let scenario = self.scenario(row);
            let written_out = level == Some(Level::Rollback) && is_way_back(&scenario.steps, &back);
            Some(Likely { scenario, begun, written_out })
        });
        let mut all: Vec<Likely> = all.collect();
        all.sort_by_key(|likely| !likely.begun);
        all
    }

    /// Who approves at each stage; one entry where all stages agree.
    pub(super) fn deciders(&self) -> Vec<Decider> {
        let mut deciders: Vec<Decider> = Vec::new();
        for stage in &self.draft.spec.stages {
            let Some(written) = &stage.approve else { continue };
            let approval = self.approval(written);
            let title = self.stage_title(stage.id());
            match deciders.iter_mut().find(|known| same(&known.approval, &approval)) {
                Some(known) => known.stages.push(title),
                None => deciders.push(Decider { stages: vec![title], approval }),
            }
        }
        if let [one] = deciders.as_mut_slice() {
            one.stages.clear();
        }
        deciders
    }

    /// The calls of a level.
    pub(super) fn called_at(&self, level: &str) -> Vec<Call> {
        let harshness = |level: &str| Level::ALL.iter().position(|known| known.name() == level);
        let mut calls = self.escalation();
        calls.retain(|call| call.level.is_none_or(|least| harshness(least) <= harshness(level)));
        calls
    }
}

/// The range in which a metric is healthy, at the limits that hold where nothing else does.
pub(super) fn healthy(metric: &Metric) -> Option<Range> {
    let ends = gates::ends(metric.base()?, Within::Normal);
    let end = |side| ends.iter().find(|(of, _)| *of == side).map(|(_, bound)| bound_text(metric, bound));
    let (min, max) = (end(Side::Below), end(Side::Above));
    (min.is_some() || max.is_some()).then_some(Range { min, max, over: None })
}

fn same(one: &Approval, two: &Approval) -> bool {
    let key = |of: &Approval| {
        (of.all, of.at_least, of.people.iter().map(|person| person.id.clone()).collect::<Vec<_>>())
    };
    key(one) == key(two)
}

/// Whether steps are those of the way back, on their own or below the one step that names them.
fn is_way_back(steps: &[Step], back: &[Step]) -> bool {
    let steps = match steps {
        [one] if one.only_if.is_none() && one.note.is_none() && !one.items.is_empty() => &one.items,
        all => all,
    };
    let same = |(one, two): (&Step, &Step)| {
        let says =
            |step: &Step| [&step.what, &step.run, &step.text, &step.file, &step.link].map(Clone::clone);
        says(one) == says(two) && one.only_if == two.only_if && is_way_back(&one.items, &two.items)
    };
    steps.len() == back.len() && steps.iter().zip(back).all(same)
}

/// Whether a trouble has begun at a level, or with a lack of data where there is none; `None` where it is another
/// alert's.
fn begun(metric: &Metric, row: &Row<Written>, level: Option<Level>) -> Option<bool> {
    let signs = row.value.when.iter().flat_map(|when| &when.0);
    let of_metric = |sign: &&crate::spec::scenario::Sign| {
        sign.0.metric.as_ref().is_some_and(|id| id.value == metric.id.value)
    };
    let mut signs: Vec<Option<AlertOf>> =
        signs.filter(of_metric).map(|sign| sign.0.level.as_ref().map(|level| level.value)).collect();
    let Some(level) = level else {
        return signs.iter().any(|sign| matches!(sign, None | Some(AlertOf::NoData))).then_some(true);
    };
    signs.retain(|sign| *sign != Some(AlertOf::NoData));
    let named = metric.scenario.as_ref().is_some_and(|id| id.value == row.key.value);
    let reached = |sign: &Option<AlertOf>| match sign {
        None | Some(AlertOf::Warn) => true,
        Some(AlertOf::Hold) => level >= Level::Hold,
        Some(AlertOf::Rollback) => level >= Level::Rollback,
        Some(AlertOf::NoData) => false,
    };
    match signs.as_slice() {
        [] => named.then_some(true),
        signs => Some(signs.iter().any(reached)),
    }
}
