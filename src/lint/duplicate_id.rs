//! Two things have the same id, or one key is written twice.
//!
//! ## What
//! A key that stands twice in one mapping, two stages with the same id, and a stage with the id `done`, which is what the
//! stage signal says when a release is finished.
//!
//! ## Why
//! Most YAML readers take the last of two keys and forget the first without a word: a threshold that its author sees in
//! the file would not be in force.
//!
//! ## Bad
//! ```yaml
//! stages:
//!   - { id: canary, title: A few users, traffic: 5%, approve: lead }
//!   - { id: canary, title: Everybody, traffic: 100% }
//! ```
//!
//! ## Good
//! ```yaml
//! stages:
//!   - { id: canary, title: A few users, traffic: 5%, approve: lead }
//!   - { id: full, title: Everybody, traffic: 100% }
//! ```

use super::{Check, Lint};
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::spec::shape::Text;

/// The lint. A key that is written twice is told in `syntax`, which is the only one to see both.
pub static LINT: Lint = Lint::law("duplicate-id", include_str!("duplicate_id.rs"), Check::Reading);

/// A second `kind` with the id of an earlier one.
#[must_use]
pub fn again(kind: &str, id: &Text, first: Span) -> Diagnostic {
    LINT.finding(format!("there are two {kind}s with the id `{}`", id.value))
        .label(id.span, "again here")
        .label(first, "first here")
        .help("give one of them another id; everything that refers to it uses the id")
}

/// A stage with the id that ends a release.
#[must_use]
pub fn reserved(id: &Text) -> Diagnostic {
    LINT.finding(format!("a stage can't have the id `{}`", id.value))
        .label(id.span, "this is what the stage signal says when a release is finished")
        .help("give the stage another id")
}
