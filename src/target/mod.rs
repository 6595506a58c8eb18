//! The registry of targets. Each is a folder that turns the plan into files of one tool and decides nothing.

pub mod yaml;

use crate::output::Artifact;
use crate::plan::{Plan, ReleasePlan};
use crate::template::{TemplateFault, Templates};

/// One kind of file that a build writes.
pub struct Target {
    /// The name for `--target` and listings.
    pub name: &'static str,
    /// What it writes, one sentence.
    pub summary: &'static str,
    /// The files of one release.
    pub emit: fn(&ReleasePlan<'_>, &Templates) -> Emitted,
    /// The files that show all releases together.
    pub together: fn(&Plan<'_>, &Templates) -> Emitted,
}

/// Files, or what is wrong with a template.
pub type Emitted = Result<Vec<Artifact>, TemplateFault>;

/// For targets that write nothing about all releases together.
///
/// # Errors
/// None.
pub fn nothing(_: &Plan<'_>, _: &Templates) -> Emitted {
    Ok(Vec::new())
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
    alertmanager,
    prometheus,
    rule_tests,
    grafana,
    runbook,
}

/// The target of that name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Target> {
    ALL.iter().copied().find(|target| target.name == name)
}
