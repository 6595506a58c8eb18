//! A limit of a quantile lies where the histogram's buckets cannot tell.
//!
//! ## What
//! A limit of a classic histogram's quantile is at or beyond the greatest bucket, or below the smallest value that the
//! quantile can have: its share of the first bucket.
//!
//! ## Why
//! Whatever is slower than the greatest bucket counts as exactly that bucket, so a quantile is never greater: with a top of
//! 10 s, `above: 10s` never fires. In the first bucket values are guessed by a straight line from 0: with a first bucket
//! of 5 ms, a P95 is at least 4.75 ms even where all requests take 1 ms, and `above: 2ms` always fires.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   latency_p95:
//!     title: P95 latency
//!     unit: seconds
//!     quantile: { q: 0.95, histogram: http_request_duration_seconds, buckets: [100ms, 250ms, 500ms, 1s] }
//!     normal:   { max: 200ms }
//!     warn:     { above: 400ms }
//!     rollback: { above: 1s }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   latency_p95:
//!     title: P95 latency
//!     unit: seconds
//!     quantile: { q: 0.95, histogram: http_request_duration_seconds, buckets: [100ms, 250ms, 500ms, 1s, 2.5s] }
//!     normal:   { max: 200ms }
//!     warn:     { above: 400ms }
//!     rollback: { above: 1s }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::{Bound, Rung, RungBound, Side};
use crate::quantity::Number;
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Metric};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "threshold-outside-buckets",
    Severity::Error,
    include_str!("threshold_outside_buckets.rs"),
    Check::Release(check),
);

/// What a quantile of these buckets can be.
struct Reach<'a> {
    least: Number,
    first: &'a Bound,
    last: &'a Bound,
}

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in spec.metrics.iter().filter(|metric| metric.relative.is_none()) {
        let Measurement::Quantile { q, buckets, .. } = &metric.measurement else { continue };
        let (Some(first), Some(last)) = (buckets.first(), buckets.last()) else { continue };
        let Some(least) = q.value.checked_mul(&first.value) else { continue };
        let reach = Reach { least, first, last };
        let mut blind: BTreeMap<Span, (RungBound, String)> = BTreeMap::new();
        for case in shared::active(metric) {
            for bound in Side::ALL.into_iter().flat_map(|side| case.limits.ladder.line(side)) {
                if let Some(fate) = fate(&bound, &reach) {
                    blind.insert(bound.bound.span, (bound, fate));
                }
            }
        }
        sink.extend(finding(metric, &reach, &blind));
    }
}

/// What becomes of a limit that the buckets can't tell from others; `None` for all others.
fn fate(bound: &RungBound, reach: &Reach<'_>) -> Option<String> {
    let value = bound.bound.value;
    let (over, under) = (value >= reach.last.value, value < reach.least);
    let fate = match (bound.rung, bound.side) {
        (Rung::Level(_), Side::Above) if over => "never fires",
        (Rung::Level(_), Side::Above) if under => "always fires",
        (Rung::Level(_), Side::Below) if value > reach.last.value => "always fires",
        (Rung::Level(_), Side::Below) if value <= reach.least => "never fires",
        (Rung::Normal, Side::Above) if under => "nothing is ever normal",
        (Rung::Normal, Side::Below) if value > reach.last.value => "nothing is ever normal",
        _ => return None,
    };
    Some(fate.to_owned())
}

fn finding(
    metric: &Metric,
    reach: &Reach<'_>,
    blind: &BTreeMap<Span, (RungBound, String)>,
) -> Option<Diagnostic> {
    let (bound, fate) = blind.values().next()?;
    let (id, text, rung) = (&metric.id.value, &bound.bound.text, bound.rung.name());
    let is_over = bound.bound.value >= reach.last.value;
    let buckets = Span { end: reach.last.span.end, ..reach.first.span };
    let what = if is_over {
        format!("the buckets end at {}, so no value is greater", reach.last.text)
    } else {
        let least = reach.least.to_promql();
        format!("the first bucket ends at {}, so no value is below {least} (in `{}`)", reach.first.text, metric.unit.name())
    };
    let help = if is_over {
        format!("let the histogram have a bucket beyond {text} and list it, or write a smaller limit")
    } else {
        format!("let the histogram have buckets below {text} and list them, or write a greater limit")
    };
    Some(
        LINT.finding(format!("{rung} of `{id}` at {text} {}: {what}", said(fate, bound.rung)))
            .labels(blind.iter().map(|(span, (_, fate))| (*span, fate.clone())))
            .label(buckets, what)
            .help(help),
    )
}

fn said(fate: &str, rung: Rung) -> &str {
    if rung == Rung::Normal { "is never kept" } else { fate }
}
