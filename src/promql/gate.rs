//! What an expression uses that a given version of Prometheus does not have.

use super::ast::{
    Binary, BinaryOp, Bytes, Expr, Kind, Length, LengthForm, Modifiers, Name, NumberForm, Selector,
};
use super::functions::{self, ALWAYS, Availability};
use super::version::Version;

/// Something that the target version does not understand. Features behind a flag count as not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newer {
    /// What it is, fit for the start of a sentence: "`limitk`", "a number with underscores".
    pub what: String,
    /// The first version that has it without a flag; `None` when it is removed or only there with a flag.
    pub needs: Option<Version>,
    /// The `--enable-feature` flag that switches it on, and the first version with that flag.
    pub flag: Option<(&'static str, Version)>,
    /// The version that removed it, when that is why it is missing.
    pub removed: Option<Version>,
    /// Where it was written.
    pub span: Bytes,
}

/// Everything in the expression that `target` lacks, in the order of the text.
#[must_use]
pub fn too_new(expr: &Expr, target: Version) -> Vec<Newer> {
    let mut gate = Gate { target, found: Vec::new() };
    for expr in expr.descendants() {
        gate.expr(expr);
    }
    gate.found.sort_by_key(|newer| newer.span.start);
    gate.found
}

struct Gate {
    target: Version,
    found: Vec<Newer>,
}

const DURATIONS: &str = "promql-duration-expr";

impl Gate {
    fn needs(&mut self, availability: Availability, span: &Bytes, what: impl Into<String>) {
        let Availability { stable, flag, removed } = availability;
        let removed = removed.filter(|removed| self.target >= *removed);
        if removed.is_none() && stable.is_some_and(|stable| self.target >= stable) {
            return;
        }
        let needs = stable.filter(|stable| *stable > ALWAYS);
        self.found.push(Newer { what: what.into(), needs, flag, removed, span: span.clone() });
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            Kind::Number(number) => self.number(number.form, &expr.span),
            Kind::Selector(selector) => self.selector(selector),
            Kind::Subquery(subquery) => {
                self.length(&subquery.range);
                if let Some(step) = &subquery.step {
                    self.length(step);
                }
                self.modifiers(&subquery.modifiers);
            }
            Kind::Binary(binary) => self.binary(binary),
            Kind::Aggregation(aggregation) => {
                let what = format!("`{}`", aggregation.op);
                self.needs(functions::aggregation(aggregation.op), &aggregation.op_span, what);
                self.labels(aggregation.grouping.iter().flat_map(|grouping| &grouping.labels));
            }
            Kind::Call(call) => {
                if let Some(function) = functions::find(&call.name) {
                    self.needs(function.availability, &call.name_span, format!("`{}`", call.name));
                }
            }
            Kind::Text(_) | Kind::Paren(_) | Kind::Unary(_) => {}
        }
    }

    fn number(&mut self, form: NumberForm, span: &Bytes) {
        let what = match form {
            NumberForm::Plain => return,
            NumberForm::Underscored => "a number with underscores",
            NumberForm::Duration => "a duration in place of a number",
        };
        self.needs(Availability::since(2, 54), span, what);
    }

    fn selector(&mut self, selector: &Selector) {
        let quoted = selector.name.iter().chain(selector.matchers.iter().map(|matcher| &matcher.label));
        for name in quoted.filter(|name| name.quoted) {
            self.needs(Availability::since(2, 53), &name.span, "a name in quotes");
        }
        if let Some(window) = &selector.range {
            self.length(&window.length);
        }
        self.modifiers(&selector.modifiers);
    }

    fn modifiers(&mut self, modifiers: &Modifiers) {
        if let Some(offset) = &modifiers.offset {
            self.length(offset);
        }
        if let Some(at) = modifiers.at.as_ref().filter(|at| at.duration) {
            self.needs(Availability::since(2, 54), &at.span, "a duration in place of a timestamp");
        }
        if let Some(extended) = &modifiers.extended {
            let availability = Availability::behind("promql-extended-range-selectors", 3, 7);
            self.needs(availability, &extended.span, format!("`{}`", extended.text));
        }
    }

    fn length(&mut self, length: &Length) {
        let behind = |minor| Availability::behind(DURATIONS, 3, minor).and_since(3, 14);
        let (availability, what) = match length.form {
            LengthForm::Duration => return,
            LengthForm::Number => (Availability::since(2, 54), "a length of time without a unit"),
            LengthForm::Signed => (Availability::since(3, 4), "a sign before a length of time"),
            LengthForm::Arithmetic => (behind(4), "a calculated length of time"),
            LengthForm::Step => (behind(6), "`step()` in a length of time"),
            LengthForm::QueryRange => (behind(12), "`range()` in a length of time"),
            LengthForm::Bounded => (behind(13), "`min_of` or `max_of` in a length of time"),
        };
        self.needs(availability, &length.span, what);
    }

    fn binary(&mut self, binary: &Binary) {
        if matches!(binary.op, BinaryOp::TrimUpper | BinaryOp::TrimLower) {
            let what = format!("the operator `{}`", binary.op.symbol());
            self.needs(Availability::since(3, 11), &binary.op_span, what);
        }
        for fill in &binary.fills {
            let availability = Availability::behind("promql-binop-fill-modifiers", 3, 10);
            self.needs(availability, &fill.span, format!("`{}`", fill.text));
        }
        self.labels(binary.matching.iter().flat_map(|matching| &matching.labels));
        self.labels(binary.group.iter().flat_map(|group| &group.include));
    }

    fn labels<'a>(&mut self, labels: impl Iterator<Item = &'a Name>) {
        for label in labels {
            let what = match label.text.contains(':') {
                _ if label.quoted => "a label in quotes",
                true => "a label with a colon",
                false => continue,
            };
            self.needs(Availability::since(3, 0), &label.span, what);
        }
    }
}
