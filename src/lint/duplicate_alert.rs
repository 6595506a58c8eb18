//! Two metrics give their alerts the same name.
//!
//! ## What
//! The names of alerts are made from the ids of metrics without their underscores: `errors_5xx` and `errors5xx` both become
//! `Errors5xx…`.
//!
//! ## Why
//! Prometheus lets two alerts of one name pass, and then nobody can tell which of the two fires: their links lead to
//! one section of the runbook, and a silence for one silences the other.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   errors_5xx:
//!     title: Answers with 5xx
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//!   errors5xx:
//!     title: Errors of the service behind
//!     unit: ratio
//!     ratio: { bad: 'backend_requests_total{code=~"5.."}', total: backend_requests_total }
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   errors_5xx:
//!     title: Answers with 5xx
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//!   backend_errors:
//!     title: Errors of the service behind
//!     unit: ratio
//!     ratio: { bad: 'backend_requests_total{code=~"5.."}', total: backend_requests_total }
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Sink};
use crate::ladder::Level;
use crate::plan::names;
use crate::spec::Spec;
use crate::spec::metric::{Metric, NoDataLevel};
use std::collections::{BTreeMap, BTreeSet};

/// The lint.
pub static LINT: Lint =
    Lint::law("duplicate-alert", include_str!("duplicate_alert.rs"), Check::Release(check));

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let mut owners: BTreeMap<String, &Metric> = BTreeMap::new();
    let mut reported = BTreeSet::new();
    for metric in spec.metrics.iter().filter(|metric| metric.alerts()) {
        for alert in alerts(metric) {
            let owner = *owners.entry(alert.clone()).or_insert(metric);
            if owner.id.span != metric.id.span && reported.insert((owner.id.span, metric.id.span)) {
                sink.push(finding(&alert, owner, metric));
            }
        }
        if names::RESERVED_METRICS.contains(&metric.id.value.as_str()) {
            sink.push(reserved(metric));
        }
    }
}

/// The names of a metric's alerts.
fn alerts(metric: &Metric) -> BTreeSet<String> {
    let id = &metric.id.value;
    let levels = metric.cases.iter().flat_map(|case| &case.limits.levels);
    let levels: BTreeSet<Level> = levels
        .filter(|(_, limits)| !limits.conditions.is_empty() || !limits.after.is_empty())
        .map(|(level, _)| *level)
        .collect();
    let no_data = (metric.no_data.level != NoDataLevel::Ignore).then(|| names::no_data_alert(id));
    levels.into_iter().map(|level| names::alert(id, level)).chain(no_data).collect()
}

fn finding(alert: &str, first: &Metric, second: &Metric) -> Diagnostic {
    LINT.finding(format!("`{}` and `{}` both make the alert {alert}", first.id.value, second.id.value))
        .label(second.id.span, format!("makes {alert}"))
        .label(first.id.span, format!("makes {alert}"))
        .help("give one of the two another id; underscores alone do not tell alerts apart")
}

fn reserved(metric: &Metric) -> Diagnostic {
    let id = &metric.id.value;
    LINT.finding(format!("`{id}` is the name of something that every release has"))
        .label(metric.id.span, format!("the series `release:{id}:…` are taken"))
        .help(format!("give the metric a longer id, such as `service_{id}`"))
}
