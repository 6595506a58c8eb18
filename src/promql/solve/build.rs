//! The series that an expression reads, with values still to be chosen.

use super::super::ast::{Expr, Kind, Selector};
use super::histogram::BUCKET;
use super::labels::{example, refused};
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

/// Which labels series are given besides those that their own selectors ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// None.
    Plain,
    /// Those that other selectors ask for, so that series pair with each other.
    Alike,
    /// Values that other selectors of the same name refuse, so that parts differ from the whole.
    Apart,
    /// None, and there are no series for the selector at this place.
    Without(usize),
}

impl Build {
    /// Adds series for the labels of one wanted result; `None` where a selector takes none that could be named.
    /// Gives the places in `free` of those that the result depends on.
    pub fn add(&mut self, expr: &Expr, wanted: &Labels, manner: Manner) -> Option<Vec<usize>> {
        let mut uses = Vec::new();
        collect(expr, (false, false), &mut uses);
        let mut wanted = wanted.clone();
        if manner == Manner::Alike {
            for one in &uses {
                let more = example(one.selector, &wanted)?.1;
                for (label, value) in more {
                    wanted.entry(label).or_insert(value);
                }
            }
        }
        if let Manner::Without(at) = manner
            && at < uses.len()
        {
            uses.remove(at);
        }
        let mut mine = BTreeSet::new();
        for one in &uses {
            mine.insert(self.one(*one, &wanted)?);
        }
        if manner == Manner::Apart {
            for (one, label, value) in apart(&uses) {
                let mut wanted = wanted.clone();
                wanted.insert(label, value);
                mine.insert(self.one(one, &wanted)?);
            }
        }
        Some(mine.into_iter().collect())
    }

    fn one(&mut self, one: Use<'_>, wanted: &Labels) -> Option<usize> {
        let (name, mut labels) = example(one.selector, wanted)?;
        let motion = if one.moves { Motion::Climb(1.0) } else { Motion::Level(1.0) };
        let buckets = one.buckets && one.selector.matchers_of(BUCKET).next().is_none();
        if buckets {
            labels.insert(BUCKET.to_owned(), "+Inf".to_owned());
            self.series(name.clone(), labels.clone(), motion);
            labels.insert(BUCKET.to_owned(), "1".to_owned());
        }
        let at = self.series(name, labels, motion);
        Some(self.free(if buckets { Free::Bound(at) } else { Free::Motion(at) }))
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

/// For each use, the labels of other selectors of the same name that its own leaves free, with a value that they refuse.
fn apart<'a>(uses: &[Use<'a>]) -> Vec<(Use<'a>, String, String)> {
    let mut found = Vec::new();
    for one in uses {
        let others = uses.iter().filter(|other| other.selector.metric() == one.selector.metric());
        for matcher in others.flat_map(|other| &other.selector.matchers) {
            let label = &matcher.label.text;
            if one.selector.matchers_of(label).next().is_none() {
                found.extend(refused(matcher).map(|value| (*one, label.clone(), value)));
            }
        }
    }
    found
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
