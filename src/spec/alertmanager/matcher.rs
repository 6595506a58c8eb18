//! Alertmanager's matchers: reading them as both of its parsers do, and asking whether a label has what they want.

use crate::promql::MatchOp;
use regex::Regex;

/// The most bytes that a compiled pattern may take.
const PATTERN_BYTES: usize = 1 << 20;

/// One matcher.
#[derive(Debug, Clone)]
pub struct Matcher {
    /// The label.
    pub label: String,
    /// How it compares.
    pub op: MatchOp,
    /// The value or pattern.
    pub value: String,
    pattern: Option<Regex>,
}

impl PartialEq for Matcher {
    fn eq(&self, other: &Self) -> bool {
        (&self.label, self.op, &self.value) == (&other.label, other.op, &other.value)
    }
}

impl Matcher {
    /// A matcher; `None` for a pattern that is none.
    #[must_use]
    pub fn new(label: &str, op: MatchOp, value: &str) -> Option<Self> {
        let pattern = match op {
            MatchOp::Regex | MatchOp::NotRegex => Some(anchored(value)?),
            MatchOp::Equal | MatchOp::NotEqual => None,
        };
        Some(Self { label: label.to_owned(), op, value: value.to_owned(), pattern })
    }

    /// A matcher for one value, which is always one.
    #[must_use]
    pub fn equal(label: &str, value: &str) -> Self {
        Self { label: label.to_owned(), op: MatchOp::Equal, value: value.to_owned(), pattern: None }
    }

    /// A matcher for one of several words; one word alone is matched as it is. Words are of letters, digits, `_` and `-`.
    #[must_use]
    pub fn one_of(label: &str, words: &[&str]) -> Self {
        match words {
            [one] => Self::equal(label, one),
            many => {
                let pattern = many.join("|");
                Self::new(label, MatchOp::Regex, &pattern).unwrap_or_else(|| Self::equal(label, &pattern))
            }
        }
    }

    /// Whether a label's value is what it wants. A label that is not there has the empty value.
    #[must_use]
    pub fn matches(&self, value: &str) -> bool {
        let found = self.pattern.as_ref().map_or(self.value == value, |pattern| pattern.is_match(value));
        found == matches!(self.op, MatchOp::Equal | MatchOp::Regex)
    }

    /// As Alertmanager reads it in every mode: the value in double quotes.
    #[must_use]
    pub fn text(&self) -> String {
        let escaped = self.value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        format!("{}{}\"{escaped}\"", self.label, self.op.symbol())
    }
}

fn anchored(pattern: &str) -> Option<Regex> {
    regex::RegexBuilder::new(&format!("^(?:{pattern})$")).size_limit(PATTERN_BYTES).build().ok()
}

/// The matchers in one text, such as `severity=~"a|b"` or `{a="b", c!="d"}`; `None` where it holds none.
#[must_use]
pub fn parse(text: &str) -> Option<Vec<Matcher>> {
    let text = text.trim();
    let inner = text.strip_prefix('{').map_or(Some(text), |rest| rest.strip_suffix('}'))?;
    split(inner).into_iter().filter(|part| !part.trim().is_empty()).map(one).collect()
}

/// The parts between commas that stand outside quotes.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' if !escaped => quoted = !quoted,
            ',' if !quoted => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(&text[start..]);
    parts
}

fn one(text: &str) -> Option<Matcher> {
    let text = text.trim();
    let (label, rest) = if text.starts_with('"') {
        let end = closing_quote(text)?;
        (unquoted(&text[1..end]), &text[end + 1..])
    } else {
        let end = text.find(['=', '!', '~'])?;
        (text[..end].trim_end().to_owned(), &text[end..])
    };
    let rest = rest.trim_start();
    let ops =
        [("=~", MatchOp::Regex), ("!~", MatchOp::NotRegex), ("!=", MatchOp::NotEqual), ("=", MatchOp::Equal)];
    let (op, value) = ops.into_iter().find_map(|(mark, op)| Some((op, rest.strip_prefix(mark)?.trim())))?;
    let value = match value.strip_prefix('"') {
        Some(_) if closing_quote(value)? + 1 == value.len() => unquoted(&value[1..value.len() - 1]),
        Some(_) => return None,
        None => unquoted(value),
    };
    if label.is_empty() { None } else { Matcher::new(&label, op, &value) }
}

/// Where the quote that begins a text ends.
fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == '"' && !escaped {
            return Some(at);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

/// The text with its escapes replaced; an escape that nobody knows stays as it is.
fn unquoted(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some(known @ ('"' | '\\')) => out.push(known),
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<Vec<String>> {
        parse(text).map(|all| all.iter().map(Matcher::text).collect())
    }

    #[test]
    fn reads_every_form() {
        for (text, wanted) in [
            ("severity=critical", vec!["severity=\"critical\""]),
            (" severity = \"critical\" ", vec!["severity=\"critical\""]),
            ("a=~\"x|y\"", vec!["a=~\"x|y\""]),
            ("{a=\"b,c\", d!~e}", vec!["a=\"b,c\"", "d!~\"e\""]),
            ("a!=", vec!["a!=\"\""]),
            ("\"foo bar\"=\"x\"", vec!["foo bar=\"x\""]),
            ("a=\"q\\\"q\\\\\"", vec!["a=\"q\\\"q\\\\\""]),
            ("团队=\"支付\"", vec!["团队=\"支付\""]),
        ] {
            assert_eq!(told(text), Some(wanted.into_iter().map(str::to_owned).collect()), "{text}");
        }
        for text in ["severity", "=x", "a=\"b", "a=~(", "{a=b", "a=\"b\"c"] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn patterns_match_the_whole_value_and_what_is_missing_is_empty() {
        let matcher = |text: &str| parse(text).expect(text).remove(0);
        assert!(matcher("a=~b|c").matches("c") && !matcher("a=~b|c").matches("bc"));
        assert!(matcher("a!~b").matches("") && matcher("a=~.*").matches(""));
        assert!(matcher("a!=b").matches("") && !matcher("a=b").matches(""));
    }
}
