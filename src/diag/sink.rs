//! The one place where findings are collected, given the project's severities, waived and put in order.

use super::{Diagnostic, Severity};
use crate::source::{Span, Spanned};
use std::collections::BTreeMap;

/// An author's decision to accept one finding at one place.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// The lint that is waived.
    pub lint: Spanned<String>,
    /// The place, as a path of keys (`metrics.errors.warn`); everything below it is covered.
    pub at: Spanned<String>,
    /// What `at` names in the file; `None` when it names nothing.
    pub covers: Option<Span>,
    /// Why it is right here.
    pub reason: Spanned<String>,
    /// The last day on which it holds, as `YYYY-MM-DD`.
    pub until: Option<Spanned<jiff::civil::Date>>,
    /// The whole entry.
    pub span: Span,
}

/// Collects the findings of a run.
#[derive(Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
}

impl Sink {
    /// Takes one finding.
    pub fn push(&mut self, finding: Diagnostic) {
        self.found.push(finding);
    }

    /// Takes several findings.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        self.found.extend(findings);
    }

    /// Takes all that another one has collected.
    pub fn absorb(&mut self, other: Self) {
        self.found.extend(other.found);
    }

    /// How many have been taken so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether nothing was found so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether an error was taken so far.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Takes out what the waivers cover and says for each of them whether it covers anything. A finding that tells
    /// one cause at several places goes only when all of them are covered, if need be by several waivers.
    pub fn waive(&mut self, waivers: &[&Waiver]) -> Vec<bool> {
        let mut used = vec![false; waivers.len()];
        self.found.retain(|finding| {
            let own: Vec<usize> =
                (0..waivers.len()).filter(|n| finding.lint == waivers[*n].lint.value).collect();
            let by = |span: Span| own.iter().copied().find(|n| covers(waivers[*n], span));
            let covering: Vec<Option<usize>> = culprits(finding).map(by).collect();
            covering.iter().flatten().for_each(|n| used[*n] = true);
            covering.is_empty() || covering.iter().any(Option::is_none)
        });
        used
    }

    /// Gives each finding the severity that the project wants for its lint; `None` drops it.
    pub fn apply(&mut self, levels: &BTreeMap<String, Option<Severity>>) {
        self.found.retain_mut(|finding| match levels.get(finding.lint) {
            Some(Some(severity)) => {
                finding.severity = *severity;
                true
            }
            Some(None) => false,
            None => true,
        });
    }

    /// All findings in the order in which a reader meets their places: by file, then by place.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|a, b| (a.place(), a.lint, &a.message).cmp(&(b.place(), b.lint, &b.message)));
        self.found.dedup();
        self.found
    }
}

/// The places that are at fault: the one to go to, and those of which the same is said.
fn culprits(finding: &Diagnostic) -> impl Iterator<Item = Span> {
    let first = finding.labels.first().map(|label| label.text.as_str());
    finding.labels.iter().filter(move |label| Some(label.text.as_str()) == first).map(|label| label.span)
}

fn covers(waiver: &Waiver, span: Span) -> bool {
    waiver
        .covers
        .is_some_and(|whole| span.file == whole.file && span.start >= whole.start && span.end <= whole.end)
}
