//! Findings: what is wrong, where, and what to do.

use crate::source::Span;

/// How much a finding counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something that a reader should know.
    Info,
    /// What may be right but is unwise.
    Warning,
    /// What cannot be right: nothing is built.
    Error,
}

/// A place that matters for a finding, and what is to be seen there.
#[derive(Debug, Clone)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words shown under it.
    pub text: String,
}

/// One finding. It has at least one label, and the first is the place to go to.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The name of the lint that found it.
    pub lint: &'static str,
    /// How much it counts; set from the lint's own severity, and only changed by the sink.
    pub severity: Severity,
    /// What is wrong, one sentence, in the author's words and numbers.
    pub message: String,
    /// The places, the one to go to first.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}
