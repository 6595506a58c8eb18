//! What people write instead of a quantity, and what they probably mean by it.

use super::number::{Number, NumberFault};
use super::scan::{ScanFault, scan, split_number, split_sign};
use super::unit::{Dimension, Unit};
use super::words;

/// What is wrong with a text, and what would be right.
pub(super) struct Slip {
    pub(super) why: String,
    pub(super) advice: String,
    pub(super) instead: Option<String>,
}

impl Slip {
    /// A slip that only the author can mend.
    pub(super) fn told(why: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { why: why.into(), advice: advice.into(), instead: None }
    }

    /// A slip with one repair; `None` when the repair would be no quantity either.
    fn mended(why: impl Into<String>, instead: String) -> Option<Self> {
        scan(&instead).ok()?;
        Some(Self { why: why.into(), advice: format!("write `{instead}`"), instead: Some(instead) })
    }
}

type Detector = fn(&str, Unit) -> Option<Slip>;

/// Tried in this order; the first that recognises the text speaks.
const DETECTORS: [Detector; 13] = [
    empty,
    full_width,
    without_end,
    comparison,
    approximate,
    range,
    typographic_minus,
    comma,
    separators,
    thousands,
    per_mille,
    unit_in_words,
    combination,
];

/// Says what is wrong with a text that could not be taken apart.
pub(super) fn explain(text: &str, unit: Unit, examples: &str, fault: ScanFault) -> Slip {
    let told = DETECTORS.iter().find_map(|detect| detect(text, unit));
    let mut slip = told.unwrap_or_else(|| otherwise(text, unit, fault));
    if slip.advice.is_empty() {
        slip.advice = format!("write a value such as {examples}");
    }
    slip
}

fn empty(text: &str, _: Unit) -> Option<Slip> {
    text.is_empty().then(|| Slip::told("a value is missing here", ""))
}

fn full_width(text: &str, _: Unit) -> Option<Slip> {
    let folded = words::fold_width(text);
    if folded == text {
        return None;
    }
    let why = "it has full-width characters, which only look like digits and signs";
    Slip::mended(why, folded.trim().to_owned()).or_else(|| Some(Slip::told(why, "")))
}

fn without_end(text: &str, _: Unit) -> Option<Slip> {
    let bare = text.trim_start_matches(['+', '-', '.']).to_ascii_lowercase();
    let told = |why| Some(Slip::told(why, "leave the key out where there is no limit"));
    match bare.as_str() {
        "inf" | "infinity" | "infinite" | "∞" => told("it is no limit at all"),
        "nan" => told("it stands for \"no value\""),
        _ => None,
    }
}

fn comparison(text: &str, _: Unit) -> Option<Slip> {
    let body = text.trim_start_matches(['>', '<', '=', '≥', '≤', '!', ' ']);
    if body == text {
        return None;
    }
    let why = "the key (`above`, `below`, `min` or `max`) already says on which side";
    Slip::mended(why, body.to_owned()).or_else(|| Some(Slip::told(why, "")))
}

fn approximate(text: &str, _: Unit) -> Option<Slip> {
    if text.starts_with('±') {
        let advice = "write the lower and the upper end, each under its own key";
        return Some(Slip::told("one value cannot be both ends of a range", advice));
    }
    let marks = ["~", "≈", "about ", "ca. ", "ca.", "circa ", "approx. ", "around ", "约", "大约"];
    let body = marks.iter().find_map(|mark| text.strip_prefix(mark))?;
    Slip::mended("a limit is an exact value", body.trim().to_owned())
}

fn range(text: &str, _: Unit) -> Option<Slip> {
    let marks = ["...", "..", "…", "–", "—", "~", " to ", " bis ", "至", "到", "-"];
    let halves = marks.iter().filter_map(|mark| text.split_once(mark));
    halves.into_iter().find(|(low, high)| scan(low.trim()).is_ok() && scan(high.trim()).is_ok())?;
    let advice = "write its ends apart: `min` and `max` for normal, `below` and `above` for a level";
    Some(Slip::told("it is a range, and a limit is one value", advice))
}

fn typographic_minus(text: &str, _: Unit) -> Option<Slip> {
    let body = text.strip_prefix(['−', '–', '—'])?;
    Slip::mended("its minus is a typographic one", format!("-{}", body.trim_start()))
}

