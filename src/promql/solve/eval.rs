//! The value of an expression over steady series.

use super::super::ast::{Expr, Kind, Modifiers, Selector, Subquery};
use super::world::{Labels, Motion, Series, World};
use super::{NAME, aggregate, binary, call};

/// Why an expression has no value that could be foretold, as the end of "the value …".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The reason.
    pub why: String,
    /// Whether other labels might help.
    pub of_labels: bool,
}

pub(super) type Known<T> = Result<T, Unknown>;

pub(super) fn unknown<T>(why: impl Into<String>) -> Known<T> {
    Err(Unknown { why: why.into(), of_labels: false })
}

/// Labels for which Prometheus gives an error and no value.
pub(super) fn clash<T>(why: &str) -> Known<T> {
    Err(Unknown { why: why.to_owned(), of_labels: true })
}

/// One sample of a result. Its name, where it has one, is the label `__name__`.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The labels.
    pub labels: Labels,
    /// The value.
    pub value: f64,
}

/// What a part of an expression evaluates to.
pub(super) enum Value {
    Scalar(f64),
    Vector(Vec<Sample>),
    Range(Range),
    Text(String),
}

/// The series of a range, each steady all over it.
pub(super) struct Range {
    pub series: Vec<(Labels, Motion)>,
    /// How long it is, in seconds.
    pub seconds: Option<f64>,
}

/// The samples that an expression gives over series that have gone on for longer than its windows. A scalar is one
/// sample without labels. `now` is the moment in seconds since 1970, where one is fixed.
///
/// # Errors
/// When the value depends on more than that.
pub fn evaluate(expr: &Expr, series: &[Series], now: Option<f64>) -> Result<Vec<Sample>, Unknown> {
    World::new(expr, series.to_vec(), now).samples(expr)
}

impl World {
    pub fn samples(&self, expr: &Expr) -> Known<Vec<Sample>> {
        match self.value(expr)? {
            Value::Scalar(value) => Ok(vec![Sample { labels: Labels::new(), value }]),
            Value::Vector(samples) => Ok(samples),
            Value::Range(_) | Value::Text(_) => unknown("is no number"),
        }
    }

    pub fn value(&self, expr: &Expr) -> Known<Value> {
        match &expr.kind {
            Kind::Number(number) => Ok(Value::Scalar(number.value)),
            Kind::Text(text) => Ok(Value::Text(text.clone())),
            Kind::Selector(selector) => self.selector(selector),
            Kind::Subquery(subquery) => self.subquery(subquery),
            Kind::Paren(inner) => self.value(inner),
            Kind::Unary(unary) => {
                let sign = if unary.minus { -1.0 } else { 1.0 };
                match self.value(&unary.expr)? {
                    Value::Scalar(value) => Ok(Value::Scalar(sign * value)),
                    Value::Vector(samples) if unary.minus => Ok(Value::Vector(each(samples, |v| -v))),
                    other => Ok(other),
                }
            }
            Kind::Binary(binary) => binary::value(self, binary),
            Kind::Aggregation(aggregation) => aggregate::value(self, aggregation).map(Value::Vector),
            Kind::Call(call) => call::value(self, call),
        }
    }

    pub fn vector(&self, expr: &Expr) -> Known<Vec<Sample>> {
        match self.value(expr)? {
            Value::Vector(samples) => Ok(samples),
            _ => unknown("is no vector"),
        }
    }

    pub fn scalar(&self, expr: &Expr) -> Known<f64> {
        match self.value(expr)? {
            Value::Scalar(value) => Ok(value),
            _ => unknown("is no single number"),
        }
    }

    fn selector(&self, selector: &Selector) -> Known<Value> {
        let mut series = self.taken(selector).map(named).peekable();
        if series.peek().is_some() {
            steady(&selector.modifiers)?;
        }
        if let Some(range) = &selector.range {
            return Ok(Value::Range(Range { series: series.collect(), seconds: range.length.seconds }));
        }
        let samples = series.map(|(labels, motion)| match motion {
            Motion::Level(value) => Ok(Sample { labels, value }),
            Motion::Climb(_) => unknown("depends on how long a counter has been counting"),
        });
        samples.collect::<Known<_>>().map(Value::Vector)
    }

    /// What is steady now was the same all the time.
    fn subquery(&self, subquery: &Subquery) -> Known<Value> {
        steady(&subquery.modifiers)?;
        if self.now.is_some() && uses_time(&subquery.expr) {
            return unknown("depends on the time at earlier moments");
        }
        let samples = self.vector(&subquery.expr)?;
        let series = samples.into_iter().map(|sample| (sample.labels, Motion::Level(sample.value)));
        Ok(Value::Range(Range { series: series.collect(), seconds: subquery.range.seconds }))
    }
}

/// A result without the series' name, each value changed.
pub(super) fn each(samples: Vec<Sample>, change: impl Fn(f64) -> f64) -> Vec<Sample> {
    let changed = samples.into_iter().map(|mut sample| {
        sample.labels.remove(NAME);
        Sample { value: change(sample.value), ..sample }
    });
    changed.collect()
}

fn named(series: &Series) -> (Labels, Motion) {
    let mut labels = series.labels.clone();
    labels.insert(NAME.to_owned(), series.name.clone());
    (labels, series.motion)
}

fn uses_time(expr: &Expr) -> bool {
    expr.descendants()
        .any(|expr| matches!(&expr.kind, Kind::Call(call) if call::TIME.contains(&call.name.as_str())))
}

/// An earlier moment is like this one; a fixed or a later one is not.
fn steady(modifiers: &Modifiers) -> Known<()> {
    let later = modifiers.offset.as_ref().is_some_and(|offset| offset.seconds.is_none_or(|s| s < 0.0));
    if later {
        return unknown("depends on what comes later");
    }
    if modifiers.at.is_some() || modifiers.extended.is_some() {
        return unknown("depends on a fixed moment");
    }
    Ok(())
}
