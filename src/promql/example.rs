//! A concrete set of labels that some matchers take and others refuse.

use super::ast::{MatchOp, Selector};
use super::rewrite::MatcherText;
use super::solve::Labels;
use regex::Regex;
use std::cell::Cell;
use std::collections::BTreeSet;

/// How many sets of labels are looked at before the search gives up.
const MOST: usize = 2_000;

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
            MatchOp::Regex | MatchOp::NotRegex => Some(super::anchored(&matcher.value).ok()?),
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

    /// A value for each of its alternatives; none where it is no pattern.
    pub fn alternatives(&self) -> Vec<String> {
        match self.matcher.op {
            MatchOp::Regex => super::alternatives(&self.matcher.value),
            MatchOp::Equal | MatchOp::NotEqual | MatchOp::NotRegex => Vec::new(),
        }
    }

    /// Values that tell it from others.
    pub fn values(&self) -> Vec<String> {
        match self.matcher.op {
            MatchOp::Equal | MatchOp::NotEqual => vec![self.matcher.value.clone()],
            MatchOp::Regex | MatchOp::NotRegex => super::texts(&self.matcher.value),
        }
    }
}

/// The judges of a selector's matchers; `None` where one of its patterns can't be compiled.
#[must_use]
pub fn judges(selector: &Selector) -> Option<Vec<Judge>> {
    let text = |matcher: &super::ast::Matcher| MatcherText {
        label: matcher.label.text.clone(),
        op: matcher.op,
        value: matcher.value.clone(),
    };
    selector.matchers.iter().map(text).map(Judge::new).collect()
}

/// A set of labels with these fixed ones that every matcher of `take` takes, and that some matcher of each set in
/// `refuse` refuses; `None` where none is found. Of the alternatives of a pattern that of this number is tried first.
pub fn found(take: &[&Judge], refuse: &[Vec<&Judge>], fixed: &Labels, turn: usize) -> Option<Labels> {
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
            let own = take.iter().filter(|judge| judge.matcher.label == label && turn > 0);
            let own = own.filter_map(|judge| judge.alternatives().into_iter().cycle().nth(turn));
            let known: Vec<String> = own.chain(known).filter(|value| !value.is_empty()).collect();
            let neutral = NEUTRAL.iter().map(|value| (*value).to_owned());
            let longer: Vec<String> = known.iter().map(|value| format!("{value}-other")).collect();
            let mut values: Vec<String> = Vec::new();
            for value in known.into_iter().chain(neutral).chain([String::new()]).chain(longer) {
                if !values.contains(&value) && taken(label, &value) {
                    values.push(value);
                }
            }
            (label, values)
        })
        .collect();
    Search { choices, refuse, left: Cell::new(MOST) }.from(0, fixed.clone())
}

struct Search<'a> {
    choices: Vec<(&'a str, Vec<String>)>,
    refuse: &'a [Vec<&'a Judge>],
    left: Cell<usize>,
}

impl Search<'_> {
    fn from(&self, at: usize, labels: Labels) -> Option<Labels> {
        let Some((label, values)) = self.choices.get(at) else {
            self.left.set(self.left.get().saturating_sub(1));
            let refused = |set: &Vec<&Judge>| set.iter().any(|judge| !judge.takes_of(&labels));
            return self.refuse.iter().all(refused).then_some(labels);
        };
        for value in values {
            if self.left.get() == 0 {
                return None;
            }
            let mut more = labels.clone();
            if !value.is_empty() {
                more.insert((*label).to_owned(), value.clone());
            }
            if let Some(found) = self.from(at + 1, more) {
                return Some(found);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use MatchOp::{Equal, NotEqual, NotRegex, Regex};

    fn matchers(of: &[(&str, MatchOp, &str)]) -> Vec<Judge> {
        let matcher = |(label, op, value): &(&str, MatchOp, &str)| {
            let (label, value) = ((*label).to_owned(), (*value).to_owned());
            Judge::new(MatcherText { label, op: *op, value }).expect("a pattern")
        };
        of.iter().map(matcher).collect()
    }

    fn solve(take: &[(&str, MatchOp, &str)], refuse: &[(&str, MatchOp, &str)]) -> Option<Labels> {
        let (take, refuse) = (matchers(take), matchers(refuse));
        let sets: Vec<Vec<&Judge>> =
            if refuse.is_empty() { Vec::new() } else { vec![refuse.iter().collect()] };
        let labels = found(&take.iter().collect::<Vec<_>>(), &sets, &Labels::new(), 0)?;
        assert!(take.iter().all(|judge| judge.takes_of(&labels)), "{labels:?}");
        assert!(refuse.is_empty() || refuse.iter().any(|judge| !judge.takes_of(&labels)), "{labels:?}");
        Some(labels)
    }

    #[test]
    fn what_is_found_is_taken_and_what_is_refused_is_not() {
        let cases: [(&[_], &[_]); 7] = [
            (&[("code", Regex, "5..")], &[]),
            (&[("code", Regex, ".+"), ("code", NotRegex, "5..")], &[("code", Equal, "other")]),
            (&[("a", NotEqual, ""), ("a", NotRegex, "other|another|x")], &[]),
            (&[("job", Equal, "api")], &[("job", Equal, "api"), ("code", Regex, "5..")]),
            (&[("job", Equal, "api")], &[("job", Equal, "api"), ("code", NotRegex, "5..")]),
            (&[("version", Regex, r"v2\..*")], &[("version", NotEqual, "v2.0")]),
            (&[("gone", Equal, "")], &[("gone", NotEqual, "")]),
        ];
        for (take, refuse) in cases {
            assert!(solve(take, refuse).is_some(), "{take:?} {refuse:?}");
        }
    }

    #[test]
    fn what_nothing_can_satisfy_is_not_found() {
        assert_eq!(solve(&[("a", Equal, "x"), ("a", Equal, "y")], &[]), None);
        assert_eq!(solve(&[("a", Equal, "x")], &[("a", NotEqual, "y")]), None);
        assert_eq!(solve(&[("a", Equal, "x")], &[("b", Regex, ".*")]), None);
    }

    #[test]
    fn a_label_that_must_be_empty_is_left_out() {
        assert_eq!(solve(&[("a", Equal, "")], &[]), Some(Labels::new()));
        assert_eq!(solve(&[], &[]), Some(Labels::new()));
    }

    #[test]
    fn a_long_search_ends() {
        let names: Vec<String> = (0..40).map(|number| format!("l{number}")).collect();
        let take: Vec<_> = names.iter().map(|name| (name.as_str(), NotEqual, "x")).collect();
        let refuse: Vec<_> = names.iter().map(|name| (name.as_str(), Regex, ".*")).collect();
        assert_eq!(solve(&take, &refuse), None);
    }
}
