//! A share of good events raises a level when it is high, or one of bad events when it is low.
//!
//! ## What
//! A metric is a `ratio` of `good` events and only high values raise its levels (`above`); or one of `bad` events and only
//! low values do (`below`).
//!
//! ## Why
//! The measurement says what is good, and the limits say the opposite: the alert fires when all is well and is silent when
//! nothing works.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   answered_requests:
//!     title: Answered requests
//!     unit: ratio
//!     ratio: { good: 'http_requests_total{code=~"2.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5% }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   answered_requests:
//!     title: Answered requests
//!     unit: ratio
//!     ratio: { good: 'http_requests_total{code=~"2.."}', total: http_requests_total }
//!     normal:   { min: 99% }
//!     warn:     { below: 98% }
//!     rollback: { below: 95% }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::ladder::{Direction, Side};
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Metric, Share};

/// The lint.
pub static LINT: Lint = Lint::new(
    "level-on-good-side",
    Severity::Warning,
    include_str!("level_on_good_side.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in &spec.metrics {
        let Some((share, side)) = contradiction(metric) else { continue };
        let Some(first) = metric.base().and_then(|limits| limits.ladder.line(side).into_iter().next()) else {
            continue;
        };
        let (part, other) = if share == Share::Good { ("good", "bad") } else { ("bad", "good") };
        let (much, right) = if side == Side::Above { ("high", "below") } else { ("low", "above") };
        let finding = LINT
            .finding(format!("`{}` is a share of {part} events and is bad where it is {much}", metric.id.value))
            .label(metric.measurement_span, format!("counts {part} events"))
            .label(first.bound.span, format!("bad where it is {much}"))
            .help(format!("write `{right}` at its levels; if the selector finds {other} events, write `{other}:` before it"));
        sink.push(finding);
    }
}

/// What is counted and the side on which it is bad, where these contradict each other.
fn contradiction(metric: &Metric) -> Option<(Share, Side)> {
    let Measurement::Ratio { share, .. } = metric.measurement else { return None };
    match (share, metric.base()?.ladder.direction()?) {
        (Share::Good, Direction::HigherIsWorse) => Some((share, Side::Above)),
        (Share::Bad, Direction::LowerIsWorse) => Some((share, Side::Below)),
        _ => None,
    }
}
