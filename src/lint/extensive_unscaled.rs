//! A metric that grows with traffic cannot be scaled.
//!
//! ## What
//! A metric with `extensive: true` has limits for 100 % of the traffic, which are scaled by the stage's share. A stage
//! does not say its `traffic`; or the metric is a ratio, a quantile, a mean or such, which does not grow with traffic.
//!
//! ## Why
//! Without a share there is nothing to scale by: the metric has no value at that stage, and its alerts are silent. What does
//! not grow with traffic would be scaled for nothing, to twenty times its value at 5 %.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   jobs_per_hour:
//!     title: Jobs per hour
//!     unit: per_hour
//!     rate: { counter: thumbnailer_jobs_total }
//!     extensive: true
//!     normal:   { min: 2000 }
//!     rollback: { below: 400 }
//! stages:
//!   - { id: volunteers, audience: 50 opt-in users, lasts: 2d, approve: lead }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   jobs_per_hour:
//!     title: Jobs per hour
//!     unit: per_hour
//!     rate: { counter: thumbnailer_jobs_total }
//!     extensive: true
//!     normal:   { min: 2000 }
//!     rollback: { below: 400 }
//!     where:
//!       - { stage: volunteers, off: true }
//! stages:
//!   - { id: volunteers, audience: 50 opt-in users, lasts: 2d, approve: lead }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

use super::words::all_of;
use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Aggregate, Measurement, Metric};
use crate::spec::stage::Stage;

/// The lint.
pub static LINT: Lint = Lint::new(
    "extensive-unscaled",
    Severity::Error,
    include_str!("extensive_unscaled.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in spec.metrics.iter().filter(|metric| metric.is_measured()) {
        let Some(place) = metric.extensive else { continue };
        if let Some(what) = not_additive(&metric.measurement) {
            sink.push(no_growth(metric, place, what));
            continue;
        }
        // A share that could not be read may be the one that is missing.
        let without: Vec<&Stage> = spec
            .stages
            .iter()
            .filter(|stage| stage.traffic.as_ref().map_or(spec.whole, |share| share.value.is_zero()))
            .filter(|stage| !shared::at_stage(metric, stage).is_empty())
            .collect();
        if !without.is_empty() {
            sink.push(no_share(metric, place, &without));
        }
    }
}

/// Why a measurement does not grow with traffic.
fn not_additive(measurement: &Measurement) -> Option<&'static str> {
    match measurement {
        Measurement::Ratio { .. } => Some("a share of all events"),
        Measurement::Quantile { .. } => Some("a quantile"),
        Measurement::Mean { .. } => Some("a mean"),
        Measurement::Gauge { aggregate: Aggregate::Avg, .. } => Some("an average"),
        Measurement::Gauge { aggregate: Aggregate::Max, .. } => Some("the greatest value"),
        Measurement::Gauge { aggregate: Aggregate::Min, .. } => Some("the smallest value"),
        _ => None,
    }
}

fn no_growth(metric: &Metric, place: Span, what: &str) -> Diagnostic {
    LINT.finding(format!("`{}` is {what}, which does not grow with traffic", metric.id.value))
        .label(place, "would scale it all the same")
        .label(metric.measurement_span, what)
        .help("take `extensive` away: the limits then hold at every share of the traffic")
}

fn no_share(metric: &Metric, place: Span, stages: &[&Stage]) -> Diagnostic {
    let id = &metric.id.value;
    let names: Vec<_> = stages.iter().map(|stage| stage.id()).collect();
    let (names, stage) = (all_of(&names), stages.first().map_or("…", |stage| stage.id()));
    let labels = stages.iter().map(|stage| match &stage.traffic {
        Some(share) => (share.text.span, "no traffic at all".to_owned()),
        None => (stage.id.as_ref().map_or(stage.span, |id| id.0.span), "no `traffic`".to_owned()),
    });
    LINT.finding(format!("`{id}` grows with traffic, and its limits can't be scaled at {names}"))
        .label(place, "scaled by the stage's share")
        .labels(labels)
        .help(format!(
            "write the stage's `traffic`, or take the metric away there: `where: [ {{ stage: {stage}, off: true }} ]`"
        ))
}
