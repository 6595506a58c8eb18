//! What the situations of one metric share: its series, its values, the stage, and how often rules are evaluated.

use super::domain::rounded;
use super::example::Judge;
use super::given::Feed;
use super::recorded::{Asked, Check, Row, exactly, measured};
use super::scene::{Pace, Scene};
use super::takers::Takers;
use super::values::{self, Values};
use crate::plan::Broken;
use crate::plan::measured::{MetricPlan, Role};
use crate::plan::proof::feed::{LONG_AGO, signal, value_labels};
use crate::plan::proof::law::{Raise, raises};
use crate::plan::proof::{Given, Labels, Proving};
use crate::promql;
use crate::spec::metric::{Case, Measurement};

/// Events a second, where nothing asks for more.
const EVENTS: f64 = 50.0;

/// Whether the first set of kept labels has the bad value or the calm one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Bad,
    Calm,
}

/// One metric.
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
    case: &'a Case,
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
        let (by, decoy_by) = by_sets(metric, &takers);
        let first = by.first().ok_or("no value of the labels that it keeps is taken by all its selectors")?;
        let (stage, share, case, values) =
            place(proving, metric, first).ok_or("no value is known that its raw series could make")?;
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
            events: events(case, window),
            window,
            slow,
        };
        let whole = [Mood::Bad, Mood::Calm].into_iter().all(|mood| raw.now(mood).is_some())
            && (raw.metric.offset().is_none() || raw.of_role(Role::Reference, Mood::Calm).is_some());
        whole.then_some(raw).ok_or("no labels are found that tell the series of its selectors apart")
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
        Scene::new(Pace::of(self.proving, self.slow, span, self.window), self.takers.spare)
    }

    /// The value of a role for the set of kept labels of this number.
    pub fn value(&self, role: Role, at: usize, mood: Mood) -> f64 {
        match (role == self.metric.main_role(), at, mood) {
            (true, 0, Mood::Bad) => self.values.bad,
            (true, ..) => self.values.calm,
            (false, ..) => self.values.theirs,
        }
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

    /// Series that only a matcher keeps from a role.
    pub fn decoys(&self, role: Role) -> Vec<Given> {
        self.feed(role, &self.decoy_by).decoys(self.value(role, 0, Mood::Bad), self.events)
    }

    /// The stage, as one that began long ago.
    pub fn signal(&self) -> Option<Given> {
        self.stage.as_ref().map(|stage| signal(self.release(), stage, LONG_AGO))
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
                let value = values::judged(metric.metric, measured, self.values.theirs, share);
                (value_labels(metric, self.release(), by), Check::Is(value))
            })
            .collect();
        Some(exactly(&metric.value().name, &rows))
    }

    /// What the alerts read when there is nothing to read.
    pub fn nothing_to_read(&self) -> Asked {
        exactly(&self.metric.value().name, &[])
    }

    /// The ways in which the bad value raises the harshest level; none where alerts wait for a condition of the author's.
    ///
    /// # Errors
    /// When there is no rule for one.
    pub fn raises(&self) -> Result<Vec<Raise<'_>>, Broken> {
        let (Some(level), None) = (self.values.raises, &self.metric.metric.only_when) else {
            return Ok(Vec::new());
        };
        let judged = values::judged(self.metric.metric, self.values.bad, self.values.theirs, self.share);
        let mut raises = raises(self.proving, self.metric, self.case)?;
        raises.retain(|raise| {
            let bound = raise.bound.value.to_f64();
            raise.level == level && raise.after.is_none() && values::outside(raise.side, judged, bound)
        });
        Ok(raises)
    }

    /// Which alerts of the harshest level must fire; none of them while the value is calm.
    pub fn firing(&self, raises: &[Raise<'_>], mood: Mood) -> Option<Asked> {
        let level = raises.first()?.level.name();
        let mut kept =
            vec!["alertname".to_owned(), "release".to_owned(), "metric".to_owned(), "level".to_owned()];
        kept.extend(self.metric.by());
        let query = format!(
            "group by ({}) (ALERTS{{release={},metric={},level=\"{level}\",alertstate=\"firing\"}})",
            kept.join(", "),
            promql::quote(self.release()),
            promql::quote(self.metric.id())
        );
        let mut samples: Vec<(Labels, f64)> = Vec::new();
        for raise in raises.iter().filter(|_| mood == Mood::Bad) {
            let mut labels = self.by.first().cloned().unwrap_or_default();
            let mut add = |label: &str, value: &str| labels.insert(label.to_owned(), value.to_owned());
            add("alertname", &raise.alert.name);
            add("release", self.release());
            add("metric", self.metric.id());
            add("level", level);
            if !samples.iter().any(|(other, _)| *other == labels) {
                samples.push((labels, 1.0));
            }
        }
        Some((query, samples))
    }
}

