//! Places of an expression, and other text at them.

use super::{AtNode, Change, Site};
use relspec::promql::{self, Bytes, Expr};

/// One place of an expression.
pub struct Node<'a> {
    pub text: &'a str,
    pub expr: &'a Expr,
    /// What it is part of, the nearest last.
    pub above: &'a [&'a Expr],
    /// Whether the expression is that of an alert.
    pub alert: bool,
}

/// Other text at a place.
pub struct Edit {
    pub span: Bytes,
    pub with: String,
}

/// What a function finds to change in the expression of a rule.
pub fn edits(site: &Site, how: AtNode) -> Vec<Change> {
    let rule = site.rule();
    let expr = promql::parse_generated(&rule.expr).expect("a generated expression");
    let mut edits = Vec::new();
    collect(&rule.expr, &expr, &mut Vec::new(), rule.alert.is_some(), how, &mut edits);
    edits.iter().map(|edit| edit.change(site)).collect()
}

fn collect<'a>(
    text: &'a str,
    expr: &'a Expr,
    above: &mut Vec<&'a Expr>,
    alert: bool,
    how: AtNode,
    edits: &mut Vec<Edit>,
) {
    edits.extend(how(&Node { text, expr, above, alert }));
    above.push(expr);
    for part in expr.children() {
        collect(text, part, above, alert, how, edits);
    }
    above.pop();
}

impl Edit {
    fn change(&self, site: &Site) -> Change {
        let text = &site.rule().expr;
        let (before, after) = (&text[..self.span.start], &text[self.span.end..]);
        let mut rule = site.rule().clone();
        rule.expr = format!("{before}{}{after}", self.with);
        let old = &text[self.span.clone()];
        let shown = format!("{}{}{}", last(before), shown(old, &self.with), first(after));
        site.replaced(shown.replace('\n', " "), rule)
    }
}

/// The old text and the new.
pub fn shown(old: &str, new: &str) -> String {
    format!("«{old} → {new}»")
}

/// How much of an expression is shown on either side of a change, in characters.
const AROUND: usize = 30;

fn first(text: &str) -> String {
    text.chars().take(AROUND).collect()
}

fn last(text: &str) -> String {
    text.chars().skip(text.chars().count().saturating_sub(AROUND)).collect()
}
