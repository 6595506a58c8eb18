//! What no situation shows, and which alerts are therefore never seen firing.

use super::course::{State, labels_of};
use super::{Labels, Proof, Situation};
use crate::plan::Alert;
use std::collections::BTreeSet;

/// A part of the rules without a situation of its own.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Unproven {
    /// The metric; `stage` and `verdict` for rules that belong to none.
    pub metric: String,
    /// Why.
    pub why: String,
    /// The alerts that no situation shows firing because of it, each by its name as `alertname` and the labels that its
    /// rule gives it; none where only something else is left out.
    pub alerts: Vec<Labels>,
}

impl Proof {
    /// Something is left out, but no alert stays unseen because of it.
    pub(super) fn unproven(&mut self, metric: &str, why: &str) {
        self.unproven.push(Unproven { metric: metric.to_owned(), why: why.to_owned(), alerts: Vec::new() });
    }

    /// These alerts are given up: unless another situation shows them firing, nothing does.
    pub(super) fn unshown<'a>(
        &mut self,
        metric: &str,
        alerts: impl IntoIterator<Item = &'a Alert>,
        why: &str,
    ) {
        let mut alerts: Vec<Labels> = alerts.into_iter().map(identity).collect();
        alerts.sort();
        alerts.dedup();
        if !alerts.is_empty() {
            self.unproven.push(Unproven { metric: metric.to_owned(), why: why.to_owned(), alerts });
        }
    }

    /// Holds what was given up against all situations: what one of them shows after all is no longer named.
    ///
    /// An alert that is neither shown nor named stays so. It is a fault of this program that must be seen, not excused.
    pub(super) fn settle<'a>(&mut self, alerts: impl Iterator<Item = &'a Alert>) {
        if self.unproven.iter().all(|gap| gap.alerts.is_empty()) {
            return;
        }
        let all: Vec<Labels> = alerts.map(identity).collect();
        let fired = self.situations.iter().flat_map(Situation::fires);
        let shown: BTreeSet<&Labels> = fired.flat_map(|fired| raisers(&fired, &all)).collect();
        self.unproven.retain_mut(|gap| {
            let names_none = gap.alerts.is_empty();
            gap.alerts.retain(|alert| !shown.contains(alert));
            names_none || !gap.alerts.is_empty()
        });
    }
}

impl Situation {
    /// The labels of every alert that it expects to fire, the name among them.
    fn fires(&self) -> Vec<Labels> {
        let told = self.told.iter().flat_map(|told| {
            told.alerts.iter().map(|(labels, _)| {
                let mut labels = labels.clone();
                labels.insert("alertname".to_owned(), told.alert.clone());
                labels
            })
        });
        let samples = self.seen.iter().flat_map(|seen| &seen.samples).map(|(labels, _)| labels);
        let is = |labels: &Labels, label: &str, value: &str| labels.get(label).is_some_and(|of| of == value);
        let firing = samples.filter(|labels| {
            is(labels, "__name__", "ALERTS") && is(labels, "alertstate", State::Firing.name())
        });
        told.chain(firing.cloned()).collect()
    }
}

/// The rules of a firing alert, each given by its name and labels. Of several whose labels it has, those that say most of
/// it: the rule of one stage has the labels of the rule for all others, and one more.
pub fn raisers<'a>(fired: &Labels, rules: &'a [Labels]) -> Vec<&'a Labels> {
    let fits = |rule: &&Labels| rule.iter().all(|(label, value)| fired.get(label) == Some(value));
    let fitting: Vec<&Labels> = rules.iter().filter(fits).collect();
    let most = fitting.iter().map(|rule| rule.len()).max();
    fitting.into_iter().filter(|rule| Some(rule.len()) == most).collect()
}

/// What tells an alert's rule from all others.
fn identity(alert: &Alert) -> Labels {
    let mut labels = labels_of(alert);
    labels.insert("alertname".to_owned(), alert.name.clone());
    labels
}
