//! Whether the tests of a release see that a rule was changed.
//!
//! Each test runs on those groups alone in which something can have a value when it feeds what it feeds; a test in which
//! the changed group can have none says nothing. The likeliest to fail come first, and the first that fails ends it. A
//! test counts only if it passes on the unchanged rules of the same groups.

use crate::bench::Bench;
use crate::flow::{self, Needs};
use crate::operators::Mutant;
use crate::promtool::{Outcome, Promtool};
use crate::rules::Rules;
use crate::suite::Test;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A release with the tests that are generated for it.
pub struct Release {
    pub name: String,
    pub rules: Rules,
    pub tests: Vec<Test>,
    pub promtool: Promtool,
    /// What there are tests about that this promtool can't run.
    pub lacks: BTreeSet<String>,
    needs: Vec<Needs>,
    memory: Mutex<Memory>,
}

/// What is known from mutants that were judged before. It decides the order of tests, never a verdict.
#[derive(Default)]
struct Memory {
    /// How often a test saw a change at such a place.
    saw: BTreeMap<(Place, usize), u32>,
    /// Whether a test passes on the unchanged rules of these groups.
    sound: BTreeMap<Trial, bool>,
}

/// A group, a rule of it, an operator in that rule.
type Place = (usize, Option<usize>, Option<&'static str>);

/// A test, and the groups that it runs on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trial {
    pub test: usize,
    pub groups: BTreeSet<usize>,
}

/// What became of a mutant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// A test fails.
    Caught(String),
    /// promtool does not take the rules, or complains of them.
    Refused,
    /// Nothing says anything.
    Survived,
    /// A run did not end.
    TimedOut,
}

impl Release {
    /// Of the tests that need native histograms none is kept where promtool does not know these.
    pub fn new(name: &str, rules: Rules, mut tests: Vec<Test>, promtool: Promtool) -> Self {
        let foreign = |test: &Test| test.native && !promtool.knows_native_histograms();
        let lacks = tests.iter().filter(|test| foreign(test)).map(|test| test.about().to_owned()).collect();
        tests.retain(|test| !foreign(test));
        let needs = rules.groups.iter().map(flow::needs).collect();
        Self { name: name.to_owned(), rules, tests, promtool, lacks, needs, memory: Mutex::default() }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Judges one mutant in a folder that nobody else uses.
    pub fn judge(&self, mutant: &Mutant, folder: &Path) -> Verdict {
        let bench = Bench::new(self, folder);
        let changed = mutant.apply(&self.rules);
        let mut trials = self.ordered(mutant, self.trials(mutant, &changed));
        loop {
            let failed = match bench.run(&changed, &trials) {
                Outcome::Failed(at) => at,
                Outcome::Refused => return Verdict::Refused,
                Outcome::TimedOut => return Verdict::TimedOut,
                Outcome::Passed if bench.accepts(&changed) => return Verdict::Survived,
                Outcome::Passed => return Verdict::Refused,
            };
            trials.drain(..failed);
            if self.is_sound(&bench, &trials[0]) {
                self.remember(mutant, trials[0].test);
                return Verdict::Caught(self.tests[trials[0].test].name.clone());
            }
            trials[0].groups = (0..self.rules.groups.len()).collect();
        }
    }

    /// Every test in which the changed group can have a value, before the change or after it.
    fn trials(&self, mutant: &Mutant, changed: &Rules) -> Vec<Trial> {
        let other = flow::needs(&changed.groups[mutant.group]);
        let before: Vec<&Needs> = self.needs.iter().collect();
        let mut after = before.clone();
        after[mutant.group] = &other;
        let mut known: BTreeMap<&BTreeSet<String>, BTreeSet<usize>> = BTreeMap::new();
        let trials = self.tests.iter().enumerate().map(|(at, test)| {
            let active = known
                .entry(&test.feeds)
                .or_insert_with(|| &flow::active(&before, &test.feeds) | &flow::active(&after, &test.feeds));
            Trial { test: at, groups: active.clone() }
        });
        let mut trials: Vec<Trial> = trials.filter(|trial| trial.groups.contains(&mutant.group)).collect();
        for trial in &mut trials {
            if self.memory().sound.get(trial) == Some(&false) {
                trial.groups = (0..self.rules.groups.len()).collect();
            }
        }
        trials
    }

    /// The tests, those first that saw like changes before, then those that hold the alert's text, then short ones.
    fn ordered(&self, mutant: &Mutant, mut trials: Vec<Trial>) -> Vec<Trial> {
        let memory = self.memory();
        let about = self.rules.groups[mutant.group].about(&self.name);
        let saw = |rule, operator, test| {
            memory.saw.get(&((mutant.group, rule, operator), test)).copied().unwrap_or(0)
        };
        trials.sort_by_cached_key(|trial| {
            let (at, test) = (trial.test, &self.tests[trial.test]);
            let by_operator = saw(Some(mutant.rule), Some(mutant.operator), at);
            let (by_rule, by_group) = (saw(Some(mutant.rule), None, at), saw(None, None, at));
            let text = test.holds.contains(&mutant.name);
            let liked = std::cmp::Reverse((by_operator, by_rule, text, test.about() == about, by_group));
            (liked, test.cost, at)
        });
        trials
    }

    fn remember(&self, mutant: &Mutant, test: usize) {
        let mut memory = self.memory();
        let keys = [(Some(mutant.rule), Some(mutant.operator)), (Some(mutant.rule), None), (None, None)];
        for (rule, operator) in keys {
            *memory.saw.entry(((mutant.group, rule, operator), test)).or_default() += 1;
        }
    }

    /// Whether a test passes on the unchanged rules of its groups. On all groups it must.
    fn is_sound(&self, bench: &Bench, trial: &Trial) -> bool {
        let known = self.memory().sound.get(trial).copied();
        known.unwrap_or_else(|| {
            let sound = bench.run(&self.rules, std::slice::from_ref(trial)) == Outcome::Passed;
            let (release, name) = (&self.name, &self.tests[trial.test].name);
            let partial = trial.groups.len() < self.rules.groups.len();
            assert!(sound || partial, "{release}: `{name}` fails on the rules as they are generated");
            self.memory().sound.insert(trial.clone(), sound);
            sound
        })
    }
}
