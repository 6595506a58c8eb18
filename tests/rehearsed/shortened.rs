//! Whether a text is another one with its times divided.

use crate::FACTOR;
use regex::Regex;
use relspec::quantity::Duration;
use std::sync::LazyLock;

static LENGTH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:\d+(?:ms|[ywdhms]))+\b|(?:\d+(?:ms|[ywdhms]))+(?:_|$)").unwrap());
static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b\d+(?:\.\d+)?\b").unwrap());
/// What tells two conditions of a level apart holds a bound, which may be a time as well.
static BOUND: LazyLock<Regex> = LazyLock::new(|| Regex::new("(above|below)-[^-]+-for-").unwrap());

/// The lengths of time in a text, in milliseconds.
fn lengths(text: &str) -> Vec<u64> {
    let found = LENGTH.find_iter(text).map(|length| length.as_str().trim_end_matches('_'));
    found.map(|length| Duration::parse(length).unwrap().millis()).collect()
}

/// Whether a text is another with every length of time in it divided. Lengths that are part of an id stay.
pub fn is_shortened(real: &str, fast: &str, ids: &[String]) -> bool {
    let plain = |text: &str| {
        let text = ids.iter().fold(text.to_owned(), |text, id| text.replace(id.as_str(), "ID"));
        BOUND.replace_all(&text, "$1-BOUND-for-").into_owned()
    };
    // Nothing is multiplied by 1.
    let real = real.replace(&format!(" * {FACTOR} "), " ");
    let (real, fast) = (plain(&real), plain(fast));
    let divided: Vec<u64> = lengths(&real).iter().map(|millis| (millis + FACTOR / 2) / FACTOR).collect();
    let without = |text: &str| LENGTH.replace_all(text, "LENGTH").into_owned();
    let (ours, theirs) = (without(&real), without(&fast));
    // The seconds of a window stand as a number in the count of events and in the age of a stage.
    let values = |text: &str| -> Vec<f64> {
        NUMBER.find_iter(text).map(|number| number.as_str().parse().unwrap()).collect()
    };
    let kept = |(real, fast): (&f64, &f64)| real == fast || (real / FACTOR as f64 - fast).abs() < 1e-9;
    let words = |text: &str| NUMBER.replace_all(text, "N").into_owned();
    divided == lengths(&fast)
        && values(&ours).iter().zip(&values(&theirs)).all(kept)
        && words(&ours) == words(&theirs)
}
