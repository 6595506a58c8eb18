//! The section `scope`: which series belong to the new version, and which to the one that it replaces.

use super::matcher::Matchers;
use super::shape::section;

section! {
    /// Which series belong to the new version, and which to the one that it replaces.
    pub struct Scope {
        /// The new version's series.
        canary @required: Matchers,
        /// The series of the version that it replaces.
        baseline: Matchers,
    }
}
