//! The series of a metric: what its alerts read, what they were measured from, and what counts its events.

use super::expr::Series;
use super::names;
use crate::quantity::{DeltaForm, Duration, Number, Unit};
use crate::spec::Spec;
use crate::spec::metric::{Aggregate, Measurement, Metric, Reach, Reference, Share};

/// A metric with the names of its series.
#[derive(Debug)]
pub struct MetricPlan<'a> {
    /// The metric.
    pub metric: &'a Metric,
    /// The metric whose recordings it reads: itself, or the one of `same_as` that measures exactly the same.
    pub source: &'a Metric,
    release: &'a str,
    /// The roles that the source records.
    source_roles: Vec<Role>,
}

/// Which side of a comparison a series belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// What is watched, in a release without a baseline.
    Only,
    /// The new version.
    Canary,
    /// The version that it replaces.
    Baseline,
    /// The same measurement at an earlier time.
    Reference,
}

impl Role {
    /// The value of the label `role`.
    #[must_use]
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Only => None,
            Self::Canary => Some("canary"),
            Self::Baseline => Some("baseline"),
            Self::Reference => Some("reference"),
        }
    }
}

impl<'a> MetricPlan<'a> {
    /// The measured metrics of a release, in the author's order.
    #[must_use]
    pub fn all(spec: &'a Spec) -> Vec<Self> {
        let measured = spec.metrics.iter().filter(|metric| metric.is_measured());
        measured
            .map(|metric| {
                let other = metric.same_as.as_ref().and_then(|id| spec.metric(&id.value));
                let source = other.filter(|other| measures_the_same(metric, other)).unwrap_or(metric);
                Self { metric, source, release: spec.id(), source_roles: roles(source) }
            })
            .collect()
    }

