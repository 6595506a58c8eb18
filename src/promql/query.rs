//! Questions about an expression that the checks of a spec ask. Every answer has its place in the text.

use super::ast::{
    Aggregation, Binary, BinaryOp, Bytes, Call, Expr, Kind, Length, Matcher, Selector, ValueType,
};
use super::labels::labels;

/// A counter function over something in which counter resets cannot be seen any more.
#[derive(Debug, Clone, Copy)]
pub struct RateOfAggregate<'a> {
    /// `rate`, `irate` or `increase`.
    pub call: &'a Call,
    /// The outermost aggregation inside it.
    pub aggregation: &'a Aggregation,
    /// The whole aggregation.
    pub inner: &'a Bytes,
}

/// Every `rate`, `irate` and `increase` over a subquery that contains an aggregation.
#[must_use]
pub fn rates_of_aggregates(expr: &Expr) -> Vec<RateOfAggregate<'_>> {
    let found = rates(expr).filter_map(|(call, arg)| {
        let Kind::Subquery(subquery) = &arg.kind else { return None };
        subquery.expr.descendants().find_map(|inner| match &inner.kind {
            Kind::Aggregation(aggregation) => Some(RateOfAggregate { call, aggregation, inner: &inner.span }),
            _ => None,
        })
    });
    found.collect()
}

/// A counter function over a selector.
#[derive(Debug, Clone, Copy)]
pub struct RateOf<'a> {
    /// `rate`, `irate` or `increase`.
    pub call: &'a Call,
    /// Its argument; it has a metric name.
    pub selector: &'a Selector,
}

/// Every `rate`, `irate` and `increase` of a metric whose name does not end like the one of a counter. Within a function of
/// histograms the series may be native histograms, whose names end in nothing.
#[must_use]
pub fn rates_of_non_counters(expr: &Expr) -> Vec<RateOf<'_>> {
    let counter = |name: &str| ["_total", "_count", "_sum", "_bucket"].iter().any(|end| name.ends_with(end));
    let histograms: Vec<&Bytes> =
        calls(expr).filter(|(call, _)| call.name.starts_with("histogram_")).map(|(_, span)| span).collect();
    let native = |rate: &RateOf<'_>| histograms.iter().any(|span| span.contains(&rate.selector.core.start));
    let found = rates(expr).filter_map(|(call, arg)| match &arg.kind {
        Kind::Selector(selector) => Some(RateOf { call, selector }),
        _ => None,
    });
    let found = found.filter(|rate| rate.selector.metric().is_some_and(|name| !counter(name)));
    found.filter(|rate| !native(rate)).collect()
}

pub(super) fn calls(expr: &Expr) -> impl Iterator<Item = (&Call, &Bytes)> {
    expr.descendants().filter_map(|expr| match &expr.kind {
        Kind::Call(call) => Some((call, &expr.span)),
        _ => None,
    })
}

fn rates(expr: &Expr) -> impl Iterator<Item = (&Call, &Expr)> {
    let rates = calls(expr).filter(|(call, _)| matches!(call.name.as_str(), "rate" | "irate" | "increase"));
    rates.filter_map(|(call, _)| call.args.first().map(|arg| (call, arg.bare())))
}

/// A `histogram_quantile` whose buckets have lost the label that tells them apart.
#[derive(Debug, Clone, Copy)]
pub struct QuantileWithoutLe<'a> {
    /// The call.
    pub call: &'a Call,
    /// The whole call.
    pub span: &'a Bytes,
    /// The aggregation that drops `le`, when it is one.
    pub aggregation: Option<(&'a Aggregation, &'a Bytes)>,
}

/// Every `histogram_quantile` over classic buckets from which `le` was dropped.
#[must_use]
pub fn quantiles_without_le(expr: &Expr) -> Vec<QuantileWithoutLe<'_>> {
    let quantiles = calls(expr).filter(|(call, _)| call.name == "histogram_quantile");
    quantiles
        .filter_map(|(call, span)| {
            let buckets = call.args.get(1)?;
            let classic = super::selectors(buckets).into_iter().any(selects_buckets);
            let lost = classic && !labels(buckets).may_have("le");
            lost.then(|| QuantileWithoutLe { call, span, aggregation: dropping_le(buckets) })
        })
        .collect()
}

