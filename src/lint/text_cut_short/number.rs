//! Numbers that a comma cut.

use crate::quantity::Duration;

/// What to write for a number that a comma cut: the comma groups thousands or begins the decimals.
pub(super) fn number(key: &str, text: &str, tails: &[&str]) -> Option<String> {
    let (last, groups) = tails.split_last()?;
    let end = last.find(|c: char| !c.is_ascii_digit()).unwrap_or(last.len());
    let (digits, unit) = last.split_at(end);
    let is_unit = unit.len() < 5 && unit.chars().all(|c| c.is_alphanumeric() && c.is_ascii() || c == '%');
    let threes = tails.len() > 1 || digits.len() == 3;
    if !is_digits(text) || digits.is_empty() || !is_unit || !groups.iter().all(|group| is_digits(group)) {
        return None;
    }
    let joined = format!("write `{key}: {text}{}{last}`", groups.concat());
    Some(match (threes, digits) {
        (true, _) if tails.len() > 1 => format!("digits are not grouped: {joined}"),
        (true, "000") if text != "0" => format!("digits are not grouped: {joined}"),
        (true, _) if text != "0" => {
            format!(
                "{joined} if the comma groups thousands and `{key}: {text}.{last}` if it is the decimal point"
            )
        }
        _ => match Duration::parse(&format!("{text}.{last}")) {
            // A duration has no decimals.
            Err(fault) if DURATIONS.contains(&key) => fault.help(),
            _ => format!("decimals follow a point: write `{key}: {text}.{last}`"),
        },
    })
}

/// The keys of which the value is a duration.
const DURATIONS: [&str; 12] = [
    "for",
    "after_warn",
    "after_hold",
    "keep_firing_for",
    "lasts",
    "over",
    "takes",
    "window",
    "within",
    "after",
    "every",
    "recovery",
];

/// Whether a text is made of digits alone.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
