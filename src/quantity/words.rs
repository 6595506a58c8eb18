//! Units as people spell them, so that a diagnostic can show how they are written here.

use super::scan::time_unit;

/// Spellings in lower case, and the suffix that is meant.
const SPELLINGS: [(&[&str], &str); 23] = [
    (&["percent", "per cent", "pct", "prozent", "perc", "procent"], "%"),
    (
        &[
            "percentage points",
            "percentage point",
            "percent points",
            "points",
            "pts",
            "pt",
            "%pt",
            "pp.",
            "个百分点",
        ],
        "pp",
    ),
    (&["times", "fold", "-fold", "倍", "*"], "x"),
    (&["nanoseconds", "nanosecond", "nsec"], "ns"),
    (&["microseconds", "microsecond", "usec", "微秒"], "us"),
    (&["milliseconds", "millisecond", "millis", "msec", "msecs", "毫秒"], "ms"),
    (&["seconds", "second", "secs", "sec", "秒", "秒钟"], "s"),
    (&["minutes", "minute", "mins", "min", "分钟", "分"], "m"),
    (&["hours", "hour", "hrs", "hr", "小时"], "h"),
    (&["days", "day", "天", "日"], "d"),
    (&["weeks", "week", "wks", "周"], "w"),
    (&["years", "year", "年"], "y"),
    (&["bytes", "byte", "字节"], "B"),
    (&["kb", "kilobytes"], "kB"),
    (&["mb", "megabytes"], "MB"),
    (&["gb", "gigabytes"], "GB"),
    (&["tb", "terabytes"], "TB"),
    (&["kib"], "KiB"),
    (&["mib"], "MiB"),
    (&["gib"], "GiB"),
    (&["per second", "a second", "per sec", "rps", "qps", "req/s", "hz", "/秒", "/seconds"], "/s"),
    (&["per minute", "a minute", "per min", "rpm", "/分钟", "/mins", "/minutes"], "/min"),
    (&["per hour", "an hour", "/小时", "/hr", "/hours"], "/hour"),
];

/// Spellings of a day in a rate; apart from the others only by their number.
const PER_DAY: [&str; 5] = ["per day", "a day", "daily", "/天", "/days"];

/// Multiples that are no units, and what they stand for.
pub(super) const MULTIPLES: [(&str, i64); 11] = [
    ("k", 1_000),
    ("K", 1_000),
    ("千", 1_000),
    ("万", 10_000),
    ("M", 1_000_000),
    ("mio", 1_000_000),
    ("Mio", 1_000_000),
    ("million", 1_000_000),
    ("亿", 100_000_000),
    ("G", 1_000_000_000),
    ("billion", 1_000_000_000),
];

/// Sizes without their B, as other tools write them.
pub(super) const SHORT_SIZES: [(&str, &str); 11] = [
    ("k", "kB"),
    ("K", "kB"),
    ("M", "MB"),
    ("G", "GB"),
    ("T", "TB"),
    ("P", "PB"),
    ("Ki", "KiB"),
    ("Mi", "MiB"),
    ("Gi", "GiB"),
    ("Ti", "TiB"),
    ("Pi", "PiB"),
];

/// The suffix that a unit in words stands for; `None` when it is not known.
pub(super) fn suffix(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    if PER_DAY.contains(&lower.as_str()) {
        return Some("/day");
    }
    let spelled = SPELLINGS.iter().find(|(names, _)| names.contains(&lower.as_str()));
    let capitals = || ["ms", "us", "s", "m", "h", "d", "w", "y"].into_iter().find(|unit| *unit == lower);
    spelled.map(|(_, suffix)| *suffix).or_else(capitals)
}

/// The unit of time that a word stands for; `None` when it stands for none.
pub(super) fn time_suffix(word: &str) -> Option<&'static str> {
    suffix(word).filter(|suffix| time_unit(suffix).is_some())
}

/// Full-width characters replaced by the ASCII ones they look like.
pub(super) fn fold_width(text: &str) -> String {
    let fold = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(fold).collect()
}
