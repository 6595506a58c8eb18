//! Functions: another one, or none.

use super::{AtNode, Edit, Node};
use relspec::promql::{Call, Expr, Kind, ValueType};

pub const TABLE: [(&str, AtNode); 2] = [
    ("another function", |node| {
        let found = call(node);
        let others = found.map_or(&[][..], |call| others(&call.name));
        let span = found.map(|call| call.name_span.clone()).unwrap_or_default();
        others.iter().map(|name| Edit { span: span.clone(), with: (*name).to_owned() }).collect()
    }),
    ("no function", |node| {
        let argument = call(node).and_then(|call| call.args.iter().find_map(|arg| vector(node.text, arg)));
        argument.into_iter().map(|with| Edit { span: node.expr.span.clone(), with }).collect()
    }),
];

fn call<'a>(node: &Node<'a>) -> Option<&'a Call> {
    match &node.expr.kind {
        Kind::Call(call) => Some(call),
        _ => None,
    }
}

fn others(name: &str) -> &'static [&'static str] {
    match name {
        "rate" => &["increase", "irate"],
        "increase" => &["rate"],
        "max_over_time" => &["min_over_time", "avg_over_time", "last_over_time"],
        "min_over_time" | "avg_over_time" => &["max_over_time"],
        "sum_over_time" => &["avg_over_time"],
        "clamp_min" => &["clamp_max"],
        "clamp_max" => &["clamp_min"],
        _ => &[],
    }
}

/// The argument as it can stand where the function stood: a range vector loses its range.
fn vector(text: &str, arg: &Expr) -> Option<String> {
    match (&arg.kind, arg.value_type()) {
        (_, ValueType::InstantVector) => Some(format!("({})", &text[arg.span.clone()])),
        (Kind::Selector(selector), ValueType::RangeVector) => {
            let window = &selector.range.as_ref()?.span;
            Some(format!("{}{}", &text[arg.span.start..window.start], &text[window.end..arg.span.end]))
        }
        _ => None,
    }
}
