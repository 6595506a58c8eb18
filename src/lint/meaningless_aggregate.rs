//! Values are added up or averaged that can't be.
//!
//! ## What
//! The sum or the average of ready-made quantiles (a label `quantile`, or a name with `p95`), or the sum of shares (a name that
//! ends in `_ratio` or `_percent`), of a `gauge` or within a `query`.
//!
//! ## Why
//! The average of the P95 of ten servers is the P95 of nothing: nine fast ones hide the slow one, whatever its traffic. The
//! sum of ten shares of 20 % is 200 %, and a limit of 80 % is passed when all is well.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   latency_p95:
//!     title: P95 latency
//!     unit: seconds
//!     gauge: { metric: 'request_duration_seconds{quantile="0.95"}', aggregate: avg }
//!     normal:   { max: 200ms }
//!     rollback: { above: 1s }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   latency_p95:
//!     title: P95 latency of the slowest server
//!     unit: seconds
//!     gauge: { metric: 'request_duration_seconds{quantile="0.95"}', aggregate: max }
//!     normal:   { max: 200ms }
//!     rollback: { above: 1s }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::promql::measure::{self, What};
use crate::promql::{Expr, Kind, Selector};
use crate::spec::Spec;
use crate::spec::metric::{Aggregate, Measurement, Promql};

/// The lint.
pub static LINT: Lint = Lint::new(
    "meaningless-aggregate",
    Severity::Warning,
    include_str!("meaningless_aggregate.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for metric in shared::measured_once(spec) {
        for (promql, op, selector) in aggregated(&metric.measurement) {
            let Some((what, help)) = meaningless(op, selector) else { continue };
            let verb = if op == "sum" { "adds up" } else { "averages" };
            sink.push(
                LINT.finding(format!("`{}` {verb} {what}", metric.id.value))
                    .label(
                        promql.place(context.sources, selector.core.clone()),
                        format!("{what}, one of each series"),
                    )
                    .help(help),
            );
        }
    }
}

/// Each selector whose series are added up or averaged, with the operation's name.
fn aggregated(measurement: &Measurement) -> Vec<(&Promql, &'static str, &Selector)> {
    match measurement {
        Measurement::Gauge { metric, aggregate } => {
            let op = match aggregate {
                Aggregate::Sum => "sum",
                Aggregate::Avg => "avg",
                _ => return Vec::new(),
            };
            metric.expr.as_selector().map(|selector| (metric, op, selector)).into_iter().collect()
        }
        Measurement::Query(query) => {
            let each = query.expr.descendants().filter_map(|expr| match &expr.kind {
                Kind::Aggregation(of) if matches!(of.op, "sum" | "avg") => {
                    Some((query, of.op, series(&of.expr)?))
                }
                _ => None,
            });
            each.collect()
        }
        _ => Vec::new(),
    }
}

/// The selector whose series an expression has, one value of each.
fn series(expr: &Expr) -> Option<&Selector> {
    match &expr.bare().kind {
        Kind::Call(call) if call.name.ends_with("_over_time") => series(call.args.first()?),
        Kind::Selector(selector) => Some(selector),
        _ => None,
    }
}

/// What it is that can't be aggregated so, and the way out.
fn meaningless(op: &str, selector: &Selector) -> Option<(&'static str, &'static str)> {
    let name = selector.metric().unwrap_or_default();
    let is_observed = ["_sum", "_count", "_bucket", "_total"].iter().any(|end| name.ends_with(end));
    let is_quantile =
        selector.matchers_of("quantile").next().is_some() || name.split('_').any(names_a_quantile);
    if is_quantile && !is_observed {
        return Some((
            "quantiles",
            "take the greatest of them (`aggregate: max`), or measure a `quantile` from the buckets of a histogram",
        ));
    }
    let is_share = measure::of_name(name).is_some_and(|measure| measure.what == What::Share);
    (op == "sum" && is_share).then_some((
        "shares",
        "take the greatest or the average of them (`aggregate: max`, `aggregate: avg`)",
    ))
}

/// `p50`, `p95`, `p999` and their like.
fn names_a_quantile(word: &str) -> bool {
    let digits = word.strip_prefix('p').unwrap_or_default();
    (2..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}
