//! A run: releases are read, mutants made, judged by two workers and counted.

use crate::equivalent::{self, Entry};
use crate::judge::{Release, Verdict};
use crate::operators::{self, Mutant};
use crate::promtool::Promtool;
use crate::report::Line;
use crate::rules::Rules;
use crate::sample::sample;
use crate::suite::{self, Test};
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

/// How many promtools run at once.
const WORKERS: usize = 2;

/// The releases of a folder that have tests beside their rules, in the order of their names.
pub fn releases(folder: &Path) -> Vec<Release> {
    let found = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let paths = found.map(|entry| entry.expect("a readable entry").into_path());
    let rules = paths.filter(|path| path.to_string_lossy().ends_with(".rules.yaml"));
    rules.filter_map(|path| release(&path)).collect()
}

fn release(path: &Path) -> Option<Release> {
    let name = path.file_name()?.to_str()?.strip_suffix(".rules.yaml")?;
    let beside = walkdir::WalkDir::new(path.parent()?).max_depth(1).sort_by_file_name().into_iter();
    let beside = beside.map(|entry| entry.expect("a readable entry").into_path());
    let tests: Vec<Test> =
        beside.filter(|path| is_tests_of(path, name)).flat_map(|path| suite::read(&path)).collect();
    let native = tests.iter().any(|test| test.native);
    let tools = Promtool::all();
    let tool = tools.iter().find(|tool| !native || tool.knows_native_histograms()).or(tools.first())?;
    let text = std::fs::read_to_string(path).expect("a rule file");
    (!tests.is_empty()).then(|| Release::new(name, Rules::read(&text), tests, tool.clone()))
}

/// Whether a file has tests of this release: `<release>.rules.test.yaml`, or one with a word for what it needs.
fn is_tests_of(path: &Path, release: &str) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let rest = name.strip_prefix(release).and_then(|rest| rest.strip_prefix('.'));
    rest.is_some_and(|rest| rest.ends_with(".test.yaml"))
}

/// Which mutants are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    All,
    /// So many, of those that are not listed as changing nothing.
    Sample(usize),
}

/// Judges the mutants of the releases. The lines are in the order of the rules.
pub fn run(releases: &[Release], entries: &[Entry], part: Part) -> Vec<Line> {
    let made: Vec<Vec<Mutant>> = releases.iter().map(|release| release.mutants()).collect();
    let all =
        made.iter().enumerate().flat_map(|(at, mutants)| mutants.iter().map(move |mutant| (at, mutant)));
    let listed = |at: usize, mutant: &Mutant| equivalent::entry_of(entries, &releases[at].name, mutant);
    let mut all: Vec<(usize, &Mutant)> = all.collect();
    if let Ok(pattern) = std::env::var("RELSPEC_MUTANTS_LIKE") {
        let pattern = regex::Regex::new(&pattern).expect("RELSPEC_MUTANTS_LIKE is a pattern");
        all.retain(|(_, of)| pattern.is_match(&format!("{}: {}: {}", of.name, of.operator, of.shown)));
    }
    if let Part::Sample(count) = part {
        all.retain(|(at, mutant)| listed(*at, mutant).is_none());
        all = sample(&all, count).into_iter().map(|at| all[at]).collect();
    }
    let verdicts = judged(releases, &all, &|at, mutant| listed(at, mutant).is_none());
    let lines = all.into_iter().zip(verdicts).map(|((at, mutant), verdict)| Line {
        release: releases[at].name.clone(),
        group: releases[at].rules.groups[mutant.group].name.clone(),
        rule: mutant.name.clone(),
        operator: mutant.operator,
        shown: mutant.shown.clone(),
        verdict,
        listed: listed(at, mutant),
    });
    lines.collect()
}

impl Release {
    /// Every mutant of the rules that the tests at hand can judge.
    pub fn mutants(&self) -> Vec<Mutant> {
        let mut mutants = operators::mutants(&self.rules);
        mutants.retain(|mutant| !self.is_out_of_reach(mutant.group));
        mutants
    }

    /// Whether there are tests about a group that this promtool can't run.
    pub fn is_out_of_reach(&self, group: usize) -> bool {
        self.lacks.contains(self.rules.groups[group].about(&self.name))
    }
}

/// Judges each, and says at once of whom `unlisted` speaks that no test saw it: a run takes long.
fn judged(
    releases: &[Release],
    mutants: &[(usize, &Mutant)],
    unlisted: &(dyn Fn(usize, &Mutant) -> bool + Sync),
) -> Vec<Verdict> {
    let next = AtomicUsize::new(0);
    let verdicts: Vec<OnceLock<Verdict>> = mutants.iter().map(|_| OnceLock::new()).collect();
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                let folder = scratch();
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some((release, mutant)) = mutants.get(at) else { return };
                    let verdict = releases[*release].judge(mutant, folder.path());
                    if matches!(verdict, Verdict::Survived | Verdict::TimedOut) && unlisted(*release, mutant)
                    {
                        let Mutant { name, operator, shown, .. } = mutant;
                        println!("{} / {name}: {operator}: {shown}", releases[*release].name);
                    }
                    let _ = verdicts[at].set(verdict);
                    progress(at + 1, mutants.len());
                }
            });
        }
    });
    verdicts.into_iter().map(|verdict| verdict.into_inner().expect("judged")).collect()
}

/// A folder for one worker, in memory where there is such a place: promtool makes a storage for every test.
fn scratch() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a temporary folder")
}

/// A line that is written over, on a terminal only.
fn progress(done: usize, all: usize) {
    let mut terminal = std::io::stderr();
    if terminal.is_terminal() {
        let end = if done == all { "\n" } else { "" };
        let _ = write!(terminal, "\r{done} of {all} mutants{end}");
    }
}
