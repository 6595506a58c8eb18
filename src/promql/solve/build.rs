//! The series that an expression reads, with values still to be chosen.

use super::super::ast::{Expr, Kind, Selector};
use super::histogram::BUCKET;
use super::labels::example;
use super::range::OF_MOTION;
use super::world::{Labels, Motion, Series};
use std::collections::BTreeSet;

/// One number that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Free {
    /// The level or slope of the series at this place.
    Motion(usize),
    /// The upper bound of a histogram's only finite bucket, the series at this place.
    Bound(usize),
}

/// Series and what of them can be chosen.
#[derive(Debug, Clone, Default)]
pub(super) struct Build {
    pub series: Vec<Series>,
    pub free: Vec<Free>,
}

/// How a selector is read.
#[derive(Debug, Clone, Copy)]
struct Use<'a> {
    selector: &'a Selector,
    /// By a function that asks how its series move.
    moves: bool,
    /// As the buckets of one histogram.
    buckets: bool,
}

impl Build {
    /// Adds series for the labels of one wanted result; `None` where a selector takes none that could be named.
    /// Gives the places in `free` of those that the result depends on.
    pub fn add(&mut self, expr: &Expr, wanted: &Labels) -> Option<Vec<usize>> {
        let mut uses = Vec::new();
        collect(expr, (false, false), &mut uses);
        let mut mine = BTreeSet::new();
        for one in uses {
            let (name, mut labels) = example(one.selector, wanted)?;
            let motion = if one.moves { Motion::Climb(1.0) } else { Motion::Level(1.0) };
            let buckets = one.buckets && one.selector.matchers_of(BUCKET).next().is_none();
            if buckets {
                labels.insert(BUCKET.to_owned(), "+Inf".to_owned());
                self.series(name.clone(), labels.clone(), motion);
                labels.insert(BUCKET.to_owned(), "1".to_owned());
            }
            let at = self.series(name, labels, motion);
            mine.insert(self.free(if buckets { Free::Bound(at) } else { Free::Motion(at) }));
        }
        Some(mine.into_iter().collect())
    }

    fn series(&mut self, name: String, labels: Labels, motion: Motion) -> usize {
        let known = self.series.iter().position(|one| one.name == name && one.labels == labels);
        known.unwrap_or_else(|| {
            self.series.push(Series { name, labels, motion });
            self.series.len() - 1
        })
    }

    fn free(&mut self, free: Free) -> usize {
        let known = self.free.iter().position(|one| *one == free);
        known.unwrap_or_else(|| {
            self.free.push(free);
            self.free.len() - 1
        })
    }
}

fn collect<'a>(expr: &'a Expr, (moves, buckets): (bool, bool), uses: &mut Vec<Use<'a>>) {
    match &expr.kind {
        Kind::Selector(selector) => uses.push(Use { selector, moves, buckets }),
        Kind::Call(call) => {
            let moves = OF_MOTION.contains(&call.name.as_str());
            let buckets = buckets || call.name == "histogram_quantile";
            call.args.iter().for_each(|arg| collect(arg, (moves, buckets), uses));
        }
        // What a subquery evaluates is a value of its own.
        Kind::Subquery(subquery) => collect(&subquery.expr, (false, buckets), uses),
        _ => expr.children().for_each(|child| collect(child, (moves, buckets), uses)),
    }
}

/// Sets a free number.
pub(super) fn set(series: &mut [Series], free: Free, value: f64) {
    match free {
        Free::Motion(at) => {
            let Some(one) = series.get_mut(at) else { return };
            one.motion = match one.motion {
                Motion::Level(_) => Motion::Level(value),
                Motion::Climb(_) => Motion::Climb(value),
            };
        }
        Free::Bound(at) => {
            let Some(one) = series.get_mut(at) else { return };
            one.labels.insert(BUCKET.to_owned(), format!("{value}"));
        }
    }
}
