//! A stage is held or goes back while all is well.
//!
//! ## What
//! A condition under `hold` or `rollback` of a stage tests a metric or asks for no alert. Such a condition is met as long
//! as the values are good: `within: normal`, `alerts: none`, or a limit that no value is worse than.
//!
//! ## Why
//! Under `advance` a condition says what must be well. Under `hold` and `rollback` it says when to stay or to go back, and
//! the runbook would send a healthy release back.
//!
//! ## Bad
//! ```yaml
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 2d
//!     approve: lead
//!     rollback:
//!       - { metrics: alert, within: normal, over: 1h }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```
//!
//! ## Good
//! ```yaml
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 2d
//!     approve: lead
//!     rollback:
//!       - judge: Customers report wrong invoices.
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::spec::Spec;
use crate::spec::condition::{Condition, ConditionKind, Test};
use crate::spec::stage::Stage;

/// The lint.
pub static LINT: Lint = Lint::new(
    "inverted-condition",
    Severity::Warning,
    include_str!("inverted_condition.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for stage in &spec.stages {
        for (key, list) in [("hold", &stage.hold), ("rollback", &stage.rollback)] {
            let leaves = list.iter().flatten().flat_map(Condition::leaves);
            let inverted: Vec<_> = leaves.filter(|leaf| asks_for_good(spec, leaf)).collect();
            sink.extend(finding(stage, key, &inverted));
        }
    }
}

/// Whether a condition is met while the values are good. A metric without any limit has no good side.
fn asks_for_good(spec: &Spec, condition: &Condition) -> bool {
    match &condition.kind {
        ConditionKind::Metric { metric, test: Test::Limit { bound: Some(bound), .. }, .. } => {
            let base = spec.metric(&metric.value).and_then(|metric| metric.base());
            base.is_some_and(|limits| limits.ladder.bad_side(&bound.value).is_some())
        }
        ConditionKind::Metric { test: Test::Within(_), .. }
        | ConditionKind::Metrics { .. }
        | ConditionKind::NoAlerts { .. } => true,
        ConditionKind::Metric { .. } | ConditionKind::Judge(_) | ConditionKind::Any(_) => false,
    }
}

fn finding(stage: &Stage, key: &str, inverted: &[&Condition]) -> Option<Diagnostic> {
    let first = inverted.first()?;
    let does = if key == "hold" { "is held" } else { "goes back" };
    let help = match first.kind {
        ConditionKind::NoAlerts { .. } => {
            format!(
                "take it out: an alert of the level `{key}` does that by itself; the rest is in words, `judge: …`"
            )
        }
        _ => format!(
            "write the value that is bad at the metric, `{key}: {{ above: … }}`, whose alert does that; or say in words what \
             must be seen, `judge: …`"
        ),
    };
    Some(
        LINT.finding(format!("stage `{}` {does} while all is well", stage.id()))
            .labels(inverted.iter().map(|one| (one.span, "met as long as the values are good".to_owned())))
            .help(help),
    )
}
