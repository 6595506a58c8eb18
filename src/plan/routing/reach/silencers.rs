//! Which alerts silence which.

use super::super::label;
use super::{Raised, fixed_release};
use crate::spec::alertmanager::route::all_match;
use crate::spec::alertmanager::{Inhibition, Labels};
use std::collections::BTreeMap;

/// Which alerts silence which, found without trying all pairs.
pub struct Silencers<'a, 'p> {
    rules: Vec<Rule<'a, 'p>>,
    /// The rules whose targets are of one release, by that release.
    of_release: BTreeMap<&'a str, Vec<usize>>,
    /// The other rules.
    of_any: Vec<usize>,
}

struct Rule<'a, 'p> {
    rule: &'a Inhibition,
    /// The alerts that can be its source, with their numbers, by the values of its `equal` labels.
    sources: BTreeMap<Vec<&'a str>, Vec<(usize, &'a Raised<'p>)>>,
}

impl<'a, 'p> Silencers<'a, 'p> {
    /// What rules make of alerts that all may fire.
    #[must_use]
    pub fn new(rules: &'a [Inhibition], raised: &'a [Raised<'p>]) -> Self {
        let mut all = Self { rules: Vec::new(), of_release: BTreeMap::new(), of_any: Vec::new() };
        let mut begins: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, one) in raised.iter().enumerate() {
            begins.entry(one.release).or_insert(at);
        }
        for (number, rule) in rules.iter().enumerate() {
            let from = fixed_release(&rule.source).map(|release| (release, begins.get(release).copied()));
            let some: Vec<(usize, &Raised<'_>)> = match from {
                None => raised.iter().enumerate().collect(),
                Some((_, None)) => Vec::new(),
                Some((release, Some(from))) => {
                    let rest = raised.iter().enumerate().skip(from);
                    rest.take_while(|(_, one)| one.release == release).collect()
                }
            };
            all.rules.push(Rule::new(rule, some));
            match fixed_release(&rule.target) {
                Some(release) => all.of_release.entry(release).or_default().push(number),
                None => all.of_any.push(number),
            }
        }
        all
    }

    /// The alerts that silence one with these labels while they fire, in the plan's order.
    #[must_use]
    pub fn of(&self, labels: &Labels) -> Vec<&'a Raised<'p>> {
        let numbers = self.of_release.get(label(labels, "release")).into_iter().flatten().chain(&self.of_any);
        let mut found = BTreeMap::new();
        for rule in numbers.filter_map(|number| self.rules.get(*number)) {
            if !all_match(&rule.rule.target, labels) {
                continue;
            }
            let sources = rule.sources.get(&key(rule.rule, labels)).into_iter().flatten();
            found.extend(sources.filter(|(_, one)| rule.rule.silences(&one.labels, labels)).copied());
        }
        found.into_values().collect()
    }
}

impl<'a, 'p> Rule<'a, 'p> {
    fn new(rule: &'a Inhibition, raised: Vec<(usize, &'a Raised<'p>)>) -> Self {
        let mut sources: BTreeMap<Vec<&str>, Vec<(usize, &Raised<'_>)>> = BTreeMap::new();
        for (at, one) in raised.into_iter().filter(|(_, one)| all_match(&rule.source, &one.labels)) {
            sources.entry(key(rule, &one.labels)).or_default().push((at, one));
        }
        Self { rule, sources }
    }
}

fn key<'a>(rule: &Inhibition, labels: &'a Labels) -> Vec<&'a str> {
    rule.equal.iter().map(|name| label(labels, name)).collect()
}
