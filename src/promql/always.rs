//! Conditions that have a value whatever happens.

use super::ast::{Binary, BinaryOp, Bytes, Expr, Kind};
use super::query::{calls, constant};

/// Why a condition always has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Always<'a> {
    /// Its comparison has the word `bool`, which stands here.
    Bool(&'a Bytes),
    /// What is never below zero is compared with zero or less.
    NotNegative(&'a Bytes),
    /// Nothing in it is compared.
    NoComparison,
}

/// Why an expression as a whole has a value as long as its series are there; `None` where it may have none.
#[must_use]
pub fn always(expr: &Expr) -> Option<Always<'_>> {
    if let Kind::Binary(binary) = &expr.bare().kind
        && binary.op.is_comparison()
    {
        return match &binary.bool_span {
            Some(word) => Some(Always::Bool(word)),
            None => holds(binary).then_some(Always::NotNegative(&binary.op_span)),
        };
    }
    // That a series is there at all may well be the condition, but of what grows nobody asks for that.
    let grows = calls(expr).any(|(call, _)| matches!(&*call.name, "rate" | "irate" | "increase"));
    (grows && !expr.descendants().any(may_be_empty)).then_some(Always::NoComparison)
}

/// Whether an expression can have no value although its series are there.
fn may_be_empty(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Binary(binary) => {
            let by_number = constant(&binary.left).is_some() || constant(&binary.right).is_some();
            !by_number || binary.op.is_set() || (binary.op.is_comparison() && binary.bool_span.is_none())
        }
        Kind::Call(call) => call.name.starts_with("absent"),
        _ => false,
    }
}

fn holds(binary: &Binary) -> bool {
    let limit = constant(&binary.right);
    let low = match binary.op {
        BinaryOp::GreaterEqual => limit.is_some_and(|limit| limit <= 0.0),
        BinaryOp::Greater => limit.is_some_and(|limit| limit < 0.0),
        _ => false,
    };
    low && is_not_negative(&binary.left)
}

/// Whether no value can be below zero: how many, and how fast or how far counters grow.
fn is_not_negative(expr: &Expr) -> bool {
    match &expr.bare().kind {
        Kind::Aggregation(aggregation) => match aggregation.op {
            "count" => true,
            "sum" | "avg" | "max" | "min" => is_not_negative(&aggregation.expr),
            _ => false,
        },
        Kind::Call(call) => matches!(&*call.name, "rate" | "irate" | "increase" | "count_over_time"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_always_has_a_value_is_told() {
        for text in [
            "sum(rate(x_total[5m])) > bool 0",
            "(sum(rate(x_total[5m])) >= 0)",
            "count(up) > -1",
            "sum(rate(x_total[5m])) * 60",
            "increase(x_total[1h])",
        ] {
            assert!(always(&crate::promql::parse(text).expect("PromQL")).is_some(), "{text}");
        }
        for text in [
            "sum(rate(x_total[5m])) > 0",
            "ALERTS{alertname=\"x\"}",
            "max(switched_on)",
            "temperature >= 0",
            "rate(a_total[5m]) and b",
            "sum(rate(a_total[5m])) / (sum(rate(b_total[5m])) > 0)",
            "absent(rate(a_total[5m]))",
            "(sum(rate(x_total[5m])) > bool 0) == 1",
        ] {
            assert_eq!(always(&crate::promql::parse(text).expect("PromQL")), None, "{text}");
        }
    }
}
