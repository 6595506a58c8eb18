//! A selector already matches a label that the scope's matchers will be added for.
//!
//! ## What
//! The matchers of `scope.canary` (or of the metric's own `scope`) are added to every selector of a metric, in `query` too,
//! and those of `scope.baseline` for the version that is replaced. A selector that brings a matcher for the same label is
//! found.
//!
//! ## Why
//! Two matchers for one label must both match: with another value nothing is selected, and an alert on nothing is
//! silent.
//!
//! ## Bad
//! ```yaml
//! scope:
//!   canary: { deployment: shop-canary }
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: 'queue_length{deployment="shop"}', aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: { above: 500 }
//! ```
//!
//! ## Good
//! ```yaml
//! scope:
//!   canary: { deployment: shop-canary }
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: { above: 500 }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::promql;
use crate::spec::Spec;
use crate::spec::matcher::Matcher;
use crate::spec::metric::{Metric, Promql};

/// The lint.
pub static LINT: Lint = Lint::new(
    "scope-label-matched",
    Severity::Error,
    include_str!("scope_label_matched.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for metric in spec.metrics.iter().filter(|metric| !is_told(spec, metric)) {
        let reach = &metric.reach;
        let mut added: Vec<&Matcher> = Vec::new();
        for matcher in reach.matchers().iter().chain(reach.baseline().unwrap_or_default()) {
            if !added.iter().any(|other| other.label.value == matcher.label.value) {
                added.push(matcher);
            }
        }
        for promql in metric.measurement.promql() {
            sink.extend(clashes(context, metric, promql, &added));
        }
    }
}

/// Whether the metric shares measurement and scope with another one, where the same would be told.
fn is_told(spec: &Spec, metric: &Metric) -> bool {
    let other = metric.same_as.as_ref().and_then(|id| spec.metric(&id.value));
    other.is_some_and(|other| other.reach == metric.reach)
}

fn clashes(context: &Context<'_>, metric: &Metric, promql: &Promql, added: &[&Matcher]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for selector in promql::selectors(&promql.expr) {
        for matcher in added {
            let label = &matcher.label.value;
            for own in selector.matchers_of(label) {
                let place = promql.place(context.sources, own.span.clone());
                found.push(
                    LINT.finding(format!("`{}` matches the label `{label}`, which its scope matches as well", metric.id.value))
                        .label(place, "this matcher")
                        .label(matcher.span, "will be added to it")
                        .help(format!(
                            "take `{label}` out of the expression; if it selects other series on purpose, give the metric a `scope` of its own"
                        )),
                );
            }
        }
    }
    found
}
