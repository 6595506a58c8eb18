//! A condition's series in other shapes: two where there was one, and those that only other alternatives of a pattern take.

use super::super::Labels;
use super::split::{self, SECOND};
use crate::promql::judges;
use crate::promql::solve::{Motion, Series, evaluate, takes};
use crate::promql::{Expr, selectors};
use std::collections::BTreeSet;

/// How many alternatives of patterns are shown at most.
const MOST_TURNS: usize = 4;

/// What a condition says of series in other shapes.
#[derive(Default)]
pub(super) struct Turns {
    /// Sets of series for which it holds too.
    pub holds: Vec<Vec<Series>>,
    /// Sets of series for which it fails, although it would hold for some of them alone.
    pub fails: Vec<Vec<Series>>,
}

/// The other shapes of series for which a condition holds that is joined on `shared`.
pub(super) fn of(expr: &Expr, shared: &[String], holds: &[Series]) -> Turns {
    let Some(wanted) = held(expr, shared, holds) else { return Turns::default() };
    let same = |all: &Vec<Series>| held(expr, shared, all).as_ref() == Some(&wanted);
    let (split, spare) = split::of(expr, holds.to_vec(), None);
    let mut turns = Turns::default();
    if let Some(spare) = spare.filter(|_| split.len() > holds.len() && same(&split)) {
        let seconds = (0..split.len()).filter(|at| is_second(&split[*at], spare)).take(MOST_TURNS);
        let greater = seconds.map(|at| [&split[..at], &[grown(&split[at])], &split[at + 1..]].concat());
        let is_over = |all: &Vec<Series>| held(expr, shared, all).is_some_and(|left| left.is_empty());
        turns.fails.extend(greater.filter(is_over));
        turns.holds.push(split);
    }
    let turned = (1..MOST_TURNS).map(|turn| holds.iter().map(|one| taken_by(expr, one, turn)).collect());
    turns.holds.extend(turned.take_while(|all: &Vec<Series>| all != holds).filter(same));
    turns
}

/// The sets of labels for which a condition holds.
fn held(expr: &Expr, shared: &[String], series: &[Series]) -> Option<BTreeSet<Labels>> {
    let only = |labels: Labels| labels.into_iter().filter(|(label, _)| shared.contains(label)).collect();
    let samples = evaluate(expr, series, None).ok()?;
    Some(samples.into_iter().map(|sample| only(sample.labels)).collect())
}

fn is_second(one: &Series, spare: &str) -> bool {
    one.labels.get(spare).is_some_and(|value| value == SECOND)
}

/// A series with more than any of the others.
fn grown(one: &Series) -> Series {
    let motion = match one.motion {
        Motion::Level(value) => Motion::Level(value.abs() * 8.0 + 1.0),
        Motion::Climb(rate) => Motion::Climb(rate.abs() * 8.0 + 1.0),
    };
    Series { motion, ..one.clone() }
}

/// The series with the values that the alternative of that number has, in each pattern that has so many.
fn taken_by(expr: &Expr, one: &Series, turn: usize) -> Series {
    let mut turned = one.clone();
    for selector in selectors(expr).into_iter().filter(|selector| takes(selector, one)) {
        for judge in judges(selector).unwrap_or_default() {
            if let Some(value) = judge.alternatives().get(turn) {
                turned.labels.insert(judge.matcher.label.clone(), value.clone());
            }
        }
    }
    turned
}
