//! A number is probably a hundred or a thousand times off.
//!
//! ## What
//! A share above 100 %, a bare number beside percentages, or a bare number of seconds beside milliseconds. The number
//! is sound as it stands, but a slip of scale would make it fit its neighbours.
//!
//! ## Why
//! `0.5` on a ratio is 50 %, not half a percent. An alert a hundred times too high is an alert that never fires, and
//! nobody notices that it is silent.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     min_events: 200
//!     normal:   { max: 0.2% }
//!     warn:     { above: 0.5 }
//!     rollback: { above: 0.9 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     min_events: 200
//!     normal:   { max: 0.2% }
//!     warn:     { above: 0.5% }
//!     rollback: { above: 1% }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::ladder::Bound;
use crate::quantity::{Quantity, ScaleSuspicion, scale_suspicion};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Limits, Metric};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "suspicious-scale",
    Severity::Warning,
    include_str!("suspicious_scale.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in spec.metrics.iter().filter(|metric| metric.relative.is_none()) {
        let written = quantities(metric);
        let all: Vec<_> = written.values().cloned().collect();
        let suspects: Vec<(Span, &Quantity, ScaleSuspicion)> = written
            .iter()
            .filter_map(|(span, one)| Some((*span, one, scale_suspicion(one, metric.unit, &all)?)))
            .collect();
        if let Some((_, first, readings)) = suspects.first() {
            let (id, unit) = (&metric.id.value, metric.unit.name());
            let (text, means, maybe) = (&first.text, &readings.as_written, &readings.maybe);
            let labels = suspects.iter().map(|(span, _, suspicion)| {
                (*span, format!("{} as it stands, {} perhaps", suspicion.as_written, suspicion.maybe))
            });
            let finding = LINT
                .finding(format!("`{text}` of `{id}`, in `{unit}`, means {means}; was {maybe} meant?"))
                .labels(labels)
                .help(help(first, readings));
            sink.push(finding);
        }
    }
}

fn help(first: &Quantity, readings: &ScaleSuspicion) -> String {
    let (means, maybe) = (&readings.as_written, &readings.maybe);
    if first.is_bare() && first.text != *means && !means.starts_with(&format!("{}00", first.text)) {
        return format!("write `{maybe}`, or `{means}` if it is right as it stands");
    }
    format!("write `{maybe}`; where values of {means} are usual, choose another unit")
}

/// Every value of the metric by its place.
fn quantities(metric: &Metric) -> BTreeMap<Span, Quantity> {
    let limits = metric.cases.iter().flat_map(|case| bounds(&case.limits));
    let all = limits.chain(metric.observed.iter().map(|(_, bound)| bound));
    all.filter_map(|bound| Some((bound.span, Quantity::parse(&bound.text, metric.unit).ok()?))).collect()
}

fn bounds(limits: &Limits) -> Vec<&Bound> {
    let ranges = limits.normal.iter().chain(limits.target.iter().map(|target| &target.range));
    let ends = ranges.flat_map(|range| range.min.iter().chain(&range.max));
    let levels = limits.levels.values().flat_map(|level| &level.conditions);
    let levels = levels.flat_map(|condition| condition.above.iter().chain(&condition.below));
    ends.chain(levels).collect()
}
