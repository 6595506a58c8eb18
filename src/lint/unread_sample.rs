//! An example names a series that its query does not read.
//!
//! ## What
//! No selector of the `query`, with the release's scope, takes a series under `samples`.
//!
//! ## Why
//! Most often it is a misspelt name or label. The example then shows less than its author thinks.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   hit_rate:
//!     title: Hit rate
//!     unit: ratio
//!     query: sum(rate(hits_total[5m])) / (sum(rate(lookups_total[5m])) > 0)
//!     samples:
//!       - { series: { hits_total: 50/s, lookups_total: 100/s, missed_total: 50/s }, gives: 50% }
//!     normal:   { min: 90% }
//!     rollback: { below: 80% }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   hit_rate:
//!     title: Hit rate
//!     unit: ratio
//!     query: sum(rate(hits_total[5m])) / (sum(rate(lookups_total[5m])) > 0)
//!     samples:
//!       - { series: { hits_total: 50/s, lookups_total: 100/s }, gives: 50% }
//!     normal:   { min: 90% }
//!     rollback: { below: 80% }
//! ```

use super::{Check, Context, Lint, words};
use crate::diag::{Severity, Sink};
use crate::promql::{self, selectors};
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Metric, Promql};
use std::collections::BTreeSet;

/// The lint.
pub static LINT: Lint =
    Lint::new("unread-sample", Severity::Warning, include_str!("unread_sample.rs"), Check::Release(check));

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in &spec.metrics {
        let Measurement::Query(query) = &metric.measurement else { continue };
        for (at, sample) in metric.samples.iter().enumerate() {
            let series = sample.series_in(metric.reach.matchers());
            let unread =
                series.iter().zip(&sample.series).filter(|(series, _)| !reads(metric, query, series));
            for (series, (_, place)) in unread {
                let id = &metric.id.value;
                let message =
                    format!("the query of `{id}` does not read `{}` of sample {}", series.name, at + 1);
                sink.push(LINT.finding(message).label(*place, "changes nothing").help(help(query)));
            }
        }
    }
}

fn reads(metric: &Metric, query: &Promql, series: &promql::solve::Series) -> bool {
    let Ok(expr) = promql::parse(&metric.reach.added_to(query.text(), &query.expr)) else { return true };
    selectors(&expr).into_iter().any(|selector| promql::solve::takes(selector, series))
}

fn help(query: &Promql) -> String {
    let names: BTreeSet<&str> =
        selectors(&query.expr).into_iter().filter_map(|selector| selector.metric()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    match names.as_slice() {
        [] => "compare its name and labels with the query's selectors".to_owned(),
        names => format!(
            "compare its name and labels with the query's selectors, which read {}",
            words::all_of(names)
        ),
    }
}
