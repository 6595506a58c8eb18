//! Steady series, and which of them each selector takes.

use super::super::ast::{Expr, MatchOp, Selector};
use super::super::walk::selectors;
use super::{NAME, pattern};
use regex::Regex;
use std::collections::BTreeMap;

/// Labels of a series, without its name.
pub type Labels = BTreeMap<String, String>;

/// How a series goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Motion {
    /// It stays at a value.
    Level(f64),
    /// It grows by so much a second.
    Climb(f64),
}

impl Motion {
    /// The level or the slope.
    pub(super) fn value(self) -> f64 {
        match self {
            Self::Level(value) | Self::Climb(value) => value,
        }
    }
}

/// A series that goes on like that for ever.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The name.
    pub name: String,
    /// Its labels.
    pub labels: Labels,
    /// How it goes on.
    pub motion: Motion,
}

/// All series there are. Which selector takes which is found once, since a search only changes their values.
pub(super) struct World {
    pub series: Vec<Series>,
    taken: BTreeMap<usize, Vec<usize>>,
    /// The moment in seconds since 1970, where one is fixed.
    pub now: Option<f64>,
}

impl World {
    pub fn new(expr: &Expr, series: Vec<Series>, now: Option<f64>) -> Self {
        let taken = selectors(expr).into_iter().map(|selector| {
            let patterns = patterns(selector);
            let all = series.iter().enumerate();
            let found = all.filter(|(_, series)| takes(selector, &patterns, series)).map(|(at, _)| at);
            (selector.core.start, found.collect())
        });
        let taken = taken.collect();
        Self { series, taken, now }
    }

    pub fn taken(&self, selector: &Selector) -> impl Iterator<Item = &Series> {
        let at = self.taken.get(&selector.core.start).map(Vec::as_slice).unwrap_or_default();
        at.iter().filter_map(|at| self.series.get(*at))
    }
}

/// The patterns of a selector's matchers, in their order; `None` for those that compare texts.
pub(super) fn patterns(selector: &Selector) -> Vec<Option<Regex>> {
    let pattern = |op: MatchOp, value: &str| match op {
        MatchOp::Regex | MatchOp::NotRegex => pattern::anchored(value),
        MatchOp::Equal | MatchOp::NotEqual => None,
    };
    selector.matchers.iter().map(|matcher| pattern(matcher.op, &matcher.value)).collect()
}

pub(super) fn takes(selector: &Selector, patterns: &[Option<Regex>], series: &Series) -> bool {
    let named = selector.name.as_ref().is_none_or(|name| name.text == series.name);
    named
        && selector.matchers.iter().zip(patterns).all(|(matcher, pattern)| {
            let label = matcher.label.text.as_str();
            let own = series.labels.get(label).map_or("", String::as_str);
            let own = if label == NAME { &series.name } else { own };
            agrees(matcher.op, &matcher.value, pattern.as_ref(), own)
        })
}

/// Whether a matcher takes a label's value. A pattern that can't be compiled takes nothing.
pub(super) fn agrees(op: MatchOp, value: &str, pattern: Option<&Regex>, own: &str) -> bool {
    match op {
        MatchOp::Equal => own == value,
        MatchOp::NotEqual => own != value,
        MatchOp::Regex => pattern.is_some_and(|pattern| pattern.is_match(own)),
        MatchOp::NotRegex => pattern.is_some_and(|pattern| !pattern.is_match(own)),
    }
}
