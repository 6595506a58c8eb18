//! Aggregations: another one, none, a label less.

use super::{AtNode, Edit, Node, sets::fewer_labels};
use relspec::promql::{Aggregation, Kind};

pub const TABLE: [(&str, AtNode); 3] = [
    ("another aggregation", |node| {
        let found = aggregation(node);
        let others = found.map_or(&[][..], |one| others(one.op));
        let span = found.map(|one| one.op_span.clone()).unwrap_or_default();
        others.iter().map(|op| Edit { span: span.clone(), with: (*op).to_owned() }).collect()
    }),
    ("no aggregation", |node| {
        let found = aggregation(node);
        let edit = found.map(|one| Edit {
            span: node.expr.span.clone(),
            with: format!("({})", &node.text[one.expr.span.clone()]),
        });
        edit.into_iter().collect()
    }),
    ("label of an aggregation lost", |node| {
        let grouping = aggregation(node).and_then(|one| one.grouping.as_ref());
        grouping.map_or_else(Vec::new, |grouping| fewer_labels(node.text, grouping))
    }),
];

fn aggregation<'a>(node: &Node<'a>) -> Option<&'a Aggregation> {
    match &node.expr.kind {
        Kind::Aggregation(aggregation) => Some(aggregation),
        _ => None,
    }
}

fn others(op: &str) -> &'static [&'static str] {
    match op {
        "sum" => &["avg", "max"],
        "avg" => &["sum", "max"],
        "max" => &["min", "sum"],
        "min" => &["max", "sum"],
        "count" => &["group", "sum"],
        "group" => &["count"],
        "topk" => &["bottomk"],
        "bottomk" => &["topk"],
        _ => &[],
    }
}
