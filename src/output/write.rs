//! Writing all artifacts or none.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use super::fault::{Problem, Reason, WriteFault, shown};
use super::steps::{self, Worker};
use super::survey::{Survey, survey};
use super::{Keeps, Stamped, lock, manifest};

/// How long a build waits for another one; a build takes seconds, so a longer wait means that something hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the author allows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WriteOptions {
    /// Overwrites and removes what was edited by hand, and overwrites what is not ours. Links to folders, and folders
    /// in place of files, are refused all the same.
    pub force: bool,
}

/// What a build did, as paths relative to the output folder, each list sorted. The manifest counts as a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that were not there.
    pub created: Vec<String>,
    /// Files that have a new text.
    pub changed: Vec<String>,
    /// Files that were not touched; they keep their modification time.
    pub unchanged: Vec<String>,
    /// Files that the build no longer makes.
    pub removed: Vec<String>,
}

/// Makes the output folder hold these artifacts and the manifest, and removes what earlier builds made beyond them.
///
/// Killed at any moment, it leaves whole files, and the next call brings the folder to the right state. A second call
/// at the same time waits for the first.
///
/// # Errors
///
/// [`WriteFault::Refused`] with all problems at once, before anything changes; [`WriteFault::Busy`] when another build
/// holds the folder for a minute; [`WriteFault::Io`] when the system refuses an operation. A fault before the first
/// file is in place, such as a full disk, leaves the folder as it was.
pub fn write(out: &Path, artifacts: &[Stamped], options: WriteOptions) -> Result<Written, WriteFault> {
    write_part(out, artifacts, &|_| false, options)
}

/// The same for a build of a part: what an earlier build made stays, and stays in the manifest, where `keeps` says so.
///
/// # Errors
///
/// As for [`write()`].
pub fn write_part(
    out: &Path,
    artifacts: &[Stamped],
    keeps: Keeps<'_>,
    options: WriteOptions,
) -> Result<Written, WriteFault> {
    open_folder(out, artifacts)?;
    let _lock = lock::exclusive(out, PATIENCE)?;
    let mut survey = survey(out, artifacts, keeps);
    survey.problems.retain(|problem| !(options.force && problem.reason.yields_to_force()));
    if !survey.problems.is_empty() {
        return Err(WriteFault::Refused(survey.problems));
    }
    steps::sweep(out, &survey.union)?;
    carry_out(out, &survey)?;
    Ok(report(survey))
}

/// The folder must be there to be locked. It is not made when the artifacts alone are reason to refuse.
fn open_folder(out: &Path, artifacts: &[Stamped]) -> Result<(), WriteFault> {
    match fs::metadata(out) {
        Ok(data) if data.is_dir() => Ok(()),
        Ok(_) => {
            let problem = Problem { path: shown(out, ""), reason: Reason::OutputIsNoFolder };
            Err(WriteFault::Refused(vec![problem]))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let problems = survey(out, artifacts, &|_| false).problems;
            if !problems.is_empty() {
                return Err(WriteFault::Refused(problems));
            }
            fs::create_dir_all(out).map_err(|e| WriteFault::io("make the folder", shown(out, ""), e))
        }
        Err(error) => Err(WriteFault::io("open", shown(out, ""), error)),
    }
}

pub(super) fn carry_out(out: &Path, survey: &Survey) -> Result<(), WriteFault> {
    let wide = manifest::render(survey.union.iter().map(String::as_str));
    let steps = steps::plan(survey, &wide);
    let mut worker = Worker::new(out);
    if let Err(fault) = worker.run(&steps.prepare) {
        drop(worker);
        take_back(out, survey);
        return Err(fault);
    }
    worker.run(&steps.commit)
}

/// After a failed preparation: the old manifest, and no empty folders. What fails here does no harm, since a manifest
/// may list files that do not exist; the first fault is the one to report.
fn take_back(out: &Path, survey: &Survey) {
    let mut worker = Worker::new(out);
    survey.files.iter().filter(|seen| seen.old.is_none()).for_each(|seen| worker.tidy(&seen.path));
    let _ = match survey.manifest.old.as_deref() {
        Some(text) => worker.run(&[steps::Step::Stage { path: manifest::NAME, text }, steps::Step::Land]),
        None => worker.run(&[steps::Step::Remove { path: manifest::NAME }]),
    };
}

fn report(survey: Survey) -> Written {
    let mut written = Written::default();
    for seen in survey.files.into_iter().chain(survey.gone).chain([survey.manifest]) {
        let list = match (&seen.old, &seen.new) {
            (None, None) => continue,
            (None, Some(_)) => &mut written.created,
            (Some(_), None) => &mut written.removed,
            (Some(old), Some(new)) if old == new => &mut written.unchanged,
            (Some(_), Some(_)) => &mut written.changed,
        };
        list.push(seen.path);
    }
    for list in [&mut written.created, &mut written.changed, &mut written.unchanged] {
        list.sort();
    }
    written
}
