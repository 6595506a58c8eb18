//! Series in two, so that it matters how a query makes one value of several.

use crate::promql::solve::{Motion, Sample, Series, evaluate};
use crate::promql::{Expr, selectors};

/// Labels that may tell the two from each other.
const SPARE: [&str; 5] = ["instance", "pod", "replica", "shard", "spare"];

/// How far rounding may move a value, as a part of it.
const ROUNDING: f64 = 1e-12;

const FIRST: &str = "a";

/// The second one of two.
pub(super) const SECOND: &str = "b";

/// The same series, as many of them as possible as two that change nothing of what the query gives; and the label by
/// which the two differ, where there is one that the query does not ask for.
pub(super) fn of(expr: &Expr, series: Vec<Series>, now: Option<f64>) -> (Vec<Series>, Option<&'static str>) {
    let (Ok(wanted), Some(spare)) = (evaluate(expr, &series, now), spare(expr, &series)) else {
        return (series, None);
    };
    let same = |all: &Vec<Series>| evaluate(expr, all, now).is_ok_and(|gives| alike(&gives, &wanted));
    // What is joined with each other can only be split together.
    let together = WAYS.iter().map(|way| series.iter().flat_map(|one| split(one, spare, *way)).collect());
    if let Some(all) = together.into_iter().find(same) {
        return (all, Some(spare));
    }
    let (mut all, mut at) = (series, 0);
    while let Some(one) = all.get(at) {
        let pairs: Vec<[Series; 2]> = WAYS.iter().map(|way| split(one, spare, *way)).collect();
        let with = |pair: [Series; 2]| [&all[..at], &pair, &all[at + 1..]].concat();
        let found = pairs.into_iter().filter(|[a, b]| a.motion != b.motion).map(with).find(same);
        at += 1 + usize::from(found.is_some());
        all = found.unwrap_or(all);
    }
    (all, Some(spare))
}

/// A label that neither the query asks for nor a series has.
fn spare(expr: &Expr, series: &[Series]) -> Option<&'static str> {
    let asked = |label: &str| {
        let selectors = selectors(expr);
        let mut matchers = selectors.iter().flat_map(|selector| &selector.matchers);
        matchers.any(|matcher| matcher.label.text == label)
            || series.iter().any(|one| one.labels.contains_key(label))
    };
    SPARE.into_iter().find(|label| !asked(label))
}

/// How a value may be made of two: as a sum, an average, the greatest, the smallest.
const WAYS: [fn(f64) -> [f64; 2]; 4] = [
    |value| [value * 0.25, value * 0.75],
    |value| [value * 0.5, value * 1.5],
    |value| [value, value * 0.5],
    |value| [value, value * 1.5],
];

fn split(one: &Series, spare: &str, way: fn(f64) -> [f64; 2]) -> [Series; 2] {
    let (values, of): ([f64; 2], fn(f64) -> Motion) = match one.motion {
        Motion::Level(value) => (way(value), Motion::Level),
        Motion::Climb(value) => (way(value), Motion::Climb),
    };
    let [first, second] = values;
    [(first, FIRST), (second, SECOND)].map(|(value, name)| {
        let mut labels = one.labels.clone();
        labels.insert(spare.to_owned(), name.to_owned());
        Series { name: one.name.clone(), labels, motion: of(value) }
    })
}

fn alike(one: &[Sample], other: &[Sample]) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= ROUNDING * b.abs();
    let is_in =
        |sample: &Sample| other.iter().any(|of| of.labels == sample.labels && near(sample.value, of.value));
    one.len() == other.len() && one.iter().all(is_in)
}
