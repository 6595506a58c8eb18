//! Two entries of `where` set the same key at the same place, and neither is the more specific.
//!
//! ## What
//! Where several entries hold, the one that names more (a stage and a label against a stage alone) wins, key by key. Two
//! that name as much and set the same key are a tie, unless a more specific entry sets it as well.
//!
//! ## Why
//! Whichever won would win by accident, and one of the two numbers in the file would not be in force.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     by: [region]
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: { above: 500 }
//!     where:
//!       - { stage: canary, rollback: { above: 400 } }
//!       - { region: eu, rollback: { above: 450 } }
//! stages:
//!   - { id: canary, traffic: 5%, approve: lead }
//!   - { id: full, traffic: 100% }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     by: [region]
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: { above: 500 }
//!     where:
//!       - { stage: canary, rollback: { above: 400 } }
//!       - { region: eu, rollback: { above: 450 } }
//!       - { stage: canary, region: eu, rollback: { above: 400 } }
//! stages:
//!   - { id: canary, traffic: 5%, approve: lead }
//!   - { id: full, traffic: 100% }
//! ```

use super::{Check, Lint};
use crate::diag::Diagnostic;
use crate::source::Span;

/// The lint.
pub static LINT: Lint = Lint::law("where-tie", include_str!("where_tie.rs"), Check::Reading);

/// Two entries that set `key` at the same place (in words, with a blank before them).
#[must_use]
pub fn tie(key: &str, first: Span, second: Span, place: &str) -> Diagnostic {
    LINT.finding(format!("two entries of `where` set `{key}`{place}, and neither is the more specific"))
        .label(second, "and this one")
        .label(first, "this one holds there")
        .help(format!("set `{key}` in one of the two, or add an entry that names all that both name"))
}

/// Whether that tie was already told, at another place where the same two entries hold.
#[must_use]
pub fn is_told(findings: &[Diagnostic], first: Span, second: Span) -> bool {
    let spans = |finding: &Diagnostic| finding.labels.iter().map(|label| label.span).collect::<Vec<_>>();
    findings.iter().any(|finding| finding.lint == LINT.name && spans(finding) == [second, first])
}

/// A metric whose `where` tells more places apart than rules can be made for.
#[must_use]
pub fn too_many_places(metric: &crate::spec::shape::Text) -> Diagnostic {
    let most = crate::spec::metric::cases::MOST;
    LINT.finding(format!(
        "`where` of `{}` tells more than {most} combinations of stages and label values apart",
        metric.value
    ))
    .label(metric.span, "each combination needs rules of its own")
    .help("write another metric for some of the label values, with matchers of its own in `scope`")
}
