//! Metrics that are made of one histogram, and their limits beside each other.

use super::active;
use crate::ladder::{Bound, Level, Side};
use crate::spec::metric::{Case, Limits, Measurement, Metric};
use std::collections::BTreeSet;

/// Whether two absolute metrics are made of the same series of one histogram.
pub(in crate::lint) fn same_histogram(one: &Metric, other: &Metric) -> bool {
    let histogram = |metric: &Metric| match &metric.measurement {
        Measurement::Quantile { histogram, .. } | Measurement::Mean { histogram } => {
            let text: String = histogram.text().split_whitespace().collect();
            Some(text)
        }
        _ => None,
    };
    let labels = |metric: &Metric| metric.by.iter().map(|label| label.value.clone()).collect::<BTreeSet<_>>();
    let matchers = |metric: &Metric| {
        metric.reach.matchers().iter().map(crate::spec::matcher::Matcher::promql).collect::<BTreeSet<_>>()
    };
    let absolute = one.relative.is_none() && other.relative.is_none();
    absolute
        && one.unit == other.unit
        && histogram(one).is_some_and(|text| Some(text) == histogram(other))
        && labels(one) == labels(other)
        && matchers(one) == matchers(other)
}

/// Where high values are bad: the limits of `one` that lie beyond the same limit of `other`, each with its name.
/// Each pair of texts counts once, at the base or at the first place where it differs.
pub(in crate::lint) fn looser(one: &Metric, other: &Metric) -> Vec<(&'static str, Bound, Bound)> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for case in active(one) {
        let same_place = |there: &&Case| there.place == case.place;
        let there = active(other).find(same_place).or_else(|| active(other).next());
        let Some(there) = there else { continue };
        for (name, ours, theirs) in pairs(&case.limits, &there.limits) {
            if Side::Above.beyond(&ours.value, &theirs.value) && seen.insert((ours.span, theirs.span)) {
                found.push((name, ours.clone(), theirs.clone()));
            }
        }
    }
    found
}

/// The upper ends of the same rungs of two ladders.
fn pairs<'a>(one: &'a Limits, other: &'a Limits) -> Vec<(&'static str, &'a Bound, &'a Bound)> {
    let (one, other) = (&one.ladder, &other.ladder);
    let normal = one.normal().max.as_ref().zip(other.normal().max.as_ref());
    let normal = normal.map(|(ours, theirs)| ("normal", ours, theirs));
    let levels = Level::ALL.into_iter().filter_map(|level| {
        let (ours, theirs) = (one.mildest(level, Side::Above)?, other.mildest(level, Side::Above)?);
        Some((level.name(), ours, theirs))
    });
    normal.into_iter().chain(levels).collect()
}
