//! A condition of the alerts always holds, so that it keeps none of them silent.
//!
//! ## What
//! `only_when` has a value whatever happens: its comparison has the word `bool`; it compares with `>= 0` what is never below
//! zero; or it takes a rate and compares it with nothing.
//!
//! ## Why
//! The alerts fire only while `only_when` has a value, whichever: 0 is one too. A comparison drops the values for which it does
//! not hold, and with `bool` it makes them 0 instead.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   latency_mean:
//!     title: Mean latency
//!     unit: seconds
//!     mean: { histogram: http_request_duration_seconds }
//!     min_events: 200
//!     only_when: sum(rate(orders_total[5m])) > bool 1
//!     normal:   { max: 200ms }
//!     rollback: { above: 500ms }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   latency_mean:
//!     title: Mean latency
//!     unit: seconds
//!     mean: { histogram: http_request_duration_seconds }
//!     min_events: 200
//!     only_when: sum(rate(orders_total[5m])) > 1
//!     normal:   { max: 200ms }
//!     rollback: { above: 500ms }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::promql::{Always, always};
use crate::spec::Spec;
use std::collections::BTreeSet;

/// The lint.
pub static LINT: Lint = Lint::new(
    "condition-always-holds",
    Severity::Warning,
    include_str!("condition_always_holds.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    let mut seen = BTreeSet::new();
    for metric in &spec.metrics {
        let Some(condition) = metric.only_when.as_ref().filter(|condition| seen.insert(condition.span()))
        else {
            continue;
        };
        let Some(always) = always(&condition.expr) else { continue };
        let place = |range: &std::ops::Range<usize>| condition.place(context.sources, range.clone());
        let (place, label, help) = match always {
            Always::Bool(word) => (
                place(word),
                "makes it 0 where it does not hold",
                "leave `bool` out, so that it has no value there",
            ),
            Always::NotNegative(operator) => {
                (place(operator), "holds for 0 too", "write `> 0`, or the least that there must be")
            }
            Always::NoComparison => (
                condition.span(),
                "is 0 where nothing happens",
                "compare it: `… > 0`, or the least that there must be",
            ),
        };
        sink.push(
            LINT.finding(format!("`only_when` of `{}` has a value whatever happens", metric.id.value))
                .label(place, label)
                .help(help),
        );
    }
}
