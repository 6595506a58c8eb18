//! How long an expression remembers.

use super::super::ast::{Expr, Kind, Length, Modifiers};

/// After how many seconds the value shows nothing of what was before; `None` where that depends on the query.
#[must_use]
pub fn settle(expr: &Expr) -> Option<f64> {
    let below = expr.children().map(settle).try_fold(0.0, |most: f64, one| Some(most.max(one?)))?;
    let own = match &expr.kind {
        Kind::Selector(selector) => {
            seconds(selector.range.as_ref().map(|range| &range.length))? + offset(&selector.modifiers)?
        }
        Kind::Subquery(subquery) => {
            let step = seconds(subquery.step.as_ref())?;
            seconds(Some(&subquery.range))? + step + offset(&subquery.modifiers)?
        }
        _ => 0.0,
    };
    Some(own + below)
}

fn seconds(length: Option<&Length>) -> Option<f64> {
    length.map_or(Some(0.0), |length| length.seconds)
}

fn offset(modifiers: &Modifiers) -> Option<f64> {
    seconds(modifiers.offset.as_ref()).map(|seconds| seconds.max(0.0))
}
