//! Raw series that make a measurement have a value.

use super::histogram;
use super::takers::{Part, Takers};
use crate::plan::measured::{MetricPlan, Role, rate_factor};
use crate::plan::proof::{Given, Labels, Shape};
use crate::spec::metric::{Aggregate, Measurement};

/// Raw series that make the recorded measurement of a role have a value in the metric's unit, for one set of kept
/// labels; `events` is how many events there are in a second, where the measurement counts them. `None` where nothing
/// makes that value, and for queries.
#[allow(dead_code, reason = "for those who have no takers at hand")]
pub(crate) fn given(
    metric: &MetricPlan<'_>,
    role: Role,
    by: &Labels,
    value: f64,
    events: f64,
) -> Option<Vec<Given>> {
    Feed { metric, takers: &Takers::of(metric)?, role, by }.series(value, events)
}

/// Where a measurement's series belong.
pub struct Feed<'a> {
    pub metric: &'a MetricPlan<'a>,
    pub takers: &'a Takers,
    pub role: Role,
    pub by: &'a Labels,
}

impl Feed<'_> {
    /// The series that make a value from so many events a second.
    pub fn series(&self, value: f64, events: f64) -> Option<Vec<Given>> {
        let metric = self.metric.source;
        let spare = self.takers.spare;
        if let Measurement::Ratio { .. } = metric.measurement {
            return self.ratio(value, events);
        }
        let taker = self.takers.get(self.role, Part::All)?;
        let labels = self.takers.labels(&[taker], self.by)?;
        let name = &taker.name;
        match &metric.measurement {
            Measurement::Quantile { q, buckets, native: false, .. } => {
                let buckets = histogram::Classic { q: q.value.to_f64(), bounds: histogram::bounds(buckets) };
                buckets.series(name, &labels, spare, value, events)
            }
            Measurement::Quantile { q, .. } => {
                let spread = histogram::spread(q.value.to_f64(), value)?;
                let native = |rate| Shape::Native { rate, spread };
                Some(pair(name, &labels, spare, [native(0.25 * events), native(0.75 * events)]))
            }
            Measurement::Mean { .. } => {
                Some(histogram::sum_and_count(name, &labels, spare, [events * value, events]))
            }
            Measurement::Rate { .. } => {
                Some(climbs(name, &labels, spare, value / rate_factor(metric.unit).to_f64(), 0.25))
            }
            Measurement::Increase { over, .. } => {
                Some(climbs(name, &labels, spare, value / over.value.seconds().to_f64(), 0.25))
            }
            Measurement::Gauge { aggregate, .. } => {
                Some(pair(name, &labels, spare, levels(*aggregate, value).map(Shape::Level)))
            }
            Measurement::Ratio { .. } | Measurement::Query(_) | Measurement::Manual(_) => None,
        }
    }

    /// The part's events and the others. Where one series can be both part and total, the part's are.
    fn ratio(&self, value: f64, events: f64) -> Option<Vec<Given>> {
        let (all, counted) =
            (self.takers.get(self.role, Part::All)?, self.takers.get(self.role, Part::Counted)?);
        let spare = self.takers.spare;
        let (part, rest) = (value * events, (1.0 - value) * events);
        let both = self.takers.labels(&[all, counted], self.by).filter(|_| all.name == counted.name);
        let (part_labels, others) = match both {
            Some(_) if rest < 0.0 => return None,
            Some(both) => (both, rest),
            None => (self.takers.labels(&[counted], self.by)?, events),
        };
        let mut given = climbs(&counted.name, &part_labels, spare, part, 0.25);
        if others > 0.0 {
            let labels = self.takers.labels(&[all], self.by)?;
            given.extend(climbs(&all.name, &labels, spare, others, 0.75));
        }
        Some(given)
    }
}

/// Two series that differ in the spare label.
pub fn pair(name: &str, labels: &Labels, spare: &str, shapes: [Shape; 2]) -> Vec<Given> {
    let of = |value: &str, shape| {
        let mut labels = labels.clone();
        labels.insert(spare.to_owned(), value.to_owned());
        Given { name: name.to_owned(), labels, shape }
    };
    shapes.into_iter().zip(["a", "b"]).map(|(shape, value)| of(value, shape)).collect()
}

/// Two counters that climb by `rate` a second together, the first by a share of it.
pub fn climbs(name: &str, labels: &Labels, spare: &str, rate: f64, first: f64) -> Vec<Given> {
    pair(name, labels, spare, [Shape::Climb(rate * first), Shape::Climb(rate * (1.0 - first))])
}

/// Two values that become this one in one way of aggregation, and another one in every other way.
fn levels(aggregate: Aggregate, value: f64) -> [f64; 2] {
    let apart = if value == 0.0 { 1.0 } else { value.abs() / 2.0 };
    match aggregate {
        Aggregate::Avg => [value - apart, value + apart],
        Aggregate::Max => [value, value - apart],
        Aggregate::Min => [value, value + apart],
        Aggregate::Sum => [value / 4.0 - apart, value * 0.75 + apart],
    }
}
