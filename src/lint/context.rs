//! What a lint may look at besides the release.

use crate::source::Sources;
use crate::spec::Config;

/// What a lint may look at besides the release: the texts, for places inside them, and what the project says.
/// No lint reads the clock or the file system.
pub struct Context<'a> {
    /// The texts of the run.
    pub sources: &'a Sources,
    /// What the project's releases share.
    pub config: &'a Config,
}
