//! Quantiles of classic histograms.

use super::super::ast::Call;
use super::NAME;
use super::eval::{Known, Sample, unknown};
use super::world::{Labels, World};
use std::collections::BTreeMap;

pub(super) const BUCKET: &str = "le";

/// `histogram_quantile` of buckets, each sample one; other samples are left out, as Prometheus does.
pub(super) fn quantile(world: &World, call: &Call) -> Known<Vec<Sample>> {
    let [q, buckets] = call.args.as_slice() else { return unknown("lacks an argument") };
    let q = world.scalar(q)?;
    let mut groups: BTreeMap<Labels, Vec<(f64, f64)>> = BTreeMap::new();
    for mut sample in world.vector(buckets)? {
        let bound = sample.labels.remove(BUCKET).and_then(|text| bound(&text));
        sample.labels.remove(NAME);
        if let Some(bound) = bound {
            groups.entry(sample.labels).or_default().push((bound, sample.value));
        }
    }
    let each = groups.into_iter().map(|(labels, buckets)| Sample { labels, value: of(q, buckets) });
    Ok(each.collect())
}

fn bound(text: &str) -> Option<f64> {
    match text {
        "+Inf" => Some(f64::INFINITY),
        text => text.parse().ok(),
    }
}

fn of(q: f64, mut buckets: Vec<(f64, f64)>) -> f64 {
    if q.is_nan() {
        return f64::NAN;
    }
    if !(0.0..=1.0).contains(&q) {
        return if q < 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    buckets.sort_by(|a, b| a.0.total_cmp(&b.0));
    let Some((last, all)) = buckets.last().copied() else { return f64::NAN };
    if !last.is_infinite() || buckets.len() < 2 || all == 0.0 || all.is_nan() {
        return f64::NAN;
    }
    let rank = q * all;
    let at = buckets.iter().position(|(_, count)| *count >= rank).unwrap_or(buckets.len() - 1);
    let below = at.checked_sub(1).and_then(|at| buckets.get(at)).copied();
    let Some((end, count)) = buckets.get(at).copied() else { return f64::NAN };
    match below {
        Some((start, _)) if end.is_infinite() => start,
        None if end <= 0.0 => end,
        Some((start, before)) => start + (end - start) * ((rank - before) / (count - before)),
        None => end * (rank / count),
    }
}
