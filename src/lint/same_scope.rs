//! The new version and the one it replaces are the same series.
//!
//! ## What
//! `scope.canary` and `scope.baseline` have the same matchers.
//! Or the two are exchanged: `baseline` has the `release.version`, and `canary` another value of that label.
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
use crate::diag::{Diagnostic, Sink};
use crate::promql::MatchOp;
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
    sink.extend(exchanged(spec, canary, baseline));
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

/// The version that is released among the series of the one that it replaces, and another one among its own.
fn exchanged(spec: &Spec, canary: &[Matcher], baseline: &[Matcher]) -> Option<Diagnostic> {
    let version = &spec.release.version.as_ref()?.value;
    let released = |matcher: &&Matcher| matcher.op == MatchOp::Equal && matcher.value == *version;
    let theirs = baseline.iter().find(released)?;
    let ours =
        canary.iter().find(|ours| ours.label.value == theirs.label.value && ours.op == MatchOp::Equal)?;
    if ours.value == *version {
        return None;
    }
    Some(
        LINT.finding(format!("`baseline` is version {version}, which is the one that is released"))
            .label(theirs.span, "the version that is released")
            .label(ours.span, "another version")
            .help("exchange `canary` and `baseline`, or correct `release.version`"),
    )
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
