//! The numbers of conditions, read in the unit of their metric.

use super::{Condition, ConditionKind, Test, Within};
use crate::diag::Diagnostic;
use crate::lint;
use crate::quantity::Duration;
use crate::source::Span;
use crate::spec::metric::Metric;
use crate::spec::metric::limits::Numbers;

/// Reads every limit in the unit of its metric, and tells those that test nothing. `ids` are all metrics that are
/// written, also those that could not be read.
pub fn resolve(
    conditions: &mut [Condition],
    metrics: &[Metric],
    ids: &[&str],
    findings: &mut Vec<Diagnostic>,
) {
    for condition in conditions {
        match &mut condition.kind {
            ConditionKind::Any(any) => resolve(any, metrics, ids, findings),
            ConditionKind::Metric { metric: id, test, .. } => {
                if !ids.contains(&id.value.as_str()) {
                    findings.push(lint::unknown_reference::unknown("metric", id, ids.iter().copied()));
                } else if let Some(metric) = metrics.iter().find(|metric| metric.id.value == id.value) {
                    read(test, metric, findings);
                }
            }
            _ => {}
        }
    }
}

fn read(test: &mut Test, metric: &Metric, findings: &mut Vec<Diagnostic>) {
    match test {
        Test::Within(within) => {
            let limits = metric.base();
            let (what, there) = match within.value {
                Within::Target => ("target", limits.is_some_and(|limits| limits.target.is_some())),
                Within::Normal => {
                    let bounded = limits.is_some_and(|limits| limits.ladder.direction().is_some());
                    ("normal", bounded)
                }
            };
            // What is missing may stand in what could not be read.
            let told =
                || findings.iter().filter_map(Diagnostic::place).any(|place| lies_in(place, metric.span));
            if !there && !metric.cases.iter().any(|case| case.limits.target.is_some()) && !told() {
                findings.push(lint::missing_key::nothing_to_be_within(what, &metric.id, within.span));
            }
        }
        Test::Limit { text, bound, .. } => {
            let mut numbers = Numbers {
                unit: metric.unit,
                relative: metric.relative.is_some(),
                defaults: [Duration::zero(), Duration::zero(), Duration::zero()],
                findings,
                forms: Vec::new(),
            };
            *bound = numbers.bound(text);
            let ours = numbers.forms.first().copied();
            if let (Some((form, span)), Some(relative)) = (ours, &metric.relative)
                && form != relative.form
            {
                findings.push(lint::sign_mismatch::two_forms((relative.form, metric.id.span), (form, span)));
            }
        }
    }
}

fn lies_in(place: Span, whole: Span) -> bool {
    place.file == whole.file && whole.start <= place.start && place.end <= whole.end
}