fn comma(text: &str, _: Unit) -> Option<Slip> {
    let at = text.rfind(',')?;
    let dropped = text.replace(',', "");
    if text.rfind('.').is_some_and(|point| point > at) || text.matches(',').count() > 1 {
        return Slip::mended("digits are not grouped", dropped);
    }
    let pointed = text.replace('.', "").replace(',', ".");
    let behind = text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
    if behind == 3 && !text.contains('.') && scan(&dropped).is_ok() && scan(&pointed).is_ok() {
        let advice =
            format!("write `{dropped}` if it groups thousands and `{pointed}` if it is the decimal point");
        return Some(Slip::told("its comma can be read in two ways", advice));
    }
    Slip::mended("decimals follow a point, not a comma", pointed)
}

fn separators(text: &str, _: Unit) -> Option<Slip> {
    let group = |c: char| matches!(c, '_' | '\'' | '’' | '\u{a0}' | '\u{202f}' | ' ');
    let mut joined = String::with_capacity(text.len());
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let after_digit = text[..at].ends_with(|c: char| c.is_ascii_digit());
        let before_digit = rest.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        if !(group(c) && after_digit && before_digit) {
            joined.push(c);
        }
    }
    if joined == text { None } else { Slip::mended("digits are not grouped", joined) }
}

fn thousands(text: &str, unit: Unit) -> Option<Slip> {
    let (number, word) = number_and_word(text)?;
    if unit.dimension() == Dimension::Size {
        let known = words::SHORT_SIZES.iter().find(|(short, _)| *short == word);
        return known
            .and_then(|(_, size)| Slip::mended("its unit lacks the B of bytes", format!("{number}{size}")));
    }
    // On a time, `M` is more likely a minute in capitals than a million.
    if unit.dimension() == Dimension::Time {
        return None;
    }
    let (_, factor) = words::MULTIPLES.iter().find(|(name, _)| *name == word)?;
    let value = Number::parse(number).ok()?.checked_mul(&Number::from_integer(*factor))?.to_decimal()?;
    Slip::mended(format!("`{word}` is no unit here"), value)
}

fn per_mille(text: &str, _: Unit) -> Option<Slip> {
    let number = text.strip_suffix('‰')?.trim_end();
    let value = Number::parse(number).ok()?.checked_div(&Number::from_integer(10))?.to_decimal()?;
    let sign = if text.starts_with('+') { "+" } else { "" };
    Slip::mended("`‰` is no unit here", format!("{sign}{value}%"))
}

fn unit_in_words(text: &str, unit: Unit) -> Option<Slip> {
    let (number, word) = number_and_word(text)?;
    if let Some(suffix) = words::suffix(word) {
        return Slip::mended(format!("the unit `{word}` is written `{suffix}`"), format!("{number}{suffix}"));
    }
    let counts = matches!(unit.dimension(), Dimension::Count | Dimension::Number);
    let is_word = counts && word.chars().all(|c| c.is_alphabetic() || c == ' ');
    let mended =
        || Slip::mended(format!("`{word}` is no unit, and this metric needs none"), number.to_owned());
    if is_word { mended() } else { None }
}

fn combination(text: &str, _: Unit) -> Option<Slip> {
    let (_, word) = number_and_word(text)?;
    let mut units =
        word.split(|c: char| c.is_ascii_digit() || c == '.' || c == ' ').filter(|part| !part.is_empty());
    let several = word.contains(|c: char| c.is_ascii_digit());
    let all_times = units.all(|part| super::scan::time_unit(part).is_some());
    let why = "several units of time take whole numbers, from the longest unit to the shortest";
    (several && all_times).then(|| Slip::told(why, "write it like `1h30m`"))
}

fn otherwise(text: &str, unit: Unit, fault: ScanFault) -> Slip {
    match fault {
        ScanFault::Number(NumberFault::TooManyDigits) => {
            Slip::told("it has more than 18 digits", "round it, or use a larger unit")
        }
        ScanFault::Number(NumberFault::ExponentTooLarge) | ScanFault::TooLarge => {
            Slip::told("it is too large or too small", "use another unit")
        }
        ScanFault::Number(NumberFault::NotANumber) => Slip::told("it does not begin with a number", ""),
        ScanFault::UnknownUnit => {
            let word = number_and_word(text).map_or(text, |(_, word)| word);
            Slip::told(format!("`{word}` is no known unit; this metric is in `{}`", unit.name()), "")
        }
    }
}

/// A number with its sign, and the non-empty rest.
fn number_and_word(text: &str) -> Option<(&str, &str)> {
    let (_, body) = split_sign(text);
    let (digits, word) = split_number(body);
    let number = &text[..text.len() - word.len()];
    (!digits.is_empty() && !word.trim().is_empty()).then(|| (number.trim_end(), word.trim()))
}
