//! What a project can replace, with its text: a start for the project's own.

use super::{BUILT_IN, PHRASES, phrases};

/// A built-in template, or a file of phrases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltIn {
    /// The name below the folder of templates.
    pub name: String,
    /// All of it.
    pub text: &'static str,
}

impl BuiltIn {
    /// What it is for, one sentence: the comment with which it begins. Nothing where it begins with none.
    #[must_use]
    pub fn summary(&self) -> String {
        let comment = self.text.strip_prefix("{#").and_then(|rest| rest.split_once("#}"));
        // A page may begin with a heading, which says nothing about the template.
        let phrases = self.text.strip_prefix("# ").filter(|_| self.name.ends_with(".yaml"));
        let line = phrases.and_then(|rest| rest.split_once('\n'));
        let inner = comment.or(line).map_or("", |(inner, _)| inner);
        inner.trim_matches('-').split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Everything that a project can replace: the templates by name, then the phrases of each language.
#[must_use]
pub fn built_in() -> Vec<BuiltIn> {
    let pages = BUILT_IN.iter().map(|(name, text)| BuiltIn { name: (*name).to_owned(), text });
    let phrases = phrases::texts()
        .map(|(language, text)| BuiltIn { name: format!("{PHRASES}/{}.yaml", language.name()), text });
    pages.chain(phrases).collect()
}
