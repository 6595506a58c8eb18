//! Numbers, durations and quoted texts, read the way Prometheus (that is, Go) reads them.

/// The value of a number as PromQL writes it, or `None` when the text is not one.
pub(super) fn number(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "inf" => return Some(f64::INFINITY),
        "nan" => return Some(f64::NAN),
        _ => {}
    }
    if let Some(digits) = lower.strip_prefix("0x") {
        return whole(digits.strip_prefix('_').unwrap_or(digits), 16);
    }
    if !lower.starts_with(|c: char| c.is_ascii_digit() || c == '.') || !underscores_separate_digits(&lower) {
        return None;
    }
    let octal =
        lower.len() > 1 && lower.starts_with('0') && lower.bytes().all(|b| matches!(b, b'0'..=b'7' | b'_'));
    if octal {
        return whole(&lower, 8);
    }
    let plain = lower.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'_' | b'+' | b'-'));
    if !plain {
        return None;
    }
    lower.replace('_', "").parse().ok().filter(|value: &f64| value.is_finite())
}

#[allow(clippy::cast_precision_loss, reason = "PromQL has no other numbers than floats")]
fn whole(digits: &str, radix: u32) -> Option<f64> {
    if digits.starts_with('_') || digits.ends_with('_') || digits.contains("__") {
        return None;
    }
    u64::from_str_radix(&digits.replace('_', ""), radix).ok().map(|value| value as f64)
}

fn underscores_separate_digits(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'_')
        .all(|(at, _)| digit(at.checked_sub(1)) && digit(Some(at + 1)))
}

const UNITS: [(&str, f64); 7] = [
    ("y", 31_536_000.0),
    ("w", 604_800.0),
    ("d", 86_400.0),
    ("h", 3_600.0),
    ("m", 60.0),
    ("s", 1.0),
    ("ms", 0.001),
];

/// Go keeps durations in 64 bits of nanoseconds; longer ones are refused by Prometheus.
pub(super) const LONGEST: f64 = 9_223_372_036.0;

/// The seconds of a duration such as `1h30m`: units from large to small, each at most once.
pub(super) fn duration(text: &str) -> Option<f64> {
    if text.is_empty() {
        return None;
    }
    let (mut rest, mut units, mut sum) = (text, UNITS.iter(), 0.0);
    while !rest.is_empty() {
        let (digits, after) = rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count());
        let (unit, next) = after.split_at(after.bytes().take_while(u8::is_ascii_alphabetic).count());
        let (_, seconds) = units.find(|(name, _)| *name == unit)?;
        sum += digits.parse::<f64>().ok()? * seconds;
        rest = next;
    }
    (sum < LONGEST).then_some(sum)
}

/// The content of a quoted text, quotes included in `raw`; on error, what is wrong with it.
pub(super) fn unquote(raw: &str) -> Result<String, &'static str> {
    let Some(quote) = raw.chars().next() else { return Ok(String::new()) };
    let body = raw.get(1..raw.len().saturating_sub(1)).unwrap_or("");
    if quote == '`' || !body.contains('\\') {
        return Ok(body.to_owned());
    }
    // Escapes such as \xe2 give single bytes, so the text is only checked when it is complete.
    let mut out = Vec::with_capacity(body.len());
    let mut chars = body.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            escape(&mut chars, quote, &mut out)?;
        } else {
            push(&mut out, c);
        }
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn push(out: &mut Vec<u8>, c: char) {
    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

fn escape(chars: &mut std::str::Chars<'_>, quote: char, out: &mut Vec<u8>) -> Result<(), &'static str> {
    const UNKNOWN: &str = "this escape sequence is not known; a backslash itself is written `\\\\`";
    let c = chars.next().ok_or("the text ends in the middle of an escape sequence")?;
    match c {
        'a' => out.push(7),
        'b' => out.push(8),
        'f' => out.push(12),
        'n' => out.push(b'\n'),
        'r' => out.push(b'\r'),
        't' => out.push(b'\t'),
        'v' => out.push(11),
        '\\' => out.push(b'\\'),
        c if c == quote => push(out, quote),
        '0'..='7' => {
            let high = c.to_digit(8).unwrap_or(0);
            let code = high * 64 + digits(chars, 2, 8)?;
            out.push(u8::try_from(code).map_err(|_| "an octal escape sequence goes up to `\\377`")?);
        }
        'x' => out.push(u8::try_from(digits(chars, 2, 16)?).unwrap_or(0)),
        'u' | 'U' => {
            let code = digits(chars, if c == 'u' { 4 } else { 8 }, 16)?;
            push(out, char::from_u32(code).ok_or("this escape sequence is not a Unicode character")?);
        }
        _ => return Err(UNKNOWN),
    }
    Ok(())
}

fn digits(chars: &mut std::str::Chars<'_>, count: usize, radix: u32) -> Result<u32, &'static str> {
    let mut value = 0_u32;
    for _ in 0..count {
        let digit =
            chars.next().and_then(|c| c.to_digit(radix)).ok_or("this escape sequence lacks digits")?;
        value = value.wrapping_mul(radix).wrapping_add(digit);
    }
    Ok(value)
}

/// `text` between double quotes, escaped so that every Prometheus reads back exactly `text`.
#[must_use]
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_go_reads_them() {
        for (text, value) in [
            ("1", 1.0),
            ("5.", 5.0),
            (".5", 0.5),
            ("0x1F", 31.0),
            ("017", 15.0),
            ("08", 8.0),
            ("1e-3", 0.001),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        assert_eq!(number("1_000.5"), Some(1000.5));
        assert!(number("NaN").is_some_and(f64::is_nan));
        for text in ["", "1_", "_1", "1__0", "1._5", "2.5.", "0x", "1e400", "abc", "5m", "１"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn durations_go_from_large_units_to_small() {
        for (text, seconds) in
            [("5m", 300.0), ("1h30m", 5400.0), ("1d", 86400.0), ("1s500ms", 1.5), ("0s", 0.0)]
        {
            assert_eq!(duration(text), Some(seconds), "{text}");
        }
        for text in ["", "5", "m", "5mm", "30m1h", "5m5m", "5x", "300y", "1.5h"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[test]
    fn quoting_and_unquoting_are_inverse() {
        for text in ["", "a", "a\"b", "\\d+", "line\nbreak\ttab\r", "\u{7f}\u{0}", "中文", "it's `x`"] {
            assert_eq!(unquote(&quote(text)).as_deref(), Ok(text));
        }
    }

    #[test]
    fn escapes() {
        assert_eq!(unquote(r#""\x41\101\u00e9\U0001F600\'""#), Err(ESCAPE));
        assert_eq!(unquote(r#""\x41\101\u00e9\U0001F600""#).as_deref(), Ok("AAé😀"));
        assert_eq!(unquote(r#""\xe2\x82\xac""#).as_deref(), Ok("€"));
        assert_eq!(unquote(r"`\d`").as_deref(), Ok(r"\d"));
        for bad in [r#""\400""#, r#""\x4""#, r#""\u12""#, r#""\ud800""#, r#""\q""#] {
            assert!(unquote(bad).is_err(), "{bad}");
        }
    }

    const ESCAPE: &str = "this escape sequence is not known; a backslash itself is written `\\\\`";
}
