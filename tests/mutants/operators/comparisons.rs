//! Comparison and arithmetic: another operator, the `bool` lost.

use super::{AtNode, Edit, Node};
use relspec::promql::{Binary, BinaryOp, Kind};

pub const TABLE: [(&str, AtNode); 4] = [
    ("comparison at the edge", |node| other(node, edge)),
    ("comparison turned round", |node| other(node, turned)),
    ("arithmetic turned round", |node| other(node, arithmetic)),
    ("bool lost", |node| {
        let span = binary(node).and_then(|binary| binary.bool_span.clone());
        span.into_iter().map(|span| Edit { span, with: String::new() }).collect()
    }),
];

fn binary<'a>(node: &Node<'a>) -> Option<&'a Binary> {
    match &node.expr.kind {
        Kind::Binary(binary) => Some(binary),
        _ => None,
    }
}

fn other(node: &Node, choose: fn(BinaryOp) -> Option<&'static str>) -> Vec<Edit> {
    let edit = binary(node)
        .and_then(|binary| Some(Edit { span: binary.op_span.clone(), with: choose(binary.op)?.to_owned() }));
    edit.into_iter().collect()
}

fn edge(op: BinaryOp) -> Option<&'static str> {
    match op {
        BinaryOp::Greater => Some(">="),
        BinaryOp::GreaterEqual => Some(">"),
        BinaryOp::Less => Some("<="),
        BinaryOp::LessEqual => Some("<"),
        _ => None,
    }
}

fn turned(op: BinaryOp) -> Option<&'static str> {
    match op {
        BinaryOp::Greater => Some("<"),
        BinaryOp::GreaterEqual => Some("<="),
        BinaryOp::Less => Some(">"),
        BinaryOp::LessEqual => Some(">="),
        BinaryOp::Equal => Some("!="),
        BinaryOp::NotEqual => Some("=="),
        _ => None,
    }
}

fn arithmetic(op: BinaryOp) -> Option<&'static str> {
    match op {
        BinaryOp::Add => Some("-"),
        BinaryOp::Subtract => Some("+"),
        BinaryOp::Multiply => Some("/"),
        BinaryOp::Divide => Some("*"),
        _ => None,
    }
}
