//! The template environment: strict, without surprises in numbers, with the phrases of each language.
//! The only user of the template engine.
//!
//! A project can replace each template by a file of the same name below its own folder `templates`, and any phrase by an
//! entry of the same name in `templates/phrases/<language>.yaml`.

mod built_in;
mod environment;
pub mod escape;
mod fault;
mod own;
mod phrases;
#[cfg(test)]
mod tests;
mod words;

pub use built_in::{BuiltIn, built_in};
pub use fault::TemplateFault;
pub use own::PHRASES;
pub use phrases::Phrases;

use crate::diag::Diagnostic;
use crate::source::{FileId, Sources};
use crate::spec::release::Language;
use fault::OwnFiles;
use minijinja::Environment;
use minijinja::value::Serde;
use serde::Serialize;
use std::sync::{Arc, LazyLock};

/// The folder of a project's own templates.
pub const FOLDER: &str = "templates";

/// Declares the built-in templates, each by its name below `templates/`.
macro_rules! built_in {
    ($($name:literal),+ $(,)?) => {
        /// The built-in templates: the name and the text of each.
        pub static BUILT_IN: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../templates/", $name)))),+];
    };
}

built_in! {
    "runbook/alert/back_when.md",
    "runbook/alert/background.md",
    "runbook/alert/box.md",
    "runbook/alert/decide.md",
    "runbook/alert/limits.md",
    "runbook/alert/look.md",
    "runbook/alert/meaning.md",
    "runbook/alert/no_data.md",
    "runbook/alert/rollback.md",
    "runbook/alert/scenario.md",
    "runbook/alert/signal.md",
    "runbook/alert/steps.md",
    "runbook/alert/told.md",
    "runbook/alert/who.md",
    "runbook/alert/words.md",
    "runbook/alerts.md",
    "runbook/gates.md",
    "runbook/index.md",
    "runbook/limits.md",
    "runbook/parts.md",
    "runbook/release.md",
    "runbook/release/after.md",
    "runbook/release/back.md",
    "runbook/release/before.md",
    "runbook/release/checklists.md",
    "runbook/release/dates.md",
    "runbook/release/glance.md",
    "runbook/release/head.md",
    "runbook/release/metrics-told.md",
    "runbook/release/metrics-why.md",
    "runbook/release/metrics.md",
    "runbook/release/papers.md",
    "runbook/release/people.md",
    "runbook/release/scenarios.md",
    "runbook/release/stage-checks.md",
    "runbook/release/stage-gates.md",
    "runbook/release/stage-limits.md",
    "runbook/release/stage.md",
    "runbook/steps.md",
    "runbook/words.md",
}

/// The templates of all targets that print prose: the built-in ones, each of which the project may replace.
#[derive(Debug, Clone)]
pub struct Templates {
    sets: Vec<(Language, Result<Set, TemplateFault>)>,
}

/// The templates and the phrases of one language.
#[derive(Debug, Clone)]
struct Set {
    phrases: Arc<Phrases>,
    pages: Environment<'static>,
    own: OwnFiles,
}

static PLAIN: LazyLock<Templates> =
    LazyLock::new(|| Templates::of(BUILT_IN, &Sources::default(), &[], &mut Vec::new()));

impl Default for Templates {
    fn default() -> Self {
        PLAIN.clone()
    }
}

impl Templates {
    /// The built-in templates, and instead of them those files of a project that replace them. What is wrong with these
    /// goes into `findings`; a file that cannot be used is left out.
    #[must_use]
    pub fn new(sources: &Sources, files: &[FileId], findings: &mut Vec<Diagnostic>) -> Self {
        if files.is_empty() { Self::default() } else { Self::of(BUILT_IN, sources, files, findings) }
    }

    fn of(
        built_in: &[(&'static str, &'static str)],
        sources: &Sources,
        files: &[FileId],
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let own = own::Own::sort(built_in, sources, files, findings);
        let mut set = |language| {
            let (phrases, faults) = own.phrases(Phrases::of(language)?, language);
            findings.extend(faults);
            let phrases = Arc::new(phrases);
            let pages = environment::pages(built_in, &own.pages, &phrases);
            let pages = pages.map_err(|fault| TemplateFault::BuiltIn(format!("{fault}")))?;
            Ok(Set { phrases, pages, own: own.pages.clone() })
        };
        Self { sets: phrases::languages().map(|language| (language, set(language))).collect() }
    }

    fn set(&self, language: Language) -> Result<&Set, TemplateFault> {
        match self.sets.iter().find(|(known, _)| *known == language) {
            Some((_, set)) => set.as_ref().map_err(Clone::clone),
            None => Err(TemplateFault::BuiltIn(format!("no templates in {}", language.name()))),
        }
    }

    /// The phrases of a language, those of the project before the built-in ones.
    ///
    /// # Errors
    /// When the built-in phrase file itself is broken, which a test holds untrue.
    pub fn phrases(&self, language: Language) -> Result<&Arc<Phrases>, TemplateFault> {
        Ok(&self.set(language)?.phrases)
    }

    /// A page, filled in. Every text that it prints is escaped for Markdown unless a filter or a macro made it.
    ///
    /// # Errors
    /// When the template uses a name that is not given or prints nothing at all where a value should be.
    pub fn render<T: Serialize>(
        &self,
        language: Language,
        name: &str,
        with: &T,
    ) -> Result<String, TemplateFault> {
        let set = self.set(language)?;
        let page = set.pages.get_template(name).and_then(|page| page.render(Serde(with)));
        page.map_err(|error| set.own.fault(name, &error))
    }
}
