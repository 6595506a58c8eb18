//! Functions over a range of a steady series.

use super::super::ast::{Call, Expr};
use super::NAME;
use super::eval::{Known, Range, Sample, Value, unknown};
use super::world::{Motion, World};

/// The functions that read a range and give one value for each of its series.
pub(super) const FUNCTIONS: &[&str] = &[
    "avg_over_time",
    "changes",
    "count_over_time",
    "delta",
    "deriv",
    "first_over_time",
    "idelta",
    "increase",
    "irate",
    "last_over_time",
    "mad_over_time",
    "max_over_time",
    "min_over_time",
    "predict_linear",
    "present_over_time",
    "quantile_over_time",
    "rate",
    "resets",
    "stddev_over_time",
    "stdvar_over_time",
    "sum_over_time",
];

/// The functions that ask how a series moves.
pub(super) const OF_MOTION: &[&str] = &["delta", "deriv", "increase", "irate", "rate"];

pub(super) fn series(world: &World, expr: &Expr) -> Known<Range> {
    match world.value(expr)? {
        Value::Range(range) => Ok(range),
        _ => unknown("reads no range"),
    }
}

pub(super) fn value(world: &World, call: &Call) -> Known<Vec<Sample>> {
    let at = usize::from(call.name == "quantile_over_time");
    let Some(arg) = call.args.get(at) else { return unknown("lacks an argument") };
    let range = series(world, arg)?;
    let keeps_name = matches!(call.name.as_str(), "last_over_time" | "first_over_time");
    let samples = range.series.into_iter().map(|(mut labels, motion)| {
        let value = one(&call.name, motion, range.seconds)?;
        if !keeps_name {
            labels.remove(NAME);
        }
        Ok(Sample { labels, value })
    });
    samples.collect()
}

fn one(name: &str, motion: Motion, seconds: Option<f64>) -> Known<f64> {
    match motion {
        Motion::Level(level) => of_level(name, level),
        Motion::Climb(slope) => of_climb(name, slope, seconds),
    }
}

fn of_level(name: &str, level: f64) -> Known<f64> {
    Ok(match name {
        "avg_over_time" | "first_over_time" | "last_over_time" | "max_over_time" | "min_over_time"
        | "predict_linear" | "quantile_over_time" => level,
        "present_over_time" => 1.0,
        "count_over_time" | "sum_over_time" => {
            return unknown(format!("depends on how often samples come (`{name}`)"));
        }
        // Nothing moves, nothing spreads.
        _ => 0.0,
    })
}

fn of_climb(name: &str, slope: f64, seconds: Option<f64>) -> Known<f64> {
    let Some(seconds) = seconds else { return unknown("depends on the query's own range") };
    match name {
        // A counter that falls was restarted.
        "rate" | "irate" | "increase" if slope < 0.0 => unknown("sees a counter that falls"),
        "rate" | "irate" | "deriv" => Ok(slope),
        "increase" | "delta" => Ok(slope * seconds),
        "present_over_time" => Ok(1.0),
        "resets" if slope >= 0.0 => Ok(0.0),
        name => unknown(format!("depends on how long a counter has been counting (`{name}`)")),
    }
}
