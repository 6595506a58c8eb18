//! Pieces of PromQL that rules are put together from.

use crate::promql;
use crate::quantity::{Duration, Number};
use crate::spec::matcher::Matcher;

/// A recorded series: its name and the labels by which it is selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The name.
    pub name: String,
    /// The matchers, as PromQL.
    matchers: Vec<String>,
}

impl Series {
    /// The series of that name of one release.
    #[must_use]
    pub fn new(name: impl Into<String>, release: &str) -> Self {
        Self { name: name.into(), matchers: vec![equal("release", release)] }
    }

    /// The series of that name of every release.
    #[must_use]
    pub fn of_all(name: impl Into<String>) -> Self {
        Self { name: name.into(), matchers: Vec::new() }
    }

    /// Only those with this label value.
    #[must_use]
    pub fn with(mut self, label: &str, value: &str) -> Self {
        self.matchers.push(equal(label, value));
        self
    }

    /// Only those that another matcher takes.
    #[must_use]
    pub fn matching(mut self, matcher: impl Into<String>) -> Self {
        self.matchers.push(matcher.into());
        self
    }

    /// The selector.
    #[must_use]
    pub fn selector(&self) -> String {
        format!("{}{{{}}}", self.name, self.matchers.join(","))
    }

    /// The selector with a range.
    #[must_use]
    pub fn over(&self, range: &str) -> String {
        format!("{}[{range}]", self.selector())
    }
}

/// `label="value"`.
#[must_use]
pub fn equal(label: &str, value: &str) -> String {
    format!("{label}={}", promql::quote(value))
}

/// `label=~"a|b"`, or the plain form for one value. Stage ids hold no character that a pattern reads otherwise.
#[must_use]
pub fn one_of(label: &str, values: &[&str]) -> String {
    match values {
        [one] => equal(label, one),
        many => format!("{label}=~{}", promql::quote(&many.join("|"))),
    }
}

/// The same for none of the values. They may be any text.
#[must_use]
pub fn none_of(label: &str, values: &[&str]) -> String {
    match values {
        [one] => format!("{label}!={}", promql::quote(one)),
        many => {
            let patterns: Vec<_> = many.iter().map(|value| regex_syntax::escape(value)).collect();
            format!("{label}!~{}", promql::quote(&patterns.join("|")))
        }
    }
}

/// ` by (a, b)`, or nothing.
#[must_use]
pub fn by(labels: &[String]) -> String {
    if labels.is_empty() { String::new() } else { format!(" by ({})", labels.join(", ")) }
}

/// `on (release, a)`: the labels that both sides of a join carry.
#[must_use]
pub fn on(labels: &[String]) -> String {
    let mut all = vec!["release"];
    all.extend(labels.iter().map(String::as_str));
    format!("on ({})", all.join(", "))
}

/// An aggregation over the kept labels, with `le` when buckets must survive it.
#[must_use]
pub fn sum(labels: &[String], inner: &str) -> String {
    if labels.is_empty() { format!("sum({inner})") } else { format!("sum{} ({inner})", by(labels)) }
}

/// The rate of a selector over a window.
#[must_use]
pub fn rate(selector: &str, window: &Duration, offset: Option<&Duration>) -> String {
    format!("rate({selector}[{}]{})", window.to_prometheus(), offset_text(offset))
}

/// ` offset 7d`, or nothing.
#[must_use]
pub fn offset_text(offset: Option<&Duration>) -> String {
    offset.map(|offset| format!(" offset {}", offset.to_prometheus())).unwrap_or_default()
}

/// `expr * factor`, without a factor of one.
#[must_use]
pub fn times(expr: &str, factor: &Number) -> String {
    if *factor == Number::from_integer(1) {
        expr.to_owned()
    } else {
        format!("{expr} * {}", factor.to_promql())
    }
}

/// The author's matchers as the PromQL module adds them.
#[must_use]
pub fn added(matchers: &[Matcher]) -> Vec<promql::MatcherText> {
    matchers.iter().map(Matcher::told).collect()
}
