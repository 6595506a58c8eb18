//! Changes to every selector of an expression, made in the author's text so that layout and comments stay.

use super::Fault;
use super::ast::{Bytes, Expr, MatchOp, Selector};
use super::literal::quote;
use super::walk::selectors;

/// A matcher to add; label and value are plain, without quotes or escapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatcherText {
    /// The label.
    pub label: String,
    /// The comparison.
    pub op: MatchOp,
    /// The value.
    pub value: String,
}

impl MatcherText {
    /// `label="value"`.
    #[must_use]
    pub fn equal(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), op: MatchOp::Equal, value: value.into() }
    }

    /// As it stands between braces; the label is only quoted when old versions could not read it anyway.
    fn text(&self) -> String {
        let bare = self.label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && !self.label.starts_with(|c: char| c.is_ascii_digit())
            && !self.label.is_empty();
        let label = if bare { self.label.clone() } else { quote(&self.label) };
        format!("{label}{}{}", self.op.symbol(), quote(&self.value))
    }
}

/// `text` with `matchers` added to every selector of `expr`, which must have been parsed from `text`.
#[must_use]
pub fn add_matchers(text: &str, expr: &Expr, matchers: &[MatcherText]) -> String {
    let insertions = selectors(expr).into_iter().filter_map(|selector| matcher_insertion(selector, matchers));
    splice(text, insertions.collect())
}

/// `text` with `offset duration` on every selector of `expr`, which must have been parsed from `text`.
///
/// # Errors
/// One fault for each selector or subquery that already says at which time it reads, because moving those as well
/// could mean two things.
pub fn add_offset(text: &str, expr: &Expr, duration: &str) -> Result<String, Vec<Fault>> {
    rewrite(text, expr, &[], Some(duration))
}

/// Both changes in one step: `matchers` on every selector, and `offset` when one is given.
///
/// # Errors
/// As [`add_offset`]; never without an offset.
pub fn rewrite(
    text: &str,
    expr: &Expr,
    matchers: &[MatcherText],
    offset: Option<&str>,
) -> Result<String, Vec<Fault>> {
    let mut insertions = Vec::new();
    for selector in selectors(expr) {
        insertions.extend(matcher_insertion(selector, matchers));
        insertions.extend(offset.map(|duration| offset_insertion(text, selector, duration)));
    }
    let faults = if offset.is_some() { fixed_times(expr) } else { Vec::new() };
    if faults.is_empty() { Ok(splice(text, insertions)) } else { Err(faults) }
}

/// Text to put in at a byte of the old text.
struct Insertion {
    at: usize,
    text: String,
}

fn matcher_insertion(selector: &Selector, matchers: &[MatcherText]) -> Option<Insertion> {
    if matchers.is_empty() {
        return None;
    }
    let list = matchers.iter().map(MatcherText::text).collect::<Vec<_>>().join(",");
    Some(match &selector.braces {
        None => {
            let end = selector.name.as_ref().map_or(selector.core.end, |name| name.span.end);
            Insertion { at: end, text: format!("{{{list}}}") }
        }
        Some(braces) => match last_item(selector, braces) {
            Some(end) => Insertion { at: end, text: format!(",{list}") },
            None => Insertion { at: braces.start + 1, text: list },
        },
    })
}

/// Where the last matcher or quoted name ends. A comment may follow it, so nothing can be added at the brace.
fn last_item(selector: &Selector, braces: &Bytes) -> Option<usize> {
    let name = selector.name.iter().map(|name| name.span.end).filter(|end| *end > braces.start);
    name.chain(selector.matchers.iter().map(|matcher| matcher.span.end)).max()
}

fn offset_insertion(text: &str, selector: &Selector, duration: &str) -> Insertion {
    let at = selector.core.end;
    let next = text.get(at..).and_then(|rest| rest.chars().next());
    let joins = next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '.'));
    Insertion { at, text: format!(" offset {duration}{}", if joins { " " } else { "" }) }
}

fn fixed_times(expr: &Expr) -> Vec<Fault> {
    use super::ast::Kind;
    let fault = |what: &str, span: &Bytes| Fault { message: what.to_owned(), span: span.clone() };
    expr.descendants()
        .filter_map(|expr| match &expr.kind {
            Kind::Selector(selector)
                if selector.modifiers.at.is_some() || selector.modifiers.offset.is_some() =>
            {
                let span = selector.modifiers.span.as_ref().unwrap_or(&expr.span);
                Some(fault("this selector already says at which time it reads", span))
            }
            Kind::Subquery(subquery) if subquery.modifiers.at.is_some() => {
                let span = subquery.modifiers.span.as_ref().unwrap_or(&expr.span);
                Some(fault("this subquery already says at which time it reads", span))
            }
            _ => None,
        })
        .collect()
}

/// Insertions at the same byte keep their order.
fn splice(text: &str, mut insertions: Vec<Insertion>) -> String {
    insertions.sort_by_key(|insertion| insertion.at);
    let mut out = String::with_capacity(text.len() + insertions.iter().map(|i| i.text.len()).sum::<usize>());
    let mut from = 0;
    for insertion in &insertions {
        out.push_str(text.get(from..insertion.at).unwrap_or(""));
        out.push_str(&insertion.text);
        from = insertion.at;
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out
}
