//! Series that only one matcher keeps out: a rule that lost it would count them.

use super::given::Feed;
use super::histogram;
use super::takers::{Part, Taker};
use crate::plan::proof::{Given, Labels, Shape};
use crate::promql::{Judge, found};
use crate::spec::metric::{Aggregate, Measurement};

impl Feed<'_> {
    /// For each matcher of the role's selectors a series that fails this matcher alone and has other values. A set of
    /// labels that another selector takes is left out: its series are there anyway.
    pub fn decoys(&self, value: f64, events: f64) -> Vec<Given> {
        let mut decoys: Vec<Given> = Vec::new();
        for taker in
            [Part::All, Part::Counted].into_iter().filter_map(|part| self.takers.get(self.role, part))
        {
            for lost in 0..taker.judges.len() {
                let Some(labels) = self.without(taker, lost) else { continue };
                let series = self.decoy(&taker.name, &labels, value, events);
                let new = |one: &Given| {
                    !decoys.iter().any(|other| other.name == one.name && other.labels == one.labels)
                };
                let series: Vec<Given> = series.into_iter().filter(new).collect();
                decoys.extend(series);
            }
        }
        decoys
    }

    /// Labels that fail one matcher of a selector and no other, and that no selector takes.
    fn without(&self, taker: &Taker, lost: usize) -> Option<Labels> {
        let kept = taker.judges.iter().enumerate().filter(|(at, _)| *at != lost);
        let take: Vec<&Judge> = kept.map(|(_, judge)| judge).collect();
        let refuse: Vec<Vec<&Judge>> = self
            .takers
            .beside(self.role)
            .filter(|other| other.name == taker.name)
            .map(|other| other.judges.iter().collect())
            .collect();
        found(&take, &refuse, self.by, 0)
    }

    /// Series under one set of labels that would move the value.
    fn decoy(&self, name: &str, labels: &Labels, value: f64, events: f64) -> Vec<Given> {
        let spare = self.takers.spare;
        let many = 7.0 * events;
        match &self.metric.source.measurement {
            Measurement::Quantile { q, buckets, native: false, .. } => {
                let classic = histogram::Classic { q: q.value.to_f64(), bounds: histogram::bounds(buckets) };
                let mut rates = vec![0.0; classic.bounds.len()];
                rates.push(many);
                classic.one(name, labels, &rates)
            }
            Measurement::Quantile { q, .. } => {
                let Some(spread) = histogram::spread(q.value.to_f64(), value) else { return Vec::new() };
                let spread = crate::plan::proof::Spread { share: 0.0, ..spread };
                one(name, labels, spare, Shape::Native { rate: many, spread })
            }
            Measurement::Mean { .. } => {
                let of =
                    |suffix: &str, rate| one(&format!("{name}{suffix}"), labels, spare, Shape::Climb(rate));
                [of("_sum", many * (value * 3.0 + 1.0)), of("_count", many)].concat()
            }
            Measurement::Gauge { aggregate, .. } => {
                let far = value.abs() * 3.0 + 10.0;
                let far = if *aggregate == Aggregate::Min { -far } else { far };
                one(name, labels, spare, Shape::Level(far))
            }
            Measurement::Ratio { .. } | Measurement::Rate { .. } | Measurement::Increase { .. } => {
                one(name, labels, spare, Shape::Climb(many + value.abs()))
            }
            Measurement::Query(_) | Measurement::Manual(_) => Vec::new(),
        }
    }
}

/// A single series.
fn one(name: &str, labels: &Labels, spare: &str, shape: Shape) -> Vec<Given> {
    let mut labels = labels.clone();
    labels.insert(spare.to_owned(), "a".to_owned());
    vec![Given { name: name.to_owned(), labels, shape }]
}
