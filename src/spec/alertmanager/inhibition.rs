//! Inhibition as Alertmanager does it.

use super::matcher::Matcher;
use super::route::{Labels, all_match, value};
use crate::source::Span;

/// One rule of inhibition: while an alert with `source` fires, those with `target` and the same values of the labels
/// `equal` are silent.
#[derive(Debug, Clone, PartialEq)]
pub struct Inhibition {
    /// What fires.
    pub source: Vec<Matcher>,
    /// What is silenced.
    pub target: Vec<Matcher>,
    /// The labels whose values must be the same. A label that both lack counts as the same.
    pub equal: Vec<String>,
    /// Where it is written; `None` for what is generated.
    pub span: Option<Span>,
}

impl Inhibition {
    /// Whether one firing alert silences another one. An alert that is both source and target is not silenced by one
    /// that is both as well, and so none silences itself.
    #[must_use]
    pub fn silences(&self, firing: &Labels, other: &Labels) -> bool {
        let both = |labels| all_match(&self.source, labels) && all_match(&self.target, labels);
        let same = self.equal.iter().all(|label| value(firing, label) == value(other, label));
        let roles = all_match(&self.source, firing) && all_match(&self.target, other);
        roles && same && !(both(firing) && both(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_labels_are_equal_ones_and_what_is_both_silences_nothing_that_is_both() {
        let rule = |equal: &[&str]| Inhibition {
            source: super::super::matcher::parse("severity=critical").expect("matchers"),
            target: super::super::matcher::parse("severity=~critical|warning").expect("matchers"),
            equal: equal.iter().map(|label| (*label).to_owned()).collect(),
            span: None,
        };
        let labels = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(l, v)| ((*l).to_owned(), (*v).to_owned())).collect::<Vec<_>>()
        };
        let critical = labels(&[("severity", "critical"), ("region", "eu")]);
        let warning = labels(&[("severity", "warning"), ("region", "us")]);
        assert!(rule(&["cluster"]).silences(&critical, &warning));
        assert!(!rule(&["region"]).silences(&critical, &warning));
        assert!(!rule(&[]).silences(&critical, &critical), "both are both");
        assert!(!rule(&[]).silences(&warning, &critical));
    }
}
