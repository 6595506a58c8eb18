//! Functions.

use super::super::ast::{Call, Expr, Kind, MatchOp};
use super::NAME;
use super::eval::{Known, Sample, Value, each, unknown};
use super::histogram;
use super::pattern;
use super::range;
use super::world::{Labels, World};

/// The functions whose value is the time.
pub(super) const TIME: &[&str] = &[
    "time",
    "timestamp",
    "minute",
    "hour",
    "day_of_week",
    "day_of_month",
    "day_of_year",
    "days_in_month",
    "month",
    "year",
];

pub(super) fn value(world: &World, call: &Call) -> Known<Value> {
    let name = call.name.as_str();
    let Some(arg) = call.args.first() else { return without_arguments(world, name) };
    match name {
        "vector" => Ok(Value::Vector(vec![Sample { labels: Labels::new(), value: world.scalar(arg)? }])),
        "scalar" => {
            let samples = world.vector(arg)?;
            let [one] = samples.as_slice() else { return Ok(Value::Scalar(f64::NAN)) };
            Ok(Value::Scalar(one.value))
        }
        "absent" => world.vector(arg).map(|samples| absent(arg, samples.is_empty())),
        "absent_over_time" => range::series(world, arg).map(|range| absent(arg, range.series.is_empty())),
        "sort" | "sort_desc" | "sort_by_label" | "sort_by_label_desc" => world.vector(arg).map(Value::Vector),
        "label_replace" => label_replace(world, call).map(Value::Vector),
        "label_join" => label_join(world, call).map(Value::Vector),
        "histogram_quantile" => histogram::quantile(world, call).map(Value::Vector),
        _ if range::FUNCTIONS.contains(&name) => range::value(world, call).map(Value::Vector),
        _ => elementwise(world, call, arg).map(Value::Vector),
    }
}

/// The time of a promtool test counts from 1970, and no test lasts as long as a day.
fn without_arguments(world: &World, name: &str) -> Known<Value> {
    if name == "pi" {
        return Ok(Value::Scalar(std::f64::consts::PI));
    }
    if !TIME.contains(&name) {
        return unknown(format!("is made by `{name}`"));
    }
    let Some(now) = world.now.filter(|now| (0.0..86400.0).contains(now)) else {
        return unknown(format!("depends on the time (`{name}`)"));
    };
    let value = match name {
        "time" => return Ok(Value::Scalar(now)),
        "minute" => (now / 60.0).floor() % 60.0,
        "hour" => (now / 3600.0).floor(),
        "day_of_week" => 4.0,
        "day_of_month" | "day_of_year" | "month" => 1.0,
        "days_in_month" => 31.0,
        _ => 1970.0,
    };
    Ok(Value::Vector(vec![Sample { labels: Labels::new(), value }]))
}

/// What `absent` makes up: the labels that the selector fixes.
fn absent(arg: &Expr, nothing: bool) -> Value {
    if !nothing {
        return Value::Vector(Vec::new());
    }
    let mut labels = Labels::new();
    if let Kind::Selector(selector) = &arg.bare().kind {
        let once = |label: &str| label != NAME && selector.matchers_of(label).count() == 1;
        let fixed = selector.matchers.iter().filter(|m| m.op == MatchOp::Equal && once(&m.label.text));
        labels.extend(fixed.filter(|m| !m.value.is_empty()).map(|m| (m.label.text.clone(), m.value.clone())));
    }
    Value::Vector(vec![Sample { labels, value: 1.0 }])
}

fn elementwise(world: &World, call: &Call, arg: &Expr) -> Known<Vec<Sample>> {
    let samples = world.vector(arg)?;
    if samples.is_empty() {
        return Ok(samples);
    }
    let number = |at: usize| call.args.get(at).map(|arg| world.scalar(arg)).transpose();
    let (second, third) = (number(1)?, number(2)?);
    let Some(function) = function(&call.name, second, third) else {
        return unknown(format!("is made by `{}`", call.name));
    };
    Ok(each(samples, function))
}

type Change = Box<dyn Fn(f64) -> f64>;

fn function(name: &str, second: Option<f64>, third: Option<f64>) -> Option<Change> {
    if let Some(plain) = plain(name) {
        return Some(Box::new(plain));
    }
    Some(match (name, second, third) {
        ("round", to, _) => {
            let inverse = 1.0 / to.unwrap_or(1.0);
            Box::new(move |v| (v * inverse + 0.5).floor() / inverse)
        }
        ("clamp", Some(least), Some(most)) if least <= most => Box::new(move |v| v.max(least).min(most)),
        ("clamp_min", Some(least), _) => Box::new(move |v| v.max(least)),
        ("clamp_max", Some(most), _) => Box::new(move |v| v.min(most)),
        _ => return None,
    })
}

fn plain(name: &str) -> Option<fn(f64) -> f64> {
    Some(match name {
        "abs" => f64::abs,
        "ceil" => f64::ceil,
        "floor" => f64::floor,
        "exp" => f64::exp,
        "ln" => f64::ln,
        "log2" => f64::log2,
        "log10" => f64::log10,
        "sqrt" => f64::sqrt,
        "sgn" => |v| if v == 0.0 { v } else { v.signum() },
        "deg" => f64::to_degrees,
        "rad" => f64::to_radians,
        "sin" => f64::sin,
        "cos" => f64::cos,
        "tan" => f64::tan,
        "asin" => f64::asin,
        "acos" => f64::acos,
        "atan" => f64::atan,
        "sinh" => f64::sinh,
        "cosh" => f64::cosh,
        "tanh" => f64::tanh,
        "asinh" => f64::asinh,
        "acosh" => f64::acosh,
        "atanh" => f64::atanh,
        _ => return None,
    })
}

fn texts(world: &World, args: &[Expr]) -> Known<Vec<String>> {
    let text = |arg: &Expr| match world.value(arg)? {
        Value::Text(text) => Ok(text),
        _ => unknown("takes a text from elsewhere"),
    };
    args.iter().map(text).collect()
}

fn label_replace(world: &World, call: &Call) -> Known<Vec<Sample>> {
    let samples = call.args.first().map(|arg| world.vector(arg)).transpose()?.unwrap_or_default();
    let texts = texts(world, call.args.get(1..).unwrap_or_default())?;
    let [to, replacement, from, pattern] = texts.as_slice() else { return unknown("lacks an argument") };
    let Some(pattern) = pattern::anchored(pattern) else {
        return unknown("has a pattern that can't be read");
    };
    let replaced = samples.into_iter().map(|mut sample| {
        let value = sample.labels.get(from).map_or("", String::as_str);
        if let Some(found) = pattern.captures(value) {
            let mut text = String::new();
            found.expand(replacement, &mut text);
            set(&mut sample.labels, to, text);
        }
        sample
    });
    Ok(replaced.collect())
}

fn label_join(world: &World, call: &Call) -> Known<Vec<Sample>> {
    let samples = call.args.first().map(|arg| world.vector(arg)).transpose()?.unwrap_or_default();
    let texts = texts(world, call.args.get(1..).unwrap_or_default())?;
    let [to, separator, from @ ..] = texts.as_slice() else { return unknown("lacks an argument") };
    let joined = samples.into_iter().map(|mut sample| {
        let values = from.iter().map(|label| sample.labels.get(label).map_or("", String::as_str));
        let text = values.collect::<Vec<_>>().join(separator);
        set(&mut sample.labels, to, text);
        sample
    });
    Ok(joined.collect())
}

fn set(labels: &mut Labels, label: &str, value: String) {
    if value.is_empty() {
        labels.remove(label);
    } else {
        labels.insert(label.to_owned(), value);
    }
}
