//! The recorded series that make a value: what the alerts of a metric read, and what counts its events.

use super::setting::{Setting, UNPLANNED, share};
use super::{Given, Labels, Proving, values};
use crate::ladder::Side;
use crate::plan::expr::Series;
use crate::plan::measured::{MetricPlan, Role};
use crate::plan::names::STAGE_SIGNAL;
use crate::quantity::{DeltaForm, Number};
use crate::spec::metric::Reference;

/// When the stages of situations began: long before, so that every window is full.
pub const LONG_AGO: f64 = -864_000.0;

/// Another release whose series stand beside those of the release.
pub const ANOTHER: &str = "another-release";

/// What the other side of a comparison is, where both sides must be given.
const REFERENCE: f64 = 1000.0;

/// More events than anything needs.
const MANY: f64 = 1e6;

/// By what a number is multiplied to lie just under it.
const JUST_UNDER: f64 = 0.999;

/// How many events there are in a window, on each side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Events {
    /// Of what is watched.
    pub main: f64,
    /// Of what it is compared with.
    pub other: f64,
}

impl Events {
    /// The same number on both sides.
    #[allow(clippy::cast_precision_loss, reason = "numbers of events are small")]
    pub fn both(number: u64) -> Self {
        Self { main: number as f64, other: number as f64 }
    }

    /// Just too few of what is watched: a rate that is worked out from counters is seldom a whole number.
    pub fn few(self) -> Self {
        Self { main: self.main * JUST_UNDER, ..self }
    }

    /// Just too few of what it is compared with.
    pub fn few_others(self) -> Self {
        Self { other: self.other * JUST_UNDER, ..self }
    }
}

