//! What a build would change, as a diff, without writing anything.

use std::path::Path;
use std::time::Duration;

use similar::TextDiff;

use super::fault::{Problem, shown};
use super::survey::{Seen, survey};
use super::{Keeps, Stamped, lock};

/// A longer diff is cut, and its last line says by how much.
const MOST_LINES: usize = 200;
const CONTEXT: usize = 3;
/// A diff of two large files that share nothing need not be the shortest one.
const DIFF_TIME: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(10);

/// How a file differs from what a build would leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A build would make it.
    Missing,
    /// A build would overwrite it, or refuse to, when it was edited by hand.
    Changed,
    /// A build would remove it.
    Extra,
}

/// One file that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Relative to the output folder.
    pub path: String,
    /// What a build would do with it.
    pub kind: Kind,
    /// A unified diff from what is there to what a build would leave, with paths that include the output folder.
    pub diff: String,
}

/// What a build would change and what would stand in its way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Sorted by path; empty when a build would change nothing.
    pub differences: Vec<Difference>,
    /// What a build would refuse without `--force`, or with it.
    pub problems: Vec<Problem>,
}

impl CheckReport {
    /// Whether a build would change nothing and refuse nothing.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.differences.is_empty() && self.problems.is_empty()
    }
}

/// Compares the output folder, which need not exist, with these artifacts and their manifest; writes nothing.
///
/// What cannot be read is a problem and counts as empty. Line ends that git changed are no difference.
#[must_use]
pub fn check(out: &Path, artifacts: &[Stamped]) -> CheckReport {
    check_part(out, artifacts, &|_| false)
}

/// The same for a build of a part: what an earlier build made stays where `keeps` says so.
#[must_use]
pub fn check_part(out: &Path, artifacts: &[Stamped], keeps: Keeps<'_>) -> CheckReport {
    let _lock = lock::shared(out, PATIENCE);
    let survey = survey(out, artifacts, keeps);
    let mut all: Vec<Seen> = survey.files.into_iter().chain(survey.gone).chain([survey.manifest]).collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    let differences = all.into_iter().filter_map(|seen| difference(out, seen)).collect();
    CheckReport { differences, problems: survey.problems }
}

fn difference(out: &Path, seen: Seen) -> Option<Difference> {
    let kind = match (&seen.old, &seen.new) {
        (old, new) if old == new => return None,
        (None, _) => Kind::Missing,
        (_, None) => Kind::Extra,
        _ => Kind::Changed,
    };
    let name = |text: &Option<String>| match text {
        Some(_) => shown(out, &seen.path),
        None => "/dev/null".to_owned(),
    };
    let (old, new) = (seen.old.as_deref().unwrap_or_default(), seen.new.as_deref().unwrap_or_default());
    let diff = TextDiff::configure()
        .timeout(DIFF_TIME)
        .diff_lines(old, new)
        .unified_diff()
        .context_radius(CONTEXT)
        .header(&name(&seen.old), &name(&seen.new))
        .to_string();
    Some(Difference { kind, diff: cut(diff), path: seen.path })
}

fn cut(diff: String) -> String {
    let more = diff.lines().count().saturating_sub(MOST_LINES);
    if more == 0 {
        return diff;
    }
    let mut short: String = diff.split_inclusive('\n').take(MOST_LINES).collect();
    short.push_str(&format!("… and {more} more {}\n", if more == 1 { "line" } else { "lines" }));
    short
}
