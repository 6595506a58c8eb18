//! A condition of a stage tests a metric that is off at that stage.
//!
//! ## What
//! A condition under `advance`, `hold` or `rollback` names a metric of which `where` says `off: true` at that stage, or one
//! under `acceptance` a metric that is off everywhere.
//!
//! ## Why
//! What is off has no value: the runbook asks for a number that nothing records, and the gate can never be met.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5% }
//!     where:
//!       - { stage: canary-5, off: true }
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 2d
//!     advance:
//!       - { metric: failed_requests, within: normal, over: 24h }
//!   - { id: full, traffic: 100%, lasts: 72h }
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
//!     warn:     { above: 2% }
//!     rollback: { above: 5% }
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 2d
//!     advance:
//!       - { metric: failed_requests, within: normal, over: 24h }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::condition::{Condition, ConditionKind};
use crate::spec::metric::Metric;
use crate::spec::shape::Text;

/// The lint.
pub static LINT: Lint = Lint::new(
    "gate-without-value",
    Severity::Warning,
    include_str!("gate_without_value.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for stage in &spec.stages {
        // What must hold before the stage begins is looked at while another one runs.
        let lists = [&stage.advance, &stage.hold, &stage.rollback];
        for (name, metric) in named(spec, lists.into_iter().flatten().flatten()) {
            if shared::at_stage(metric, stage).is_empty() {
                sink.push(finding(
                    name,
                    off(metric, Some(stage.id())),
                    &format!("at stage `{}`", stage.id()),
                ));
            }
        }
    }
    for (name, metric) in named(spec, spec.acceptance.iter().flat_map(|row| &row.value)) {
        if shared::active(metric).next().is_none() {
            sink.push(finding(name, off(metric, None), "everywhere"));
        }
    }
}

/// The metrics that conditions name.
fn named<'a>(spec: &'a Spec, conditions: impl Iterator<Item = &'a Condition>) -> Vec<(&'a Text, &'a Metric)> {
    let leaves = conditions.flat_map(Condition::leaves);
    let names = leaves.filter_map(|leaf| match &leaf.kind {
        ConditionKind::Metric { metric, .. } => Some(metric),
        _ => None,
    });
    // A metric without any case has limits that could not be read, which has been told.
    let metric = |name: &Text| spec.metric(&name.value).filter(|metric| !metric.cases.is_empty());
    names.filter_map(|name| Some((name, metric(name)?))).collect()
}

/// Where a metric was taken away, first at the stage itself.
fn off(metric: &Metric, stage: Option<&str>) -> Option<Span> {
    let at = |stage: Option<&str>| {
        let mut cases = metric.cases.iter().filter(|case| case.place.stage.as_deref() == stage);
        cases.find_map(|case| case.limits.off)
    };
    at(stage).or_else(|| at(None))
}

fn finding(name: &Text, off: Option<Span>, place: &str) -> Diagnostic {
    let id = &name.value;
    LINT.finding(format!("a condition tests `{id}`, which is off {place}"))
        .label(name.span, "has no value here")
        .labels(off.map(|off| (off, "off".to_owned())))
        .help("take the condition out, or measure the metric there")
}
