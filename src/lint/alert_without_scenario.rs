//! An alert says to go back, and no scenario says what to do then.
//!
//! ## What
//! The release has scenarios, and a metric whose `rollback` raises an alert names none of them and stands in the `when`
//! of none.
//!
//! ## Why
//! Who is called at night follows what is written. For most alerts of this release there is a page to follow; for these
//! there is only the way back.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//! scenarios:
//!   disk-full:
//!     when: { symptom: The log says that the disk is full. }
//!     steps: [ Delete old images. ]
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//! scenarios:
//!   disk-full:
//!     when:
//!       - { symptom: The log says that the disk is full. }
//!       - { metric: failed_requests, level: rollback }
//!     steps: [ Delete old images. ]
//! ```

use super::{Check, Context, Lint, shared, words};
use crate::diag::{Severity, Sink};
use crate::ladder::Level;
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{LevelLimits, Metric};

/// The lint.
pub static LINT: Lint = Lint::new(
    "alert-without-scenario",
    Severity::Info,
    include_str!("alert_without_scenario.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    if !spec.whole || spec.scenarios.is_empty() {
        return;
    }
    let alone = spec.metrics.iter().filter(|metric| shared::scenarios_of(spec, metric).next().is_none());
    let alone: Vec<(&str, Span)> =
        alone.filter_map(|metric| Some((metric.id.value.as_str(), rollback(metric)?))).collect();
    let ids: Vec<&str> = alone.iter().map(|(id, _)| *id).collect();
    if ids.is_empty() {
        return;
    }
    let finding = LINT
        .finding(format!("no scenario says what to do when {} calls for a rollback", words::one_of(&ids)))
        .labels(alone.iter().map(|(_, span)| (*span, "an alert without a scenario".to_owned())))
        .help("write `scenario: …` at the metric, or name it in the `when` of a scenario; if going back is all, leave it");
    sink.push(finding);
}

/// Where the rollback of a metric stands, if it raises an alert.
fn rollback(metric: &Metric) -> Option<Span> {
    let fires = |limits: &&LevelLimits| !limits.conditions.is_empty() || !limits.after.is_empty();
    let mut levels = shared::active(metric).filter_map(|case| case.limits.levels.get(&Level::Rollback));
    levels.find(fires).filter(|_| metric.alerts()).map(|limits| limits.span)
}
