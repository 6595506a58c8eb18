//! How long a query takes to settle, and how often its series need samples.

use crate::promql::solve;
use crate::promql::{Expr, ranges};

/// How many evaluations it takes until an expression shows nothing of before.
pub(super) fn steps(expr: &Expr, every: u64) -> Option<u64> {
    let seconds = solve::settle(expr)?;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a length of time, cut at the greatest"
    )]
    let millis = (seconds * 1000.0).ceil() as u64;
    Some(millis.div_ceil(every.max(1)))
}

/// The time between two samples in milliseconds: the evaluations' own, or a part of it where a window is so short that
/// few samples would lie in it.
pub(super) fn interval(expr: &Expr, every: u64) -> u64 {
    let shortest = ranges(expr).iter().filter_map(|range| range.length.seconds).fold(f64::INFINITY, f64::min);
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of a few minutes")]
    let fits = |interval: u64| interval as f64 * 4.0 <= shortest * 1000.0;
    let parts = (1..=every.max(1000) / 1000).filter(|parts| every.is_multiple_of(*parts));
    let mut intervals = parts.map(|parts| every / parts);
    intervals.find(|interval| fits(*interval)).unwrap_or(every)
}