/// The stage to signal, its share, what holds there, and values for it: those that raise a level before others.
fn place<'a>(
    proving: &Proving<'_>,
    metric: &'a MetricPlan<'_>,
    by: &Labels,
) -> Option<(Option<String>, f64, &'a Case, Values)> {
    let mut stages: Vec<(Option<&str>, f64)> = Vec::new();
    if proving.draft.staged {
        let named = |id: &str| metric.metric.cases.iter().any(|case| case.place.stage.as_deref() == Some(id));
        let all = proving
            .draft
            .spec
            .stages
            .iter()
            .map(|of| (Some(of.id()), of.traffic.as_ref().map(|share| share.value.to_f64())));
        let extensive = metric.metric.extensive.is_some();
        let usable = all.filter(|(_, share)| !extensive || share.is_some_and(|share| share > 0.0));
        stages.extend(usable.map(|(id, share)| (id, if extensive { share.unwrap_or(1.0) } else { 1.0 })));
        stages.sort_by_key(|(id, _)| id.is_some_and(named));
    } else {
        stages.push((None, 1.0));
    }
    let mut first = None;
    for (stage, share) in stages {
        let Some(case) = case_at(metric, stage, by) else { continue };
        let Some(values) = values::of(metric, &case.limits, share) else { continue };
        let found = (stage.map(str::to_owned), share, case, values);
        if values.raises.is_some() && case.limits.off.is_none() {
            return Some(found);
        }
        first = first.or(Some(found));
    }
    first
}

/// The case that holds at a stage for these label values.
fn case_at<'a>(metric: &'a MetricPlan<'_>, stage: Option<&str>, by: &Labels) -> Option<&'a Case> {
    let cases = &metric.metric.cases;
    let named = |label: &str, value: &str| {
        cases.iter().any(|case| case.place.labels.get(label).and_then(Option::as_deref) == Some(value))
    };
    let stage = stage.filter(|stage| cases.iter().any(|case| case.place.stage.as_deref() == Some(*stage)));
    cases.iter().find(|case| {
        case.place.stage.as_deref() == stage
            && case.place.labels.iter().all(|(label, value)| {
                let ours = by.get(label).map(String::as_str).filter(|ours| named(label, ours));
                value.as_deref() == ours
            })
    })
}

/// Enough events a second for every verdict.
#[allow(clippy::cast_precision_loss, reason = "numbers of events are small")]
fn events(case: &Case, window: u64) -> f64 {
    let least = case.limits.min_events.as_ref().map_or(0, |least| least.value) as f64;
    let seconds = (window as f64 / 1000.0).max(1.0);
    (2.0 * least / seconds).ceil().max(EVENTS)
}

/// One or two sets of values of the kept labels, of which every selector takes each, and which the law does not name
/// where there are others; and a third set, or the first again.
fn by_sets(metric: &MetricPlan<'_>, takers: &Takers) -> (Vec<Labels>, Labels) {
    let mut sets = [Labels::new(), Labels::new(), Labels::new()];
    let mut count = if metric.by().is_empty() { 1 } else { 3 };
    for label in metric.by() {
        let judges: Vec<&Judge> = takers.judges_of(&label).collect();
        let named = |value: &String| {
            let cases = &metric.metric.cases;
            cases.iter().any(|case| case.place.labels.get(&label).and_then(Option::as_ref) == Some(value))
        };
        let plain = ["one", "two", "three"].map(str::to_owned);
        let tries = judges.iter().flat_map(|judge| judge.values()).chain(plain);
        let mut values: Vec<String> = Vec::new();
        for value in tries.filter(|value| !value.is_empty()) {
            if !values.contains(&value) && judges.iter().all(|judge| judge.takes(&value)) {
                values.push(value);
            }
        }
        values.sort_by_key(&named);
        let Some(first) = values.first().cloned() else { return (Vec::new(), Labels::new()) };
        let free = values.iter().take_while(|value| !named(value)).count().max(1);
        count = count.min(free);
        for (at, set) in sets.iter_mut().enumerate() {
            set.insert(label.clone(), values.get(at).cloned().unwrap_or_else(|| first.clone()));
        }
    }
    let [first, second, third] = sets;
    match count {
        1 => (vec![first.clone()], first),
        2 => (vec![first.clone(), second], first),
        _ => (vec![first, second], third),
    }
}

/// A measured value in a sentence.
pub fn worded(measurement: &Measurement, value: f64) -> String {
    let what = what(measurement);
    match measurement {
        Measurement::Ratio { .. } => format!("{what} of {}%", rounded(value * 100.0)),
        _ => format!("{what} of {value}"),
    }
}

/// What a measurement is called in a sentence.
pub fn what(measurement: &Measurement) -> &'static str {
    match measurement {
        Measurement::Ratio { .. } => "share",
        Measurement::Quantile { .. } => "quantile",
        Measurement::Mean { .. } => "mean",
        Measurement::Rate { .. } => "rate",
        Measurement::Increase { .. } => "increase",
        Measurement::Gauge { .. } | Measurement::Query(_) | Measurement::Manual(_) => "value",
    }
}
