//! Which files of an output folder there are to prove, and what stands in them.

use super::document::{self, RuleFile, TestFile};
use crate::output::{self, Problem};
use crate::plan::names;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A file that this program has made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made<T> {
    /// Its path in the output folder.
    pub path: String,
    /// The release that it is about; `None` for all of them.
    pub release: Option<String>,
    /// Its text.
    pub text: String,
    /// What stands in it, or what is wrong with it.
    pub content: Result<T, String>,
}

/// The files to prove, sorted by path.
#[derive(Debug, Default)]
pub struct Suite {
    /// The output folder.
    pub out: PathBuf,
    /// Files of rules.
    pub rules: Vec<Made<RuleFile>>,
    /// Files of tests of rules.
    pub tests: Vec<Made<TestFile>>,
    /// Configurations of Alertmanager.
    pub configs: Vec<Made<()>>,
    /// The tests of routes.
    pub routes: Option<Made<()>>,
}

/// Why there is nothing to prove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoSuite {
    /// The folder has no manifest: no build has written it.
    NotBuilt,
    /// There is no such release; those that there are.
    NoRelease(Vec<String>),
    /// A file can't be read, or is not there although the manifest lists it.
    Unreadable(String),
}

/// What the names of native tests have in them: only newer versions of promtool read them.
const NATIVE: &str = ".native.";

impl<T> Made<T> {
    /// Whether it needs a promtool that reads native histograms in tests.
    #[must_use]
    pub fn is_native(&self) -> bool {
        self.path.rsplit('/').next().is_some_and(|name| name.contains(NATIVE))
    }

    /// Its folder on disk, and its name there such that no tool takes it for an option.
    #[must_use]
    pub fn place(&self, out: &Path) -> (PathBuf, String) {
        let (folder, name) = self.path.rsplit_once('/').unwrap_or((".", &self.path));
        (out.join(folder), format!("./{name}"))
    }
}

impl Suite {
    /// The files that the manifest of an output folder lists; only those of one release and those of all where `release`
    /// says so.
    ///
    /// # Errors
    /// Where there is nothing to prove, or a file can't be read.
    pub fn read(out: &Path, release: Option<&str>) -> Result<Self, NoSuite> {
        let unreadable = |problem: Problem| NoSuite::Unreadable(problem.to_string());
        let owned = output::owned(out).map_err(unreadable)?.ok_or(NoSuite::NotBuilt)?;
        let releases: BTreeSet<&str> = owned.iter().filter_map(|path| release_of(path)).collect();
        if release.is_some_and(|release| !releases.contains(release)) {
            return Err(NoSuite::NoRelease(releases.into_iter().map(str::to_owned).collect()));
        }
        let mut suite = Self { out: out.to_owned(), ..Self::default() };
        for path in owned.iter().filter(|path| of_interest(path)) {
            let of = release_of(path);
            if of.is_some() && release.is_some() && of != release {
                continue;
            }
            let text = output::read(out, path).map_err(unreadable)?;
            let gone = || {
                format!("{} is listed in the manifest and not there; build again", out.join(path).display())
            };
            suite.add(path, of, text.ok_or_else(|| NoSuite::Unreadable(gone()))?);
        }
        Ok(suite)
    }

    fn add(&mut self, path: &str, release: Option<&str>, text: String) {
        fn made<T>(path: &str, release: Option<&str>, text: String, content: Result<T, String>) -> Made<T> {
            Made { path: path.to_owned(), release: release.map(str::to_owned), text, content }
        }
        if path.ends_with(".rules.yaml") {
            let content = document::yaml(path, &text).map(|root| document::rules(&root));
            self.rules.push(made(path, release, text, content));
        } else if path.ends_with(".test.yaml") && path != names::ROUTE_TESTS_FILE {
            let content = document::yaml(path, &text).map(|root| document::tests(&root));
            self.tests.push(made(path, release, text, content));
        } else if path == names::ROUTE_TESTS_FILE {
            self.routes = Some(made(path, None, text, Ok(())));
        } else {
            self.configs.push(made(path, release, text, Ok(())));
        }
    }

    /// The rules that a file of tests names, by the path by which it names them; files that do not exist are left out.
    #[must_use]
    pub fn rules_of(&self, tests: &Made<TestFile>) -> BTreeMap<String, RuleFile> {
        let Ok(content) = &tests.content else { return BTreeMap::new() };
        let find = |name: &String| {
            let path = beside(&tests.path, name);
            let rules = self.rules.iter().find(|rules| rules.path == path)?;
            Some((name.clone(), rules.content.clone().ok()?))
        };
        content.rule_files.iter().filter_map(find).collect()
    }

    /// The tests that name a file of rules.
    #[must_use]
    pub fn tests_of(&self, rules: &Made<RuleFile>) -> Vec<&TestFile> {
        let names = |made: &&Made<TestFile>| {
            let files =
                made.content.as_ref().map(|content| content.rule_files.as_slice()).unwrap_or_default();
            files.iter().any(|name| beside(&made.path, name) == rules.path)
        };
        self.tests.iter().filter(names).filter_map(|made| made.content.as_ref().ok()).collect()
    }
}

/// A path as it is written in a file, from the output folder.
pub fn beside(file: &str, path: &str) -> String {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// What a release makes lies in a folder of the release's name, by kind.
fn release_of(path: &str) -> Option<&str> {
    let (release, rest) = path.split_once('/')?;
    rest.contains('/').then_some(release)
}

fn of_interest(path: &str) -> bool {
    let folder = path.rsplit('/').nth(1);
    path.ends_with(".rules.yaml") || path.ends_with(".test.yaml") || folder == Some("alertmanager")
}
