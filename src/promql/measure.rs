//! What an expression measures, told by the names of its series: Prometheus's convention is that a name ends in its unit
//! (<https://prometheus.io/docs/practices/naming/>).
//!
//! Only what is sure is told. Names without a unit, functions that are not followed and sums of unlike things measure nothing
//! that is known.

use super::ast::{Aggregation, Binary, BinaryOp, Call, Expr, Kind, Selector};

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A length of time.
    Time,
    /// An amount of data.
    Size,
    /// A part of a whole.
    Share,
    /// How many.
    Count,
}

/// What an expression measures, and in which unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// What.
    pub what: What,
    /// How many of its numbers make a second, a byte or a whole: 1000 for milliseconds, 100 for percent.
    pub scale: f64,
    /// Whether it is how much that grows in each second.
    pub rate: bool,
}

impl Measure {
    const fn new(what: What, scale: f64) -> Self {
        Self { what, scale, rate: false }
    }
}

/// Units at the ends of names.
const UNITS: [(&str, What, f64); 26] = [
    ("seconds", What::Time, 1.0),
    ("milliseconds", What::Time, 1e3),
    ("millis", What::Time, 1e3),
    ("ms", What::Time, 1e3),
    ("msec", What::Time, 1e3),
    ("microseconds", What::Time, 1e6),
    ("micros", What::Time, 1e6),
    ("us", What::Time, 1e6),
    ("nanoseconds", What::Time, 1e9),
    ("nanos", What::Time, 1e9),
    ("ns", What::Time, 1e9),
    ("minutes", What::Time, 1.0 / 60.0),
    ("hours", What::Time, 1.0 / 3_600.0),
    ("days", What::Time, 1.0 / 86_400.0),
    ("bytes", What::Size, 1.0),
    ("kilobytes", What::Size, 1e-3),
    ("kb", What::Size, 1e-3),
    ("kib", What::Size, 1.0 / 1_024.0),
    ("megabytes", What::Size, 1e-6),
    ("mb", What::Size, 1e-6),
    ("mib", What::Size, 1.0 / 1_048_576.0),
    ("gigabytes", What::Size, 1e-9),
    ("ratio", What::Share, 1.0),
    ("percent", What::Share, 100.0),
    ("percentage", What::Share, 100.0),
    ("pct", What::Share, 100.0),
];

/// Functions whose value is of the kind of their first argument.
const KEEPING: [&str; 16] = [
    "abs",
    "avg_over_time",
    "ceil",
    "clamp",
    "clamp_max",
    "clamp_min",
    "delta",
    "floor",
    "idelta",
    "increase",
    "last_over_time",
    "max_over_time",
    "min_over_time",
    "round",
    "scalar",
    "vector",
];

/// Aggregations whose value is of the kind of what is aggregated.
const ALIKE: [&str; 8] = ["sum", "avg", "max", "min", "quantile", "topk", "bottomk", "limitk"];

/// What the series of a name measure; the count and the buckets of a histogram and a counter without a unit count.
#[must_use]
pub fn of_name(name: &str) -> Option<Measure> {
    let last = |name: &str| name.rsplit(['_', ':']).next().unwrap_or_default().to_owned();
    let unit = |name: &str| {
        let end = last(name);
        // A unit alone is no name with a unit.
        UNITS.iter().find(|(unit, ..)| *unit == end && name.len() > end.len())
    };
    if name.ends_with("_count") || name.ends_with("_bucket") {
        return Some(Measure::new(What::Count, 1.0));
    }
    let bare = ["_total", "_sum"].iter().find_map(|end| name.strip_suffix(end));
    match unit(bare.unwrap_or(name)) {
        Some((_, what, scale)) => Some(Measure::new(*what, *scale)),
        None => counts(name).then_some(Measure::new(What::Count, 1.0)),
    }
}

/// Words in the names of counters that add up something else than events, in a unit that the name does not tell.
const ADDED_UP: [&str; 15] = [
    "time",
    "duration",
    "latency",
    "cpu",
    "usage",
    "wait",
    "pause",
    "uptime",
    "joules",
    "energy",
    "busy",
    "idle",
    "delay",
    "load",
    "utilization",
];

/// Whether a counter without a unit counts events.
fn counts(name: &str) -> bool {
    name.ends_with("_total") && !name.split(['_', ':']).any(|word| ADDED_UP.contains(&word))
}

/// What an expression measures; `None` where that is not sure.
#[must_use]
pub fn of(expr: &Expr) -> Option<Measure> {
    match &expr.kind {
        Kind::Paren(inner) => of(inner),
        Kind::Unary(unary) => of(&unary.expr),
        Kind::Selector(selector) => of_selector(selector),
        Kind::Subquery(subquery) => of(&subquery.expr),
        Kind::Aggregation(aggregation) => of_aggregation(aggregation),
        Kind::Call(call) => of_call(call),
        Kind::Binary(binary) => of_binary(binary),
        Kind::Number(_) | Kind::Text(_) => None,
    }
}

