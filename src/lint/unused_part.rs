//! A checklist or a procedure stands in the file, and nothing refers to it.
//!
//! ## What
//! No check goes through a checklist, or no step names a procedure. Those of `relspec.yaml` are there for any release
//! and are left alone.
//!
//! ## Why
//! What nothing refers to is never done. Often the check that should go through a list was forgotten, or a step lists by
//! hand what the procedure says.
//!
//! ## Bad
//! ```yaml
//! procedures:
//!   stop-traffic:
//!     - { run: ./traffic 0 }
//! ```
//!
//! ## Good
//! ```yaml
//! procedures:
//!   stop-traffic:
//!     - { run: ./traffic 0 }
//! rollback:
//!   steps: [ { procedure: stop-traffic } ]
//!   verify: [ The old version is healthy. ]
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::spec::Spec;
use crate::spec::shape::Row;
use crate::spec::step::Step;
use std::collections::BTreeSet;

/// The lint.
pub static LINT: Lint =
    Lint::new("unused-part", Severity::Warning, include_str!("unused_part.rs"), Check::Release(check));

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    if !spec.whole {
        return;
    }
    let lists = spec.checks().flat_map(|(_, check)| check.0.list.iter().flat_map(|list| &list.0));
    let (told, to) =
        ("no check goes through it", "name it in a check of a stage, `list: …`, or take it away");
    report(spec, "checklist", &spec.checklists, lists.map(|id| id.as_str()).collect(), (told, to), sink);
    let steps = spec.steps();
    let named = steps.iter().filter_map(|step| step.0.procedure.as_ref());
    let (told, to) = ("no step names it", "name it in a step, `procedure: …`, or take it away");
    report(spec, "procedure", &spec.procedures, named.map(|name| name.as_str()).collect(), (told, to), sink);
}

/// Tells each of the release's own parts that is not among those in use.
fn report(
    spec: &Spec,
    kind: &str,
    parts: &[Row<Vec<Step>>],
    used: BTreeSet<&str>,
    (told, help): (&str, &str),
    sink: &mut Sink,
) {
    let own = parts.iter().map(|row| &row.key).filter(|key| key.span.file == spec.file);
    for key in own.filter(|key| !used.contains(key.as_str())) {
        let message = format!("nothing refers to the {kind} `{}`", key.value);
        sink.push(LINT.finding(message).label(key.span, told).help(help));
    }
}
