//! An alert for a lack of data that no lack of data raises.
//!
//! ## What
//! A `query` that has a value even where there are no series at all (`or vector(0)`, a number alone), on a
//! metric whose lack of data holds the release or sends it back, as it does where `no_data` says nothing.
//!
//! ## Why
//! When the exporter dies, such a query goes on as if all were well. Its alert for a lack of data never fires, and the runbook
//! promises that somebody is told.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   waiting:
//!     title: Waiting jobs
//!     unit: count
//!     query: sum(jobs_waiting) or vector(0)
//!     normal:   { max: 10 }
//!     rollback: { above: 50 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   waiting:
//!     title: Waiting jobs
//!     unit: count
//!     query: sum(jobs_waiting)
//!     normal:   { max: 10 }
//!     rollback: { above: 50 }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::promql::{self, ValueType, solve};
use crate::spec::Spec;
use crate::spec::metric::{Measurement, NoDataLevel};

/// The lint.
pub static LINT: Lint = Lint::new(
    "never-lacks-data",
    Severity::Warning,
    include_str!("never_lacks_data.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    let alerting = spec.metrics.iter().filter(|metric| metric.alerts() && metric.relative.is_none());
    for metric in alerting.filter(|metric| metric.no_data.level != NoDataLevel::Ignore) {
        let Measurement::Query(query) = &metric.measurement else { continue };
        let Ok(expr) = promql::parse(&metric.reach.added_to(query.text(), &query.expr)) else { continue };
        let is_number = matches!(expr.value_type(), ValueType::Scalar | ValueType::InstantVector);
        // What has a value only where there are no series is told by `filtered-query`.
        let is_absence = promql::whole_absence(&expr).is_some();
        if !is_number || is_absence || !solve::surely_gives_from_nothing(&expr) {
            continue;
        }
        let place = query.place(context.sources, query.expr.span.clone());
        let found = LINT
            .finding(format!(
                "a lack of data of `{}` is never told: its query has a value without any series",
                metric.id.value
            ))
            .label(place, "gives a value from nothing");
        let found = match metric.no_data.written {
            Some(written) => found.label(written, "never happens"),
            None => found,
        };
        sink.push(found.help(
            "leave away what stands in for missing series; or write `no_data: { level: ignore }` where none is fine",
        ));
    }
}
