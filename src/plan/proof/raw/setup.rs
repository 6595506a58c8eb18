//! What the situations of one metric share: its series, its values, the stage, and how often rules are evaluated.

use super::given::Feed;
use super::recorded::{Asked, Check, Row, exactly, measured};
use super::scene::{Pace, Scene};
use super::takers::Takers;
use super::values::{self, Values};
use super::{kept, place};
use crate::plan::measured::{MetricPlan, Role};
use crate::plan::proof::feed::{long_running, value_labels};
use crate::plan::proof::{Given, Labels, Proving};
use crate::spec::metric::Case;

/// Whether the first set of kept labels has the bad value or the calm one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Bad,
    Calm,
}

/// One metric.
#[derive(Clone)]
pub struct Raw<'a> {
    pub proving: &'a Proving<'a>,
    pub metric: &'a MetricPlan<'a>,
    pub takers: Takers,
    /// One set of kept labels, or two.
    pub by: Vec<Labels>,
    /// The kept labels of series that nothing takes: others where there are others.
    decoy_by: Labels,
    /// The stage that is signalled.
    pub stage: Option<String>,
    /// Its share of the traffic.
    pub share: f64,
    /// What holds there.
    pub case: &'a Case,
    pub values: Values,
    /// Events a second.
    pub events: f64,
    /// The window in milliseconds; 0 for a gauge.
    pub window: u64,
    /// The time between evaluations where they are few.
    slow: u64,
}

impl<'a> Raw<'a> {
    /// Everything that is needed, or why there is none.
    pub fn new(
        proving: &'a Proving<'a>,
        slow: u64,
        metric: &'a MetricPlan<'a>,
    ) -> Result<Self, &'static str> {
        let takers = Takers::of(metric).ok_or("its selectors can't be followed")?;
        let (by, decoy_by) = kept::sets(metric, &takers);
        let first = by.first().ok_or("no value of the labels that it keeps is taken by all its selectors")?;
        let (stage, share, case, values) =
            place::place(proving, metric, first).ok_or("no value is known that its raw series could make")?;
        let window = metric.source.span_of_value().map_or(0, |window| window.millis());
        let raw = Self {
            proving,
            metric,
            takers,
            by,
            decoy_by,
            stage,
            share,
            case,
            values,
            events: place::events(case, window),
            window,
            slow,
        };
        let whole = [Mood::Bad, Mood::Calm].into_iter().all(|mood| raw.now(mood).is_some())
            && (raw.metric.offset().is_none() || raw.of_role(Role::Reference, Mood::Calm).is_some());
        whole.then_some(raw).ok_or("no labels are found that tell the series of its selectors apart")
    }

    /// The same with the series of other alternatives of its patterns.
    pub fn turned(&self, turn: usize) -> Self {
        let mut turned = self.clone();
        turned.takers.turn = turn;
        turned
    }

    pub fn release(&self) -> &'a str {
        self.proving.draft.release()
    }

    /// The roles that read the present.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        self.metric.roles().into_iter().filter(|role| *role != Role::Reference)
    }

    /// An empty situation in which a time of this length takes no more evaluations than need be.
    pub fn scene(&self, span: u64) -> Scene<'_> {
        Scene::new(self.pace(span), self.takers.spare)
    }

    /// The same with a sample between any two evaluations.
    pub fn finer_scene(&self, span: u64) -> Scene<'_> {
        Scene::new(self.pace(span).finer(), self.takers.spare)
    }

    fn pace(&self, span: u64) -> Pace {
        Pace::of(self.proving, self.slow, span, self.window)
    }

    /// The value of a role for the set of kept labels of this number.
    pub fn value(&self, role: Role, at: usize, mood: Mood) -> f64 {
        match (role == self.metric.main_role(), at, mood) {
            (true, 0, Mood::Bad) => self.values.bad,
            (true, ..) => self.values.calm,
            (false, ..) => self.theirs(mood),
        }
    }

    /// The value of the role that is compared with.
    fn theirs(&self, mood: Mood) -> f64 {
        if mood == Mood::Bad { self.values.theirs } else { self.values.later }
    }

    pub fn feed<'s>(&'s self, role: Role, by: &'s Labels) -> Feed<'s> {
        Feed { metric: self.metric, takers: &self.takers, role, by }
    }

    /// The raw series of every role at present, decoys beside them.
    pub fn now(&self, mood: Mood) -> Option<Vec<Given>> {
        let mut all = Vec::new();
        for role in self.roles() {
            all.extend(self.of_role(role, mood)?);
        }
        Some(all)
    }

    /// The raw series of one role, and those that only a matcher keeps from it.
    pub fn of_role(&self, role: Role, mood: Mood) -> Option<Vec<Given>> {
        let mut all = Vec::new();
        for (at, by) in self.by.iter().enumerate() {
            let value = self.value(role, at, mood);
            all.extend(self.feed(role, by).series(value, self.events)?);
        }
        all.extend(self.decoys(role));
        Some(all)
    }

    /// Series that only a matcher keeps from a role: beside those that it takes, since a lack of the matcher may only
    /// change their value, and under kept labels of their own, since it may only add a value.
    pub fn decoys(&self, role: Role) -> Vec<Given> {
        let beside = self.by.first().filter(|by| **by != self.decoy_by);
        let sets = beside.into_iter().chain([&self.decoy_by]);
        sets.flat_map(|by| self.feed(role, by).decoys(self.value(role, 0, Mood::Bad), self.events)).collect()
    }

    /// The stage, as one that began long ago.
    pub fn signal(&self) -> Option<Given> {
        self.stage.as_ref().map(|stage| long_running(self.proving, stage))
    }

    /// What must be recorded of these roles.
    pub fn recorded(&self, roles: impl Iterator<Item = Role>, mood: Mood) -> Vec<Asked> {
        let rows: Vec<Row<'_>> = roles.flat_map(|role| self.rows(role, mood)).collect();
        measured(self.metric, self.release(), &rows)
    }

    /// What must be recorded of one role.
    pub fn rows(&self, role: Role, mood: Mood) -> Vec<Row<'_>> {
        let row = |(at, by)| Row::new(self.metric, role, by, self.value(role, at, mood), self.events);
        self.by.iter().enumerate().map(row).collect()
    }

    /// What the alerts must read, where that is not the measurement itself.
    pub fn read(&self, mood: Mood, share: f64) -> Option<Asked> {
        let metric = self.metric;
        if metric.metric.relative.is_none() && metric.metric.extensive.is_none() {
            return None;
        }
        let rows: Vec<_> = self
            .by
            .iter()
            .enumerate()
            .map(|(at, by)| {
                let measured = self.value(metric.main_role(), at, mood);
                let value = values::judged(metric.metric, measured, self.theirs(mood), share);
                (value_labels(metric, self.release(), by), Check::Of(value, measured))
            })
            .collect();
        Some(exactly(&metric.value().name, &rows))
    }

    /// Whether the past that it is compared with comes up within a few windows.
    pub fn is_past_near(&self) -> bool {
        let few = 3 * (self.window + 4 * self.scene(self.window).pace.every);
        self.metric.offset().is_some_and(|offset| offset.millis() <= few)
    }

    /// What the alerts read when there is nothing to read.
    pub fn nothing_to_read(&self) -> Asked {
        exactly(&self.metric.value().name, &[])
    }
}
