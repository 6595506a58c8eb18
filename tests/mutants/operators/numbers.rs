//! Numbers: thresholds, the constants of guards, factors, quantiles.

use super::{AtNode, Edit, Node};
use relspec::promql::{BinaryOp, Kind};

pub const TABLE: [(&str, AtNode); 19] = [
    ("threshold +10 %", |node| scaled(node, Role::Threshold, 1.1)),
    ("threshold -10 %", |node| scaled(node, Role::Threshold, 0.9)),
    ("threshold +1 %", |node| scaled(node, Role::Threshold, 1.01)),
    ("threshold -1 %", |node| scaled(node, Role::Threshold, 0.99)),
    ("threshold x100", |node| scaled(node, Role::Threshold, 100.0)),
    ("threshold /1000", |node| scaled(node, Role::Threshold, 0.001)),
    ("guard +10 %", |node| scaled(node, Role::Guard, 1.1)),
    ("guard -10 %", |node| scaled(node, Role::Guard, 0.9)),
    ("guard +1 %", |node| scaled(node, Role::Guard, 1.01)),
    ("guard -1 %", |node| scaled(node, Role::Guard, 0.99)),
    ("factor +1 %", |node| scaled(node, Role::Factor, 1.01)),
    ("factor -10 %", |node| scaled(node, Role::Factor, 0.9)),
    ("factor x100", |node| scaled(node, Role::Factor, 100.0)),
    ("factor /1000", |node| scaled(node, Role::Factor, 0.001)),
    ("factor 0 to 1", |node| {
        of(node, Role::Factor).filter(|value| *value == 0.0).map_or_else(Vec::new, |_| put(node, 1.0))
    }),
    ("addend +10 %", |node| scaled(node, Role::Addend, 1.1)),
    ("quantile lower", |node| {
        of(node, Role::Quantile).map_or_else(Vec::new, |value| put(node, value * 0.95))
    }),
    ("quantile higher", |node| {
        of(node, Role::Quantile).map_or_else(Vec::new, |value| put(node, f64::midpoint(value, 1.0)))
    }),
    ("parameter +1", |node| of(node, Role::Parameter).map_or_else(Vec::new, |value| put(node, value + 1.0))),
];

/// What a number is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// What an alert compares its value with.
    Threshold,
    /// Any other number that something is compared with.
    Guard,
    Factor,
    Addend,
    Quantile,
    Parameter,
}

/// The number, where it is there for this.
fn of(node: &Node, role: Role) -> Option<f64> {
    let Kind::Number(number) = &node.expr.kind else { return None };
    (role_of(node) == role).then_some(number.value)
}

fn role_of(node: &Node) -> Role {
    let outer = node.above.iter().rev().find(|outer| !matches!(outer.kind, Kind::Paren(_) | Kind::Unary(_)));
    match outer.map(|outer| &outer.kind) {
        Some(Kind::Binary(binary)) if binary.op.is_comparison() => {
            if decides(node) {
                Role::Threshold
            } else {
                Role::Guard
            }
        }
        Some(Kind::Binary(binary)) if matches!(binary.op, BinaryOp::Add | BinaryOp::Subtract) => Role::Addend,
        Some(Kind::Binary(_)) => Role::Factor,
        Some(Kind::Call(call)) if call.name.contains("quantile") => Role::Quantile,
        Some(Kind::Aggregation(aggregation)) if aggregation.op == "quantile" => Role::Quantile,
        _ => Role::Parameter,
    }
}

/// Whether a number is in the comparison by which an alert fires: the first operand of all sets.
fn decides(node: &Node) -> bool {
    let at = node.expr.span.start;
    node.alert
        && node.above.iter().all(|outer| match &outer.kind {
            Kind::Binary(binary) if binary.op.is_set() => {
                binary.op == BinaryOp::Or || binary.left.span.contains(&at)
            }
            Kind::Binary(_) | Kind::Paren(_) | Kind::Unary(_) => true,
            _ => false,
        })
}

/// The number times a factor. Of a zero, a little more or less instead, and nothing where its unit would be another.
fn scaled(node: &Node, role: Role, factor: f64) -> Vec<Edit> {
    let Some(value) = of(node, role) else { return Vec::new() };
    let by = (factor - 1.0) * 10.0;
    match value == 0.0 {
        true if role != Role::Factor && by.abs() < 2.0 => put(node, (by * by.abs() * 100.0).round() / 100.0),
        true => Vec::new(),
        false => put(node, value * factor),
    }
}

fn put(node: &Node, value: f64) -> Vec<Edit> {
    // Twelve digits: what multiplying adds after them is no change that anybody would make.
    let digits: f64 = format!("{value:.11e}").parse().expect("a number that was just printed");
    vec![Edit { span: node.expr.span.clone(), with: digits.to_string() }]
}