fn of_selector(selector: &Selector) -> Option<Measure> {
    of_name(selector.metric()?)
}

fn of_aggregation(aggregation: &Aggregation) -> Option<Measure> {
    match aggregation.op {
        "count" => Some(Measure::new(What::Count, 1.0)),
        op => ALIKE.contains(&op).then(|| of(&aggregation.expr)).flatten(),
    }
}

fn of_call(call: &Call) -> Option<Measure> {
    let first = || of(call.args.first()?);
    match call.name.as_str() {
        "rate" | "irate" | "deriv" => first().map(|of| Measure { rate: true, ..of }),
        "histogram_quantile" => observed(call.args.get(1)?),
        "histogram_avg" => observed(call.args.first()?),
        "histogram_count" => first().map(|of| Measure { rate: of.rate, ..Measure::new(What::Count, 1.0) }),
        "histogram_sum" => first(),
        "time" => Some(Measure::new(What::Time, 1.0)),
        name => KEEPING.contains(&name).then(first).flatten(),
    }
}

/// What the observations of a histogram are: it is named after them, and so are its buckets, however fast they come.
fn observed(expr: &Expr) -> Option<Measure> {
    match &expr.bare().kind {
        Kind::Aggregation(of) if matches!(of.op, "sum" | "avg") => observed(&of.expr),
        Kind::Call(call) if matches!(&*call.name, "rate" | "irate" | "increase") => {
            observed(call.args.first()?)
        }
        Kind::Selector(selector) => {
            let name = selector.metric()?;
            of_name(name.strip_suffix("_bucket").unwrap_or(name))
        }
        _ => None,
    }
}

fn of_binary(binary: &Binary) -> Option<Measure> {
    let (left, right) = (&binary.left, &binary.right);
    match binary.op {
        BinaryOp::Or | BinaryOp::And | BinaryOp::Unless => of(left),
        BinaryOp::Multiply => match (number(left), number(right)) {
            (Some(factor), None) => scaled(of(right)?, factor),
            (None, Some(factor)) => scaled(of(left)?, factor),
            _ => None,
        },
        BinaryOp::Divide => match number(right) {
            Some(factor) => {
                let measure = of(left)?;
                // That may be the length of the window: what came of it is a share of that time, or a rate.
                let sure = measure.what == What::Share || !grew(left);
                sure.then(|| scaled(measure, 1.0 / factor)).flatten()
            }
            None => quotient(left, right),
        },
        BinaryOp::Add | BinaryOp::Subtract => match (number(left), number(right)) {
            (Some(_), None) => of(right),
            (None, Some(_)) => of(left),
            _ => of(left).filter(|left| of(right) == Some(*left)),
        },
        op if op.is_comparison() && binary.bool_span.is_none() => of(left),
        _ => None,
    }
}

/// The quotient of two of a kind is a share; of something by how many, it is of its kind. By how many it grew by how fast is
/// how long, and the other way round it is how fast.
fn quotient(left: &Expr, right: &Expr) -> Option<Measure> {
    let (over, under) = (of(left)?, of(right)?);
    let scale = over.scale / under.scale;
    if over.rate != under.rate {
        let counts = over.what == What::Count && under.what == What::Count;
        let what = if under.rate { What::Time } else { What::Count };
        // Without that, what has the name of a number of things may well be how many there can be in a second.
        let sure = counts && grew(if under.rate { left } else { right });
        return sure.then_some(Measure { what, scale, rate: over.rate });
    }
    match (over.what, under.what) {
        (one, other) if one == other => Some(Measure::new(What::Share, scale)),
        (what, What::Count) => Some(Measure::new(what, scale)),
        _ => None,
    }
}

/// Whether an expression looks at by how much something grew.
fn grew(expr: &Expr) -> bool {
    expr.descendants()
        .any(|expr| matches!(&expr.kind, Kind::Call(call) if matches!(&*call.name, "increase" | "delta")))
}

fn scaled(measure: Measure, factor: f64) -> Option<Measure> {
    (factor.is_finite() && factor > 0.0).then_some(Measure { scale: measure.scale * factor, ..measure })
}

/// The value of a number, or of a product or quotient of numbers.
fn number(expr: &Expr) -> Option<f64> {
    match &expr.bare().kind {
        Kind::Number(number) => Some(number.value),
        Kind::Binary(binary) => {
            let (left, right) = (number(&binary.left)?, number(&binary.right)?);
            match binary.op {
                BinaryOp::Multiply => Some(left * right),
                BinaryOp::Divide => Some(left / right),
                _ => None,
            }
        }
        _ => None,
    }
}
