//! The project is for a version of Prometheus or Alertmanager that can't read what is generated.
//!
//! ## What
//! `versions.prometheus` of `relspec.yaml` is older than 2.26, or `versions.alertmanager` older than 0.22. The rules read old
//! samples with `last_over_time`, and the routes have `matchers`: these are the first versions that know them.
//!
//! ## Why
//! Prometheus refuses the whole rule file, and Alertmanager the whole configuration, for one thing that it does not know.
//!
//! ## Bad
//! ```yaml
//! # file: relspec.yaml
//! versions: { prometheus: "2.20" }
//! ```
//!
//! ## Good
//! ```yaml
//! # file: relspec.yaml
//! versions: { prometheus: "2.45" }
//! ```

use super::{Check, Lint};
use crate::diag::Diagnostic;
use crate::promql::Version;
use crate::spec::shape::Text;

/// The lint.
pub static LINT: Lint = Lint::law("version-too-old", include_str!("version_too_old.rs"), Check::Reading);

/// The first Prometheus that has `last_over_time`.
pub const PROMETHEUS: Version = Version::new(2, 26);
/// The first Alertmanager that has `matchers`.
pub const ALERTMANAGER: Version = Version::new(0, 22);

/// A version of a program that is older than the oldest one that works.
#[must_use]
pub fn finding(program: &str, written: &Text, oldest: Version) -> Diagnostic {
    LINT.finding(format!(
        "what is generated needs {program} {oldest}, and the project is for {}",
        written.value
    ))
    .label(written.span, format!("{oldest} is the oldest that works"))
    .help(format!(
        "write the version that you have, if it is {oldest} or later; otherwise update {program} first"
    ))
}
