//! A stage goes on although a metric is outside its usual range.
//!
//! ## What
//! A limit under `advance` (`average`, `worst` or `latest`) lies beyond the end of `normal` or, where no `normal` is
//! written, beyond the first level; worst of all, it lies where a level has already begun. What `where` says of the
//! stage counts. `within: target` is the author's own choice and is left alone.
//!
//! ## Why
//! `advance` says what must be well before more users get the new version. A limit looser than normal lets the rollout
//! go on in a state that the same plan calls unusual, and one beyond a level in a state of which it warns.
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
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 2d
//!     advance:
//!       - { metric: failed_requests, average: 3%, over: 24h }
//!   - { id: full, traffic: 100%, lasts: 72h }
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
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 2d
//!     advance:
//!       - { metric: failed_requests, average: 1%, over: 24h }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::{Bound, Ladder, Rung, Side};
use crate::spec::Spec;
use crate::spec::condition::{Condition, ConditionKind, Test};
use crate::spec::metric::Metric;
use crate::spec::stage::Stage;

/// The lint.
pub static LINT: Lint = Lint::new(
    "gate-outside-normal",
    Severity::Warning,
    include_str!("gate_outside_normal.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for stage in &spec.stages {
        for leaf in stage.advance.iter().flatten().flat_map(Condition::leaves) {
            let ConditionKind::Metric { metric, test: Test::Limit { bound: Some(limit), .. }, .. } =
                &leaf.kind
            else {
                continue;
            };
            let Some(metric) = spec.metric(&metric.value) else { continue };
            sink.extend(finding(stage, metric, limit));
        }
    }
}

/// Where cases differ by a label, the one that the limit is worst for.
fn finding(stage: &Stage, metric: &Metric, limit: &Bound) -> Option<Diagnostic> {
    let ladders = shared::at_stage(metric, stage).into_iter().map(|case| &case.limits.ladder);
    let ladder = ladders.max_by_key(|ladder| ladder.place(&limit.value))?;
    let passed = ladder.passed(&limit.value)?;
    let (id, stage, text) = (&metric.id.value, stage.id(), &limit.text);
    let to = if passed.side == Side::Above { "up to" } else { "down to" };
    let (where_it_is, there) = match passed.rung {
        Rung::Normal => ("which is not normal".to_owned(), "normal ends here".to_owned()),
        Rung::Level(level) => {
            let name = level.name();
            (format!("where `{name}` has begun already"), format!("`{name}` begins here"))
        }
    };
    let message = format!("stage `{stage}` lets the rollout go on with `{id}` {to} {text}, {where_it_is}");
    Some(
        LINT.finding(message)
            .label(limit.span, "lets the next stage begin")
            .label(passed.bound.span, there)
            .help(help(ladder, passed.side)),
    )
}

/// The loosest limit that is still normal.
fn help(ladder: &Ladder, side: Side) -> String {
    let end = ladder.line(side).into_iter().next().map(|bound| bound.bound.text).unwrap_or_default();
    let no = if side == Side::Above { "no more than" } else { "no less than" };
    format!(
        "ask for {no} {end}, where normal ends, or for `within: normal`; if such values are usual, mend `normal`"
    )
}
