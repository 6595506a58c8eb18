//! The values that a measurement can be made to have.

use super::histogram;
use crate::spec::metric::Measurement;

/// The least part of a bucket that counters can tell.
const FINEST: f64 = 1e-6;

/// A range of values, and single ones in it that hang on rounding.
pub struct Domain {
    /// The smallest.
    pub low: f64,
    /// The largest.
    pub high: f64,
    /// Those that are left out.
    holes: Vec<f64>,
}

impl Domain {
    /// What raw series can make of a measurement.
    pub fn of(measurement: &Measurement) -> Self {
        let range = |low, high| Self { low, high, holes: Vec::new() };
        match measurement {
            Measurement::Ratio { .. } => range(0.0, 1.0),
            Measurement::Quantile { q, buckets, native: false, .. } => {
                let bounds = histogram::bounds(buckets);
                let low = bounds.first().map_or(0.0, |first| first * q.value.to_f64());
                let high = bounds.last().copied().unwrap_or(0.0);
                Self { low, high, holes: bounds.into_iter().chain([low]).collect() }
            }
            Measurement::Quantile { .. } => range(f64::MIN_POSITIVE, f64::INFINITY),
            Measurement::Mean { .. } | Measurement::Rate { .. } | Measurement::Increase { .. } => {
                range(0.0, f64::INFINITY)
            }
            Measurement::Gauge { .. } | Measurement::Query(_) | Measurement::Manual(_) => {
                range(f64::NEG_INFINITY, f64::INFINITY)
            }
        }
    }

    /// Whether a measurement can have a value.
    pub fn has(&self, value: f64) -> bool {
        let inside = value.is_finite() && value >= self.low && value <= self.high;
        inside && !self.holes.contains(&value) && !self.hangs_on_rounding(value)
    }

    /// Whether a value lies so near to the beginning of its bucket that the digits of the counters tell it.
    fn hangs_on_rounding(&self, value: f64) -> bool {
        let below = self.holes.iter().copied().filter(|end| *end <= value).max_by(f64::total_cmp);
        let above = self.holes.iter().copied().filter(|end| *end > value).min_by(f64::total_cmp);
        below.zip(above).is_some_and(|(below, above)| value - below < (above - below) * FINEST)
    }

    /// Some values that it can have: round ones, the middle between two that are left out, and halves of `near`.
    pub fn samples(&self, near: &[f64]) -> Vec<f64> {
        let round = [0.1, 0.01, 0.5, 0.001, 0.9, 1.0, 10.0, 100.0, 1000.0];
        let mut ends = self.holes.clone();
        ends.sort_by(f64::total_cmp);
        let between = ends.windows(2).map(|pair| f64::midpoint(pair[0], pair[1]));
        let halves = near.iter().map(|value| value / 2.0);
        let all = halves.chain(between).chain(round).map(rounded);
        all.filter(|value| *value > 0.0 && self.has(*value)).collect()
    }
}

/// A value with six digits, so that it reads well.
pub fn rounded(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}
