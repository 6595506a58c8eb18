//! Ways through a tree.

use super::ast::{Expr, Kind, Selector, ValueType};
use super::functions;

impl Expr {
    /// The selector that the whole expression is, if it is one.
    #[must_use]
    pub fn as_selector(&self) -> Option<&super::ast::Selector> {
        match &self.kind {
            super::ast::Kind::Selector(selector) => Some(selector),
            _ => None,
        }
    }

    /// The operands of this expression, in the order of the text.
    pub fn children(&self) -> impl Iterator<Item = &Expr> {
        let (first, second, more): (Option<&Expr>, Option<&Expr>, &[Expr]) = match &self.kind {
            Kind::Number(_) | Kind::Text(_) | Kind::Selector(_) => (None, None, &[]),
            Kind::Subquery(subquery) => (Some(&subquery.expr), None, &[]),
            Kind::Paren(inner) => (Some(inner), None, &[]),
            Kind::Unary(unary) => (Some(&unary.expr), None, &[]),
            Kind::Binary(binary) => (Some(&binary.left), Some(&binary.right), &[]),
            Kind::Aggregation(aggregation) => (aggregation.param.as_ref(), Some(&aggregation.expr), &[]),
            Kind::Call(call) => (None, None, &call.args),
        };
        first.into_iter().chain(second).chain(more)
    }

    /// This expression and everything below it, in the order of the text.
    pub fn descendants(&self) -> impl Iterator<Item = &Expr> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            let next = open.pop()?;
            let at = open.len();
            open.extend(next.children());
            if let Some(added) = open.get_mut(at..) {
                added.reverse();
            }
            Some(next)
        })
    }

    /// Without the parentheses around it.
    #[must_use]
    pub fn bare(&self) -> &Expr {
        let mut expr = self;
        while let Kind::Paren(inner) = &expr.kind {
            expr = inner;
        }
        expr
    }

    /// What it evaluates to. A tree from [`crate::promql::parse`] has no type errors.
    #[must_use]
    pub fn value_type(&self) -> ValueType {
        match &self.kind {
            Kind::Number(_) => ValueType::Scalar,
            Kind::Text(_) => ValueType::String,
            Kind::Selector(selector) if selector.range.is_some() => ValueType::RangeVector,
            Kind::Selector(_) | Kind::Aggregation(_) => ValueType::InstantVector,
            Kind::Subquery(_) => ValueType::RangeVector,
            Kind::Paren(inner) => inner.value_type(),
            Kind::Unary(unary) => unary.expr.value_type(),
            Kind::Binary(binary) => match (binary.left.value_type(), binary.right.value_type()) {
                (ValueType::Scalar, ValueType::Scalar) => ValueType::Scalar,
                _ => ValueType::InstantVector,
            },
            Kind::Call(call) => functions::find(&call.name).map_or(ValueType::InstantVector, |f| f.returns),
        }
    }
}

/// Every selector in the expression, in the order of the text.
#[must_use]
pub fn selectors(expr: &Expr) -> Vec<&Selector> {
    expr.descendants()
        .filter_map(|expr| match &expr.kind {
            Kind::Selector(selector) => Some(&**selector),
            _ => None,
        })
        .collect()
}
