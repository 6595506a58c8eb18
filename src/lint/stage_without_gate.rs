//! A stage asks for nothing before the next one begins.
//!
//! ## What
//! A stage other than the last has neither conditions under `advance` nor people under `approve`, and the next stage has
//! no `start_when`. A release that only watches (`strategy: watch`) has nothing to open and is left alone.
//!
//! ## Why
//! Such a rollout goes on because time has passed. What makes the next stage safe is then decided on the spot, by
//! whoever is there.
//!
//! ## Bad
//! ```yaml
//! stages:
//!   - { id: canary-5, traffic: 5%, lasts: 2d }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```
//!
//! ## Good
//! ```yaml
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 2d
//!     advance:
//!       - { metrics: alert, within: normal, over: 24h }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

use super::{Check, Context, Lint, shared, words};
use crate::diag::{Severity, Sink};
use crate::spec::Spec;
use crate::spec::stage::Stage;

/// The lint.
pub static LINT: Lint = Lint::new(
    "stage-without-gate",
    Severity::Warning,
    include_str!("stage_without_gate.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    // What is missing may stand in what could not be read.
    if !spec.whole || shared::only_watches(spec) {
        return;
    }
    let pairs = spec.stages.windows(2).filter_map(|pair| Some((pair.first()?, pair.get(1)?)));
    let open: Vec<&Stage> =
        pairs.filter(|(stage, next)| is_open(stage, next)).map(|(stage, _)| stage).collect();
    let ids: Vec<_> = open.iter().filter_map(|stage| Some(&stage.id.as_ref()?.0)).collect();
    if ids.is_empty() {
        return;
    }
    let names: Vec<&str> = ids.iter().map(|id| id.value.as_str()).collect();
    let (stages, ask, follows) = match names.len() {
        1 => ("stage", "asks", "the next stage begins"),
        _ => ("stages", "ask", "the next stages begin"),
    };
    let finding = LINT
        .finding(format!("{stages} {} {ask} for nothing before {follows}", words::all_of(&names)))
        .labels(ids.iter().map(|id| (id.span, "neither `advance` nor `approve`".to_owned())))
        .help(
            "say what must hold, `advance: [ { metrics: alert, within: normal, over: 24h } ]`, or who decides, `approve: …`",
        );
    sink.push(finding);
}

/// Whether nothing stands between a stage and the next.
fn is_open(stage: &Stage, next: &Stage) -> bool {
    let none = |list: &Option<Vec<_>>| list.as_ref().is_none_or(Vec::is_empty);
    let unapproved = stage.approve.as_ref().is_none_or(|approval| approval.people.is_empty());
    none(&stage.advance) && none(&next.start_when) && unapproved
}
