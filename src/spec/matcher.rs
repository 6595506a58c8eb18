//! Label matchers as an author writes them: `label: value`, with `=~`, `!=` and `!~` in front for the others.

use super::shape::{Defs, Shape, Table, Text};
use crate::diag::Diagnostic;
use crate::lint;
use crate::promql::MatchOp;
use crate::source::Span;
use crate::syntax::Node;
use serde_json::{Value, json};

/// One matcher on one label. The value is a valid RE2-like pattern where the operator wants one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matcher {
    /// The label.
    pub label: Text,
    /// How it compares.
    pub op: MatchOp,
    /// The value or pattern.
    pub value: String,
    /// Label and value.
    pub span: Span,
}

impl Matcher {
    /// The matcher as PromQL's own are told.
    #[must_use]
    pub fn told(&self) -> crate::promql::MatcherText {
        crate::promql::MatcherText { label: self.label.value.clone(), op: self.op, value: self.value.clone() }
    }

    /// The matcher in PromQL.
    #[must_use]
    pub fn promql(&self) -> String {
        format!("{}{}{}", self.label.value, self.op.symbol(), crate::promql::quote(&self.value))
    }
}

/// Matchers in the author's order; all must match.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matchers(pub Vec<Matcher>);

impl Shape for Matchers {
    fn schema(defs: &mut Defs) -> Value {
        json!({
            "type": "object", "minProperties": 1,
            "propertyNames": { "pattern": "^([a-zA-Z]|_[a-zA-Z0-9])[a-zA-Z0-9_]*$" },
            "additionalProperties": Text::schema(defs),
        })
    }
    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let rows = Table::<Text>::read(node, findings)?.0;
        let matchers = rows.into_iter().filter_map(|row| {
            let (op, value) = split(&row.value.value);
            if matches!(op, MatchOp::Regex | MatchOp::NotRegex)
                && let Err(fault) = crate::promql::check_regex(value)
            {
                findings.push(lint::promql_syntax::bad_regex(value, &fault, row.value.span));
                return None;
            }
            Some(Matcher { label: row.key, op, value: value.to_owned(), span: row.span })
        });
        Some(Self(matchers.collect()))
    }
}

fn split(text: &str) -> (MatchOp, &str) {
    for (mark, op) in
        [("=~", MatchOp::Regex), ("!~", MatchOp::NotRegex), ("!=", MatchOp::NotEqual), ("=", MatchOp::Equal)]
    {
        if let Some(value) = text.strip_prefix(mark) {
            return (op, value);
        }
    }
    (MatchOp::Equal, text)
}