impl Setting<'_> {
    /// The series that make a value for every part, and the stage signal.
    pub fn given(&self, value: &Number, events: Events) -> Vec<Given> {
        let mut given: Vec<Given> = self.signal().into_iter().collect();
        for part in &self.parts {
            given.extend(self.values(&part.by, value, events));
        }
        given
    }

    /// The stage signal.
    pub fn signal(&self) -> Option<Given> {
        self.stage.as_ref().map(|stage| long_running(self.proving, stage))
    }

    /// The value's series for one set of labels, and those that count its events.
    pub fn values(&self, by: &Labels, value: &Number, events: Events) -> Vec<Given> {
        let metric = self.metric;
        if metric.metric.extensive.is_some() {
            let raw = self.raw(value);
            return vec![self.recorded(metric.main_role(), &metric.operation(), by, raw)];
        }
        if metric.metric.relative.is_some() && self.counts_itself() && self.is_counted() {
            return self.compared(by, value);
        }
        let mut given = if self.is_derived() {
            self.compared(by, value)
        } else {
            let labels = value_labels(metric, self.release(), by);
            vec![Given::level(metric.value().name, labels, value.to_f64())]
        };
        if let (Some(_), Some(operation), false) =
            (self.least(), metric.events_operation(), self.counts_itself())
        {
            given.push(self.recorded(metric.main_role(), &operation, by, self.rate(events.main)));
            let other = metric.other_role();
            given.extend(other.map(|role| self.recorded(role, &operation, by, self.rate(events.other))));
        }
        given
    }

    /// The series of a label value that no place names; none where the metric keeps no labels.
    pub fn kept(&self, value: &Number, events: Events) -> Vec<Given> {
        let by: Labels = self.metric.by().into_iter().map(|label| (label, "kept".to_owned())).collect();
        if by.is_empty() { Vec::new() } else { self.values(&by, value, events) }
    }

    /// Whether the value is recorded as soon as another metric has one: both measure the same, and nothing else is
    /// compared with it.
    pub fn is_derived(&self) -> bool {
        let relative = self.metric.metric.relative.as_ref();
        let fixed = relative.is_some_and(|of| matches!(of.reference, Reference::Value(_)));
        fixed && self.is_shared()
    }

    /// Whether another metric has the same measurement.
    pub fn is_shared(&self) -> bool {
        let mut others = self.proving.draft.metrics.iter().filter(|other| other.id() != self.metric.id());
        others.any(|other| std::ptr::eq(other.source, self.metric.source))
    }

    /// The series that the difference is recorded from.
    pub fn measured(&self) -> Series {
        self.metric.series(&self.metric.operation(), self.metric.main_role())
    }

    /// How a measured value differs from the fixed one; `None` where that is no number.
    pub fn difference(&self, measured: &Number) -> Option<Number> {
        let relative = self.metric.metric.relative.as_ref()?;
        let Reference::Value(reference) = &relative.reference else { return None };
        let more = measured.checked_sub(&reference.value)?;
        if relative.form == DeltaForm::Factor { more.checked_div(&reference.value) } else { Some(more) }
    }

    /// The value at the stage's share of the traffic.
    pub fn raw(&self, value: &Number) -> f64 {
        let share = share(self.proving, self.stage.as_deref()).map_or(1.0, |share| share.to_f64());
        let wanted = value.to_f64();
        values::exactly(wanted * share, wanted, self.side(value), |raw| raw / share)
    }

    /// Whether too few events matter at any place: then the metric's series are the same at all of them.
    fn is_counted(&self) -> bool {
        self.metric.metric.cases.iter().any(|case| case.limits.min_events.is_some())
    }

    /// The side on which a value is a bound, so that what stands for the value must not lie beyond it.
    fn side(&self, value: &Number) -> Option<Side> {
        self.raises().find(|raise| raise.bound.value == *value).map(|raise| raise.side)
    }

    /// What a value is compared with.
    fn reference(&self) -> f64 {
        match self.metric.metric.relative.as_ref().map(|relative| &relative.reference) {
            Some(Reference::Value(value)) => value.value.to_f64(),
            _ => REFERENCE,
        }
    }

    /// Both sides of a comparison, such that the difference is the value.
    pub fn compared(&self, by: &Labels, value: &Number) -> Vec<Given> {
        let metric = self.metric;
        let operation = metric.operation();
        let mut given = vec![self.recorded(metric.main_role(), &operation, by, self.ours(value))];
        let other = metric.other_role();
        given.extend(other.map(|role| self.recorded(role, &operation, by, REFERENCE)));
        given
    }

    /// What the main role must measure, such that the difference is the value.
    pub fn ours(&self, value: &Number) -> f64 {
        let (wanted, theirs, side) = (value.to_f64(), self.reference(), self.side(value));
        match self.metric.metric.relative.as_ref().map(|relative| relative.form) {
            Some(DeltaForm::Factor) => {
                values::exactly(theirs * (1.0 + wanted), wanted, side, |ours| ours / theirs - 1.0)
            }
            _ => values::exactly(theirs + wanted, wanted, side, |ours| ours - theirs),
        }
    }

    /// A recorded series in a role.
    pub fn recorded(&self, role: Role, operation: &str, by: &Labels, value: f64) -> Given {
        let labels = role_labels(self.metric, role, self.release(), by);
        Given::level(self.metric.series(operation, role).name, labels, value)
    }

    /// What must not matter: the series of another release, and those of roles that the alerts do not read, beyond every
    /// bound and with many events.
    pub fn decoys(&self) -> Vec<Given> {
        let Some(raise) = self.harshest() else { return Vec::new() };
        let value = values::beyond(raise.bound, raise.side).to_f64();
        let opposite = if raise.side == Side::Above { Side::Below } else { Side::Above };
        let other_side =
            self.harshest_on(opposite).map(|other| values::beyond(other.bound, other.side).to_f64());
        let metric = self.metric;
        let plain = metric.metric.relative.is_none() && metric.metric.extensive.is_none();
        let others = metric.roles().into_iter().filter(|role| plain && *role != metric.main_role());
        let others: Vec<Role> = others.collect();
        let mut decoys = Vec::new();
        for part in &self.parts {
            let labels = value_labels(metric, ANOTHER, &part.by);
            decoys.push(Given::level(metric.value().name, labels, value));
            let labels = value_labels(metric, &format!("{ANOTHER}-too"), &part.by);
            decoys.extend(other_side.map(|value| Given::level(metric.value().name, labels, value)));
            for role in &others {
                decoys.push(self.recorded(*role, &metric.operation(), &part.by, value));
                let events = metric.events_operation().filter(|_| !self.counts_itself());
                decoys.extend(events.map(|operation| self.recorded(*role, &operation, &part.by, MANY)));
            }
        }
        decoys
    }

    /// Whether the measurement is itself what counts the events.
    pub fn counts_itself(&self) -> bool {
        self.metric.events_operation() == Some(self.metric.operation())
    }

    /// The value of an events' series for a number of events in the window.
    pub fn rate(&self, number: f64) -> f64 {
        let factor = self.factor();
        values::exactly(number / factor, number, Some(Side::Below), |rate| rate * factor)
    }

    fn factor(&self) -> f64 {
        self.metric.events_factor().map_or(1.0, |factor| factor.to_f64())
    }

    /// Whether there are at least so many events.
    #[allow(clippy::cast_precision_loss, reason = "numbers of events are small")]
    pub fn enough(&self, least: u64, value: &Number, events: Events) -> bool {
        let enough = |rate: f64| rate * self.factor() >= least as f64;
        if !self.counts_itself() {
            let other = self.metric.other_role().is_none() || events.other >= least as f64;
            return events.main >= least as f64 && other;
        }
        if self.metric.metric.extensive.is_some() {
            return enough(self.raw(value));
        }
        if self.metric.metric.relative.is_some() {
            return enough(self.ours(value)) && (self.metric.other_role().is_none() || enough(REFERENCE));
        }
        enough(value.to_f64())
    }
}

