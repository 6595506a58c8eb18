//! Selectors: matchers, names, ranges, offsets.

use super::{AtNode, Edit, Node};
use relspec::promql::{Kind, Length, MatchOp, Matcher, Modifiers, Selector, quote};

pub const TABLE: [(&str, AtNode); 9] = [
    ("matcher lost", lost),
    ("matcher turned round", |node| each_matcher(node, turned)),
    ("matcher with another value", |node| each_matcher(node, value)),
    ("alternative of a matcher lost", |node| each_matcher(node, alternatives)),
    ("series renamed", renamed),
    ("range doubled", |node| range(node, 2.0)),
    ("range halved", |node| range(node, 0.5)),
    ("offset lost", |node| {
        let offset =
            modifiers(node).and_then(|modifiers| modifiers.offset.as_ref().and(modifiers.span.clone()));
        offset.into_iter().map(|span| Edit { span, with: String::new() }).collect()
    }),
    ("offset doubled", |node| {
        let offset = modifiers(node).and_then(|modifiers| modifiers.offset.as_ref());
        offset.and_then(|length| times(length, 2.0)).into_iter().collect()
    }),
];

fn selector<'a>(node: &Node<'a>) -> Option<&'a Selector> {
    match &node.expr.kind {
        Kind::Selector(selector) => Some(selector),
        _ => None,
    }
}

/// Each matcher left out.
fn lost(node: &Node) -> Vec<Edit> {
    let Some(selector) = selector(node) else { return Vec::new() };
    let Some(braces) = selector.braces.clone() else { return Vec::new() };
    let fewer = (0..selector.matchers.len()).map(|lost| {
        let kept = selector.matchers.iter().enumerate().filter(|(at, _)| *at != lost);
        let kept: Vec<&str> = kept.map(|(_, matcher)| &node.text[matcher.span.clone()]).collect();
        Edit { span: braces.clone(), with: format!("{{{}}}", kept.join(",")) }
    });
    fewer.collect()
}

fn each_matcher(node: &Node, change: fn(&Matcher) -> Vec<(MatchOp, String)>) -> Vec<Edit> {
    let matchers = selector(node).map_or(&[][..], |selector| &selector.matchers);
    let changed = matchers.iter().flat_map(|matcher| {
        change(matcher).into_iter().map(|(op, value)| Edit {
            span: matcher.span.clone(),
            with: format!("{}{}{}", matcher.label.text, op.symbol(), quote(&value)),
        })
    });
    changed.collect()
}

fn turned(matcher: &Matcher) -> Vec<(MatchOp, String)> {
    let op = match matcher.op {
        MatchOp::Equal => MatchOp::NotEqual,
        MatchOp::NotEqual => MatchOp::Equal,
        MatchOp::Regex => MatchOp::NotRegex,
        MatchOp::NotRegex => MatchOp::Regex,
    };
    vec![(op, matcher.value.clone())]
}

fn value(matcher: &Matcher) -> Vec<(MatchOp, String)> {
    vec![(matcher.op, format!("{}-x", matcher.value))]
}

/// A pattern of plain alternatives, each time without one of them.
fn alternatives(matcher: &Matcher) -> Vec<(MatchOp, String)> {
    let several: Vec<&str> = matcher.value.split('|').collect();
    let plain = matches!(matcher.op, MatchOp::Regex | MatchOp::NotRegex) && !matcher.value.contains('(');
    if !plain || several.len() < 2 {
        return Vec::new();
    }
    let fewer = (0..several.len()).map(|lost| {
        let kept = several.iter().enumerate().filter(|(at, _)| *at != lost).map(|(_, one)| *one);
        (matcher.op, kept.collect::<Vec<_>>().join("|"))
    });
    fewer.collect()
}

fn renamed(node: &Node) -> Vec<Edit> {
    let name = selector(node).and_then(|selector| selector.name.as_ref()).filter(|name| !name.quoted);
    let edit = name.map(|name| Edit { span: name.span.clone(), with: format!("{}_x", name.text) });
    edit.into_iter().collect()
}

fn modifiers<'a>(node: &Node<'a>) -> Option<&'a Modifiers> {
    match &node.expr.kind {
        Kind::Selector(selector) => Some(&selector.modifiers),
        Kind::Subquery(subquery) => Some(&subquery.modifiers),
        _ => None,
    }
}

fn range(node: &Node, factor: f64) -> Vec<Edit> {
    let length = match &node.expr.kind {
        Kind::Selector(selector) => selector.range.as_ref().map(|window| &window.length),
        Kind::Subquery(subquery) => Some(&subquery.range),
        _ => None,
    };
    length.and_then(|length| times(length, factor)).into_iter().collect()
}

/// A length of time times a factor, in milliseconds so that none is lost.
fn times(length: &Length, factor: f64) -> Option<Edit> {
    let milliseconds = (length.seconds? * factor * 1000.0).round();
    Some(Edit { span: length.span.clone(), with: format!("{milliseconds}ms") })
}