    /// The metric's id.
    #[must_use]
    pub fn id(&self) -> &'a str {
        &self.metric.id.value
    }

    /// Whether it records its own measurement.
    #[must_use]
    pub fn records(&self) -> bool {
        std::ptr::eq(self.metric, self.source)
    }

    /// The roles that it records itself: its measurement's, and the reference of an `offset`.
    #[must_use]
    pub fn recorded_roles(&self) -> Vec<Role> {
        let mut roles = if self.records() { self.source_roles.clone() } else { Vec::new() };
        if self.offset().is_some() {
            roles.push(Role::Reference);
        }
        roles
    }

    /// Every role in which its measurement is recorded, by itself or by the metric that it shares it with.
    #[must_use]
    pub fn roles(&self) -> Vec<Role> {
        let reference = self.other_role().filter(|role| !self.source_roles.contains(role));
        self.source_roles.iter().copied().chain(reference).collect()
    }

    /// The role of what is watched.
    #[must_use]
    pub fn main_role(&self) -> Role {
        self.source_roles.first().copied().unwrap_or(Role::Only)
    }

    /// The role of what it is compared with, where that is a series.
    #[must_use]
    pub fn other_role(&self) -> Option<Role> {
        match self.metric.relative.as_ref()?.reference {
            Reference::Baseline => Some(Role::Baseline),
            Reference::Offset(_) => Some(Role::Reference),
            Reference::Value(_) => None,
        }
    }

    /// How far back its reference lies.
    #[must_use]
    pub fn offset(&self) -> Option<&'a Duration> {
        offset(self.metric)
    }

    /// The labels that its values carry besides `release`, `metric` and `role`.
    #[must_use]
    pub fn by(&self) -> Vec<String> {
        self.metric.by.iter().map(|label| label.value.clone()).collect()
    }

    /// The operation of the measurement, the last part of its series' name.
    #[must_use]
    pub fn operation(&self) -> String {
        let metric = self.source;
        let window = names::duration(&metric.window.duration);
        match &metric.measurement {
            Measurement::Ratio { .. } => format!("ratio_rate{window}"),
            Measurement::Quantile { q, .. } => format!("quantile{}_rate{window}", names::quantile(&q.value)),
            Measurement::Mean { .. } => format!("mean_rate{window}"),
            Measurement::Rate { .. } => format!("rate{window}"),
            Measurement::Increase { over, .. } => format!("increase{}", names::duration(&over.value)),
            Measurement::Gauge { aggregate, .. } => aggregate_name(*aggregate).to_owned(),
            Measurement::Query(_) | Measurement::Manual(_) => "value".to_owned(),
        }
    }

    /// The operation of what counts its events.
    #[must_use]
    pub fn events_operation(&self) -> Option<String> {
        let window = names::duration(&self.source.window.duration);
        match &self.source.measurement {
            Measurement::Ratio { .. } => Some(format!("total_rate{window}")),
            Measurement::Quantile { .. } | Measurement::Mean { .. } => Some(format!("count_rate{window}")),
            Measurement::Rate { .. } | Measurement::Increase { .. } => Some(self.operation()),
            _ => None,
        }
    }

    /// The operation of the part that a ratio counts.
    #[must_use]
    pub fn part_operation(&self) -> Option<String> {
        let Measurement::Ratio { share, .. } = &self.source.measurement else { return None };
        let part = if *share == Share::Bad { "bad" } else { "good" };
        Some(format!("{part}_rate{}", names::duration(&self.source.window.duration)))
    }

    /// By what the events' series is multiplied to give the events in the window.
    #[must_use]
    pub fn events_factor(&self) -> Option<Number> {
        let window = self.source.window.duration.seconds();
        match &self.source.measurement {
            Measurement::Ratio { .. } | Measurement::Quantile { .. } | Measurement::Mean { .. } => {
                Some(window)
            }
            Measurement::Rate { .. } => window.checked_div(&rate_factor(self.source.unit)),
            Measurement::Increase { .. } => Some(Number::from_integer(1)),
            _ => None,
        }
    }

    /// A series of the measurement in a role. A reference by `offset` is recorded by the metric that refers to it.
    #[must_use]
    pub fn series(&self, operation: &str, role: Role) -> Series {
        let owner = if role == Role::Reference { self.id() } else { self.source.id.as_str() };
        let series = Series::new(names::series(owner, operation), self.release);
        match role.label() {
            Some(label) => series.with("role", label),
            // A reference a week ago is recorded under the same name, whoever reads the value.
            None if offset(self.source).is_some() => series.with("role", ""),
            None => series,
        }
    }

    /// What the alerts read: the measurement, its difference from the reference, or the value at full traffic.
    #[must_use]
    pub fn value(&self) -> Series {
        match (&self.metric.relative, self.metric.extensive) {
            (Some(_), _) => Series::new(names::series(self.id(), &self.difference_operation()), self.release),
            (None, Some(_)) => {
                let name = names::series(self.id(), &self.full_operation());
                let series = Series::new(name, self.release);
                self.main_role().label().map_or(series.clone(), |label| series.with("role", label))
            }
            (None, None) => self.series(&self.operation(), self.main_role()),
        }
    }

    /// The operation of the difference from the reference.
    #[must_use]
    pub fn difference_operation(&self) -> String {
        let form = self.metric.relative.as_ref().map(|relative| relative.form);
        let suffix = if form == Some(DeltaForm::Factor) { "change" } else { "delta" };
        format!("{}_{suffix}", self.operation())
    }

    /// The operation of the value scaled to full traffic.
    #[must_use]
    pub fn full_operation(&self) -> String {
        format!("{}_full", self.operation())
    }

    /// The series that count its events: on both sides of a comparison with a series.
    #[must_use]
    pub fn events(&self) -> Vec<Series> {
        let Some(operation) = self.events_operation() else { return Vec::new() };
        let roles = std::iter::once(self.main_role()).chain(self.other_role());
        roles.map(|role| self.series(&operation, role)).collect()
    }

    /// What it was measured from, whose end is a lack of data. A quiet night ends none of them.
    #[must_use]
    pub fn watched(&self) -> Vec<Series> {
        let operation = self.watched_operation();
        self.watched_roles().into_iter().map(|role| self.series(&operation, role)).collect()
    }

    /// The operation of what it was measured from.
    #[must_use]
    pub fn watched_operation(&self) -> String {
        self.events_operation().unwrap_or_else(|| self.operation())
    }

    /// The roles whose end its alert for a lack of data tells.
    #[must_use]
    pub fn watched_roles(&self) -> Vec<Role> {
        // Another metric's alert tells the end of a measurement that it shares, if it has such an alert, as harsh and as soon.
        let told = !self.records() && self.source.tells_loss_for(self.metric);
        let own = (!told).then(|| self.main_role());
        own.into_iter().chain(self.other_role()).collect()
    }
}

/// How far back a metric's reference lies.
fn offset(metric: &Metric) -> Option<&Duration> {
    match &metric.relative.as_ref()?.reference {
        Reference::Offset(offset) => Some(&offset.value),
        _ => None,
    }
}

/// What a rate per second is multiplied by to be in a unit.
#[must_use]
pub fn rate_factor(unit: Unit) -> Number {
    Number::from_integer(match unit {
        Unit::PerMinute => 60,
        Unit::PerHour => 3600,
        Unit::PerDay => 86400,
        _ => 1,
    })
}

/// The PromQL aggregation of a gauge.
#[must_use]
pub fn aggregate_name(aggregate: Aggregate) -> &'static str {
    aggregate.name()
}

fn measures_the_same(ours: &Metric, theirs: &Metric) -> bool {
    let labels = |metric: &Metric| metric.by.iter().map(|label| label.value.clone()).collect::<Vec<_>>();
    theirs.is_measured()
        && ours.window.duration.millis() == theirs.window.duration.millis()
        && ours.reach == theirs.reach
        && labels(ours) == labels(theirs)
}

fn roles(metric: &Metric) -> Vec<Role> {
    let relative_to_past =
        matches!(&metric.relative, Some(relative) if matches!(relative.reference, Reference::Offset(_)));
    match &metric.reach {
        Reach::Release { baseline: Some(_), .. } => vec![Role::Canary, Role::Baseline],
        Reach::Release { baseline: None, .. } if relative_to_past => vec![Role::Canary],
        _ => vec![Role::Only],
    }
}