fn selects_buckets(selector: &Selector) -> bool {
    let by_matcher = |matcher: &Matcher| matcher.value.trim_end_matches('$').ends_with("_bucket");
    selector.metric().is_some_and(|name| name.ends_with("_bucket"))
        || selector.matchers_of("__name__").any(by_matcher)
}

fn dropping_le(buckets: &Expr) -> Option<(&Aggregation, &Bytes)> {
    buckets.descendants().find_map(|expr| match &expr.kind {
        Kind::Aggregation(aggregation)
            if labels(&aggregation.expr).may_have("le") && !labels(expr).may_have("le") =>
        {
            Some((&**aggregation, &expr.span))
        }
        _ => None,
    })
}

/// A division whose divisor can be zero, as far as the expression tells.
#[derive(Debug, Clone, Copy)]
pub struct Division<'a> {
    /// The division.
    pub binary: &'a Binary,
    /// The whole division.
    pub span: &'a Bytes,
}

/// Every division by something that the expression itself does not keep from being zero.
#[must_use]
pub fn unguarded_divisions(expr: &Expr) -> Vec<Division<'_>> {
    let divisions = expr.descendants().filter_map(|expr| match &expr.kind {
        Kind::Binary(binary) if binary.op == BinaryOp::Divide => Some(Division { binary, span: &expr.span }),
        _ => None,
    });
    divisions.filter(|division| sign(&division.binary.right) == Sign::Unknown).collect()
}

/// What is known about every value of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Positive,
    NotZero,
    Unknown,
}

fn sign(expr: &Expr) -> Sign {
    if let Some(value) = constant(expr) {
        return sign_of(value);
    }
    match &expr.kind {
        Kind::Paren(inner) => sign(inner),
        Kind::Unary(unary) if sign(&unary.expr) != Sign::Unknown => Sign::NotZero,
        Kind::Binary(binary) => sign_of_binary(binary),
        Kind::Aggregation(aggregation) => match aggregation.op {
            "count" | "group" => Sign::Positive,
            "sum" | "avg" | "min" | "max" if sign(&aggregation.expr) == Sign::Positive => Sign::Positive,
            "topk" | "bottomk" => sign(&aggregation.expr),
            _ => Sign::Unknown,
        },
        Kind::Call(call) => sign_of_call(call),
        _ => Sign::Unknown,
    }
}

fn sign_of(value: f64) -> Sign {
    if value > 0.0 {
        Sign::Positive
    } else if value < 0.0 {
        Sign::NotZero
    } else {
        Sign::Unknown
    }
}

fn sign_of_call(call: &Call) -> Sign {
    let arg = |at: usize| call.args.get(at).map_or(Sign::Unknown, sign);
    match call.name.as_str() {
        "clamp_min" | "clamp" if arg(1) == Sign::Positive => Sign::Positive,
        "vector" | "scalar" | "abs" | "sort" | "sort_desc" | "label_replace" | "label_join" => arg(0),
        "time" | "exp" | "timestamp" | "count_over_time" | "present_over_time" | "absent"
        | "absent_over_time" => Sign::Positive,
        _ => Sign::Unknown,
    }
}

/// Each operand is looked at once at most, so that long chains stay cheap.
fn sign_of_binary(binary: &Binary) -> Sign {
    match binary.op {
        op if op.is_comparison() && binary.bool_span.is_none() => filtered(binary),
        BinaryOp::And | BinaryOp::Unless => sign(&binary.left),
        BinaryOp::Or | BinaryOp::Multiply | BinaryOp::Divide => {
            match (sign(&binary.left), sign(&binary.right)) {
                (Sign::Unknown, _) | (_, Sign::Unknown) => Sign::Unknown,
                (Sign::Positive, Sign::Positive) => Sign::Positive,
                _ => Sign::NotZero,
            }
        }
        BinaryOp::Add if sign(&binary.left) == Sign::Positive => match sign(&binary.right) {
            Sign::Positive => Sign::Positive,
            _ => Sign::Unknown,
        },
        _ => Sign::Unknown,
    }
}

