//! Which labels the result of an expression can carry.

use std::collections::BTreeSet;

use super::ast::{
    Aggregation, Binary, Call, Expr, Group, Grouping, Kind, MatchOp, Name, Selector, ValueType,
};
use super::functions;

const NAME: &str = "__name__";

/// A set of labels. It never leaves out a label that the result has; it may name one that the result lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelSet {
    /// At most these.
    Known(BTreeSet<String>),
    /// Whatever the series have, but none of these.
    AllBut(BTreeSet<String>),
}

impl LabelSet {
    /// No labels at all.
    #[must_use]
    pub fn none() -> Self {
        Self::Known(BTreeSet::new())
    }

    /// Whether the result can carry this label.
    #[must_use]
    pub fn may_have(&self, label: &str) -> bool {
        match self {
            Self::Known(labels) => labels.contains(label),
            Self::AllBut(labels) => !labels.contains(label),
        }
    }

    fn with(mut self, label: &str) -> Self {
        match &mut self {
            Self::Known(labels) => labels.insert(label.to_owned()),
            Self::AllBut(labels) => labels.remove(label),
        };
        self
    }

    fn without(mut self, label: &str) -> Self {
        match &mut self {
            Self::Known(labels) => labels.remove(label),
            Self::AllBut(labels) => labels.insert(label.to_owned()),
        };
        self
    }

    fn only(&self, labels: &[Name]) -> Self {
        Self::Known(texts(labels).filter(|label| self.may_have(label)).map(str::to_owned).collect())
    }

    fn union(self, other: Self) -> Self {
        match (self, other) {
            (Self::Known(a), Self::Known(b)) => Self::Known(a.into_iter().chain(b).collect()),
            (Self::AllBut(a), Self::AllBut(b)) => Self::AllBut(a.intersection(&b).cloned().collect()),
            (Self::Known(known), Self::AllBut(missing)) | (Self::AllBut(missing), Self::Known(known)) => {
                Self::AllBut(missing.difference(&known).cloned().collect())
            }
        }
    }

    fn intersection(self, other: Self) -> Self {
        match (self, other) {
            (Self::AllBut(a), Self::AllBut(b)) => Self::AllBut(a.into_iter().chain(b).collect()),
            (Self::Known(known), other) | (other, Self::Known(known)) => {
                Self::Known(known.into_iter().filter(|label| other.may_have(label)).collect())
            }
        }
    }
}

fn texts(labels: &[Name]) -> impl Iterator<Item = &str> {
    labels.iter().map(|label| label.text.as_str())
}

/// The labels that the series of `expr` can have.
#[must_use]
pub fn labels(expr: &Expr) -> LabelSet {
    match &expr.kind {
        Kind::Number(_) | Kind::Text(_) => LabelSet::none(),
        Kind::Selector(selector) => of_selector(selector),
        Kind::Subquery(subquery) => labels(&subquery.expr),
        Kind::Paren(inner) => labels(inner),
        Kind::Unary(unary) => labels(&unary.expr).without(NAME),
        Kind::Binary(binary) => of_binary(binary),
        Kind::Aggregation(aggregation) => of_aggregation(aggregation),
        Kind::Call(call) => of_call(call),
    }
}

fn of_selector(selector: &Selector) -> LabelSet {
    let absent = selector.matchers.iter().filter(|m| m.op == MatchOp::Equal && m.value.is_empty());
    LabelSet::AllBut(absent.map(|matcher| matcher.label.text.clone()).collect())
}

fn of_aggregation(aggregation: &Aggregation) -> LabelSet {
    let inner = labels(&aggregation.expr);
    if functions::keeps_series(aggregation.op) {
        return inner;
    }
    let grouped = match &aggregation.grouping {
        None => LabelSet::none(),
        Some(Grouping { excludes: false, labels, .. }) => inner.only(labels),
        Some(Grouping { labels, .. }) => texts(labels).fold(inner, LabelSet::without).without(NAME),
    };
    match aggregation.param.as_ref().map(|param| &param.bare().kind) {
        Some(Kind::Text(label)) => grouped.with(label),
        _ => grouped,
    }
}

fn of_call(call: &Call) -> LabelSet {
    let arg = |at: usize| call.args.get(at);
    let vector = call.args.iter().find(|arg| arg.value_type() != ValueType::Scalar);
    let inner = vector.map_or_else(LabelSet::none, labels);
    let text = |at: usize| match arg(at).map(|arg| &arg.bare().kind) {
        Some(Kind::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    match call.name.as_str() {
        "scalar" => LabelSet::none(),
        "absent" | "absent_over_time" => arg(0).map_or_else(LabelSet::none, of_absent),
        // `info` takes labels over from series that the expression does not name.
        "info" => LabelSet::AllBut(BTreeSet::new()),
        "label_replace" | "label_join" => text(1).map_or(inner.clone(), |label| inner.with(label)),
        "histogram_quantile" | "histogram_fraction" => inner.without("le").without(NAME),
        "histogram_quantiles" => {
            let inner = inner.without("le").without(NAME);
            text(1).map_or(inner.clone(), |label| inner.with(label))
        }
        "last_over_time" | "first_over_time" | "sort" | "sort_desc" | "sort_by_label"
        | "sort_by_label_desc" => inner,
        _ => inner.without(NAME),
    }
}

/// `absent` makes labels up from the matchers that leave no choice.
fn of_absent(expr: &Expr) -> LabelSet {
    let Kind::Selector(selector) = &expr.bare().kind else { return LabelSet::none() };
    let single = |label: &str| label != NAME && selector.matchers_of(label).count() == 1;
    let fixed = selector.matchers.iter().filter(|m| m.op == MatchOp::Equal && !m.value.is_empty());
    LabelSet::Known(fixed.map(|m| m.label.text.clone()).filter(|label| single(label)).collect())
}

fn of_binary(binary: &Binary) -> LabelSet {
    let (left, right) = (labels(&binary.left), labels(&binary.right));
    let keeps_name = binary.op.is_comparison() && binary.bool_span.is_none();
    let named = |labels: LabelSet| if keeps_name { labels } else { labels.without(NAME) };
    let vector = |side: &Expr| side.value_type() == ValueType::InstantVector;
    match (vector(&binary.left), vector(&binary.right)) {
        (true, true) => {}
        (true, false) => return named(left),
        (false, true) => return named(right),
        (false, false) => return LabelSet::none(),
    }
    match binary.op {
        super::ast::BinaryOp::Or => left.union(right),
        op if op.is_set() => left,
        _ => named(joined(binary, left, right)),
    }
}

fn joined(binary: &Binary, left: LabelSet, right: LabelSet) -> LabelSet {
    if let Some(group) = &binary.group {
        return if group.left { grouped(group, left, &right) } else { grouped(group, right, &left) };
    }
    let named = left.may_have(NAME);
    // Series only match when they agree on every label that is matched, so a label that one side lacks is gone;
    // filled-in samples need no partner.
    let both = if binary.fills.is_empty() { left.intersection(right) } else { left.union(right) };
    // Matching never looks at the metric name, which is the one of the left operand.
    let both = if named { both.with(NAME) } else { both };
    match &binary.matching {
        Some(Grouping { excludes: false, labels, .. }) => both.only(labels),
        Some(Grouping { labels, .. }) => texts(labels).fold(both, LabelSet::without),
        None => both,
    }
}

/// The labels of the side with many series; the included ones come from the other side instead.
fn grouped(group: &Group, many: LabelSet, one: &LabelSet) -> LabelSet {
    texts(&group.include).fold(many, |labels, label| {
        if one.may_have(label) { labels.with(label) } else { labels.without(label) }
    })
}
