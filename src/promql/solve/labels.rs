//! A name and labels that a selector takes.

use super::super::ast::{MatchOp, Matcher, Selector};
use super::world::{Labels, agrees};
use super::{NAME, pattern};
use std::collections::BTreeSet;

/// A name and labels that a selector takes, with the wanted values wherever its matchers leave them free.
#[must_use]
pub fn example(selector: &Selector, wanted: &Labels) -> Option<(String, Labels)> {
    let mut labels = wanted.clone();
    let mut name = selector.name.as_ref().map(|name| name.text.clone());
    let mentioned: BTreeSet<&str> = selector.matchers.iter().map(|m| m.label.text.as_str()).collect();
    for label in mentioned {
        let value = value(selector, label, wanted.get(label))?;
        if label == NAME {
            name = name.or(Some(value));
        } else if value.is_empty() {
            labels.remove(label);
        } else {
            labels.insert(label.to_owned(), value);
        }
    }
    let name = name.filter(|name| !name.is_empty())?;
    Some((name, labels))
}

/// A value of the label that a matcher refuses.
#[must_use]
pub fn refused(matcher: &Matcher) -> Option<String> {
    let pattern = pattern::anchored(&matcher.value);
    let mut candidates = super::super::texts(&matcher.value);
    candidates.extend([matcher.value.clone(), format!("{}-other", matcher.value)]);
    candidates.extend(["other", "0", "another/9"].map(str::to_owned));
    let taken = |value: &String| agrees(matcher.op, &matcher.value, pattern.as_ref(), value);
    candidates.into_iter().find(|value| !value.is_empty() && !taken(value))
}

/// A value that every matcher of the label takes.
fn value(selector: &Selector, label: &str, wanted: Option<&String>) -> Option<String> {
    let matchers: Vec<&Matcher> = selector.matchers_of(label).collect();
    let patterns: Vec<_> = matchers.iter().map(|matcher| pattern::anchored(&matcher.value)).collect();
    let mut candidates: Vec<String> = wanted.cloned().into_iter().collect();
    for matcher in &matchers {
        match matcher.op {
            MatchOp::Equal => candidates.push(matcher.value.clone()),
            MatchOp::Regex => candidates.extend(super::super::texts(&matcher.value)),
            MatchOp::NotEqual | MatchOp::NotRegex => {}
        }
    }
    candidates.extend(["other", "", "a", "0", "another/9"].map(str::to_owned));
    candidates.into_iter().find(|candidate| {
        let mut all = matchers.iter().zip(&patterns);
        all.all(|(matcher, pattern)| agrees(matcher.op, &matcher.value, pattern.as_ref(), candidate))
    })
}