/// What a comparison with a constant lets through.
fn filtered(binary: &Binary) -> Sign {
    use BinaryOp::{Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
    let (kept, op, limit) = match (constant(&binary.left), constant(&binary.right)) {
        (None, Some(limit)) => (&binary.left, binary.op, limit),
        (Some(limit), None) => (&binary.right, mirrored(binary.op), limit),
        _ => return sign(&binary.left),
    };
    match op {
        Greater if limit >= 0.0 => Sign::Positive,
        GreaterEqual | Equal if limit > 0.0 => Sign::Positive,
        NotEqual if limit == 0.0 => Sign::NotZero,
        Less if limit <= 0.0 => Sign::NotZero,
        LessEqual | Equal if limit < 0.0 => Sign::NotZero,
        _ => sign(kept),
    }
}

fn mirrored(op: BinaryOp) -> BinaryOp {
    match op {
        BinaryOp::Less => BinaryOp::Greater,
        BinaryOp::LessEqual => BinaryOp::GreaterEqual,
        BinaryOp::Greater => BinaryOp::Less,
        BinaryOp::GreaterEqual => BinaryOp::LessEqual,
        other => other,
    }
}

/// The value of an expression that only consists of numbers.
pub(super) fn constant(expr: &Expr) -> Option<f64> {
    match &expr.kind {
        Kind::Number(number) => Some(number.value),
        Kind::Paren(inner) => constant(inner),
        Kind::Unary(unary) => constant(&unary.expr).map(|value| if unary.minus { -value } else { value }),
        Kind::Call(call) if call.name == "pi" => Some(std::f64::consts::PI),
        Kind::Binary(binary) => {
            let (left, right) = (constant(&binary.left)?, constant(&binary.right)?);
            match binary.op {
                BinaryOp::Add => Some(left + right),
                BinaryOp::Subtract => Some(left - right),
                BinaryOp::Multiply => Some(left * right),
                BinaryOp::Divide => Some(left / right),
                BinaryOp::Modulo => Some(left % right),
                BinaryOp::Power => Some(left.powf(right)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The comparison that the whole expression is, below parentheses. One with `bool` is none: it has a value either way.
///
/// `and`, `or` and `unless` are not looked into, since a comparison there may well be a guard of the value.
#[must_use]
pub fn whole_comparison(expr: &Expr) -> Option<&Binary> {
    let Kind::Binary(binary) = &expr.bare().kind else { return None };
    (binary.op.is_comparison() && binary.bool_span.is_none()).then_some(&**binary)
}

/// The name of the function that gives a value only while series are missing, if that is the whole expression, below
/// parentheses and aggregations; with the expression below them.
#[must_use]
pub fn whole_absence(expr: &Expr) -> Option<(&str, &Expr)> {
    let bare = expr.bare();
    match &bare.kind {
        Kind::Call(call) if matches!(&*call.name, "absent" | "absent_over_time") => Some((&*call.name, bare)),
        Kind::Aggregation(aggregation) => whole_absence(&aggregation.expr),
        _ => None,
    }
}

/// A range over which samples are read.
#[derive(Debug, Clone, Copy)]
pub struct RangeUse<'a> {
    /// How long, and where that was written.
    pub length: &'a Length,
    /// The step of a subquery; `None` for a selector and for the default step.
    pub step: Option<&'a Length>,
    /// The selector, unless the range is the one of a subquery.
    pub selector: Option<&'a Selector>,
    /// The function that reads the range.
    pub function: Option<&'a str>,
}

/// Every range of a selector or a subquery, in the order of the text.
#[must_use]
pub fn ranges(expr: &Expr) -> Vec<RangeUse<'_>> {
    let mut found = Vec::new();
    for expr in expr.descendants() {
        match &expr.kind {
            Kind::Call(call) => {
                let args =
                    call.args.iter().map(Expr::bare).filter(|arg| arg.value_type() == ValueType::RangeVector);
                found.extend(args.filter_map(|arg| range(arg, Some(&call.name))));
            }
            _ => found.extend(range(expr, None)),
        }
    }
    // A range under a call was found twice: with its function, and then on its own.
    found.sort_by_key(|range: &RangeUse<'_>| (range.length.span.start, range.function.is_none()));
    found.dedup_by_key(|range| range.length.span.start);
    found
}

fn range<'a>(expr: &'a Expr, function: Option<&'a str>) -> Option<RangeUse<'a>> {
    match &expr.kind {
        Kind::Selector(selector) => {
            let length = &selector.range.as_ref()?.length;
            Some(RangeUse { length, step: None, selector: Some(selector), function })
        }
        Kind::Subquery(subquery) => {
            let step = subquery.step.as_ref();
            Some(RangeUse { length: &subquery.range, step, selector: None, function })
        }
        _ => None,
    }
}
