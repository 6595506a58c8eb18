//! A worker's own folder: rule files with some groups, test files with one test each, and promtool run on them.

use crate::judge::{Release, Trial};
use crate::promtool::Outcome;
use crate::rules::Rules;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How the names of all rule files begin, so that what promtool says of them is known from what it says of tests.
pub const RULES: &str = "changed-rules";

pub struct Bench<'a> {
    release: &'a Release,
    folder: PathBuf,
}

impl<'a> Bench<'a> {
    pub fn new(release: &'a Release, folder: &Path) -> Self {
        let folder = folder.join(&release.name);
        std::fs::create_dir_all(&folder).expect("a folder of this run's own");
        Self { release, folder }
    }

    /// Runs the trials on these rules until one fails, which is told by its place.
    pub fn run(&self, rules: &Rules, trials: &[Trial]) -> Outcome {
        let groups: BTreeSet<&BTreeSet<usize>> = trials.iter().map(|trial| &trial.groups).collect();
        for groups in groups {
            self.write(&rules_of(groups), &rules.only(groups).write());
        }
        let files: Vec<String> = trials.iter().map(|trial| self.file(trial)).collect();
        self.release.promtool.test(&self.folder, &files)
    }

    /// Whether promtool takes the rules without a complaint.
    pub fn accepts(&self, rules: &Rules) -> bool {
        self.write(RULES, &rules.write());
        self.release.promtool.accepts(&self.folder.join(RULES))
    }

    /// The file of a trial, which is always the same.
    fn file(&self, trial: &Trial) -> String {
        let name = format!("{}-on-{}.test.yaml", trial.test, key(&trial.groups));
        if !self.folder.join(&name).exists() {
            let groups = trial.groups.iter().map(|at| self.release.rules.groups[*at].name.as_str());
            let text = self.release.tests[trial.test].write(&rules_of(&trial.groups), &groups.collect());
            self.write(&name, &text);
        }
        name
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.join(name), text).expect("a file of this run's own");
    }
}

fn key(groups: &BTreeSet<usize>) -> String {
    groups.iter().map(usize::to_string).collect::<Vec<_>>().join("-")
}

fn rules_of(groups: &BTreeSet<usize>) -> String {
    format!("{RULES}-{}.yaml", key(groups))
}
