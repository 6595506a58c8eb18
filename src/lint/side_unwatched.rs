//! A metric is bad on both sides of normal, and a level watches only one of them.
//!
//! ## What
//! The metric has a usual range with two ends, or a level with `above` and `below`, so that values on both sides are
//! bad. A level names a bound on one side only.
//!
//! ## Why
//! Whoever reads the range believes that both sides are watched. A value that leaves it on the other side never
//! raises the level.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   open_connections:
//!     title: Open connections
//!     unit: count
//!     gauge: { metric: server_open_connections, aggregate: avg }
//!     normal:   { min: 20, max: 200 }
//!     warn:     { below: 10, above: 300 }
//!     rollback: { above: 500 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   open_connections:
//!     title: Open connections
//!     unit: count
//!     gauge: { metric: server_open_connections, aggregate: avg }
//!     normal:   { min: 20, max: 200 }
//!     warn:     { below: 10, above: 300 }
//!     rollback: { below: 5, above: 500 }
//! ```

use super::words::all_of;
use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::{Level, Side};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Limits, Metric};
use std::collections::BTreeSet;

/// The lint.
pub static LINT: Lint =
    Lint::new("side-unwatched", Severity::Warning, include_str!("side_unwatched.rs"), Check::Release(check));

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in &spec.metrics {
        let mut seen = BTreeSet::new();
        for case in shared::active(metric) {
            let limits = &case.limits;
            for side in Side::ALL {
                let mut levels = unwatched(limits, side);
                levels.retain(|(_, span)| seen.insert((side, *span)));
                if !levels.is_empty() {
                    sink.push(finding(metric, limits, side, &levels));
                }
            }
        }
    }
}

fn unwatched(limits: &Limits, side: Side) -> Vec<(Level, Span)> {
    let levels = limits.ladder.sides_unwatched().into_iter().filter(|(_, other)| *other == side);
    levels.filter_map(|(level, _)| Some((level, limits.levels.get(&level)?.span))).collect()
}

fn finding(metric: &Metric, limits: &Limits, side: Side, levels: &[(Level, Span)]) -> Diagnostic {
    let names: Vec<_> = levels.iter().map(|(level, _)| level.name()).collect();
    let (id, names, key) = (&metric.id.value, all_of(&names), side.name());
    let of = if levels.len() == 1 { "has" } else { "have" };
    let end = limits.ladder.normal().end(side);
    let beyond = end.map_or_else(|| "normal".to_owned(), |end| end.text.clone());
    let found = LINT
        .finding(format!("values {key} normal are bad for `{id}`, but {names} {of} no bound there"))
        .labels(levels.iter().map(|(_, span)| (*span, format!("nothing {key} {beyond} raises this"))));
    let found = match end {
        Some(end) => found.label(end.span, format!("normal ends here, and `{}` says that it matters", side.end_name())),
        None => found,
    };
    found.help(format!("add `{key}` to {names}, or take `{}` out of `normal` if that side is harmless", side.end_name()))
}
