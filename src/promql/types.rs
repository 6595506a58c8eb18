//! The type check. It reports everything it finds, not only the first.

use super::Fault;
use super::ast::{Aggregation, Binary, Bytes, Call, Expr, Kind, MatchOp, Matcher, Name, Selector, ValueType};
use super::functions::{self, Function};
use super::regex;

/// Every type error of the tree; none means that it is a valid expression.
pub(super) fn check(expr: &Expr) -> Vec<Fault> {
    let mut checker = Checker { faults: Vec::new() };
    checker.expr(expr);
    checker.faults
}

struct Checker {
    faults: Vec<Fault>,
}

impl Checker {
    fn fault(&mut self, span: &Bytes, message: impl Into<String>) {
        self.faults.push(Fault { message: message.into(), span: span.clone() });
    }

    fn expr(&mut self, expr: &Expr) -> ValueType {
        match &expr.kind {
            Kind::Number(_) => ValueType::Scalar,
            Kind::Text(_) => ValueType::String,
            Kind::Paren(inner) => self.expr(inner),
            Kind::Selector(selector) => {
                self.selector(selector);
                if selector.range.is_some() { ValueType::RangeVector } else { ValueType::InstantVector }
            }
            Kind::Subquery(subquery) => {
                let found = self.expr(&subquery.expr);
                if found != ValueType::InstantVector {
                    let message = format!("a subquery needs an instant vector, this is a {}", found.name());
                    self.fault(&subquery.expr.span, message);
                }
                ValueType::RangeVector
            }
            Kind::Unary(unary) => self.unary(&unary.expr),
            Kind::Aggregation(aggregation) => self.aggregation(aggregation),
            Kind::Call(call) => self.call(call, &expr.span),
            Kind::Binary(binary) => self.binary(binary),
        }
    }

    fn selector(&mut self, selector: &Selector) {
        let mut anything = selector.name.is_some();
        for matcher in &selector.matchers {
            anything |= self.excludes_empty(matcher);
            if matcher.label.text == "__name__" && selector.name.as_ref().is_some_and(|name| !name.quoted) {
                self.fault(&matcher.span, "this selector already has a metric name");
            }
        }
        if !anything {
            let message = "a selector needs a metric name or a matcher that does not match the empty text";
            self.fault(&selector.core, message);
        }
    }

    /// Whether the matcher refuses series without its label.
    fn excludes_empty(&mut self, matcher: &Matcher) -> bool {
        let empty = match matcher.op {
            MatchOp::Equal | MatchOp::NotEqual => matcher.value.is_empty(),
            MatchOp::Regex | MatchOp::NotRegex => match regex::matches_empty(&matcher.value) {
                Ok(empty) => empty,
                Err(reason) => {
                    let message = format!("this regular expression is not valid: {reason}");
                    self.fault(&matcher.value_span, message);
                    return true;
                }
            },
        };
        empty == matches!(matcher.op, MatchOp::NotEqual | MatchOp::NotRegex)
    }

    fn unary(&mut self, inner: &Expr) -> ValueType {
        let found = self.expr(inner);
        if !matches!(found, ValueType::Scalar | ValueType::InstantVector) {
            let message = format!("a sign needs a scalar or an instant vector, this is a {}", found.name());
            self.fault(&inner.span, message);
        }
        found
    }

    /// Checks an argument against the type that `whose` needs there.
    fn argument(&mut self, arg: &Expr, wanted: ValueType, whose: &str) {
        let found = self.expr(arg);
        if found == wanted {
            return;
        }
        let hint = match (wanted, found) {
            (ValueType::RangeVector, ValueType::InstantVector) => match &arg.bare().kind {
                Kind::Selector(_) => "; add a range such as `[5m]`",
                _ => "; a subquery such as `[30m:1m]` makes one",
            },
            (ValueType::InstantVector, ValueType::RangeVector) => "; a function such as `rate` makes one",
            _ => "",
        };
        let (wanted, found) = (with_article(wanted), with_article(found));
        self.fault(&arg.span, format!("`{whose}` needs {wanted} here, this is {found}{hint}"));
    }

    fn aggregation(&mut self, aggregation: &Aggregation) -> ValueType {
        if let Some(param) = &aggregation.param {
            let labels = aggregation.op == "count_values";
            let wanted = if labels { ValueType::String } else { ValueType::Scalar };
            self.argument(param, wanted, aggregation.op);
        }
        self.argument(&aggregation.expr, ValueType::InstantVector, aggregation.op);
        ValueType::InstantVector
    }

