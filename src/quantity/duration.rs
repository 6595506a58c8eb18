//! Durations as Prometheus writes them.

mod fault;

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

pub use fault::{DurationFault, DurationProblem};

use super::number::Number;

/// Milliseconds in each unit, from the longest to the shortest, which is the order in which they must be written.
const UNITS: [(&str, u64); 7] = [
    ("y", 31_536_000_000),
    ("w", 604_800_000),
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1_000),
    ("ms", 1),
];

/// Prometheus counts nanoseconds in 64 bits with a sign; what is longer it refuses.
const LONGEST: u64 = 9_223_372_036_854;

/// A length of time in whole milliseconds, never longer than Prometheus can count (about 292 years).
///
/// Two durations are equal when they are equally long, however they were written.
#[derive(Debug, Clone)]
pub struct Duration {
    text: String,
    millis: u64,
}

/// As its author wrote it.
impl serde::Serialize for Duration {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.text())
    }
}

impl Duration {
    /// No time at all.
    #[must_use]
    pub fn zero() -> Self {
        Self { text: "0s".to_owned(), millis: 0 }
    }

    /// A duration that nobody wrote; `None` when it is longer than Prometheus can count.
    #[must_use]
    pub fn from_millis(millis: u64) -> Option<Self> {
        (millis <= LONGEST).then(|| Self { text: canonical(millis), millis })
    }

    /// Whole seconds that nobody wrote; `None` when they are longer than Prometheus can count.
    #[must_use]
    pub fn from_seconds(seconds: u64) -> Option<Self> {
        Self::from_millis(seconds.checked_mul(1_000)?)
    }

    /// Reads a duration in Prometheus' form: whole numbers with units, from the longest unit to the shortest (`1h30m`).
    /// A bare `0` is no time at all.
    ///
    /// # Errors
    /// When the text has another form or is too long; the fault knows what was probably meant.
    pub fn parse(text: &str) -> Result<Self, DurationFault> {
        let text = text.trim();
        match read(text) {
            Reading::Sound(millis) if millis <= LONGEST => Ok(Self { text: text.to_owned(), millis }),
            Reading::Sound(_) | Reading::TooLong => Err(DurationFault::too_long(text)),
            Reading::Disordered(_) | Reading::Other => Err(fault::diagnose(text)),
        }
    }

    /// As its author wrote it, trimmed; in the shortest form where nobody did.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its length in milliseconds.
    #[must_use]
    pub fn millis(&self) -> u64 {
        self.millis
    }

    /// Its length in seconds, exactly.
    #[must_use]
    pub fn seconds(&self) -> Number {
        // Every duration fits, since it has fewer milliseconds than `LONGEST`.
        Number::from_fraction(i128::from(self.millis), 1_000).unwrap_or(Number::ZERO)
    }

    /// Whether it is no time at all.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.millis == 0
    }

    /// For a Prometheus file or expression: the author's own text, which Prometheus reads as it is; a bare `0` gets a
    /// unit, since a range needs one.
    #[must_use]
    pub fn to_prometheus(&self) -> String {
        if self.is_zero() { "0s".to_owned() } else { self.text.clone() }
    }

    /// The same for all durations that are equally long, as Prometheus itself prints it: `90m` is `1h30m`.
    #[must_use]
    pub fn to_canonical(&self) -> String {
        canonical(self.millis)
    }

    /// Both one after the other; `None` when that is longer than Prometheus can count.
    #[must_use]
    pub fn checked_add(&self, other: &Self) -> Option<Self> {
        Self::from_millis(self.millis.checked_add(other.millis)?)
    }

    /// What remains of it after `other`; `None` when `other` is longer.
    #[must_use]
    pub fn checked_sub(&self, other: &Self) -> Option<Self> {
        Self::from_millis(self.millis.checked_sub(other.millis)?)
    }

    /// It, so many times over; `None` when that is longer than Prometheus can count.
    #[must_use]
    pub fn checked_mul(&self, times: u64) -> Option<Self> {
        Self::from_millis(self.millis.checked_mul(times)?)
    }
}

impl PartialEq for Duration {
    fn eq(&self, other: &Self) -> bool {
        self.millis == other.millis
    }
}

impl Eq for Duration {}

impl Hash for Duration {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.millis.hash(state);
    }
}

impl Ord for Duration {
    fn cmp(&self, other: &Self) -> Ordering {
        self.millis.cmp(&other.millis)
    }
}

impl PartialOrd for Duration {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What a text is, before it is judged.
enum Reading {
    /// A duration of so many milliseconds.
    Sound(u64),
    /// Known units, but one is repeated or comes too late; so many milliseconds in all.
    Disordered(u64),
    /// Sound in form, but beyond 64 bits.
    TooLong,
    /// Something else.
    Other,
}

fn read(text: &str) -> Reading {
    if text == "0" {
        return Reading::Sound(0);
    }
    let Some(parts) = split(text) else { return Reading::Other };
    let mut total: u64 = 0;
    let mut next = 0;
    let mut ordered = true;
    for (amount, unit) in parts {
        let Some(at) = UNITS.iter().position(|(name, _)| *name == unit) else { return Reading::Other };
        let sum =
            amount.parse::<u64>().ok().and_then(|amount| amount.checked_mul(UNITS[at].1)?.checked_add(total));
        let Some(sum) = sum else { return Reading::TooLong };
        total = sum;
        ordered &= at >= next;
        next = at + 1;
    }
    if ordered { Reading::Sound(total) } else { Reading::Disordered(total) }
}

/// Whole numbers, each with what follows it; `None` when the text is not of that form or is empty.
fn split(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (amount, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
        let end = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        if amount.is_empty() {
            return None;
        }
        parts.push((amount, &after[..end]));
        rest = &after[end..];
    }
    (!parts.is_empty()).then_some(parts)
}

fn canonical(millis: u64) -> String {
    let mut rest = millis;
    let mut text = String::new();
    for (name, size) in UNITS {
        // Years and weeks are used only where nothing remains: `8d` reads better than `1w1d`.
        if matches!(name, "y" | "w") && !rest.is_multiple_of(size) {
            continue;
        }
        if rest >= size {
            text.push_str(&format!("{}{name}", rest / size));
            rest %= size;
        }
    }
    if text.is_empty() { "0s".to_owned() } else { text }
}
