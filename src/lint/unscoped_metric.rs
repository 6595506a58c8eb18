//! An alert watches the whole fleet, and nobody said that it should.
//!
//! ## What
//! The release has no `scope`, and a metric with `watch: alert` says neither `scope: fleet` nor brings matchers of its own.
//! A release that only watches (`strategy: watch`) may go without.
//!
//! ## Why
//! With 5 % of the traffic, a canary that fails every request moves the fleet's failures by 5 points. Diluted like that a
//! broken release looks healthy, and the alert that should send it back stays silent.
//!
//! ## Bad
//! ```yaml
//! # without scope
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5% }
//! ```
//!
//! ## Good
//! ```yaml
//! # without scope
//! metrics:
//!   failed_requests:
//!     title: Failed requests of the whole fleet
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     scope: fleet
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5% }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::spec::Spec;
use crate::spec::metric::{Metric, Reach};

/// The lint.
pub static LINT: Lint =
    Lint::new("unscoped-metric", Severity::Error, include_str!("unscoped_metric.rs"), Check::Release(check));

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    if shared::only_watches(spec) {
        return;
    }
    let unscoped = |metric: &&Metric| metric.alerts() && metric.reach == Reach::Fleet { said: false };
    let metrics: Vec<&Metric> = spec.metrics.iter().filter(unscoped).collect();
    let Some(first) = metrics.first() else { return };
    let who = match metrics.len() {
        1 => format!("`{}` measures", first.id.value),
        many => format!("{many} metrics measure"),
    };
    let finding = LINT
        .finding(format!("{who} the whole fleet, not only the new version: the release has no `scope`"))
        .labels(metrics.iter().map(|metric| (metric.id.span, "the old version's series count too".to_owned())))
        .help(
            "add `scope: { canary: { label: value } }` to the release, or `scope: fleet` to each metric that is meant \
             to be the whole",
        );
    sink.push(finding);
}
