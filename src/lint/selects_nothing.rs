//! A selector takes no series at all, since its matchers contradict each other.
//!
//! ## What
//! Two matchers on one label of which no value passes both: two different values, a value that a pattern beside it does not
//! match or that is excluded, or one pattern that is both asked for and excluded.
//!
//! ## Why
//! All matchers of a selector must hold together. Prometheus takes such a selector without a word, and what is computed from
//! it has no value, for ever.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: per_second
//!     rate: { counter: 'http_requests_total{code="500",code="503"}' }
//!     normal:   { max: 1 }
//!     rollback: { above: 5 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: per_second
//!     rate: { counter: 'http_requests_total{code=~"500|503"}' }
//!     normal:   { max: 1 }
//!     rollback: { above: 5 }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::promql::{self, Judge, MatchOp, Matcher, Selector};
use crate::spec::Spec;

/// The lint.
pub static LINT: Lint =
    Lint::new("selects-nothing", Severity::Error, include_str!("selects_nothing.rs"), Check::Release(check));

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for (metric, promql) in shared::promql(spec) {
        for selector in promql::selectors(&promql.expr) {
            let Some((one, other)) = contradiction(selector) else { continue };
            let label = &one.label.text;
            let place = |matcher: &Matcher| promql.place(context.sources, matcher.span.clone());
            let both = one.op == MatchOp::Equal && other.op == MatchOp::Equal;
            let help = if both {
                let (one, other) = (&one.value, &other.value);
                format!("write `{label}=~\"{one}|{other}\"` for series that have either value")
            } else {
                "leave one of the two away".to_owned()
            };
            sink.push(
                LINT.finding(format!(
                    "no series passes both matchers on `{label}` in a selector of `{}`",
                    metric.id.value
                ))
                .label(place(one), "no value passes this")
                .label(place(other), "and this")
                .help(help),
            );
        }
    }
}

/// Two matchers of which no value passes both.
fn contradiction(selector: &Selector) -> Option<(&Matcher, &Matcher)> {
    let judges = promql::judges(selector)?;
    let all: Vec<(&Matcher, &Judge)> = selector.matchers.iter().zip(&judges).collect();
    all.iter().find_map(|(one, _)| {
        let same_label = all.iter().filter(|(other, _)| other.label.text == one.label.text);
        let excludes = |other: &Matcher, judge: &Judge| match one.op {
            MatchOp::Equal => !judge.takes(&one.value),
            MatchOp::Regex => other.op == MatchOp::NotRegex && other.value == one.value,
            MatchOp::NotEqual | MatchOp::NotRegex => false,
        };
        let other = same_label.into_iter().find(|(other, judge)| excludes(other, judge))?;
        Some((*one, other.0))
    })
}
