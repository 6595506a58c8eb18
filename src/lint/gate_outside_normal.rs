//! A stage goes on although a metric is outside its usual range.
//!
//! ## What
//! A limit under `advance` (`average`, `worst` or `latest`) lies beyond the end of `normal` or, where no `normal` is
//! written, beyond the first level; worst of all, it lies where a level has already begun. What `where` says of the
//! stage counts. `within: target` is the author's own choice and is left alone. A limit under `acceptance` is told where it
//! lies beyond `hold` or `rollback`.
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
use crate::ladder::{Bound, Ladder, Level, Rung, RungBound, Side};
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
        for (metric, limit) in limits(spec, stage.advance.iter().flatten()) {
            sink.extend(finding(stage, metric, limit));
        }
    }
    for (metric, limit) in limits(spec, spec.acceptance.iter().flat_map(|row| &row.value)) {
        sink.extend(accepted(metric, limit));
    }
}

/// The limits of conditions, each with its metric.
fn limits<'a>(
    spec: &'a Spec,
    conditions: impl Iterator<Item = &'a Condition>,
) -> Vec<(&'a Metric, &'a Bound)> {
    let leaves = conditions.flat_map(Condition::leaves);
    let tests = leaves.filter_map(|leaf| match &leaf.kind {
        ConditionKind::Metric { metric, test: Test::Limit { bound: Some(limit), .. }, .. } => {
            Some((spec.metric(&metric.value)?, limit))
        }
        _ => None,
    });
    tests.collect()
}

/// A limit under `acceptance` that lies beyond `hold` or `rollback` in every case of the metric.
fn accepted(metric: &Metric, limit: &Bound) -> Option<Diagnostic> {
    let passed = shared::active(metric).map(|case| case.limits.ladder.passed(&limit.value));
    let passed: Option<Vec<RungBound>> = passed.collect();
    let passed = passed?;
    let beyond = |of: &RungBound| matches!(of.rung, Rung::Level(Level::Hold | Level::Rollback));
    let everywhere = passed.iter().all(beyond);
    let passed = passed.first()?;
    let to = if passed.side == Side::Above { "up to" } else { "down to" };
    let (id, name, text) = (&metric.id.value, passed.rung.name(), &limit.text);
    everywhere.then(|| {
        LINT.finding(format!(
            "the release is a success with `{id}` {to} {text}, where `{name}` has begun already"
        ))
        .label(limit.span, "counts as a success")
        .label(passed.bound.span, format!("`{name}` begins here"))
        .help("ask for a value that raises no level, or for `within: target` or `within: normal`")
    })
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
