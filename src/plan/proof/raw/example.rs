//! A concrete set of labels that some matchers take and others refuse.

use super::texts::texts;
use crate::plan::proof::Labels;
use crate::promql::{self, MatchOp, MatcherText};
use regex::Regex;
use std::collections::BTreeSet;

/// How many sets of labels are looked at before the search gives up.
const MOST: usize = 20_000;

/// Values that stand for any other.
const NEUTRAL: [&str; 2] = ["other", "another"];

/// A matcher with its pattern ready to match.
#[derive(Debug, Clone)]
pub struct Judge {
    /// The matcher.
    pub matcher: MatcherText,
    pattern: Option<Regex>,
}

impl Judge {
    /// `None` for a pattern that can't be compiled.
    pub fn new(matcher: MatcherText) -> Option<Self> {
        let pattern = match matcher.op {
            MatchOp::Regex | MatchOp::NotRegex => Some(promql::anchored(&matcher.value)?),
            MatchOp::Equal | MatchOp::NotEqual => None,
        };
        Some(Self { matcher, pattern })
    }

    /// Whether it takes a value of its label; a label that is not there has the empty value.
    pub fn takes(&self, value: &str) -> bool {
        let matches = self.pattern.as_ref().is_some_and(|pattern| pattern.is_match(value));
        match self.matcher.op {
            MatchOp::Equal => self.matcher.value == value,
            MatchOp::NotEqual => self.matcher.value != value,
            MatchOp::Regex => matches,
            MatchOp::NotRegex => !matches,
        }
    }

    /// Whether it takes the value that a set of labels has.
    pub fn takes_of(&self, labels: &Labels) -> bool {
        self.takes(labels.get(&self.matcher.label).map_or("", String::as_str))
    }

    /// Values that tell it from others.
    pub fn values(&self) -> Vec<String> {
        match self.matcher.op {
            MatchOp::Equal | MatchOp::NotEqual => vec![self.matcher.value.clone()],
            MatchOp::Regex | MatchOp::NotRegex => texts(&self.matcher.value),
        }
    }
}

/// A set of labels that all of these matchers take; `None` where none is found.
#[allow(dead_code, reason = "for those who have matchers and no roles")]
pub(crate) fn example(matchers: &[MatcherText]) -> Option<Labels> {
    let judges: Vec<Judge> = matchers.iter().cloned().map(Judge::new).collect::<Option<_>>()?;
    found(&judges.iter().collect::<Vec<_>>(), &[], &Labels::new())
}

/// A set of labels with these fixed ones that every matcher of `take` takes, and that some matcher of each set in
/// `refuse` refuses; `None` where none is found.
pub fn found(take: &[&Judge], refuse: &[Vec<&Judge>], fixed: &Labels) -> Option<Labels> {
    let named = take.iter().chain(refuse.iter().flatten()).map(|judge| judge.matcher.label.as_str());
    let open: BTreeSet<&str> = named.filter(|label| !fixed.contains_key(*label)).collect();
    let taken = |label: &str, value: &str| {
        take.iter().filter(|judge| judge.matcher.label == label).all(|judge| judge.takes(value))
    };
    if !fixed.iter().all(|(label, value)| taken(label, value)) {
        return None;
    }
    let all = || take.iter().chain(refuse.iter().flatten());
    let choices: Vec<(&str, Vec<String>)> = open
        .into_iter()
        .map(|label| {
            let known = all().filter(|judge| judge.matcher.label == label).flat_map(|judge| judge.values());
            let neutral = NEUTRAL.iter().map(|value| (*value).to_owned());
            let mut values: Vec<String> = Vec::new();
            for value in known.filter(|value| !value.is_empty()).chain(neutral).chain([String::new()]) {
                if !values.contains(&value) && taken(label, &value) {
                    values.push(value);
                }
            }
            (label, values)
        })
        .collect();
    Search { choices, refuse, left: MOST }.from(0, fixed.clone())
}

struct Search<'a> {
    choices: Vec<(&'a str, Vec<String>)>,
    refuse: &'a [Vec<&'a Judge>],
    left: usize,
}

impl Search<'_> {
    fn from(&mut self, at: usize, labels: Labels) -> Option<Labels> {
        let Some((label, values)) = self.choices.get(at).cloned() else {
            self.left = self.left.saturating_sub(1);
            let refused = |set: &Vec<&Judge>| set.iter().any(|judge| !judge.takes_of(&labels));
            return self.refuse.iter().all(refused).then_some(labels);
        };
        for value in values {
            if self.left == 0 {
                return None;
            }
            let mut more = labels.clone();
            if !value.is_empty() {
                more.insert(label.to_owned(), value);
            }
            if let Some(found) = self.from(at + 1, more) {
                return Some(found);
            }
        }
        None
    }
}
