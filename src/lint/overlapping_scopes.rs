//! One series may belong to the new version and to the one that it replaces.
//!
//! ## What
//! There are labels that all matchers of `scope.canary` and all of `scope.baseline` take.
//!
//! ## Why
//! The new version is then compared with a mixture of which it is a part. The greater its share of the traffic, the less it
//! differs from it, so that what is wrong with it is seen least where it hurts most.
//!
//! ## Bad
//! ```yaml
//! scope:
//!   canary:   { app: shop, track: canary }
//!   baseline: { app: shop }
//! metrics:
//!   queue:
//!     title: Queue
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     relative_to: baseline
//!     normal:   { max: +10 }
//!     rollback: { above: +50 }
//! ```
//!
//! ## Good
//! ```yaml
//! scope:
//!   canary:   { app: shop, track: canary }
//!   baseline: { app: shop, track: "!=canary" }
//! metrics:
//!   queue:
//!     title: Queue
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     relative_to: baseline
//!     normal:   { max: +10 }
//!     rollback: { above: +50 }
//! ```

use super::same_scope::{are_same, versions};
use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::promql::solve::Labels;
use crate::promql::{self, Judge, MatchOp, quote};
use crate::spec::Spec;
use crate::spec::matcher::Matcher;

/// The lint.
pub static LINT: Lint = Lint::new(
    "overlapping-scopes",
    Severity::Warning,
    include_str!("overlapping_scopes.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let Some((canary, baseline)) = versions(spec) else { return };
    let both = canary.iter().chain(baseline).map(Matcher::told).map(Judge::new).collect::<Option<Vec<_>>>();
    let Some(both) = both.filter(|_| !are_same(canary, baseline)) else { return };
    let Some(example) = promql::found(&both.iter().collect::<Vec<_>>(), &[], &Labels::new(), 0) else {
        return;
    };
    let labels: Vec<String> =
        example.iter().map(|(label, value)| format!("{label}={}", quote(value))).collect();
    let help = exclusion(canary, baseline)
        .unwrap_or_else(|| "write matchers of which no label value passes both".to_owned());
    sink.push(
        LINT.finding(format!(
            "a series with {{{}}} belongs to the new version and to the one that it replaces",
            labels.join(", ")
        ))
        .labels(canary.iter().map(|matcher| (matcher.span, "the new version".to_owned())))
        .labels(baseline.iter().map(|matcher| (matcher.span, "the one that it replaces".to_owned())))
        .help(help),
    );
}

/// What to write in the second scope, where the first has a label that the second says nothing of.
fn exclusion(canary: &[Matcher], baseline: &[Matcher]) -> Option<String> {
    let is_free = |one: &&Matcher| !baseline.iter().any(|other| other.label.value == one.label.value);
    let one = canary.iter().find(is_free)?;
    let not = match one.op {
        MatchOp::Equal => "!=",
        MatchOp::Regex => "!~",
        MatchOp::NotEqual | MatchOp::NotRegex => return None,
    };
    let (label, value) = (&one.label.value, &one.value);
    Some(format!("exclude the new version from the other: `baseline: {{ …, {label}: \"{not}{value}\" }}`"))
}
