//! Which alerts a test asks for, and which it expects.

use super::super::document::Test;
use crate::plan::proof::{Labels, raisers};
use crate::promql::{self, Expr, Kind, MatchOp, Selector};
use regex::Regex;

/// Which alerts a test asks for: a name, a pattern, or one with all its labels.
pub(super) enum Asked {
    Name(String),
    Pattern(Regex, String),
    Alert(Labels),
}

impl Asked {
    /// Whether it asks for alerts of this name.
    pub(super) fn is(&self, alert: &str) -> bool {
        match self {
            Self::Name(name) => name == alert,
            Self::Pattern(pattern, _) => pattern.is_match(alert),
            Self::Alert(labels) => labels.get("alertname").is_some_and(|name| name == alert),
        }
    }

    /// The rules that it asks for. Of those with one name each is asked for by its labels.
    pub fn shows<'a>(&self, rules: &'a [Labels]) -> Vec<&'a Labels> {
        match self {
            Self::Alert(labels) => raisers(labels, rules),
            _ => {
                rules.iter().filter(|rule| rule.get("alertname").is_some_and(|name| self.is(name))).collect()
            }
        }
    }
}

/// The alerts that a test expects to be there.
pub(super) fn expected(test: &Test) -> Vec<Asked> {
    let named = |name: &String, labels: &Labels| {
        let mut labels = labels.clone();
        labels.insert("alertname".to_owned(), name.clone());
        Asked::Alert(labels)
    };
    let direct =
        test.alerts.iter().flat_map(|(name, alerts)| alerts.iter().map(move |labels| named(name, labels)));
    let any = || test.exprs.iter().filter(|(_, samples)| !samples.is_empty());
    let exprs = any().flat_map(|(expr, _)| in_expression(expr));
    direct.chain(exprs).chain(any().flat_map(|(expr, samples)| in_samples(expr, samples))).collect()
}

/// The firing alerts among the samples of `ALERTS` itself, which have all their labels.
fn in_samples(expr: &str, samples: &[String]) -> Vec<Asked> {
    let read = |text: &str| match promql::parse(text) {
        Ok(Expr { kind: Kind::Selector(selector), .. }) => Some(selector),
        _ => None,
    };
    if read(expr).is_none_or(|selector| selector.metric() != Some("ALERTS")) {
        return Vec::new();
    }
    let labels = |selector: Box<Selector>| -> Labels {
        selector.matchers.into_iter().map(|matcher| (matcher.label.text, matcher.value)).collect()
    };
    let samples = samples.iter().filter_map(|sample| read(sample)).map(labels);
    let firing = |labels: &Labels| labels.get("alertstate").is_some_and(|state| state == "firing");
    samples.filter(firing).map(Asked::Alert).collect()
}

/// The alerts that an expression asks for by `ALERTS{alertname=…}` and its like.
pub(super) fn in_expression(expr: &str) -> Vec<Asked> {
    let Ok(tree) = promql::parse(expr) else { return Vec::new() };
    let of_alerts = |selector: &&Selector| matches!(selector.metric(), Some("ALERTS" | "ALERTS_FOR_STATE"));
    let selectors = promql::selectors(&tree);
    let matchers = selectors.into_iter().filter(of_alerts).flat_map(|selector| &selector.matchers);
    let named = matchers.filter(|matcher| matcher.label.text == "alertname");
    named
        .filter_map(|matcher| match matcher.op {
            MatchOp::Equal => Some(Asked::Name(matcher.value.clone())),
            MatchOp::Regex => {
                let pattern = Regex::new(&format!("^(?:{})$", matcher.value)).ok()?;
                Some(Asked::Pattern(pattern, matcher.value.clone()))
            }
            MatchOp::NotEqual | MatchOp::NotRegex => None,
        })
        .collect()
}
