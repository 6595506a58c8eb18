//! The files of a project's own folder of templates: what each replaces.

use super::environment;
use super::fault::OwnFiles;
use super::phrases::{Phrases, languages};
use crate::diag::Diagnostic;
use crate::lint::broken_template;
use crate::source::{FileId, Sources, Span};
use crate::spec::release::Language;

/// The folder of phrases, below that of templates.
pub const PHRASES: &str = "phrases";

/// A project's own templates, each known to replace a built-in one and to be sound.
pub(super) struct Own<'a> {
    sources: &'a Sources,
    /// Templates.
    pub pages: OwnFiles,
    /// Files of phrases by the name of the language.
    phrases: Vec<(&'a str, FileId)>,
}

impl<'a> Own<'a> {
    /// Sorts the files by what they replace.
    pub fn sort(
        built_in: &[(&'static str, &'static str)],
        sources: &'a Sources,
        files: &[FileId],
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut own = Self { sources, pages: OwnFiles::default(), phrases: Vec::new() };
        for file in files {
            let source = sources.get(*file);
            let name = below_templates(&source.path);
            let language = name
                .strip_prefix("phrases/")
                .and_then(|name| name.strip_suffix(".yaml"))
                .filter(|name| Language::from_name(name).is_some());
            if let Some(language) = language {
                own.phrases.push((language, *file));
            } else if built_in.iter().any(|(known, _)| *known == name) {
                own.pages.0.insert(name.to_owned(), (*file, source.text.clone()));
            } else {
                let known = names(built_in);
                findings.push(broken_template::unknown_file(Span::new(*file, 0..0), name, &known));
            }
        }
        own.pages.0.retain(|name, (file, text)| match environment::fault_in(name, text) {
            Some(error) => {
                let mut one = OwnFiles::default();
                one.0.insert(name.clone(), (*file, text.clone()));
                let place = one.place(&error).unwrap_or(Span::new(*file, 0..0));
                findings.push(broken_template::does_not_work(place, &super::fault::told(&error)));
                false
            }
            None => true,
        });
        own
    }

    /// The phrases of a language with the project's own among them.
    pub fn phrases(&self, built_in: &Phrases, language: Language) -> (Phrases, Vec<Diagnostic>) {
        let own = self.phrases.iter().find(|(name, _)| Language::from_name(name) == Some(language));
        match own {
            Some((_, file)) => built_in.replaced(self.sources, *file),
            None => (built_in.clone(), Vec::new()),
        }
    }
}

/// The names of all files that a project can replace.
fn names(built_in: &[(&str, &str)]) -> Vec<String> {
    let pages = built_in.iter().map(|(name, _)| (*name).to_owned());
    let phrases = languages().map(|language| format!("{PHRASES}/{}.yaml", language.name()));
    pages.chain(phrases).collect()
}

/// The path below the folder of templates, wherever that lies.
fn below_templates(path: &str) -> &str {
    let folder = format!("{}/", super::FOLDER);
    path.rfind(&folder).map_or(path, |at| &path[at + folder.len()..])
}
