//! Whether Prometheus accepts a regular expression, and whether it matches the empty text.
//!
//! Prometheus uses RE2. Its syntax is nearly the one of the `regex_syntax` crate; the differences are translated.

use regex_syntax::hir::{Hir, HirKind, Look};

/// RE2 refuses to repeat something more often than this.
const MOST_REPEATS: u32 = 1000;
/// Whether the whole expression can match the empty text; on error, what is wrong with it.
pub(super) fn matches_empty(pattern: &str) -> Result<bool, String> {
    parse(pattern).map(|hir| can_be_empty(&hir))
}

fn can_be_empty(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Empty => true,
        HirKind::Literal(_) | HirKind::Class(_) => false,
        HirKind::Look(look) => !matches!(look, Look::WordAscii | Look::WordUnicode),
        HirKind::Repetition(repetition) => repetition.min == 0 || can_be_empty(&repetition.sub),
        HirKind::Capture(capture) => can_be_empty(&capture.sub),
        HirKind::Concat(parts) => parts.iter().all(can_be_empty),
        HirKind::Alternation(parts) => parts.iter().any(can_be_empty),
    }
}

/// Whether Prometheus accepts a pattern.
///
/// # Errors
/// What is wrong with it, without a full stop.
pub fn check_regex(pattern: &str) -> Result<(), String> {
    parse(pattern).map(drop)
}

/// The tree of a pattern that Prometheus accepts.
pub(super) fn tree(pattern: &str) -> Option<Hir> {
    parse(pattern).ok()
}

fn parse(pattern: &str) -> Result<Hir, String> {
    use regex_syntax::Error;
    let hir = regex_syntax::parse(&translate(pattern)?).map_err(|error| match error {
        Error::Parse(error) => error.kind().to_string(),
        Error::Translate(error) => error.kind().to_string(),
        _ => "it cannot be read".to_owned(),
    })?;
    Ok(hir)
}

/// Rewrites what RE2 reads as plain text and `regex_syntax` does not: `\Q..\E`, `\<`, octal escapes, `{` outside of a
/// repetition, and `[`, `&&`, `--` and `~~` inside a class; writes out classes of ASCII. Refuses repeated repetitions, which RE2 does not have.
pub(super) fn translate(pattern: &str) -> Result<String, String> {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern;
    let (mut class, mut repeated) = (false, false);
    while let Some(c) = rest.chars().next() {
        let repeats = !class && repetition(rest);
        if repeats && repeated {
            return Err("it repeats a repetition".to_owned());
        }
        let taken = match c {
            '\\' if !is_known_escape(rest, class) => {
                return Err("it escapes what RE2 has no escape for".to_owned());
            }
            '\\' => escaped(rest, class, &mut out),
            '[' if class => class_bracket(rest, &mut out),
            '[' => {
                class = true;
                class_start(rest, &mut out)
            }
            ']' => {
                class = false;
                copy(rest, 1, &mut out)
            }
            '&' | '-' | '~' if class && rest.get(1..).is_some_and(|next| next.starts_with(c)) => {
                out.push('\\');
                copy(rest, 1, &mut out)
            }
            '{' if !class => brace(rest, &mut out)?,
            '(' if !class && has_unknown_flag(rest) => {
                return Err("it has a flag that RE2 does not know".to_owned());
            }
            c => copy(rest, c.len_utf8(), &mut out),
        };
        rest = rest.get(taken..).unwrap_or("");
        if repeats && rest.starts_with('?') {
            rest = rest.get(copy(rest, 1, &mut out)..).unwrap_or("");
        }
        repeated = repeats;
    }
    Ok(out)
}

/// Whether a repetition such as `*` or `{2,3}` starts here.
fn repetition(rest: &str) -> bool {
    let counts = || rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
    rest.starts_with(['*', '+', '?']) || counts().is_some_and(|(counts, _)| is_repetition(counts))
}

fn copy(rest: &str, len: usize, out: &mut String) -> usize {
    out.push_str(rest.get(..len).unwrap_or(""));
    len
}

/// Whether RE2 knows what stands behind a backslash: signs, and some letters and digits.
fn is_known_escape(rest: &str, class: bool) -> bool {
    let letters = if class { "aDdfnPprSstvWwx01234567" } else { "ABDEPQSWabdfnprstvwxz01234567" };
    rest.chars().nth(1).is_none_or(|c| c.is_ascii() && (!c.is_ascii_alphanumeric() || letters.contains(c)))
}

