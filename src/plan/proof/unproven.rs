//! What no situation shows, and which alerts are therefore never seen firing.

use super::course::{State, labels_of};
use super::{Labels, Proof, Situation};
use crate::plan::Alert;

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
    pub(super) fn settle(&mut self) {
        let situations = std::mem::take(&mut self.situations);
        self.unproven.retain_mut(|gap| {
            let names_none = gap.alerts.is_empty();
            gap.alerts.retain(|alert| !situations.iter().any(|situation| situation.fires(alert)));
            names_none || !gap.alerts.is_empty()
        });
        self.situations = situations;
    }
}

impl Situation {
    /// Whether it expects an alert to fire, given by its name and labels.
    fn fires(&self, alert: &Labels) -> bool {
        let told = self.told.iter().any(|told| {
            let name = |label: &str| (label == "alertname").then_some(&told.alert);
            told.alerts.iter().any(|(labels, _)| {
                alert.iter().all(|(label, value)| name(label).or(labels.get(label)) == Some(value))
            })
        });
        let samples = || self.seen.iter().flat_map(|seen| &seen.samples);
        told || samples().any(|(labels, _)| {
            let is = |label: &str, value: &str| labels.get(label).is_some_and(|of| of == value);
            is("__name__", "ALERTS")
                && is("alertstate", State::Firing.name())
                && alert.iter().all(|(label, value)| is(label, value))
        })
    }
}

/// What tells an alert's rule from all others.
fn identity(alert: &Alert) -> Labels {
    let mut labels = labels_of(alert);
    labels.insert("alertname".to_owned(), alert.name.clone());
    labels
}
