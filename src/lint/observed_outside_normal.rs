//! A measured fact lies outside the metric's own usual range.
//!
//! ## What
//! A value under `observed` is beyond `normal`, or it would even raise a level.
//!
//! ## Why
//! What was measured before the release is the best knowledge of what is usual. Where it disagrees with the limits,
//! either the limits are wishes or the alert fires from the first minute.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5% }
//!     observed: { last week: 2.4% }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5% }
//!     observed: { last week: 0.7% }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::{Bound, Ladder, Place};
use crate::spec::Spec;
use crate::spec::metric::Metric;
use crate::spec::shape::Text;

/// The lint.
pub static LINT: Lint = Lint::new(
    "observed-outside-normal",
    Severity::Warning,
    include_str!("observed_outside_normal.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in &spec.metrics {
        let Some(limits) = metric.base() else { continue };
        for (name, fact) in &metric.observed {
            sink.extend(finding(metric, &limits.ladder, name, fact));
        }
    }
}

fn finding(metric: &Metric, ladder: &Ladder, name: &Text, fact: &Bound) -> Option<Diagnostic> {
    let (id, name, value) = (&metric.id.value, &name.value, &fact.text);
    let message = match ladder.place(&fact.value) {
        Place::Normal => return None,
        Place::Short => format!("`{name}` of `{id}` was {value}, which is not normal"),
        Place::Level(level) => format!("`{name}` of `{id}` was {value}, which is already {}", level.name()),
    };
    let passed = ladder.passed(&fact.value);
    let mut found = LINT.finding(message).label(fact.span, "measured");
    if let Some(passed) = passed {
        found = found.label(passed.bound.span, format!("`{}` lies beyond this", fact.text));
    }
    Some(
        found.help(
            "measure again, or set the limits by what is usual: an alert must not fire on an ordinary day",
        ),
    )
}
