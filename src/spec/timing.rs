//! How long it takes from a fault to the alert, and from the alert to the person.
//!
//! Five parts follow one another. The fault is seen with the next *scrape*; it fills the *window* from which a value
//! is made; its bound must be passed for the level's `for`; the rules see that at their next *evaluation*, once for
//! each group that the value passes through; and Alertmanager holds the alert back for its *grouping*.

use super::grouping::Grouping;
use super::metric::limits::LevelLimits;
use super::metric::{Lasts, Measurement, Metric};
use super::pace::Pace;
use super::release::AlertsWhen;
use super::{Config, Spec};
use crate::ladder::Level;
use crate::promql;
use crate::quantity::{Duration, Number};

/// The parts of the time from a fault to the person who is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timing {
    /// Until the fault is in Prometheus.
    pub scrape: Duration,
    /// Until every value is made from the fault alone.
    pub window: Duration,
    /// Until the level has lasted long enough.
    pub wait: Duration,
    /// Between two evaluations of a group.
    pub evaluation: Duration,
    /// How many groups the value passes through: one, and one more where the rules need the stage.
    pub hops: u64,
    /// How long Alertmanager holds a first or a changed group back, whichever is longer.
    pub grouping: Duration,
}

impl Timing {
    /// The time of one alert that waits for `wait`, in a group that needs no other one, as far as Prometheus goes.
    #[must_use]
    pub fn of(metric: &Metric, wait: &Duration, config: &Config) -> Self {
        Self {
            scrape: config.scrape.clone(),
            window: window(metric).unwrap_or_else(Duration::zero),
            wait: wait.clone(),
            evaluation: config.evaluation.clone(),
            hops: 1,
            grouping: Duration::zero(),
        }
    }

    /// The same alert as Alertmanager tells it at a level, at the pace at which the other times are.
    #[must_use]
    pub fn told_at(self, level: Level, pace: Pace) -> Self {
        Self { grouping: Grouping::of(level).at(pace).longest(), ..self }
    }

    /// The same alert where its rules first need to know the stage, which another group records.
    #[must_use]
    pub fn after_the_stage(self, needs: bool) -> Self {
        Self { hops: if needs { 2 } else { 1 }, ..self }
    }

    /// From the first bad sample in Prometheus to the firing alert; `None` when that is longer than Prometheus counts.
    #[must_use]
    pub fn to_fire(&self) -> Option<Duration> {
        let evaluations = self.evaluation.checked_mul(self.hops)?;
        self.window.checked_add(&self.wait)?.checked_add(&evaluations)
    }

    /// From the fault to the message; `None` when that is longer than Prometheus counts.
    #[must_use]
    pub fn to_tell(&self) -> Option<Duration> {
        self.scrape.checked_add(&self.to_fire()?)?.checked_add(&self.grouping)
    }
}

/// Whether a metric's alerts read the recorded stage: they differ by stage, grow with traffic or run only during a stage.
#[must_use]
pub fn needs_stage(spec: &Spec, metric: &Metric) -> bool {
    spec.release.alerts == Some(AlertsWhen::WhileRunning)
        || metric.extensive.is_some()
        || metric.cases.iter().any(|case| case.place.stage.is_some())
}

/// The longest time from a fault to the message of an alert of a level; `None` where no alert has it.
#[must_use]
pub fn slowest(spec: &Spec, level: Level, config: &Config) -> Option<Duration> {
    let metrics = spec.metrics.iter().filter(|metric| metric.alerts());
    let times = metrics.flat_map(|metric| {
        let cases = metric.cases.iter().filter(|case| case.limits.off.is_none());
        let waits = cases.filter_map(|case| case.limits.levels.get(&level)).flat_map(waits);
        waits.filter_map(|wait| {
            let timing = Timing::of(metric, &wait.duration, config).told_at(level, config.pace);
            timing.after_the_stage(needs_stage(spec, metric)).to_tell()
        })
    });
    times.max()
}

/// The time from which one value of a metric is made; for a query the longest range of a rate in it.
#[must_use]
pub fn window(metric: &Metric) -> Option<Duration> {
    if let Measurement::Query(query) = &metric.measurement {
        let rates = promql::ranges(&query.expr).into_iter().filter(is_rate);
        return rates.filter_map(|range| length(range.length)).max();
    }
    metric.span_of_value().cloned()
}

/// Whether a range is read by a function that counts what happened within it.
#[must_use]
pub fn is_rate(range: &promql::RangeUse<'_>) -> bool {
    matches!(range.function, Some("rate" | "increase"))
}

/// A length of time inside a query; `None` when only the server knows it.
#[must_use]
pub fn length(length: &promql::Length) -> Option<Duration> {
    from_seconds(length.seconds?)
}

/// Seconds as a query holds them, to the nearest millisecond; negative ones are no time at all.
#[must_use]
pub fn from_seconds(seconds: f64) -> Option<Duration> {
    let millis = (seconds * 1000.0).round();
    // Lengths in a query are below 2^53 milliseconds, so that nothing is lost; negative ones become 0.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
    Duration::from_millis(millis as u64)
}

/// Every way in which a level is reached: the `for` of each condition and each `after_*`.
#[must_use]
pub fn waits(level: &LevelLimits) -> Vec<Lasts> {
    let bounds = level.conditions.iter().map(|condition| condition.lasts.clone());
    let after = level.after.iter().map(|after| &after.lasts);
    let after = after.map(|lasts| Lasts { duration: lasts.value.clone(), written: Some(lasts.span) });
    bounds.chain(after).collect()
}

/// How many of a number in a unit fall into a time, where one unit takes `unit_seconds`.
#[must_use]
pub fn events(rate: &Number, unit_seconds: i64, time: &Duration) -> Option<Number> {
    rate.checked_mul(&time.seconds())?.checked_div(&Number::from_integer(unit_seconds))
}
