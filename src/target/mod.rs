//! The registry of targets. Each is a folder that turns the plan into files of one tool and decides nothing.

pub mod yaml;

use crate::output::Artifact;
use crate::plan::ReleasePlan;

/// One kind of file that a build writes.
pub struct Target {
    /// The name for `--target` and listings.
    pub name: &'static str,
    /// What it writes, one sentence.
    pub summary: &'static str,
    /// The files of one release.
    pub emit: fn(&ReleasePlan) -> Vec<Artifact>,
}

/// Declares the modules and the registry at once, so that neither can be forgotten.
macro_rules! targets {
    ($($module:ident),+ $(,)?) => {
        $(pub mod $module;)+
        /// Every target, in the order in which files are listed.
        pub static ALL: &[&Target] = &[$(&$module::TARGET),+];
    };
}

targets! {
    prometheus,
}

/// The target of that name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Target> {
    ALL.iter().copied().find(|target| target.name == name)
}
