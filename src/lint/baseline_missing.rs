//! A metric is compared with the version that is replaced, and no series are said to be that version's.
//!
//! ## What
//! `relative_to: baseline` (or `offset`, which looks at the baseline's past) on a metric for which there is no `baseline`: the release's
//! `scope` has none, or the metric has a `scope` of its own.
//!
//! ## Why
//! There is nothing to compare with, so the metric would have no value.
//!
//! ## Bad
//! ```yaml
//! scope:
//!   canary: { deployment: shop-canary }
//! metrics:
//!   slower_than_before:
//!     title: Mean latency against the running version
//!     unit: seconds
//!     mean: { histogram: http_request_duration_seconds }
//!     relative_to: baseline
//!     normal:   { max: +5% }
//!     rollback: { above: +30% }
//! ```
//!
//! ## Good
//! ```yaml
//! scope:
//!   canary:   { deployment: shop-canary }
//!   baseline: { deployment: shop-stable }
//! metrics:
//!   slower_than_before:
//!     title: Mean latency against the running version
//!     unit: seconds
//!     mean: { histogram: http_request_duration_seconds }
//!     relative_to: baseline
//!     normal:   { max: +5% }
//!     rollback: { above: +30% }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::spec::Spec;
use crate::spec::metric::{Metric, Reach, Reference};

/// The lint.
pub static LINT: Lint =
    Lint::new("baseline-missing", Severity::Error, include_str!("baseline_missing.rs"), Check::Release(check));

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let (own, shared): (Vec<&Metric>, Vec<&Metric>) = spec
        .metrics
        .iter()
        .filter(|metric| metric.is_measured() && lacks_baseline(metric))
        .partition(|metric| has_own_scope(metric));
    sink.extend(own.into_iter().filter_map(|metric| {
        let finding = compared(&[metric])?;
        Some(finding.help(format!(
            "take the `scope` of `{}` away, or compare it with `{{ offset: … }}` or `{{ value: … }}`",
            metric.id.value
        )))
    }));
    if let Some(finding) = compared(&shared) {
        let finding = match spec.scope.as_ref() {
            Some(scope) => finding.label(scope.span, "no `baseline` here"),
            None => finding,
        };
        sink.push(finding.help("add `scope.baseline: { label: value }` for the version that is replaced"));
    }
}

fn lacks_baseline(metric: &Metric) -> bool {
    let Some(relative) = &metric.relative else { return false };
    match relative.reference {
        Reference::Baseline => metric.reach.baseline().is_none(),
        // A new version has no last week; the fleet and matchers of one's own do.
        Reference::Offset(_) => matches!(metric.reach, Reach::Release { baseline: None, .. }),
        Reference::Value(_) => false,
    }
}

fn has_own_scope(metric: &Metric) -> bool {
    matches!(metric.reach, Reach::Own(_) | Reach::Fleet { said: true })
}

fn compared(metrics: &[&Metric]) -> Option<Diagnostic> {
    let first = metrics.first()?;
    let who = match metrics.len() {
        1 => format!("`{}` is", first.id.value),
        many => format!("{many} metrics are"),
    };
    let places = metrics.iter().filter_map(|metric| Some(metric.relative.as_ref()?.span));
    Some(
        LINT.finding(format!("{who} compared with the replaced version, and no series are said to be its"))
            .labels(places.map(|span| (span, "compared with nothing".to_owned()))),
    )
}
