//! The two sides of an operator can never be paired, since their series have different labels.
//!
//! ## What
//! Both sides of an operator in a query are aggregated, so that their labels are known, and those by which they are paired are
//! not the same: all labels, or what `on` or `ignoring` leaves of them.
//!
//! ## Why
//! Prometheus pairs series whose labels are the same. `sum by (region) (…) and sum(…) > 10` asks for a series without
//! any label beside each region, finds none, and has no value, for ever; `unless` takes nothing away. Nothing is reported.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   lag:
//!     title: Lag
//!     unit: seconds
//!     query: max by (region) (queue_lag_seconds) and sum(queue_length) > 10
//!     by: [region]
//!     normal:   { max: 10s }
//!     rollback: { above: 60s }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   lag:
//!     title: Lag
//!     unit: seconds
//!     query: max by (region) (queue_lag_seconds) and on () sum(queue_length) > 10
//!     by: [region]
//!     normal:   { max: 10s }
//!     rollback: { above: 60s }
//! ```

use super::{Check, Context, Lint, shared, words};
use crate::diag::{Severity, Sink};
use crate::promql::{Binary, Unpaired, unpaired_sides};
use crate::spec::Spec;
use std::collections::BTreeSet;

/// The lint.
pub static LINT: Lint = Lint::new(
    "sides-never-match",
    Severity::Warning,
    include_str!("sides_never_match.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for (metric, promql) in shared::promql(spec) {
        for unpaired in unpaired_sides(&promql.expr) {
            let binary = unpaired.binary;
            let place = |range: &std::ops::Range<usize>| promql.place(context.sources, range.clone());
            sink.push(
                LINT.finding(format!(
                    "no series of the two sides of `{}` in `{}` can be paired",
                    binary.op.symbol(),
                    metric.id.value
                ))
                .label(place(&binary.left.span), told(&unpaired.left))
                .label(place(&binary.right.span), told(&unpaired.right))
                .help(help(binary, &unpaired)),
            );
        }
    }
}

/// The labels of one side, in words.
fn told(labels: &BTreeSet<String>) -> String {
    if labels.is_empty() {
        return "has no labels".to_owned();
    }
    let names: Vec<&str> = labels.iter().map(String::as_str).collect();
    format!("has {}", words::all_of(&names))
}

/// How to pair them by what they have in common.
fn help(binary: &Binary, unpaired: &Unpaired<'_>) -> String {
    let common: Vec<&str> = unpaired.left.intersection(&unpaired.right).map(String::as_str).collect();
    let on = format!("{} on ({})", binary.op.symbol(), common.join(", "));
    if binary.op.is_set() {
        return format!("write `{on}`, or aggregate both sides by the same labels");
    }
    let group = match (unpaired.left.len(), unpaired.right.len()) {
        (left, right) if common.len() == right && left > right => " group_left ()",
        (left, right) if common.len() == left && right > left => " group_right ()",
        _ => return "aggregate both sides by the same labels".to_owned(),
    };
    let bool = if binary.bool_span.is_some() { " bool" } else { "" };
    let symbol = binary.op.symbol();
    let on = format!("{symbol}{bool} on ({}){group}", common.join(", "));
    format!("write `{on}`, or aggregate both sides by the same labels")
}
