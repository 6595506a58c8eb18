//! A stage gives the new version less traffic than the stage before it.
//!
//! ## What
//! The stages stand in the order of the rollout, and a stage's `traffic` is smaller than that of an earlier one.
//!
//! ## Why
//! A rollout goes forward. A share that falls is usually a slip of the pen, or stages in the wrong order; the way back
//! belongs under `rollback`.
//!
//! ## Bad
//! ```yaml
//! stages:
//!   - { id: canary-5, traffic: 50%, lasts: 2d, approve: lead }
//!   - { id: canary-25, traffic: 25%, lasts: 2d, approve: lead }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```
//!
//! ## Good
//! ```yaml
//! stages:
//!   - { id: canary-5, traffic: 5%, lasts: 2d, approve: lead }
//!   - { id: canary-25, traffic: 25%, lasts: 2d, approve: lead }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::spec::Spec;

/// The lint.
pub static LINT: Lint = Lint::new(
    "traffic-goes-back",
    Severity::Warning,
    include_str!("traffic_goes_back.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let shares: Vec<_> =
        spec.stages.iter().filter_map(|stage| Some((stage.id(), stage.traffic.as_ref()?))).collect();
    for pair in shares.windows(2) {
        let [(before, more), (stage, less)] = pair else { continue };
        if less.value < more.value {
            let finding = LINT
                .finding(format!(
                    "stage `{stage}` goes back to {} of the traffic, after {} at `{before}`",
                    less.text.value, more.text.value
                ))
                .label(less.text.span, "less than before")
                .label(more.text.span, "more, and earlier")
                .help("put the stages in the order of the rollout, or mend the share");
            sink.push(finding);
        }
    }
}
