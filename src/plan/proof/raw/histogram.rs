//! Histograms of which a quantile has a value.

use super::given::climbs;
use crate::ladder::Bound;
use crate::plan::proof::{Given, Labels, Shape, Spread};

/// The numbers of the buckets' upper bounds.
pub fn bounds(buckets: &[Bound]) -> Vec<f64> {
    buckets.iter().map(|bound| bound.value.to_f64()).collect()
}

/// A classic histogram.
pub struct Classic {
    /// The quantile that is asked for.
    pub q: f64,
    /// The upper bounds of its buckets, ascending, without the one that has none.
    pub bounds: Vec<f64>,
}

impl Classic {
    /// What share of the observations lies in each bucket, that without a bound the last, so that the quantile is
    /// `value`: `None` where none make it so. At a bound the quantile hangs on rounding, so no value there is made.
    pub fn shares(&self, value: f64) -> Option<Vec<f64>> {
        let at = self.bounds.iter().position(|bound| value < *bound)?;
        let upper = *self.bounds.get(at)?;
        let lower = match at.checked_sub(1) {
            Some(below) => *self.bounds.get(below)?,
            None => 0.0,
        };
        let inside = (value - lower) / (upper - lower);
        if !(inside > 0.0 && inside < 1.0) {
            return None;
        }
        let mut shares = vec![0.0; self.bounds.len() + 1];
        // The first bucket has none below it that could hold the rest of the smaller observations.
        let here = if at == 0 { self.q / inside } else { self.q.min(1.0 - self.q) };
        if here > 1.0 {
            return None;
        }
        let below = self.q - here * inside;
        *shares.get_mut(at)? = here;
        *shares.get_mut(at + 1)? = 1.0 - here - below.max(0.0);
        if let Some(under) = at.checked_sub(1) {
            *shares.get_mut(under)? = below;
        }
        Some(shares)
    }

    /// Two histograms together of which the quantile is `value`: one has the smaller observations, the other the larger.
    pub fn series(
        &self,
        name: &str,
        labels: &Labels,
        spare: &str,
        value: f64,
        events: f64,
    ) -> Option<Vec<Given>> {
        let shares = self.shares(value)?;
        let at = self.bounds.iter().position(|bound| value < *bound)?;
        let half = |bucket: usize| match bucket.cmp(&at) {
            std::cmp::Ordering::Less => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Greater => 0.0,
        };
        let smaller: Vec<f64> =
            shares.iter().enumerate().map(|(bucket, share)| share * half(bucket) * events).collect();
        let larger: Vec<f64> =
            shares.iter().enumerate().map(|(bucket, share)| share * (1.0 - half(bucket)) * events).collect();
        Some(
            [("a", smaller), ("b", larger)]
                .into_iter()
                .flat_map(|(value, rates)| self.one(name, &with(labels, spare, value), &rates))
                .collect(),
        )
    }

    /// One histogram that gets so many observations a second in each bucket.
    pub fn one(&self, name: &str, labels: &Labels, rates: &[f64]) -> Vec<Given> {
        let bounds = self.bounds.iter().map(|bound| format!("{bound}")).chain(["+Inf".to_owned()]);
        let mut so_far = 0.0;
        let mut series: Vec<Given> = bounds
            .zip(rates)
            .map(|(bound, rate)| {
                so_far += rate;
                let labels = with(labels, "le", &bound);
                Given { name: format!("{name}_bucket"), labels, shape: Shape::Climb(so_far) }
            })
            .collect();
        series.push(Given {
            name: format!("{name}_count"),
            labels: labels.clone(),
            shape: Shape::Climb(so_far),
        });
        series
    }
}

fn with(labels: &Labels, label: &str, value: &str) -> Labels {
    let mut labels = labels.clone();
    labels.insert(label.to_owned(), value.to_owned());
    labels
}

/// Where the observations of a native histogram lie so that a quantile is `value`, which must be above 0.
pub fn spread(q: f64, value: f64) -> Option<Spread> {
    if value <= 0.0 {
        return None;
    }
    let share = f64::midpoint(1.0, q);
    let width = value * share / q;
    #[allow(clippy::cast_possible_truncation, reason = "the exponent of a float is small")]
    let offset = width.log2().ceil() as i32 + 1;
    Some(Spread { width, share, offset })
}

/// Counters of a histogram's sum and count that climb by so much a second.
pub fn sum_and_count(name: &str, labels: &Labels, spare: &str, [sum, count]: [f64; 2]) -> Vec<Given> {
    let of = |suffix: &str, rate, first| climbs(&format!("{name}{suffix}"), labels, spare, rate, first);
    [of("_sum", sum, 0.125), of("_count", count, 0.25)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The quantile as Prometheus makes it of classic buckets (`promql/quantile.go`): the bucket in which the rank falls,
    /// and in it a straight line from its lower bound, which is 0 for the first.
    fn quantile(q: f64, bounds: &[f64], shares: &[f64]) -> f64 {
        let (mut below, mut lower) = (0.0, 0.0);
        for (bound, share) in bounds.iter().zip(shares) {
            if below + share >= q {
                return lower + (bound - lower) * (q - below) / share;
            }
            (below, lower) = (below + share, *bound);
        }
        lower
    }

    #[test]
    fn the_quantile_of_the_shares_is_the_value() {
        let bounds = vec![0.05, 0.1, 0.25, 0.5, 1.0, 2.5];
        for q in [0.01, 0.5, 0.9, 0.95, 0.99, 0.999] {
            let classic = Classic { q, bounds: bounds.clone() };
            for value in [0.03, 0.051, 0.0999, 0.2, 0.26, 0.4999, 0.75, 2.4] {
                let Some(shares) = classic.shares(value) else {
                    assert!(value < q * 0.05, "{q} {value}");
                    continue;
                };
                let made = quantile(q, &bounds, &shares);
                assert!((made - value).abs() < 1e-9, "{q}: {made} in place of {value}");
                assert!(shares.iter().all(|share| *share >= 0.0), "{shares:?}");
                assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{shares:?}");
            }
        }
    }

    #[test]
    fn what_no_bucket_can_say_is_not_made() {
        let classic = Classic { q: 0.9, bounds: vec![1.0, 2.0] };
        assert_eq!(classic.shares(2.0), None);
        assert_eq!(classic.shares(3.0), None);
        assert_eq!(classic.shares(0.89), None);
        assert_eq!(classic.shares(-1.0), None);
        assert_eq!(Classic { q: 0.9, bounds: Vec::new() }.shares(1.0), None);
        assert_eq!(spread(0.9, 0.0), None);
    }

    #[test]
    fn the_far_bucket_of_a_native_histogram_lies_above_the_near_one() {
        for value in [1e-9, 0.2, 0.25, 1.0, 7.0, 1e9] {
            let spread = spread(0.95, value).expect("a spread");
            assert!(2_f64.powi(spread.offset - 1) >= spread.width, "{value}: {spread:?}");
            assert!((spread.width * 0.95 / spread.share - value).abs() < value * 1e-12);
        }
    }
}
