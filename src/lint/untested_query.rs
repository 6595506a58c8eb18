//! No test can be made for a query.
//!
//! ## What
//! A `query` for which no series were found that make it give some value, and that has no `samples` of its author's. Most
//! often it depends on how often samples come, or it uses a function with a result that is hard to foretell.
//!
//! ## Why
//! A query that gives nothing looks exactly like a healthy system. The tests of the other rules start from what is recorded;
//! only series that go in at the front show that the query records it.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   restarts:
//!     title: Restarts
//!     unit: count
//!     query: sum(count_over_time(restarted[10m]))
//!     normal:   { max: 1 }
//!     rollback: { above: 5 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   restarts:
//!     title: Restarts
//!     unit: count
//!     query: sum(increase(restarts_total[5m]))
//!     normal:   { max: 1 }
//!     rollback: { above: 5 }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::promql::solve::{self, Aim, Labels, Signs, Want};
use crate::promql::{self, Expr, ValueType, quantiles_without_le};
use crate::spec::Spec;
use crate::spec::metric::Measurement;

/// The lint.
pub static LINT: Lint =
    Lint::new("untested-query", Severity::Info, include_str!("untested_query.rs"), Check::Release(check));

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for metric in spec.metrics.iter().filter(|metric| metric.same_as.is_none() && metric.samples.is_empty()) {
        let Measurement::Query(query) = &metric.measurement else { continue };
        let Ok(expr) = promql::parse(&metric.reach.added_to(query.text(), &query.expr)) else { continue };
        // What yields no number at all, or loses its buckets, has been told by then.
        let number = matches!(expr.value_type(), ValueType::Scalar | ValueType::InstantVector);
        if !number || !quantiles_without_le(&expr).is_empty() || has_a_value(&expr) {
            continue;
        }
        let why = solve::reason(&expr).map(|why| format!(": its value {why}")).unwrap_or_default();
        let place = query.place(context.sources, query.expr.span.clone());
        sink.push(
            LINT.finding(format!(
                "no test shows what the query of `{}` makes of its series{why}",
                metric.id.value
            ))
            .label(place, "no series were found that give it a value")
            .help("give an example of your own: `samples: [{ series: { name: 50/s }, gives: value }]`"),
        );
    }
}

/// Whether series were found for any of a few values.
fn has_a_value(expr: &Expr) -> bool {
    [Aim::Value(0.5), Aim::Value(1.0), Aim::Value(30.0), Aim::Value(0.0), Aim::Present].into_iter().any(
        |aim| {
            let want = Want { labels: Labels::new(), aim };
            // A test looks at some moment of its own, so the time alone is no hindrance.
            let found = |now| solve::solve(expr, &[], std::slice::from_ref(&want), Signs::Positive, now);
            found(None).or_else(|| found(Some(600.0))).is_some()
        },
    )
}