fn escaped(rest: &str, class: bool, out: &mut String) -> usize {
    if let Some(literal) = rest.strip_prefix("\\Q").filter(|_| !class) {
        let len = literal.find("\\E").unwrap_or(literal.len());
        out.push_str(&regex_syntax::escape(literal.get(..len).unwrap_or("")));
        return (2 + len + 2).min(rest.len());
    }
    if let Some(ascii) = super::anchored::of_ascii(rest, class) {
        out.push_str(ascii);
        return 2;
    }
    let octal = octal_digits(rest);
    if octal > 0 {
        let code = rest.get(1..=octal).and_then(|digits| u32::from_str_radix(digits, 8).ok()).unwrap_or(0);
        out.push_str(&format!("\\x{{{code:x}}}"));
        return 1 + octal;
    }
    if rest.starts_with("\\<") || rest.starts_with("\\>") {
        return 1;
    }
    let name = ["\\p{", "\\P{", "\\x{"].iter().any(|start| rest.starts_with(start));
    let closed = rest.find('}').filter(|_| name).map(|end| end + 1);
    let len = closed.unwrap_or_else(|| rest.chars().nth(1).map_or(1, |next| 1 + next.len_utf8()));
    copy(rest, len, out)
}

/// How many digits an octal escape has; a single digit other than 0 would be a reference, which RE2 lacks.
fn octal_digits(rest: &str) -> usize {
    let digits = rest.bytes().skip(1).take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
    if digits == 1 && !rest.starts_with("\\0") { 0 } else { digits }
}

/// The start of a class: a `]` that comes first is an ordinary character.
fn class_start(rest: &str, out: &mut String) -> usize {
    let negated = rest.starts_with("[^");
    let len = copy(rest, if negated { 2 } else { 1 }, out);
    if rest.get(len..).is_some_and(|rest| rest.starts_with(']')) {
        out.push_str("\\]");
        return len + 1;
    }
    len
}

fn class_bracket(rest: &str, out: &mut String) -> usize {
    if let Some(len) = rest.strip_prefix("[:").and_then(|name| name.find(":]")) {
        return copy(rest, len + 4, out);
    }
    out.push_str("\\[");
    1
}

fn brace(rest: &str, out: &mut String) -> Result<usize, String> {
    let Some(len) = rest.find('}').filter(|len| is_repetition(rest.get(1..*len).unwrap_or(""))) else {
        out.push_str("\\{");
        return Ok(1);
    };
    let counts = rest.get(1..len).unwrap_or("");
    let allowed =
        |count: &str| count.is_empty() || count.parse::<u32>().is_ok_and(|count| count <= MOST_REPEATS);
    if !counts.split(',').all(allowed) {
        return Err(format!("it repeats something more than {MOST_REPEATS} times"));
    }
    Ok(copy(rest, len + 1, out))
}

fn is_repetition(counts: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (least, most) = counts.split_once(',').unwrap_or((counts, ""));
    !least.is_empty() && digits(least) && digits(most)
}

/// `(?x)` and `(?R)` exist in `regex_syntax` only.
fn has_unknown_flag(rest: &str) -> bool {
    let Some(flags) = rest.strip_prefix("(?") else { return false };
    let end = flags.find(|c: char| !c.is_ascii_alphabetic() && c != '-').unwrap_or(flags.len());
    let closed = flags.get(end..).is_some_and(|after| after.starts_with([')', ':']));
    closed && flags.get(..end).is_some_and(|flags| flags.contains(['x', 'R', 'u']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_re2_reads() {
        for pattern in [
            "[^[]+",
            "/x/{id}",
            "[a&&b]",
            "[]a]",
            "[^]]",
            r"\Qa.b(\E+",
            r"\Q(",
            "(?i:a)",
            "(?P<n>a)",
            "a{2,}",
            "a{,2}",
            "[[:alpha:]_]",
            r"[\[\]]",
            "",
            "中+",
            r"\pN",
            r"\p{Greek}\x{41}{2}",
            r"\0\12",
            "a+?b??",
            r"\<b\>",
        ] {
            assert!(matches_empty(pattern).is_ok(), "{pattern}: {:?}", matches_empty(pattern));
        }
    }

    #[test]
    fn refuses_what_re2_refuses() {
        for pattern in [
            "a{1001}", "(?x)a", "(", "a**", "a{2}{3}", "a???", "[", "*", "x{2,1}", r"(?=a)", r"\1", "[z-a]",
            r"\u4e2d", r"\中", r"[\b]", r"\e",
        ] {
            assert!(matches_empty(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn knows_what_matches_nothing() {
        assert_eq!(matches_empty(".*"), Ok(true));
        assert_eq!(matches_empty("a|"), Ok(true));
        assert_eq!(matches_empty("^$"), Ok(true));
        assert_eq!(matches_empty(".+"), Ok(false));
        assert_eq!(matches_empty(r"\b"), Ok(false));
    }
}
