//! What is wrong with a template, and whose fault it is.

use crate::diag::Diagnostic;
use crate::lint::broken_template;
use crate::source::{FileId, Span};
use minijinja::Error;
use std::collections::BTreeMap;

/// A template or a phrase that cannot be shown. It can only come from a template, never from an author's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateFault {
    /// The fault of a project's own template, with its place.
    Own(Box<Diagnostic>),
    /// A fault of this program.
    BuiltIn(String),
}

impl TemplateFault {
    pub(super) fn own(finding: Diagnostic) -> Self {
        Self::Own(Box::new(finding))
    }
}

impl std::fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Own(finding) => f.write_str(&finding.message),
            Self::BuiltIn(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for TemplateFault {}

/// The project's own templates: the file and the text of each, by the name of the built-in one that it replaces.
#[derive(Debug, Clone, Default)]
pub(super) struct OwnFiles(pub BTreeMap<String, (FileId, String)>);

impl OwnFiles {
    /// What the engine says of the page `name`, with the place where the project's own template is wrong. Where only
    /// built-in templates were read, it is a fault of this program.
    pub fn fault(&self, name: &str, error: &Error) -> TemplateFault {
        if let Some((place, cause)) = self.deepest(error) {
            return TemplateFault::own(broken_template::does_not_work(place, &told(cause)));
        }
        // A built-in template that fails beside one of the project's own misses something that this one left out.
        match self.0.get(name).or_else(|| self.0.values().next()) {
            Some((file, _)) => {
                let why = format!("the built-in templates fail beside it: {}", told(innermost(error)));
                TemplateFault::own(broken_template::does_not_work(Span::new(*file, 0..0), &why))
            }
            None => TemplateFault::BuiltIn(format!("template {name}: {error}: {}", told(innermost(error)))),
        }
    }

    /// The deepest cause that lies in one of these files, and its place.
    fn deepest<'e>(&self, error: &'e Error) -> Option<(Span, &'e Error)> {
        causes(error).filter_map(|cause| Some((self.place(cause)?, cause))).last()
    }

    /// Where in these files an error lies: what it covers, or else its line.
    pub fn place(&self, error: &Error) -> Option<Span> {
        let (file, text) = self.0.get(error.name()?)?;
        let line = || {
            let number = error.line()?.checked_sub(1)?;
            let line = text.split('\n').nth(number)?;
            let start = line.as_ptr().addr() - text.as_ptr().addr();
            Some(start..start + line.trim_end().len())
        };
        let covered = error.range().filter(|range| text.get(range.clone()).is_some());
        Some(Span::new(*file, covered.or_else(line).unwrap_or(0..0)))
    }
}

fn causes(error: &Error) -> impl Iterator<Item = &Error> {
    std::iter::successors(Some(error), |error| std::error::Error::source(*error)?.downcast_ref())
}

fn innermost(error: &Error) -> &Error {
    causes(error).last().unwrap_or(error)
}

/// What an error says, without its place.
pub(super) fn told(error: &Error) -> String {
    let error = innermost(error);
    match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    }
}
