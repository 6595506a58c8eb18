//! The ways in which one quantity can be written.

use crate::model::Value;
use crate::tape::Tape;

/// A unit of the language, with a tick so small that every form is a whole number of ticks.
#[derive(Debug)]
pub struct Unit {
    pub name: &'static str,
    /// Each suffix with the ticks that `1` of it has; the first is the bare number.
    pub forms: &'static [(&'static str, i128)],
    /// Distances between generated values.
    pub steps: &'static [i128],
    /// The forms of differences: suffixes and ticks, in groups of one kind.
    pub deltas: &'static [&'static [(&'static str, i128)]],
}

const RATES: &[(&str, i128)] =
    &[("/s", 604_800_000), ("/min", 10_080_000), ("/h", 168_000), ("/day", 7_000), ("/week", 1_000)];
const RATE_STEPS: &[i128] = &[604_800_000, 10_080_000, 168_000 * 5, 7_000 * 20, 504_000];
const TIMES: &[(&str, i128)] =
    &[("ms", 1_000), ("s", 1_000_000), ("us", 1), ("m", 60_000_000), ("h", 3_600_000_000)];
const SIZES: &[(&str, i128)] =
    &[("B", 1), ("MiB", 1 << 20), ("GiB", 1 << 30), ("MB", 1_000_000), ("GB", 1_000_000_000), ("kB", 1_000)];
const DAYS: &[(&str, i128)] = &[("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1), ("w", 604_800)];

/// A rate whose bare number has that many ticks.
macro_rules! rate {
    ($name:literal, $bare:literal) => {
        Unit {
            name: $name,
            forms: &[
                ("", $bare),
                ("/s", 604_800_000),
                ("/min", 10_080_000),
                ("/hour", 168_000),
                ("/day", 7_000),
                ("/week", 1_000),
            ],
            steps: RATE_STEPS,
            deltas: &[RATES],
        }
    };
}

pub static UNITS: [Unit; 11] = [
    Unit { name: "count", forms: &[("", 1_000)], steps: &[1_000, 50_000, 100], deltas: &[&[("", 1_000)]] },
    Unit {
        name: "ratio",
        forms: &[("", 1_000_000), ("%", 10_000)],
        steps: &[10_000, 1_000, 5_000, 500],
        deltas: &[&[("pp", 10_000)]],
    },
    Unit {
        name: "percent",
        forms: &[("", 10_000), ("%", 10_000)],
        steps: &[10_000, 5_000, 100],
        deltas: &[&[("pp", 10_000)]],
    },
    Unit {
        name: "seconds",
        forms: &[("", 1_000_000), ("ms", 1_000), ("s", 1_000_000), ("us", 1), ("m", 60_000_000)],
        steps: &[50_000, 1_000_000, 60_000_000, 1_000, 90_000_000],
        deltas: &[TIMES],
    },
    Unit {
        name: "bytes",
        forms: &[("", 1), ("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("MB", 1_000_000)],
        steps: &[1 << 30, 1 << 20, 1_000_000, 512],
        deltas: &[SIZES],
    },
    rate!("per_second", 604_800_000),
    rate!("per_minute", 10_080_000),
    rate!("per_hour", 168_000),
    rate!("per_day", 7_000),
    Unit {
        name: "days",
        forms: &[("", 86_400), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)],
        steps: &[86_400, 43_200, 3_600, 604_800, 60],
        deltas: &[DAYS],
    },
    Unit { name: "none", forms: &[("", 1_000)], steps: &[1_000, 250, 1], deltas: &[&[("", 1_000)]] },
];

impl Unit {
    pub fn may_be_negative(&self) -> bool {
        self.name == "none"
    }

    /// An absolute quantity in any form in which it ends.
    pub fn absolute(&self, ticks: i128, tape: &mut Tape<'_>) -> Value {
        let (text, _) = any_form(ticks, self.forms, tape);
        Value { ticks, text: styled(text, tape) }
    }
}

/// How the quantities of one metric are written.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    Absolute,
    /// `+5%` and `1.05x`; a tick is a hundredth of a percent.
    Factor,
    /// `+100ms`, `-5pp`.
    Delta(&'static [(&'static str, i128)]),
}

impl Form {
    pub fn any_relative(unit: &'static Unit, tape: &mut Tape<'_>) -> Self {
        if tape.one_in(2) { Self::Delta(tape.pick(unit.deltas)) } else { Self::Factor }
    }

    /// The distance between generated values.
    pub fn step(self, unit: &'static Unit, tape: &mut Tape<'_>) -> i128 {
        match self {
            Self::Absolute => tape.pick(unit.steps),
            Self::Factor => tape.pick(&[500, 100, 50]),
            Self::Delta(forms) if forms == RATES => tape.pick(RATE_STEPS),
            Self::Delta(_) => tape.pick(unit.steps),
        }
    }

    pub fn may_be_negative(self, unit: &'static Unit) -> bool {
        !matches!(self, Self::Absolute) || unit.may_be_negative()
    }

    pub fn value(self, ticks: i128, unit: &'static Unit, tape: &mut Tape<'_>) -> Value {
        let sign = if ticks < 0 { "-" } else { "+" };
        let text = match self {
            Self::Absolute => return unit.absolute(ticks, tape),
            _ if ticks == 0 && tape.one_in(2) => "0".to_owned(),
            Self::Factor if tape.one_in(3) => {
                format!("{}x", decimal(ticks + 10_000, 10_000).expect("a finite decimal"))
            }
            Self::Factor => format!("{sign}{}%", decimal(ticks.abs(), 100).expect("a finite decimal")),
            Self::Delta(forms) => format!("{sign}{}", any_form(ticks.abs(), forms, tape).0),
        };
        Value { ticks, text }
    }
}

fn any_form(ticks: i128, forms: &[(&'static str, i128)], tape: &mut Tape<'_>) -> (String, &'static str) {
    let finite: Vec<(String, &'static str)> = forms
        .iter()
        .filter_map(|(suffix, factor)| Some((decimal(ticks, *factor)?, *suffix)))
        .filter(|(number, suffix)| !number.starts_with('-') || suffix.is_empty())
        .collect();
    let (number, suffix) = tape.pick(&finite);
    let blank = if suffix.len() > 1 && tape.one_in(6) { " " } else { "" };
    (format!("{number}{blank}{suffix}"), suffix)
}

/// `ticks / factor` as a decimal of at most 12 places, if there is one.
pub fn decimal(ticks: i128, factor: i128) -> Option<String> {
    let (whole, mut rest) = (ticks.abs() / factor, ticks.abs() % factor);
    let mut text = format!("{}{whole}", if ticks < 0 { "-" } else { "" });
    if rest == 0 {
        return Some(text);
    }
    text.push('.');
    for _ in 0..12 {
        rest *= 10;
        text.push_str(&(rest / factor).to_string());
        rest %= factor;
        if rest == 0 {
            return Some(text);
        }
    }
    None
}

/// The same number in another dress: more zeros, an exponent.
fn styled(text: String, tape: &mut Tape<'_>) -> String {
    let bare = text.bytes().all(|byte| byte.is_ascii_digit());
    match tape.below(12) {
        10 if bare && text != "0" && text.ends_with("00") => format!("{}e2", &text[..text.len() - 2]),
        11 if bare => format!("{text}.0"),
        _ => text,
    }
}
