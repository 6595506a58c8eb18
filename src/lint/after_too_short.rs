//! `after_warn` or `after_hold` is not longer than the `for` of the level that it waits for.
//!
//! ## What
//! `after_warn: 30m` raises a level when `warn` has lasted for 30 minutes, counted from the first moment beyond warn's mildest
//! bound. It must exceed warn's own `for`; with several conditions, the shortest of theirs.
//!
//! ## Why
//! With `for: 10m` and `after_warn: 10m` the harsher alert fires together with the warning, or before it.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200, for: 10m }
//!     rollback: { above: 500, after_warn: 10m }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200, for: 10m }
//!     rollback: { above: 500, after_warn: 30m }
//! ```

use super::{Check, Lint};
use crate::diag::Diagnostic;
use crate::ladder::Level;
use crate::spec::metric::{After, Lasts};

/// The lint.
pub static LINT: Lint = Lint::law("after-too-short", include_str!("after_too_short.rs"), Check::Reading);

/// `level` waits for a milder one for a time that is not longer than that one's own.
#[must_use]
pub fn too_short(level: Level, after: &After, milder: &Lasts) -> Diagnostic {
    let (name, lasts, own) = (after.level.name(), after.lasts.value.text(), milder.duration.text());
    let source = if milder.written.is_some() { "" } else { " (the default)" };
    let finding = LINT
        .finding(format!(
            "{} comes {lasts} after {name} begins, but {name} itself fires only after {own}{source}",
            level.name()
        ))
        .label(after.lasts.span, format!("must be longer than {own}"))
        .help(format!("write an `after_{name}` longer than {own}, or a shorter `for` on {name}"));
    match milder.written {
        Some(written) => finding.label(written, format!("the `for` of {name}")),
        None => finding,
    }
}
