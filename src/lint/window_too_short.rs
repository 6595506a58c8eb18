//! A window holds fewer than four scrapes.
//!
//! ## What
//! The window of a rate, ratio, quantile or mean, or the range of a rate in a query, is shorter than four times the
//! scrape interval (15s, unless `relspec.yaml` says otherwise).
//!
//! ## Why
//! A rate needs two samples. With fewer than four scrapes in the window, one that is late or lost leaves a single
//! sample, and the value is gone: the alert is silent just when the service is struggling.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     window: 30s
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5% }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     window: 1m
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5% }
//! ```

use super::{Check, Context, Lint, bad_duration, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::promql;
use crate::quantity::Duration;
use crate::source::Span;
use crate::spec::metric::{Measurement, Metric};
use crate::spec::{Spec, timing};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "window-too-short",
    Severity::Warning,
    include_str!("window_too_short.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    let scrape = &context.config.scrape;
    let Some(least) = scrape.checked_mul(4) else { return };
    let mut short: BTreeMap<Span, Vec<(&Metric, Duration)>> = BTreeMap::new();
    for metric in shared::measured_once(spec) {
        for (place, window) in windows(metric, spec, context) {
            if window.is_zero() {
                sink.push(bad_duration::zero_window(place));
            } else if window < least {
                short.entry(place).or_default().push((metric, window));
            }
        }
    }
    for (place, metrics) in short {
        sink.extend(finding(place, &metrics, scrape, &least));
    }
}

/// The windows of a metric, each with its place.
fn windows(metric: &Metric, spec: &Spec, context: &Context<'_>) -> Vec<(Span, Duration)> {
    match &metric.measurement {
        Measurement::Query(query) => promql::ranges(&query.expr)
            .into_iter()
            .filter(|range| range.selector.is_some() && timing::is_rate(range))
            .filter_map(|range| {
                let place = query.place(context.sources, range.length.span.clone());
                Some((place, timing::length(range.length)?))
            })
            .collect(),
        Measurement::Increase { over, .. } => vec![(over.span, over.value.clone())],
        _ => {
            let place = shared::window_place(metric, spec, context).unwrap_or(metric.measurement_span);
            metric.span_of_value().map(|window| (place, window.clone())).into_iter().collect()
        }
    }
}

fn finding(
    place: Span,
    metrics: &[(&Metric, Duration)],
    scrape: &Duration,
    least: &Duration,
) -> Option<Diagnostic> {
    let (first, window) = metrics.first()?;
    let whose = match metrics.len() {
        1 => format!("`{}`", first.id.value),
        many => format!("{many} metrics"),
    };
    let (text, every) = (window.text(), scrape.to_canonical());
    let scrapes = window.millis() / scrape.millis().max(1);
    let times = if scrapes == 1 { "one scrape".to_owned() } else { format!("{scrapes} scrapes") };
    let others = metrics.iter().map(|(metric, _)| metric.measurement_span).filter(|span| *span != place);
    let others: Vec<_> = others.filter(|_| metrics.len() > 1).collect();
    Some(
        LINT.finding(format!("the window of {text} of {whose} holds only {times}, one every {every}"))
            .label(place, format!("shorter than {}", least.to_canonical()))
            .labels(others.into_iter().map(|span| (span, "measured over it".to_owned())))
            .help(format!("write `{}` or more, which is four scrapes", least.to_canonical())),
    )
}
