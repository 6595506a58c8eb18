//! The looks that come back: what is looked at, and a list by day and clock time to tick.

use super::people::Person;
use super::steps::Step;
use super::when::When;
use super::{Pages, length, maybe};
use crate::plan::names;
use crate::spec::calendar::{Base, MOST_TIMES};
use crate::spec::check::Check;
use crate::spec::stage::Stage;
use jiff::civil::DateTime;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The most clock times of one stage that are listed one by one.
const MOST_LISTED: usize = 120;

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
    /// Whether `from` and `to` are clock times that hold on each day.
    pub daily: bool,
    /// How many times, where that is known.
    pub count: Option<usize>,
    /// What is looked at.
    pub look: Look,
}

/// What is looked at.
#[derive(Debug, Clone, Serialize)]
pub struct Look {
    /// In words.
    pub what: Option<String>,
    /// The lists that it goes through: their ids and anchors.
    pub lists: Vec<(String, String)>,
    /// Who looks, where that is not the same for all checks of the stage.
    pub owners: Vec<Person>,
}

/// All looks of one day.
#[derive(Debug, Serialize)]
pub struct Agenda {
    /// The day in ISO 8601.
    pub date: String,
    /// The clock times, each with what is looked at then.
    pub times: Vec<(String, Vec<Look>)>,
}

/// Steps that checks go through.
#[derive(Debug, Serialize)]
pub struct Checklist {
    /// The id.
    pub id: String,
    /// The anchor of its section.
    pub anchor: String,
    /// The stages whose checks go through it: titles and anchors.
    pub stages: Vec<(String, String)>,
    /// The steps.
    pub items: Vec<Step>,
}

impl Pages<'_> {
    /// A check of a stage.
    pub fn check(&self, check: &Check, stage: usize, common: bool) -> CheckPlan {
        let base = Base::Stage(stage);
        let written = &check.0;
        let count = self.calendar.times(check, stage).len();
        CheckPlan {
            every: length(&written.every),
            at: self.whens(&written.at, base),
            from: written.from.as_ref().map(|point| self.when(point, base)),
            to: written.to.as_ref().map(|point| self.when(point, base)),
            daily: check.daily().is_some(),
            count: (1..MOST_TIMES).contains(&count).then_some(count),
            look: self.look(check, common),
        }
    }

    /// The looks of a stage by day and clock time.
    pub fn agenda(&self, stage: &Stage, number: usize, common: bool) -> Vec<Agenda> {
        let mut times: BTreeMap<DateTime, Vec<Look>> = BTreeMap::new();
        for check in stage.checks.iter().flatten().filter(|_| self.calendar.is_dated()) {
            for at in self.calendar.times(check, number) {
                times.entry(at).or_default().push(self.look(check, common));
            }
        }
        if times.len() > MOST_LISTED {
            return Vec::new();
        }
        let mut days: Vec<Agenda> = Vec::new();
        for (at, looks) in times {
            let date = at.date().to_string();
            let time = (at.strftime("%H:%M").to_string(), looks);
            match days.last_mut().filter(|day| day.date == date) {
                Some(day) => day.times.push(time),
                None => days.push(Agenda { date, times: vec![time] }),
            }
        }
        days
    }

    /// The lists that the release writes, and those of the project that its checks name.
    pub fn checklists(&self) -> Vec<Checklist> {
        let spec = self.draft.spec;
        let named = |stage: &Stage| -> BTreeSet<String> {
            let lists = stage.checks.iter().flatten().filter_map(|check| check.0.list.as_ref());
            lists.flat_map(|list| &list.0).map(|id| id.value.clone()).collect()
        };
        let list = |row: &crate::spec::shape::Row<Vec<crate::spec::step::Step>>| {
            let id = &row.key.value;
            let stages = spec.stages.iter().filter(|stage| named(stage).contains(id));
            let stages: Vec<_> =
                stages.map(|stage| (self.stage_title(stage.id()), names::stage_anchor(stage.id()))).collect();
            let wanted = row.key.span.file == spec.file || !stages.is_empty();
            wanted.then(|| Checklist {
                id: id.clone(),
                anchor: names::checklist_anchor(id),
                stages,
                items: self.steps(Some(&row.value), Base::Begun),
            })
        };
        spec.checklists.iter().filter_map(list).collect()
    }

    /// Those who do all checks of a stage; nobody where they differ.
    pub fn check_owners(&self, stage: &Stage) -> Vec<Person> {
        let ids = |check: &Check| -> Vec<String> {
            check.0.owner.iter().flat_map(|owner| &owner.0).map(|id| id.value.clone()).collect()
        };
        let mut checks = stage.checks.iter().flatten();
        match checks.next() {
            Some(first) if checks.all(|check| ids(check) == ids(first)) => self.owners(&first.0.owner),
            _ => Vec::new(),
        }
    }

    fn look(&self, check: &Check, common: bool) -> Look {
        let lists = check.0.list.iter().flat_map(|list| &list.0);
        Look {
            what: maybe(&check.0.r#do),
            lists: lists.map(|id| (id.value.clone(), names::checklist_anchor(&id.value))).collect(),
            owners: if common { Vec::new() } else { self.owners(&check.0.owner) },
        }
    }
}
