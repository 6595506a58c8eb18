//! An approval asks for more people than there are.
//!
//! ## What
//! `at_least` is greater than the number of different people under `any`, or a list of which all must approve names one
//! person twice. A group (`group: true`) may send several people and is left alone.
//!
//! ## Why
//! Such an approval can never be given as it is written, or it is given by fewer people than the reader believes.
//!
//! ## Bad
//! ```yaml
//! stages:
//!   - { id: canary-5, traffic: 5%, lasts: 2d, approve: { any: [ ana, ben ], at_least: 3 } }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```
//!
//! ## Good
//! ```yaml
//! stages:
//!   - { id: canary-5, traffic: 5%, lasts: 2d, approve: { any: [ ana, ben, eve ], at_least: 2 } }
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::people::Approval;
use std::collections::BTreeSet;

/// The lint.
pub static LINT: Lint = Lint::new(
    "quorum-impossible",
    Severity::Error,
    include_str!("quorum_impossible.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for approval in spec.approvals() {
        let groups = |id: &str| {
            spec.person(id).is_some_and(|person| person.group.as_ref().is_some_and(|yes| yes.value))
        };
        if approval.people.iter().any(|name| groups(&name.value)) {
            continue;
        }
        let mut seen = BTreeSet::new();
        let again: Vec<Span> =
            approval.people.iter().filter(|name| !seen.insert(name.as_str())).map(|name| name.span).collect();
        if approval.at_least > seen.len() {
            sink.push(finding(approval, seen.len(), &again));
        }
    }
}

fn finding(approval: &Approval, people: usize, again: &[Span]) -> Diagnostic {
    let are = if people == 1 { "is" } else { "are" };
    let finding =
        LINT.finding(format!("{} people must approve, but only {people} {are} named", approval.at_least));
    let twice = again.iter().map(|span| (*span, "named again".to_owned()));
    if approval.all {
        return finding.labels(twice).help("name each person once");
    }
    let fewer = if people == 1 { "one approval".to_owned() } else { format!("{people} approvals at most") };
    finding
        .label(approval.span, "more than there are")
        .labels(twice)
        .help(format!("name more people under `any`, or ask for {fewer}"))
}
