//! A level's `for` is not longer than the window of its values, so one event fires it.
//!
//! ## What
//! The values are made from a window (`5m`, unless something else is written), and the level's `for` is not longer than
//! that window. `for: 0s` says "at once" and is fine; gauges have no window.
//!
//! ## Why
//! One short burst stays in the window until the window has passed. All that time the value is beyond the bound, so a
//! `for` that is no longer filters nothing: a burst of a second fires the alert after minutes, when it is long over.
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
//!     rollback: { above: 5%, for: 3m }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     window: 2m
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5%, for: 3m }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::quantity::{Duration, Number};
use crate::source::Span;
use crate::spec::metric::{Condition, Measurement, Metric};
use crate::spec::{Spec, timing};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "for-not-longer-than-window",
    Severity::Warning,
    include_str!("for_not_longer_than_window.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    let mut short: BTreeMap<(Span, u64), Vec<shared::Wait<'_>>> = BTreeMap::new();
    for wait in shared::waits(spec, context) {
        let Some(window) = timing::window(wait.metric) else { continue };
        let lasts = &wait.lasts.duration;
        if !lasts.is_zero() && *lasts <= window && one_event_shows(wait.metric, wait.condition) {
            short.entry((wait.place, window.millis())).or_default().push(wait);
        }
    }
    for ((place, window), waits) in short {
        let window = Duration::from_millis(window).unwrap_or_else(Duration::zero);
        sink.push(finding(spec, context, place, &window, &waits));
    }
}

/// Whether a single burst can hold the value beyond the bound. A count or a rate does not fall because of one event,
/// and a count above 1 needs several.
fn one_event_shows(metric: &Metric, condition: &Condition) -> bool {
    let above = condition.above.as_ref().map(|bound| bound.value);
    match &metric.measurement {
        Measurement::Ratio { .. } | Measurement::Quantile { .. } | Measurement::Mean { .. } => true,
        Measurement::Rate { .. } => above.is_some(),
        Measurement::Increase { .. } => above.is_some_and(|bound| bound < Number::ONE),
        Measurement::Query(_) => above.is_some(),
        Measurement::Gauge { .. } | Measurement::Manual(_) => false,
    }
}

fn finding(
    spec: &Spec,
    context: &Context<'_>,
    place: Span,
    window: &Duration,
    waits: &[shared::Wait<'_>],
) -> Diagnostic {
    let text = window.to_canonical();
    let found = LINT
        .finding(format!(
            "{} is not longer than the window of {text}: one burst fires it",
            shared::who(waits)
        ))
        .label(place, format!("must be longer than {text}"))
        .labels(shared::others(waits));
    let windows: std::collections::BTreeSet<_> =
        waits.iter().filter_map(|wait| shared::window_place(wait.metric, spec, context)).collect();
    let more = shared::doubled(window);
    let increase = |wait: &shared::Wait<'_>| matches!(wait.metric.measurement, Measurement::Increase { .. });
    let key = if waits.iter().all(increase) { "over" } else { "window" };
    found
        .labels(windows.into_iter().map(|span| (span, "the window".to_owned())))
        .help(format!("write `for: {more}`, a shorter `{key}`, or `for: 0s` if one burst is to fire it"))
}
