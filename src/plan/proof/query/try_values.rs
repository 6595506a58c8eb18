//! Values of a metric that are worth trying: ordinary ones and bad ones.

use super::super::super::measured::MetricPlan;
use crate::quantity::Unit;
use crate::spec::metric::Limits;

/// Values to try, the bad ones first: beyond the outermost bound, then near it, then ordinary ones.
pub(super) fn of(metric: &MetricPlan<'_>) -> Vec<f64> {
    let mut tries = Vec::new();
    let absolute = metric.metric.relative.is_none();
    let limits = metric.metric.base().filter(|_| absolute);
    let (above, below) = limits.map(bounds).unwrap_or_default();
    if let (Some(least), Some(most)) = (least(&above), most(&above)) {
        tries.extend([most * 1.5, f64::midpoint(most, 1.0), most * 1.01, least / 2.0]);
    }
    if let (Some(least), Some(most)) = (least(&below), most(&below)) {
        tries.extend([least / 2.0, most * 1.01, f64::midpoint(most, 1.0)]);
    }
    tries.extend(match metric.source.unit {
        Unit::Ratio => [0.75, 0.25],
        Unit::Percent => [75.0, 25.0],
        _ => [30.0, 4.0],
    });
    tries.extend([1.0, 2.0, 0.5, 0.0, 100.0, 1e6]);
    let mut kept: Vec<f64> = Vec::new();
    for value in tries {
        // The nearest short number, which a reader understands.
        let value = format!("{value:.6e}").parse().unwrap_or(value);
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

/// The bounds above and below of all levels.
fn bounds(limits: &Limits) -> (Vec<f64>, Vec<f64>) {
    let conditions = || limits.levels.values().flat_map(|level| &level.conditions);
    let above = conditions().filter_map(|one| one.above.as_ref()).map(|bound| bound.value.to_f64());
    let below = conditions().filter_map(|one| one.below.as_ref()).map(|bound| bound.value.to_f64());
    (above.collect(), below.collect())
}

fn least(values: &[f64]) -> Option<f64> {
    values.iter().copied().min_by(f64::total_cmp)
}

fn most(values: &[f64]) -> Option<f64> {
    values.iter().copied().max_by(f64::total_cmp)
}
