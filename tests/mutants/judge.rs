//! Whether the tests of a release see that a rule was changed.
//!
//! The tests that are about the changed metric run first, on the groups that they need, the likeliest to fail before the
//! others. What they let pass meets every test that feeds a series which reaches the rule, on all groups. A test counts
//! only if it passes on the unchanged rules of the same groups.

use crate::operators::Mutant;
use crate::promtool::{Outcome, Promtool};
use crate::rules::Rules;
use crate::suite::{RULES, Test};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A release with the tests that are generated for it.
pub struct Release {
    pub name: String,
    pub rules: Rules,
    pub tests: Vec<Test>,
    pub promtool: Promtool,
    /// What there are tests about that this promtool can't run.
    pub lacks: BTreeSet<String>,
    memory: Mutex<Memory>,
}

/// What is known from mutants that were judged before. It decides the order of tests, never a verdict.
#[derive(Default)]
struct Memory {
    /// How often a test saw a change: by an operator in a rule, in a rule, in a group.
    saw: BTreeMap<(usize, Option<usize>, Option<&'static str>, usize), u32>,
    /// Whether a test passes on the unchanged rules of these groups.
    sound: BTreeMap<(String, usize), bool>,
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
        Self { name: name.to_owned(), rules, tests, promtool, lacks, memory: Mutex::default() }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Judges one mutant in a folder that nobody else uses.
    pub fn judge(&self, mutant: &Mutant, folder: &Path) -> Verdict {
        let group = &self.rules.groups[mutant.group];
        let own: Vec<usize> = (0..self.tests.len())
            .filter(|test| self.tests[*test].about() == group.about(&self.name))
            .collect();
        let near = Bench::new(self, folder, self.rules.around(mutant.group));
        let sources = self.rules.sources(mutant.group);
        let reaches = |test: &usize| {
            let feeds = &self.tests[*test].feeds;
            sources.as_ref().is_none_or(|sources| feeds.contains("") || !feeds.is_disjoint(sources))
        };
        near.find(mutant, own.clone()).unwrap_or_else(|| {
            let all = Bench::new(self, folder, (0..self.rules.groups.len()).collect());
            let done: &[usize] = if near.groups == all.groups { &own } else { &[] };
            let rest = (0..self.tests.len()).filter(|test| !done.contains(test)).filter(reaches);
            all.find(mutant, rest.collect()).unwrap_or_else(|| all.last_word())
        })
    }

    /// The tests, those first that saw like changes before, then those that hold the alert's text, then short ones.
    fn ordered(&self, mutant: &Mutant, mut tests: Vec<usize>) -> Vec<usize> {
        let memory = self.memory();
        let about = self.rules.groups[mutant.group].about(&self.name);
        let saw = |rule, operator, test| {
            memory.saw.get(&(mutant.group, rule, operator, test)).copied().unwrap_or(0)
        };
        tests.sort_by_cached_key(|at| {
            let test = &self.tests[*at];
            let by_operator = saw(Some(mutant.rule), Some(mutant.operator), *at);
            let (by_rule, by_group) = (saw(Some(mutant.rule), None, *at), saw(None, None, *at));
            let text = test.holds.contains(&mutant.name);
            let liked = std::cmp::Reverse((by_operator, by_rule, text, by_group, test.about() == about));
            (liked, test.cost, *at)
        });
        tests
    }

    fn remember(&self, mutant: &Mutant, test: usize) {
        let mut memory = self.memory();
        let keys = [(Some(mutant.rule), Some(mutant.operator)), (Some(mutant.rule), None), (None, None)];
        for (rule, operator) in keys {
            *memory.saw.entry((mutant.group, rule, operator, test)).or_default() += 1;
        }
    }
}

/// A folder with the rules of some groups and the tests for them.
struct Bench<'a> {
    release: &'a Release,
    groups: BTreeSet<usize>,
    names: Vec<String>,
    folder: PathBuf,
}

impl<'a> Bench<'a> {
    fn new(release: &'a Release, folder: &Path, groups: BTreeSet<usize>) -> Self {
        let names = groups.iter().map(|at| release.rules.groups[*at].name.clone()).collect();
        let key = groups.iter().map(usize::to_string).collect::<Vec<_>>().join("-");
        let folder = folder.join(&release.name).join(key);
        std::fs::create_dir_all(&folder).expect("a folder of this run's own");
        Self { release, groups, names, folder }
    }

    /// What the tests say, if they say anything.
    fn find(&self, mutant: &Mutant, tests: Vec<usize>) -> Option<Verdict> {
        let tests = self.release.ordered(mutant, tests);
        let known = |test: &usize| self.release.memory().sound.get(&(self.key(), *test)).copied();
        let mut tests: Vec<usize> = tests.into_iter().filter(|test| known(test) != Some(false)).collect();
        let changed = mutant.apply(&self.release.rules).only(&self.groups);
        loop {
            match self.run(&changed, &tests) {
                Outcome::Passed => return None,
                Outcome::TimedOut => return Some(Verdict::TimedOut),
                Outcome::Refused(_) => return Some(Verdict::Refused),
                Outcome::Failed(file) => {
                    let failed =
                        tests.iter().position(|test| file_of(*test) == file).expect("a file of ours");
                    let test = tests[failed];
                    if self.is_sound(test) {
                        self.release.remember(mutant, test);
                        return Some(Verdict::Caught(self.release.tests[test].name.clone()));
                    }
                    tests.drain(..=failed);
                }
            }
        }
    }

    fn key(&self) -> String {
        self.names.join(" ")
    }

    /// Whether a test passes on the unchanged rules. On all groups it must.
    fn is_sound(&self, test: usize) -> bool {
        let key = (self.key(), test);
        if let Some(known) = self.release.memory().sound.get(&key) {
            return *known;
        }
        let outcome = self.run(&self.release.rules.only(&self.groups), &[test]);
        let sound = outcome == Outcome::Passed;
        let name = &self.release.tests[test].name;
        assert!(
            sound || self.groups.len() < self.release.rules.groups.len(),
            "{}: `{name}` fails on the rules as they are generated: {outcome:?}",
            self.release.name
        );
        self.release.memory().sound.insert(key, sound);
        sound
    }

    fn run(&self, rules: &Rules, tests: &[usize]) -> Outcome {
        std::fs::write(self.folder.join(RULES), rules.write()).expect("a file of ours");
        for test in tests {
            let path = self.folder.join(file_of(*test));
            if !path.exists() {
                let text = self.release.tests[*test].write(&self.names);
                std::fs::write(path, text).expect("a file of ours");
            }
        }
        let files: Vec<String> = tests.iter().copied().map(file_of).collect();
        self.release.promtool.test(&self.folder, &files)
    }

    /// What is left after all tests: whether promtool takes the rules that were run last.
    fn last_word(&self) -> Verdict {
        if self.release.promtool.accepts(&self.folder.join(RULES)) {
            Verdict::Survived
        } else {
            Verdict::Refused
        }
    }
}

fn file_of(test: usize) -> String {
    format!("{test}.test.yaml")
}