    fn call(&mut self, call: &Call, span: &Bytes) -> ValueType {
        let Some(function) = functions::find(&call.name) else {
            let hint = functions::similar(&call.name);
            let hint = hint.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
            self.fault(&call.name_span, format!("there is no function `{}`{hint}", call.name));
            for arg in &call.args {
                self.expr(arg);
            }
            return ValueType::InstantVector;
        };
        if call.args.len() < function.least || function.most.is_some_and(|most| call.args.len() > most) {
            self.fault(span, wrong_count(function, call.args.len()));
        }
        for (at, arg) in call.args.iter().enumerate() {
            if function.name == "info" && at == 1 {
                self.label_selector(arg);
            } else if let Some(wanted) = function.arg_type(at) {
                self.argument(arg, wanted, function.name);
            }
        }
        function.returns
    }

    fn label_selector(&mut self, arg: &Expr) {
        match &arg.kind {
            Kind::Selector(selector) if selector.name.is_none() && selector.range.is_none() => {
                for matcher in &selector.matchers {
                    self.excludes_empty(matcher);
                }
            }
            _ => self.fault(&arg.span, "`info` needs matchers in braces here, without a metric name"),
        }
    }

    fn binary(&mut self, binary: &Binary) -> ValueType {
        let (left, right) = (self.expr(&binary.left), self.expr(&binary.right));
        let op = binary.op;
        for (found, side) in [(left, &binary.left), (right, &binary.right)] {
            if !matches!(found, ValueType::Scalar | ValueType::InstantVector) {
                let found = with_article(found);
                let message = format!("`{}` needs scalars or instant vectors, this is {found}", op.symbol());
                self.fault(&side.span, message);
            }
        }
        let scalars = left == ValueType::Scalar && right == ValueType::Scalar;
        if let Some(span) = binary.bool_span.as_ref().filter(|_| !op.is_comparison()) {
            self.fault(span, "`bool` only goes with a comparison");
        } else if op.is_comparison() && scalars && binary.bool_span.is_none() {
            let message = format!("between two scalars this is written `{} bool`", op.symbol());
            self.fault(&binary.op_span, message);
        }
        if left == ValueType::InstantVector && right == ValueType::InstantVector {
            self.vectors(binary);
        } else {
            self.not_both_vectors(binary, left == ValueType::Scalar || right == ValueType::Scalar);
        }
        if scalars { ValueType::Scalar } else { ValueType::InstantVector }
    }

    fn vectors(&mut self, binary: &Binary) {
        if binary.op.is_set() {
            let message = format!("`{}` always matches many series with many", binary.op.symbol());
            if let Some(group) = &binary.group {
                self.fault(&group.span, message.clone());
            }
            if let Some(fill) = binary.fills.first() {
                self.fault(&fill.span, message);
            }
        }
        let on = binary.matching.as_ref().filter(|matching| !matching.excludes);
        let matched: &[Name] = on.map_or(&[], |on| &on.labels);
        let included: &[Name] = binary.group.as_ref().map_or(&[], |group| &group.include);
        for label in included {
            if matched.iter().any(|matched| matched.text == label.text) {
                let message = format!("`{}` already comes from `on`", label.text);
                self.fault(&label.span, message);
            }
        }
    }

    fn not_both_vectors(&mut self, binary: &Binary, scalar: bool) {
        if let Some(matching) = binary.matching.as_ref().filter(|matching| !matching.labels.is_empty()) {
            self.fault(&matching.span, "labels can only be matched between two instant vectors");
        }
        if let Some(fill) = binary.fills.first() {
            self.fault(&fill.span, "samples can only be filled in between two instant vectors");
        }
        if binary.op.is_set() && scalar {
            let message = format!("`{}` needs instant vectors on both sides", binary.op.symbol());
            self.fault(&binary.op_span, message);
        }
    }
}

fn with_article(value: ValueType) -> String {
    let article = if value == ValueType::InstantVector { "an" } else { "a" };
    format!("{article} {}", value.name())
}

fn wrong_count(function: &Function, found: usize) -> String {
    let (least, name) = (function.least, function.name);
    match function.most {
        Some(1) if least == 1 => format!("`{name}` takes 1 argument, not {found}"),
        Some(0) => format!("`{name}` takes no arguments"),
        Some(most) if most == least => format!("`{name}` takes {least} arguments, not {found}"),
        Some(most) => format!("`{name}` takes {least} to {most} arguments, not {found}"),
        None => format!("`{name}` takes at least {least} arguments, not {found}"),
    }
}
