//! A counter is measured as a gauge, so that its value only ever grows.
//!
//! ## What
//! A `gauge` whose series has the name of a counter: one that ends in `_total`, `_count`, `_sum` or `_bucket`.
//!
//! ## Why
//! A counter counts from the start of its process. Any limit is passed some day, by a process that lives long enough, and a
//! restart makes everything look well again.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failures:
//!     title: Failures
//!     unit: count
//!     gauge: { metric: http_failures_total, aggregate: sum }
//!     warn:     { above: 10 }
//!     rollback: { above: 50 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failures:
//!     title: Failures
//!     unit: per_minute
//!     rate: { counter: http_failures_total }
//!     warn:     { above: 10 }
//!     rollback: { above: 50 }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::spec::Spec;
use crate::spec::metric::Measurement;

/// The lint.
pub static LINT: Lint = Lint::new(
    "gauge-of-counter",
    Severity::Warning,
    include_str!("gauge_of_counter.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in shared::measured_once(spec) {
        let Measurement::Gauge { metric: gauge, .. } = &metric.measurement else { continue };
        let name = gauge.expr.as_selector().and_then(|selector| selector.metric());
        let Some(name) = name.filter(|name| shared::is_counter(name)) else { continue };
        sink.push(
            LINT.finding(format!(
                "`{}` takes `{name}` for a gauge, and its name is one of a counter",
                metric.id.value
            ))
            .label(gauge.span(), "only ever grows")
            .help(format!(
                "write `rate: {{ counter: {name} }}` for how fast it grows, or `increase` for by how much"
            )),
        );
    }
}
