//! Operators whose sides can never be paired.

use super::ast::{Aggregation, Binary, BinaryOp, Call, Expr, Grouping, Kind, ValueType};
use super::labels::{LabelSet, labels};
use std::collections::BTreeSet;

/// An operator whose two sides have different labels.
#[derive(Debug, Clone)]
pub struct Unpaired<'a> {
    /// The operator with its sides.
    pub binary: &'a Binary,
    /// The labels of the left side.
    pub left: BTreeSet<String>,
    /// The labels of the right side.
    pub right: BTreeSet<String>,
}

/// Every operator whose sides are paired by labels that are certain on both and are not the same.
#[must_use]
pub fn unpaired_sides(expr: &Expr) -> Vec<Unpaired<'_>> {
    let operators = expr.descendants().filter_map(|expr| match &expr.kind {
        Kind::Binary(binary) => Some(&**binary),
        _ => None,
    });
    let paired = operators.filter(|binary| binary.op != BinaryOp::Or && binary.fills.is_empty());
    let unpaired = paired.filter_map(|binary| {
        let (left, right) = (certain(&binary.left)?, certain(&binary.right)?);
        (looked_at(binary, &left) != looked_at(binary, &right)).then_some(Unpaired { binary, left, right })
    });
    unpaired.collect()
}

/// Those of its labels by which a side is paired.
fn looked_at<'a>(binary: &Binary, labels: &'a BTreeSet<String>) -> BTreeSet<&'a str> {
    let named = |grouping: &Grouping, label: &str| grouping.labels.iter().any(|name| name.text == label);
    let labels = labels.iter().map(String::as_str);
    let matching = binary.matching.as_ref();
    labels.filter(|label| matching.is_none_or(|of| named(of, label) != of.excludes)).collect()
}

/// The labels that every series of an expression has, as far as an aggregation by a label means that there is one; `None`
/// where that is not sure.
fn certain(expr: &Expr) -> Option<BTreeSet<String>> {
    match &expr.kind {
        Kind::Paren(inner) => certain(inner),
        Kind::Unary(unary) => certain(&unary.expr),
        Kind::Aggregation(aggregation) => of_aggregation(expr, aggregation),
        Kind::Binary(binary) => of_binary(binary),
        Kind::Call(call) => of_call(call),
        Kind::Number(_) | Kind::Text(_) | Kind::Selector(_) | Kind::Subquery(_) => None,
    }
}

fn of_aggregation(expr: &Expr, aggregation: &Aggregation) -> Option<BTreeSet<String>> {
    let plain = matches!(
        aggregation.op,
        "sum" | "avg" | "min" | "max" | "count" | "group" | "stddev" | "stdvar" | "quantile"
    );
    let by = aggregation.grouping.as_ref().is_none_or(|grouping| !grouping.excludes);
    match labels(expr) {
        LabelSet::Known(known) if plain && by => Some(known),
        _ => None,
    }
}

/// Only what keeps the labels of one side, or those that both have.
fn of_binary(binary: &Binary) -> Option<BTreeSet<String>> {
    let vector = |side: &Expr| side.value_type() == ValueType::InstantVector;
    match (vector(&binary.left), vector(&binary.right)) {
        (true, false) => return certain(&binary.left),
        (false, true) => return certain(&binary.right),
        _ => {}
    }
    let (left, right) = (certain(&binary.left)?, certain(&binary.right));
    match binary.op {
        BinaryOp::And | BinaryOp::Unless => Some(left),
        _ => right.filter(|right| *right == left && binary.matching.is_none()),
    }
}

fn of_call(call: &Call) -> Option<BTreeSet<String>> {
    match call.name.as_str() {
        "vector" => Some(BTreeSet::new()),
        "abs" | "ceil" | "floor" | "round" | "clamp" | "clamp_min" | "clamp_max" | "sqrt" | "exp" | "ln"
        | "log2" | "log10" | "sgn" | "sort" | "sort_desc" => certain(call.args.first()?),
        "histogram_quantile" => {
            let mut labels = certain(call.args.get(1)?)?;
            labels.remove("le");
            Some(labels)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> usize {
        unpaired_sides(&crate::promql::parse(text).expect("PromQL")).len()
    }

    #[test]
    fn sides_of_different_labels_are_found() {
        for text in [
            "sum by (region) (x) and sum(y) > 10",
            "sum by (region) (x) / sum(y)",
            "sum(x) unless max by (job) (y)",
            "histogram_quantile(0.9, sum by (le, region) (rate(x_bucket[5m]))) > sum(y)",
            "sum by (a) (x) * vector(2)",
            "sum by (region) (x) / on (region) sum(y)",
            "sum by (a, b) (x) / ignoring (b) group_left () sum(y)",
            "(sum by (a, b) (x) or sum by (a, b) (y)) / sum by (a) (z)",
        ] {
            assert_eq!(found(text), 1, "{text}");
        }
    }

    #[test]
    fn sides_that_may_be_paired_are_not() {
        for text in [
            "sum by (region) (x) and on () sum(y) > 10",
            "sum by (region) (x) / ignoring (region) group_left sum(y)",
            "sum by (region) (x) / on (region) sum by (region) (y)",
            "sum by (a, b) (x) / sum by (b, a) (y)",
            "sum by (region) (x) or vector(0)",
            "sum by (region) (x) / 5 > 3",
            "sum by (region) (x) / scalar(sum(y))",
            "sum without (a) (x) / sum(y)",
            "x / sum(y)",
            "label_replace(sum(x), 'region', 'eu', '', '') / sum by (region) (y)",
            "topk(3, sum by (region) (x)) / sum by (region) (y)",
        ] {
            assert_eq!(found(text), 0, "{text}");
        }
    }
}
