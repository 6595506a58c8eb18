//! A metric with alerts is taken away at every stage.
//!
//! ## What
//! `where` takes the metric away (`off: true`) at each stage of the release, for all values of its labels.
//!
//! ## Why
//! Its levels look like a guard of the release, and none of them is there while the release is rolled out.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue:
//!     title: Queue
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     rollback: { above: 500 }
//!     where:
//!       - { stage: canary-5, off: true, reason: No traffic of its own. }
//!       - { stage: full, off: true, reason: The old dashboard is enough. }
//! stages:
//!   - { id: canary-5, traffic: 5%, lasts: 2d, approve: lead }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   queue:
//!     title: Queue
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     rollback: { above: 500 }
//!     where:
//!       - { stage: canary-5, off: true, reason: No traffic of its own. }
//! stages:
//!   - { id: canary-5, traffic: 5%, lasts: 2d, approve: lead }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::spec::Spec;
use crate::spec::stage::Stage;
use std::collections::BTreeSet;

/// The lint.
pub static LINT: Lint =
    Lint::new("never-watched", Severity::Warning, include_str!("never_watched.rs"), Check::Release(check));

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in spec.metrics.iter().filter(|metric| metric.alerts() && !spec.stages.is_empty()) {
        let is_off = |stage: &Stage| {
            let mut own =
                metric.cases.iter().filter(|case| case.place.stage.as_deref() == Some(stage.id())).peekable();
            own.peek().is_some() && own.all(|case| case.limits.off.is_some())
        };
        if !spec.stages.iter().all(is_off) {
            continue;
        }
        let places: BTreeSet<_> = metric.cases.iter().filter_map(|case| case.limits.off).collect();
        sink.push(
            LINT.finding(format!(
                "`{}` is taken away at every stage, so that its levels guard none",
                metric.id.value
            ))
            .label(metric.id.span, "has levels")
            .labels(places.into_iter().map(|span| (span, "taken away".to_owned())))
            .help("keep it at a stage where it tells something, or let people look at it (`watch: daily`)"),
        );
    }
}
