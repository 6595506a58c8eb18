//! Findings: what is wrong, where, and what to do. One renderer for each output format.

mod excerpt;
pub mod github;
pub mod json;
mod place;
pub mod sarif;
mod sink;
pub mod terminal;
mod visible;

pub use place::{Place, Places};
pub use sink::{Sink, Waiver};
pub use visible::visible;

use crate::source::Span;
use serde::Serialize;

/// How much a finding counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something that a reader should know.
    Info,
    /// What may be right but is unwise.
    Warning,
    /// What cannot be right: nothing is built.
    Error,
}

impl Severity {
    /// The word for it in `relspec.yaml`, in listings and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place that matters for a finding, and what is to be seen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words shown under it; may be empty.
    pub text: String,
}

/// One finding. It has at least one label, and the first is the place to go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The name of the lint that found it.
    pub lint: &'static str,
    /// How much it counts; the lint's own severity until the sink applies the project's levels.
    pub severity: Severity,
    /// What is wrong, one sentence, in the author's words and numbers.
    pub message: String,
    /// The places, the one to go to first.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Adds a place. The first one added is the place to go to.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds several places at once.
    #[must_use]
    pub fn labels(mut self, labels: impl IntoIterator<Item = (Span, String)>) -> Self {
        self.labels.extend(labels.into_iter().map(|(span, text)| Label { span, text }));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The place to go to, if the finding has one.
    #[must_use]
    pub fn place(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}
