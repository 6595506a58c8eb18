//! Whether metrics of several releases are the same measurement.

use crate::spec::matcher::Matcher;
use crate::spec::metric::{Measurement, Metric, Reference};
use std::collections::BTreeSet;

/// What a metric measures, as a text that is the same for all metrics that measure the same way; which series are
/// measured is left out. `None` for what a person finds out, since words may say the same in many ways.
pub(in crate::lint) fn measures(metric: &Metric) -> Option<String> {
    let details = match &metric.measurement {
        Measurement::Manual(_) => return None,
        Measurement::Ratio { share, .. } => format!("{share:?}"),
        Measurement::Quantile { q, native, .. } => format!("{:?} {native}", q.value),
        Measurement::Gauge { aggregate, .. } => format!("{aggregate:?}"),
        _ => String::new(),
    };
    let promql = metric.measurement.promql();
    let promql = promql.into_iter().chain(&metric.only_when).map(|promql| squeezed(promql.text()));
    let labels: BTreeSet<&str> = metric.by.iter().map(|label| label.as_str()).collect();
    let time = metric.span_of_value().map(|time| time.millis());
    let parts = [
        metric.measurement.key().to_owned(),
        details,
        promql.collect::<Vec<_>>().join(";"),
        metric.unit.name().to_owned(),
        reference(metric),
        format!("{labels:?} {time:?}"),
    ];
    Some(parts.join("|"))
}

/// Which series a metric measures, as a text that is the same for all metrics with the same matchers.
pub(in crate::lint) fn reaches(metric: &Metric) -> String {
    let matchers: BTreeSet<String> = metric.reach.matchers().iter().map(Matcher::promql).collect();
    format!("{matchers:?}")
}

fn squeezed(promql: &str) -> String {
    promql.split_whitespace().collect()
}

fn reference(metric: &Metric) -> String {
    let Some(relative) = &metric.relative else { return String::new() };
    let reference = match &relative.reference {
        Reference::Baseline => "baseline".to_owned(),
        Reference::Offset(offset) => offset.value.to_canonical(),
        Reference::Value(value) => format!("{:?}", value.value),
    };
    // A factor and a difference in the metric's unit say nothing about each other.
    format!("{reference} {:?}", relative.form)
}
