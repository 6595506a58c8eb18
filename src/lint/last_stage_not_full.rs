//! The rollout ends before all traffic goes to the new version.
//!
//! ## What
//! The last stage gives the new version less than 100 % of the traffic.
//!
//! ## Why
//! A release that stops short leaves two versions in service, with nobody to watch the last step, which is often the
//! one that breaks: under full load, with nothing left to fall back on.
//!
//! ## Bad
//! ```yaml
//! stages:
//!   - { id: canary-5, traffic: 5%, lasts: 2d, approve: lead }
//!   - { id: canary-50, traffic: 50%, lasts: 3d }
//! ```
//!
//! ## Good
//! ```yaml
//! stages:
//!   - { id: canary-5, traffic: 5%, lasts: 2d, approve: lead }
//!   - { id: canary-50, traffic: 50%, lasts: 3d, approve: lead }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::quantity::Number;
use crate::spec::Spec;

/// The lint.
pub static LINT: Lint = Lint::new(
    "last-stage-not-full",
    Severity::Warning,
    include_str!("last_stage_not_full.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let Some(last) = spec.stages.last().filter(|_| !shared::only_watches(spec)) else { return };
    // A stage that says who instead of how much is not measured against the traffic; a share that could not be read may
    // be the last one.
    let says_who = last.audience.is_some() || last.select.is_some();
    if last.traffic.is_none() && (says_who || !spec.whole) {
        return;
    }
    let share = spec.stages.iter().rev().find_map(|stage| stage.traffic.as_ref());
    if let Some(share) = share.filter(|share| share.value < Number::ONE) {
        let finding = LINT
            .finding(format!(
                "the rollout ends at {} of the traffic, with stage `{}`",
                share.text.value,
                last.id()
            ))
            .label(share.text.span, "the last share")
            .help("add a stage with `traffic: 100%`, in which the release is watched under full load");
        sink.push(finding);
    }
}
