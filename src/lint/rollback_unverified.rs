//! Nothing shows that the way back has worked.
//!
//! ## What
//! `rollback` has steps and no `verify`, or one of its `modes` has steps and there is no `verify` for it. A mode without
//! a `verify` of its own is verified as the rollback is.
//!
//! ## Why
//! A rollback is over when the old version is healthy, not when the last command has run. What shows that is easily
//! forgotten in the hurry, and then the second outage is found by the users.
//!
//! ## Bad
//! ```yaml
//! rollback:
//!   within: 10m
//!   steps:
//!     - { run: ./traffic 0, expect: "canary: 0%" }
//! ```
//!
//! ## Good
//! ```yaml
//! rollback:
//!   within: 10m
//!   steps:
//!     - { run: ./traffic 0, expect: "canary: 0%" }
//!   verify:
//!     - { do: The old version is healthy, run: ./health stable, expect: ok }
//!   modes:
//!     gradual:
//!       steps: [ { run: ./traffic 50 }, { run: ./traffic 0 } ]
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::rollback::Rollback;
use crate::spec::step::Step;

/// The lint.
pub static LINT: Lint = Lint::new(
    "rollback-unverified",
    Severity::Warning,
    include_str!("rollback_unverified.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let Some(rollback) = spec.rollback.as_ref().filter(|_| spec.whole) else { return };
    let ways = unverified(rollback);
    if ways.is_empty() {
        return;
    }
    let finding = LINT
        .finding("nothing shows that the old version is healthy after the rollback")
        .labels(ways.into_iter().map(|last| (last, "the last step, and nothing is verified".to_owned())))
        .help("say what shows it: `verify: [ { do: …, run: …, expect: … } ]`");
    sink.push(finding);
}

/// The last step of each way back after which nothing is verified.
fn unverified(rollback: &Rollback) -> Vec<Span> {
    if is_there(&rollback.verify) {
        return Vec::new();
    }
    let modes = rollback.modes.iter().flat_map(|table| &table.0).map(|row| &row.value);
    let modes = modes.filter(|mode| !is_there(&mode.verify)).map(|mode| &mode.steps);
    let ways = std::iter::once(&rollback.steps).chain(modes);
    ways.filter_map(|steps| Some(steps.as_ref()?.last()?.0.span)).collect()
}

fn is_there(steps: &Option<Vec<Step>>) -> bool {
    steps.as_ref().is_some_and(|steps| !steps.is_empty())
}
