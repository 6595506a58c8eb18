//! A condition looks back over more time than its stage lasts.
//!
//! ## What
//! The `over` of a condition under `advance`, `hold` or `rollback` of a stage is longer than the stage's `lasts`; where
//! that is a range, longer than its `max` or at least longer than its `min`.
//!
//! ## Why
//! What is asked of a stage is counted from its beginning. A stage of two days has no three days to show: its gate never
//! opens, and a reason to hold or to go back is never there.
//!
//! ## Bad
//! ```yaml
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 2d
//!     advance:
//!       - { metrics: alert, within: normal, over: 3d }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```
//!
//! ## Good
//! ```yaml
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 3d
//!     advance:
//!       - { metrics: alert, within: normal, over: 3d }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::spec::Spec;
use crate::spec::condition::Condition;
use crate::spec::scalar::DurationText;
use crate::spec::stage::{Lasts, Stage};

/// The lint.
pub static LINT: Lint = Lint::new(
    "gate-outlives-stage",
    Severity::Warning,
    include_str!("gate_outlives_stage.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for stage in &spec.stages {
        let Some(lasts) = &stage.lasts else { continue };
        // What must hold before the stage begins is not counted from its beginning.
        let lists = [&stage.advance, &stage.hold, &stage.rollback];
        let conditions = lists.into_iter().flatten().flatten();
        let overs: Vec<_> = conditions.flat_map(Condition::leaves).filter_map(Condition::over).collect();
        let (never, late): (Vec<_>, Vec<_>) = overs
            .into_iter()
            .filter(|over| over.value > lasts.min.value)
            .partition(|over| over.value > lasts.max.value);
        sink.extend(finding(stage, lasts, &never, true));
        sink.extend(finding(stage, lasts, &late, false));
    }
}

/// One finding for all conditions of a stage that look back too far.
fn finding(stage: &Stage, lasts: &Lasts, overs: &[&DurationText], never: bool) -> Option<Diagnostic> {
    let longest = overs.iter().max_by_key(|over| over.value.millis())?;
    let end = if never { &lasts.max } else { &lasts.min };
    let (id, longest, text) = (stage.id(), longest.text(), end.text());
    let (who, it) = match overs.len() {
        1 => (format!("a condition of stage `{id}` looks back over {longest}"), "it"),
        many => (format!("{many} conditions of stage `{id}` look back over up to {longest}"), "they"),
    };
    let (message, there) = if never {
        (
            format!("{who}, and the stage lasts only {text}: {it} can never be met"),
            "the stage lasts no longer",
        )
    } else {
        let message = format!("{who}, and the stage may end after {text}: {it} can't be met then");
        (message, "the stage may be over by then")
    };
    Some(
        LINT.finding(message)
            .labels(overs.iter().map(|over| (over.span, "longer than the stage".to_owned())))
            .label(end.span, there)
            .help(format!("look back over no more than {text}, or let the stage last {longest}")),
    )
}
