//! Alertmanager's matchers: reading them as both of its parsers do, and asking whether a label has what they want.
//!
//! `classic` is the parser of every version; `utf8` came with 0.27 and takes any label. A version that has both
//! prefers what the classic one says, so that a text means the same everywhere.

mod classic;
#[cfg(test)]
mod tests;
mod utf8;

pub(super) use classic::is_name;

use crate::promql::{self, MatchOp};
use regex::Regex;

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
    /// A matcher.
    ///
    /// # Errors
    /// What is wrong with a pattern that Alertmanager refuses, or that can't be followed here.
    pub fn new(label: &str, op: MatchOp, value: &str) -> Result<Self, String> {
        let pattern = match op {
            MatchOp::Regex | MatchOp::NotRegex => Some(promql::anchored(value)?),
            MatchOp::Equal | MatchOp::NotEqual => None,
        };
        Ok(Self { label: label.to_owned(), op, value: value.to_owned(), pattern })
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
                Self::new(label, MatchOp::Regex, &pattern).unwrap_or_else(|_| Self::equal(label, &pattern))
            }
        }
    }

    /// Whether a label's value is what it wants. A label that is not there has the empty value.
    #[must_use]
    pub fn matches(&self, value: &str) -> bool {
        let found = self.pattern.as_ref().map_or(self.value == value, |pattern| pattern.is_match(value));
        found == matches!(self.op, MatchOp::Equal | MatchOp::Regex)
    }

    /// The values of which one must be there, where they can be listed: that of `=`, and the words of a pattern that is
    /// nothing but words.
    #[must_use]
    pub fn values(&self) -> Option<Vec<&str>> {
        let is_word =
            |word: &&str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '/'));
        match self.op {
            MatchOp::Equal => Some(vec![&self.value]),
            MatchOp::Regex => {
                let words: Vec<&str> = self.value.split('|').collect();
                words.iter().all(is_word).then_some(words)
            }
            MatchOp::NotEqual | MatchOp::NotRegex => None,
        }
    }

    /// Whether whoever has what `self` wants has what `other` wants too, as far as that can be seen.
    #[must_use]
    pub fn implies(&self, other: &Self) -> bool {
        let all = |values: Vec<&str>| values.iter().all(|value| other.matches(value));
        self.label == other.label && (self == other || self.values().is_some_and(all))
    }

    /// As Alertmanager reads it in every mode: the value in double quotes, and so a label that is no classic name.
    #[must_use]
    pub fn text(&self) -> String {
        let quoted = |text: &str| {
            let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            format!("\"{escaped}\"")
        };
        let label = if classic::is_name(&self.label) { self.label.clone() } else { quoted(&self.label) };
        format!("{label}{}{}", self.op.symbol(), quoted(&self.value))
    }
}

/// Matchers as a selector: `{a="b", c=~"d|e"}`, and `{}` for none.
#[must_use]
pub fn selector(matchers: &[Matcher]) -> String {
    format!("{{{}}}", matchers.iter().map(Matcher::text).collect::<Vec<_>>().join(", "))
}

/// The matchers in one text, such as `severity=~"a|b"` or `{a="b", c!="d"}`.
///
/// # Errors
/// What is wrong, in the words of the parser that comes first.
pub fn parse(text: &str) -> Result<Vec<Matcher>, String> {
    classic::parse(text).or_else(|fault| utf8::parse(text).map_err(|_| fault))
}

/// The operator at the beginning of a text, and what follows it.
fn operator(text: &str) -> Option<(MatchOp, &str)> {
    let ops =
        [("=~", MatchOp::Regex), ("!~", MatchOp::NotRegex), ("!=", MatchOp::NotEqual), ("=", MatchOp::Equal)];
    ops.into_iter().find_map(|(mark, op)| Some((op, text.strip_prefix(mark)?)))
}
