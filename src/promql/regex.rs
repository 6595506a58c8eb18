//! Whether Prometheus accepts a regular expression, and whether it matches the empty text.
//!
//! Prometheus uses RE2. Its syntax is nearly the one of the `regex_syntax` crate; the differences are translated.

use regex_syntax::hir::Hir;

/// RE2 refuses to repeat something more often than this.
const MOST_REPEATS: u32 = 1000;

/// Whether the whole expression can match the empty text; on error, what is wrong with it.
pub(super) fn matches_empty(pattern: &str) -> Result<bool, String> {
    parse(pattern).map(|hir| hir.properties().minimum_len() == Some(0))
}

/// Whether Prometheus accepts a pattern.
///
/// # Errors
/// What is wrong with it, without a full stop.
pub fn check_regex(pattern: &str) -> Result<(), String> {
    parse(pattern).map(drop)
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

/// Rewrites what RE2 reads as plain text and `regex_syntax` does not: `\Q..\E`, `{` outside of a repetition,
/// and `[`, `&&`, `--` and `~~` inside a class.
fn translate(pattern: &str) -> Result<String, String> {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern;
    let mut class = false;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
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
            '(' if !class && has_unknown_flag(rest) => return Err("it has a flag that RE2 does not know".to_owned()),
            c => copy(rest, c.len_utf8(), &mut out),
        };
        rest = rest.get(taken..).unwrap_or("");
    }
    Ok(out)
}

fn copy(rest: &str, len: usize, out: &mut String) -> usize {
    out.push_str(rest.get(..len).unwrap_or(""));
    len
}

fn escaped(rest: &str, class: bool, out: &mut String) -> usize {
    if let Some(literal) = rest.strip_prefix("\\Q").filter(|_| !class) {
        let len = literal.find("\\E").unwrap_or(literal.len());
        out.push_str(&regex_syntax::escape(literal.get(..len).unwrap_or("")));
        return (2 + len + 2).min(rest.len());
    }
    let len = rest.chars().nth(1).map_or(1, |next| 1 + next.len_utf8());
    copy(rest, len, out)
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
    let allowed = |count: &str| count.is_empty() || count.parse::<u32>().is_ok_and(|count| count <= MOST_REPEATS);
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
        ] {
            assert!(matches_empty(pattern).is_ok(), "{pattern}: {:?}", matches_empty(pattern));
        }
    }

    #[test]
    fn refuses_what_re2_refuses() {
        for pattern in ["a{1001}", "(?x)a", "(", "a**b(", "[", "*", "x{2,1}", r"(?=a)", r"\1", "[z-a]"] {
            assert!(matches_empty(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn knows_what_matches_nothing() {
        assert_eq!(matches_empty(".*"), Ok(true));
        assert_eq!(matches_empty("a|"), Ok(true));
        assert_eq!(matches_empty(".+"), Ok(false));
    }
}
