//! A ratio counts events that are not among all of its events.
//!
//! ## What
//! `bad` (or `good`) and `total` select the same counter, and some series that the first takes the second does not.
//!
//! ## Why
//! Such a ratio is no share. Failures divided by successes alone are 100 % where half of all fail; the failures of all
//! handlers divided by the requests of one are any number.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: 'http_requests_total{code!~"5.."}' }
//!     min_events: 200
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: 'http_requests_total' }
//!     min_events: 200
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::promql::solve::Labels;
use crate::promql::{self, Judge, quote};
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Share};

/// The lint.
pub static LINT: Lint = Lint::new(
    "part-outside-total",
    Severity::Warning,
    include_str!("part_outside_total.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for metric in shared::measured_once(spec) {
        let Measurement::Ratio { share, part, total } = &metric.measurement else { continue };
        let (Some(ours), Some(all)) = (part.expr.as_selector(), total.expr.as_selector()) else { continue };
        if ours.metric() != all.metric() {
            continue;
        }
        let (Some(take), Some(refuse)) = (promql::judges(ours), promql::judges(all)) else { continue };
        let refused: Vec<Vec<&Judge>> = vec![refuse.iter().collect()];
        let take: Vec<&Judge> = take.iter().collect();
        let Some(example) = promql::found(&take, &refused, &Labels::new(), 0) else { continue };
        let word = if *share == Share::Bad { "bad" } else { "good" };
        let series = written(ours.metric().unwrap_or_default(), &example);
        sink.push(
            LINT.finding(format!("`{}` counts {word} events that are not in its total, such as {series}", metric.id.value))
                .label(part.place(context.sources, ours.core.clone()), "takes it")
                .label(total.place(context.sources, all.core.clone()), "does not")
                .help(format!("let `total` take all that `{word}` takes: the same matchers, without what tells the {word} ones")),
        );
    }
}

/// A series as PromQL writes it.
fn written(name: &str, labels: &Labels) -> String {
    let labels: Vec<String> =
        labels.iter().map(|(label, value)| format!("{label}={}", quote(value))).collect();
    format!("`{name}{{{}}}`", labels.join(", "))
}
