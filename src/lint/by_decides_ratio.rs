//! A ratio is grouped by the label that tells its bad events from the others.
//!
//! ## What
//! `by` keeps a label on which `bad` (or `good`) has a matcher and `total`, of the same counter, has none; and no other
//! matcher tells the two apart.
//!
//! ## Why
//! All events of a group then have one value of that label, and are all bad or all good: one group is always at 100 %, the
//! others at 0 %. How many of all events are bad is seen nowhere.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_jobs:
//!     title: Failed jobs
//!     unit: ratio
//!     ratio: { bad: 'jobs_total{outcome="failed"}', total: jobs_total }
//!     by: [outcome]
//!     min_events: 200
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_jobs:
//!     title: Failed jobs
//!     unit: ratio
//!     ratio: { bad: 'jobs_total{outcome="failed"}', total: jobs_total }
//!     by: [region]
//!     min_events: 200
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::promql::{Matcher, Selector};
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Share};

/// The lint.
pub static LINT: Lint = Lint::new(
    "by-decides-ratio",
    Severity::Warning,
    include_str!("by_decides_ratio.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for metric in shared::measured_once(spec) {
        let Measurement::Ratio { share, part, total } = &metric.measurement else { continue };
        let (Some(ours), Some(all)) = (part.expr.as_selector(), total.expr.as_selector()) else { continue };
        let own = telling(ours, all);
        let kept = |matcher: &Matcher| metric.by.iter().find(|label| label.value == matcher.label.text);
        let decided = own.iter().map(|matcher| Some((*matcher, kept(matcher)?))).collect::<Option<Vec<_>>>();
        let Some((matcher, label)) = decided.and_then(|all| all.first().copied()) else { continue };
        let word = if *share == Share::Bad { "bad" } else { "good" };
        let name = &label.value;
        sink.push(
            LINT.finding(format!("`{}` is 0 % or 100 % for every `{name}`", metric.id.value))
                .label(part.place(context.sources, matcher.span.clone()), format!("tells the {word} events"))
                .label(label.span, "keeps them apart from the others")
                .help(format!("take `{name}` out of `by`, so that each value is a share of all events")),
        );
    }
}

/// The matchers that tell the part from its total; none where the two are not of one counter.
fn telling<'a>(part: &'a Selector, total: &Selector) -> Vec<&'a Matcher> {
    let same = |one: &Matcher, other: &Matcher| {
        one.label.text == other.label.text && one.op == other.op && one.value == other.value
    };
    let has = |of: &Selector, matcher: &Matcher| of.matchers.iter().any(|other| same(matcher, other));
    if part.metric() != total.metric() || !total.matchers.iter().all(|matcher| has(part, matcher)) {
        return Vec::new();
    }
    part.matchers.iter().filter(|matcher| matcher.label.text != "__name__" && !has(total, matcher)).collect()
}
