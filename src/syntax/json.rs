//! The tree as JSON, and the way back from a place in the JSON to a place in the file.

use serde_json::{Number, Value};

use super::{Kind, Node, Scalar, Style};
use crate::source::Span;

/// Digits that a 64-bit float carries there and back without loss.
const EXACT_DIGITS: usize = 15;

impl Node {
    /// The value as JSON. Unquoted scalars become numbers, `true` and `false` by the core schema of YAML 1.2;
    /// a number that JSON's 64 bits can't hold exactly stays text.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Scalar(scalar) => scalar.to_json(),
            Kind::Sequence(items) => items.iter().map(Self::to_json).collect(),
            Kind::Mapping(entries) => {
                entries.iter().map(|entry| (entry.key.value.clone(), entry.value.to_json())).collect()
            }
        }
    }

    /// The value that a JSON pointer names, and the place of its key when it stands under one.
    /// `None` when nothing stands there.
    #[must_use]
    pub fn at_pointer(&self, pointer: &str) -> Option<(&Node, Option<Span>)> {
        if pointer.is_empty() {
            return Some((self, None));
        }
        let mut place = (self, None);
        for step in pointer.strip_prefix('/')?.split('/') {
            place = match &place.0.kind {
                Kind::Sequence(items) => (items.get(step.parse::<usize>().ok()?)?, None),
                _ => {
                    let entry = place.0.get(&step.replace("~1", "/").replace("~0", "~"))?;
                    (&entry.value, Some(entry.key.span))
                }
            };
        }
        Some(place)
    }
}

impl Scalar {
    /// The scalar as JSON, see [`Node::to_json`].
    pub(super) fn to_json(&self) -> Value {
        let text = self.text.as_str();
        match (self.style, text) {
            (Style::Plain, "true" | "True" | "TRUE") => Value::Bool(true),
            (Style::Plain, "false" | "False" | "FALSE") => Value::Bool(false),
            (Style::Plain, _) => number(text).map_or_else(|| Value::from(text), Value::Number),
            _ => Value::from(text),
        }
    }
}

fn number(text: &str) -> Option<Number> {
    let based = |digits: &str, base| {
        let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if plain { u64::from_str_radix(digits, base).ok().map(Number::from) } else { None }
    };
    if let Some(digits) = text.strip_prefix("0x") {
        return based(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return based(digits, 8);
    }
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !body.is_empty() && body.bytes().all(|byte| byte.is_ascii_digit()) {
        let signed = text.strip_prefix('+').unwrap_or(text);
        return signed
            .parse::<i64>()
            .map(Number::from)
            .or_else(|_| signed.parse::<u64>().map(Number::from))
            .ok();
    }
    float(text, body)
}

fn float(text: &str, body: &str) -> Option<Number> {
    let (mantissa, exponent) = body.split_once(['e', 'E']).unwrap_or((body, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let shaped = digits(whole) && digits(fraction) && digits(exponent) && !exponent.is_empty();
    if !shaped || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let significant = format!("{whole}{fraction}").trim_start_matches('0').trim_end_matches('0').len();
    let value = text.parse::<f64>().ok().filter(|value| significant == 0 || *value != 0.0)?;
    if significant <= EXACT_DIGITS { Number::from_f64(value) } else { None }
}