/// The same series of another release.
pub fn of_another(given: &[Given], release: &str) -> Vec<Given> {
    let own = given.iter().filter(|one| one.labels.get("release").is_some_and(|of| of == release));
    let others = own.cloned().map(|mut one| {
        one.labels.insert("release".to_owned(), ANOTHER.to_owned());
        one
    });
    others.collect()
}

/// A stage that began long ago, each one of the plan after those before it: an earlier one is remembered for a while.
pub fn long_running(proving: &Proving<'_>, stage: &str) -> Given {
    let before = |of: &&crate::spec::stage::Stage| of.id() != stage;
    let place = match stage {
        UNPLANNED => 0,
        _ => 1 + proving.draft.spec.stages.iter().take_while(before).count(),
    };
    #[allow(clippy::cast_precision_loss, reason = "a plan has some stages")]
    signal(proving.draft.release(), stage, LONG_AGO + place as f64)
}

/// The stage signal of a release.
pub fn signal(release: &str, stage: &str, began: f64) -> Given {
    let labels = [("release", release), ("stage", stage)];
    let labels = labels.map(|(label, value)| (label.to_owned(), value.to_owned()));
    Given::level(STAGE_SIGNAL, labels.into(), began)
}

/// The labels of what the alerts read.
pub fn value_labels(metric: &MetricPlan<'_>, release: &str, by: &Labels) -> Labels {
    let relative = metric.metric.relative.as_ref();
    let against_series = relative.is_some_and(|of| !matches!(of.reference, Reference::Value(_)));
    let own = relative.is_some() || metric.metric.extensive.is_some();
    let owner = if own { metric.id() } else { metric.source.id.value.as_str() };
    let role = metric.main_role().label().filter(|_| !against_series);
    labelled(owner, role, release, by)
}

/// The labels of a measurement in a role.
pub fn role_labels(metric: &MetricPlan<'_>, role: Role, release: &str, by: &Labels) -> Labels {
    let owner = if role == Role::Reference { metric.id() } else { metric.source.id.value.as_str() };
    labelled(owner, role.label(), release, by)
}

fn labelled(owner: &str, role: Option<&str>, release: &str, by: &Labels) -> Labels {
    let mut labels = by.clone();
    labels.insert("release".to_owned(), release.to_owned());
    labels.insert("metric".to_owned(), owner.to_owned());
    labels.extend(role.map(|role| ("role".to_owned(), role.to_owned())));
    labels
}

/// Whether the recorded series can be given in place of what it is measured from: not where a query has a value
/// without any series.
pub fn can_be_given(metric: &MetricPlan<'_>) -> bool {
    !super::query::from_nothing(metric)
}
