//! Conditions of an expression: an operand lost, another set operator, other labels to match on.

use super::{AtNode, Edit, Node};
use relspec::promql::{Binary, BinaryOp, Bytes, Grouping, Kind};

pub const TABLE: [(&str, AtNode); 6] = [
    ("condition lost", |node| left_alone(node, &[BinaryOp::And, BinaryOp::Unless])),
    ("condition alone", |node| right_alone(node, &[BinaryOp::And])),
    ("alternative lost", |node| left_alone(node, &[BinaryOp::Or])),
    ("alternative alone", |node| right_alone(node, &[BinaryOp::Or])),
    ("condition turned round", turned),
    ("matching changed", matching),
];

fn binary<'a>(node: &Node<'a>) -> Option<&'a Binary> {
    match &node.expr.kind {
        Kind::Binary(binary) => Some(binary),
        _ => None,
    }
}

/// Without what stands behind the left operand.
fn left_alone(node: &Node, ops: &[BinaryOp]) -> Vec<Edit> {
    let found = binary(node).filter(|binary| ops.contains(&binary.op));
    found.into_iter().map(|binary| cut(binary.left.span.end..node.expr.span.end)).collect()
}

/// Without what stands before the right operand.
fn right_alone(node: &Node, ops: &[BinaryOp]) -> Vec<Edit> {
    let found = binary(node).filter(|binary| ops.contains(&binary.op));
    found.into_iter().map(|binary| cut(node.expr.span.start..binary.right.span.start)).collect()
}

fn cut(span: Bytes) -> Edit {
    Edit { span, with: String::new() }
}

fn turned(node: &Node) -> Vec<Edit> {
    let Some(binary) = binary(node) else { return Vec::new() };
    let with = match binary.op {
        BinaryOp::And => "unless",
        BinaryOp::Unless | BinaryOp::Or => "and",
        _ => return Vec::new(),
    };
    vec![Edit { span: binary.op_span.clone(), with: with.to_owned() }]
}

/// Each label to match on lost, and the whole clause.
fn matching(node: &Node) -> Vec<Edit> {
    let Some(binary) = binary(node) else { return Vec::new() };
    let group = binary.group.as_ref().map(|group| group.span.clone());
    let clause = binary.matching.as_ref();
    let mut edits: Vec<Edit> = clause.map_or_else(Vec::new, |clause| fewer_labels(node.text, clause));
    let end = group.clone().or_else(|| clause.map(|clause| clause.span.clone())).map(|span| span.end);
    let start = clause.map(|clause| clause.span.start).or(group.map(|span| span.start));
    if let (Some(start), Some(end)) = (start, end) {
        edits.push(cut(start..end));
    }
    edits
}

/// A list of labels, each time without one of them.
pub fn fewer_labels(text: &str, grouping: &Grouping) -> Vec<Edit> {
    let keyword: String = text[grouping.span.clone()].chars().take_while(|c| *c != '(').collect();
    let fewer = (0..grouping.labels.len()).map(|lost| {
        let kept = grouping.labels.iter().enumerate().filter(|(at, _)| *at != lost);
        let kept: Vec<&str> = kept.map(|(_, label)| label.text.as_str()).collect();
        Edit { span: grouping.span.clone(), with: format!("{keyword}({})", kept.join(", ")) }
    });
    fewer.collect()
}
