//! Operators between numbers and vectors.

use super::super::ast::{Binary, BinaryOp};
use super::eval::{Known, Sample, Value, each, unknown};
use super::world::World;
use super::{NAME, matching};

pub(super) fn value(world: &World, binary: &Binary) -> Known<Value> {
    if !binary.fills.is_empty() {
        return unknown("fills in what is missing");
    }
    let (left, right) = (world.value(&binary.left)?, world.value(&binary.right)?);
    match (left, right) {
        (Value::Scalar(a), Value::Scalar(b)) => between(binary.op, a, b).map(Value::Scalar),
        (Value::Vector(samples), Value::Scalar(b)) => against(binary, samples, |a| (a, b)),
        (Value::Scalar(a), Value::Vector(samples)) => against(binary, samples, |b| (a, b)),
        (Value::Vector(left), Value::Vector(right)) if binary.op.is_set() => {
            Ok(Value::Vector(matching::sets(binary, left, right)))
        }
        (Value::Vector(left), Value::Vector(right)) => {
            matching::pairs(binary, left, right).map(Value::Vector)
        }
        _ => unknown("is no number"),
    }
}

/// A vector against a number; a comparison keeps the vector's values.
fn against(binary: &Binary, samples: Vec<Sample>, sides: impl Fn(f64) -> (f64, f64)) -> Known<Value> {
    let filters = binary.op.is_comparison() && binary.bool_span.is_none();
    if filters {
        let kept = samples.into_iter().filter(|sample| {
            let (a, b) = sides(sample.value);
            compare(binary.op, a, b)
        });
        return Ok(Value::Vector(kept.collect()));
    }
    // An operator that is not known is found out with any operands.
    between(binary.op, 1.0, 1.0)?;
    let result = each(samples, |value| {
        let (a, b) = sides(value);
        between(binary.op, a, b).unwrap_or(f64::NAN)
    });
    Ok(Value::Vector(result))
}

/// The sample of two that match: `None` where a comparison drops it.
pub(super) fn pair(binary: &Binary, a: f64, b: f64) -> Known<Option<f64>> {
    if binary.op.is_comparison() && binary.bool_span.is_none() {
        return Ok(compare(binary.op, a, b).then_some(a));
    }
    between(binary.op, a, b).map(Some)
}

/// Whether the result has lost the series' name.
pub(super) fn drops_name(binary: &Binary) -> bool {
    !binary.op.is_comparison() || binary.bool_span.is_some()
}

fn between(op: BinaryOp, a: f64, b: f64) -> Known<f64> {
    Ok(match op {
        BinaryOp::Add => a + b,
        BinaryOp::Subtract => a - b,
        BinaryOp::Multiply => a * b,
        BinaryOp::Divide => a / b,
        BinaryOp::Modulo => a % b,
        BinaryOp::Power => a.powf(b),
        BinaryOp::Atan2 => a.atan2(b),
        op if op.is_comparison() => f64::from(u8::from(compare(op, a, b))),
        op => return unknown(format!("is made with `{}`", op.symbol())),
    })
}

#[allow(clippy::float_cmp, reason = "PromQL compares exactly")]
fn compare(op: BinaryOp, a: f64, b: f64) -> bool {
    match op {
        BinaryOp::Equal => a == b,
        BinaryOp::NotEqual => a != b,
        BinaryOp::Less => a < b,
        BinaryOp::LessEqual => a <= b,
        BinaryOp::Greater => a > b,
        BinaryOp::GreaterEqual => a >= b,
        _ => false,
    }
}

/// The labels without the name.
pub(super) fn unnamed(mut labels: super::world::Labels) -> super::world::Labels {
    labels.remove(NAME);
    labels
}
