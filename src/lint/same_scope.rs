//! The new version and the one it replaces are the same series.
//!
//! ## What
//! `scope.canary` and `scope.baseline` have the same matchers.
//!
//! ## Why
//! Whatever is compared is compared with itself: there is never a difference, and the alerts on it never fire.
//!
//! ## Bad
//! ```yaml
//! scope:
//!   canary:   { deployment: shop }
//!   baseline: { deployment: shop }
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
//!   canary:   { deployment: shop-canary }
//!   baseline: { deployment: shop }
//! metrics:
//!   queue:
//!     title: Queue
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     relative_to: baseline
//!     normal:   { max: +10 }
//!     rollback: { above: +50 }
//! ```

use super::{Check, Context, Lint};
use crate::diag::Sink;
use crate::spec::Spec;
use crate::spec::matcher::Matcher;
use std::collections::BTreeSet;

/// The lint.
pub static LINT: Lint = Lint::new(
    "same-scope",
    crate::diag::Severity::Error,
    include_str!("same_scope.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let Some((canary, baseline)) = versions(spec) else { return };
    if !are_same(canary, baseline) {
        return;
    }
    let (ours, theirs) = (spans(canary), spans(baseline));
    sink.push(
        LINT.finding("the new version and the one that it replaces are the same series")
            .labels(ours.map(|span| (span, "the new version".to_owned())))
            .labels(theirs.map(|span| (span, "the same".to_owned())))
            .help("write what tells the two apart, such as a version, a colour or a track"),
    );
}

/// The matchers of both versions, where both are told.
pub(super) fn versions(spec: &Spec) -> Option<(&[Matcher], &[Matcher])> {
    let scope = spec.scope.as_ref()?;
    Some((&scope.canary.as_ref()?.0, &scope.baseline.as_ref()?.0))
}

/// Whether both are the same matchers in any order.
pub(super) fn are_same(canary: &[Matcher], baseline: &[Matcher]) -> bool {
    let texts = |all: &[Matcher]| all.iter().map(Matcher::promql).collect::<BTreeSet<_>>();
    texts(canary) == texts(baseline)
}

fn spans(all: &[Matcher]) -> impl Iterator<Item = crate::source::Span> {
    all.iter().map(|matcher| matcher.span)
}
