//! Aggregations.

use super::super::ast::Aggregation;
use super::eval::{Known, Sample, unknown};
use super::matching::grouped;
use super::world::{Labels, World};
use std::collections::BTreeMap;

pub(super) fn value(world: &World, aggregation: &Aggregation) -> Known<Vec<Sample>> {
    let samples = world.vector(&aggregation.expr)?;
    let mut groups: BTreeMap<Labels, Vec<Sample>> = BTreeMap::new();
    for sample in samples {
        let grouping = aggregation.grouping.as_ref();
        let key = grouping.map_or_else(Labels::new, |grouping| {
            grouped(sample.labels.clone(), grouping.excludes, &grouping.labels)
        });
        groups.entry(key).or_default().push(sample);
    }
    let parameter = match &aggregation.param {
        Some(_) if groups.is_empty() => 0.0,
        Some(_) if aggregation.op == "count_values" => return unknown("is made by `count_values`"),
        Some(param) => world.scalar(param)?,
        None => 0.0,
    };
    let mut found = Vec::new();
    for (labels, samples) in groups {
        match aggregation.op {
            "topk" | "bottomk" => found.extend(extreme(samples, parameter, aggregation.op == "topk")),
            op => found.push(Sample { labels, value: of(op, &samples, parameter)? }),
        }
    }
    Ok(found)
}

#[allow(clippy::cast_precision_loss, reason = "there are few series")]
fn of(op: &str, samples: &[Sample], parameter: f64) -> Known<f64> {
    let count = samples.len() as f64;
    let values = || samples.iter().map(|sample| sample.value);
    let sum: f64 = values().sum();
    let variance = || values().map(|value| (value - sum / count).powi(2)).sum::<f64>() / count;
    Ok(match op {
        "sum" => sum,
        "avg" => sum / count,
        "min" => values().fold(f64::NAN, f64::min),
        "max" => values().fold(f64::NAN, f64::max),
        "count" => count,
        "group" => 1.0,
        "stdvar" => variance(),
        "stddev" => variance().sqrt(),
        "quantile" => quantile(values().collect(), parameter),
        op => return unknown(format!("is made by `{op}`")),
    })
}

/// The quantile of a few values, between two of them in proportion.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place among few values, kept within them"
)]
pub(super) fn quantile(mut values: Vec<f64>, q: f64) -> f64 {
    if values.is_empty() || q.is_nan() {
        return f64::NAN;
    }
    if !(0.0..=1.0).contains(&q) {
        return if q < 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    values.sort_by(f64::total_cmp);
    let rank = q * (values.len() - 1) as f64;
    let at = |rank: f64| values.get(rank as usize).copied().unwrap_or(f64::NAN);
    let above = rank - rank.floor();
    at(rank.floor()) * (1.0 - above) + at(rank.ceil()) * above
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of series")]
fn extreme(mut samples: Vec<Sample>, k: f64, top: bool) -> Vec<Sample> {
    samples.sort_by(|a, b| {
        let order = a.value.total_cmp(&b.value);
        if top { order.reverse() } else { order }
    });
    samples.truncate(k.max(0.0) as usize);
    samples
}
