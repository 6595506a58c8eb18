//! What people write instead of a duration, and what they probably mean by it.

use super::super::number::Number;
use super::super::scan::{self, Suffix};
use super::super::words;
use super::{Duration, Reading, canonical, read, split};

/// What is wrong with a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DurationProblem {
    /// There is no text.
    Empty,
    /// A number without a unit: `10`.
    NoUnit,
    /// A unit is repeated or comes after a shorter one: `30m1h`.
    Order,
    /// A number with decimals: `1.5h`.
    Fraction,
    /// Spaces within: `1h 30m`.
    Space,
    /// A unit in words: `5 minutes`.
    Word,
    /// A sign before it: `-5m`, `+5m`.
    Sign,
    /// Longer than Prometheus can count.
    TooLong,
    /// Shorter than a millisecond: `500us`.
    TooShort,
    /// A unit in capitals: `5M`.
    Capital,
    /// Full-width characters: `５m`.
    FullWidth,
    /// Nothing that is recognised.
    Other,
}

/// Why a text is no [`Duration`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DurationFault {
    /// As the author wrote it, trimmed.
    pub text: String,
    /// What is wrong.
    pub problem: DurationProblem,
    /// The text that could replace it as it stands; `None` when only the author can tell. Always a sound duration.
    pub instead: Option<String>,
}

impl DurationFault {
    pub(super) fn too_long(text: &str) -> Self {
        Self::new(text, DurationProblem::TooLong, None)
    }

    fn new(text: &str, problem: DurationProblem, instead: Option<String>) -> Self {
        let instead = instead.filter(|text| matches!(read(text), Reading::Sound(_)));
        Self { text: text.to_owned(), problem, instead }
    }

    /// What is wrong, as a sentence without its full stop.
    #[must_use]
    pub fn message(&self) -> String {
        let why = match self.problem {
            DurationProblem::Empty => return "a duration is missing here".to_owned(),
            DurationProblem::NoUnit => "it has no unit",
            DurationProblem::Order => "each unit stands once, from the longest to the shortest",
            DurationProblem::Fraction => "it is not a whole number of its unit",
            DurationProblem::Space => "it has spaces within",
            DurationProblem::Word => "units are single letters here",
            DurationProblem::Sign => "a length of time has no sign",
            DurationProblem::TooLong => "Prometheus counts to about 292 years",
            DurationProblem::TooShort => "the shortest unit is the millisecond, `ms`",
            DurationProblem::Capital => "units are lower-case letters, and `m` is minutes",
            DurationProblem::FullWidth => "it has full-width characters",
            DurationProblem::Other => "it is not made of whole numbers and units",
        };
        format!("`{}` is not a duration: {why}", self.text)
    }

    /// What to do about it, as a sentence without its full stop.
    #[must_use]
    pub fn help(&self) -> String {
        if let Some(instead) = &self.instead {
            return format!("write `{instead}`");
        }
        if self.problem == DurationProblem::NoUnit {
            let text = &self.text;
            return format!("write `{text}s` for seconds, `{text}m` for minutes or `{text}h` for hours");
        }
        "write it like `30s`, `5m`, `1h30m` or `7d`".to_owned()
    }
}

/// Says what is wrong with a text that is no duration.
pub(super) fn diagnose(text: &str) -> DurationFault {
    let fault = |problem, instead| DurationFault::new(text, problem, instead);
    let folded = words::fold_width(text);
    let unsigned = text.trim_start_matches(['+', '-', '−', '–']);
    let joined: String = text.split_whitespace().collect();
    let lower = joined.to_lowercase();
    if text.is_empty() {
        fault(DurationProblem::Empty, None)
    } else if folded != text {
        fault(DurationProblem::FullWidth, repaired(folded.trim()))
    } else if unsigned != text {
        fault(DurationProblem::Sign, repaired(unsigned.trim()))
    } else if text.bytes().all(|byte| byte.is_ascii_digit()) {
        fault(DurationProblem::NoUnit, None)
    } else if let Reading::Disordered(millis) = read(&joined) {
        fault(DurationProblem::Order, Some(canonical(millis)))
    } else if is_sound(&joined) {
        fault(DurationProblem::Space, Some(joined))
    } else if is_sound(&lower) {
        fault(DurationProblem::Capital, Some(lower))
    } else {
        by_number(text, &lower)
    }
}

/// Texts that need a look at their numbers and units.
fn by_number(text: &str, lower: &str) -> DurationFault {
    let pointed = lower.replacen(',', ".", 1);
    let (number, unit) = scan::split_number(&pointed);
    let spelled = format!("{number}{}", words::time_suffix(unit).unwrap_or(unit));
    let seconds = scan::scan(&spelled).ok().filter(|written| written.suffix == Suffix::Seconds);
    match seconds.map(|written| whole_millis(&written.amount)) {
        Some(instead) if number.contains('.') => DurationFault::new(text, DurationProblem::Fraction, instead),
        Some(None) => DurationFault::new(text, DurationProblem::TooShort, None),
        Some(Some(short)) if ["ns", "us", "µs", "μs"].iter().any(|unit| spelled.ends_with(unit)) => {
            DurationFault::new(text, DurationProblem::TooShort, Some(short))
        }
        _ => match in_letters(lower) {
            Some(letters) => DurationFault::new(text, DurationProblem::Word, Some(letters)),
            None => DurationFault::new(text, DurationProblem::Other, None),
        },
    }
}

/// The text with each unit in words replaced by its letter; `None` when one is not known.
fn in_letters(joined: &str) -> Option<String> {
    let parts = split(joined)?;
    let letters: Option<String> = parts
        .into_iter()
        .map(|(amount, word)| Some(format!("{amount}{}", words::time_suffix(word)?)))
        .collect();
    letters.and_then(|letters| repaired(&letters))
}

/// The duration that a repair comes to; `None` when it is none either.
fn repaired(text: &str) -> Option<String> {
    match read(text) {
        Reading::Sound(_) => Some(text.to_owned()),
        Reading::Disordered(millis) => Some(canonical(millis)),
        Reading::TooLong | Reading::Other => None,
    }
}

fn is_sound(text: &str) -> bool {
    matches!(read(text), Reading::Sound(_))
}

fn whole_millis(seconds: &Number) -> Option<String> {
    let (millis, parts) = seconds.checked_mul(&Number::from_integer(1_000))?.as_fraction();
    if parts != 1 || millis == 0 {
        return None;
    }
    Duration::from_millis(u64::try_from(millis).ok()?).map(|duration| duration.to_canonical())
}
