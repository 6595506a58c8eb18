//! No test can be made for a condition.
//!
//! ## What
//! An `only_when` for which no series were found that make it hold. Most often it depends on the time of day.
//!
//! ## Why
//! An alert whose condition never holds looks exactly like a healthy system. The tests of the rules raise every level while
//! the condition holds; where none were found for it, nothing shows that the alert can fire at all.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue:
//!     title: Queue
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     only_when: hour() >= 8 < 20
//!     normal:   { max: 100 }
//!     rollback: { above: 500 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   queue:
//!     title: Queue
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     only_when: sum(rate(jobs_added_total[5m])) > 1
//!     normal:   { max: 100 }
//!     rollback: { above: 500 }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::promql::solve::{self, Aim, Labels, Signs, Want};
use crate::spec::Spec;

/// The lint.
pub static LINT: Lint = Lint::new(
    "untested-condition",
    Severity::Info,
    include_str!("untested_condition.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for metric in spec.metrics.iter().filter(|metric| metric.same_as.is_none() && metric.alerts()) {
        let Some(condition) = &metric.only_when else { continue };
        let want = Want { labels: Labels::new(), aim: Aim::Present };
        if solve::solve(&condition.expr, &[], &[want], Signs::Positive, None).is_some() {
            continue;
        }
        let why = solve::reason(&condition.expr).map(|why| format!(": it {why}")).unwrap_or_default();
        let place = condition.place(context.sources, condition.expr.span.clone());
        sink.push(
            LINT.finding(format!("no test shows that the alerts of `{}` can fire{why}", metric.id.value))
                .label(place, "no series were found for which it holds")
                .help(
                    "write a condition on series, or test these alerts by hand; to accept it, name `untested-condition` \
                     under `allow`",
                ),
        );
    }
}
