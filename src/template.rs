//! The template environment: strict, without surprises in numbers, with the phrases of each language.
//! The only user of the template engine.

use crate::source::Sources;
use crate::spec::release::Language;
use crate::syntax;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;
use std::sync::LazyLock;

/// The blank that Chinese text takes after a text that ends in a Latin letter or a digit.
fn gap(text: &str) -> &'static str {
    if text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '%') { " " } else { "" }
}

/// The templates of all targets that print prose: the built-in ones, each of which the project may replace.
#[derive(Debug, Default)]
pub struct Templates {}

/// A phrase that can't be shown. It can only come from a template, never from an author's text.
#[derive(Debug)]
pub struct TemplateFault(String);

impl std::fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TemplateFault {}

static EN: LazyLock<Result<Phrases, TemplateFault>> =
    LazyLock::new(|| Phrases::load(include_str!("../templates/phrases/en.yaml")));
static ZH_CN: LazyLock<Result<Phrases, TemplateFault>> =
    LazyLock::new(|| Phrases::load(include_str!("../templates/phrases/zh-CN.yaml")));

/// The phrases of one language, ready to be filled in.
#[derive(Debug)]
pub struct Phrases {
    environment: Environment<'static>,
}

impl Phrases {
    /// The phrases of a language.
    ///
    /// # Errors
    /// When the phrase file itself is broken, which a test holds untrue.
    pub fn of(language: Language) -> Result<&'static Self, &'static TemplateFault> {
        match language {
            Language::En => EN.as_ref(),
            Language::ZhCn => ZH_CN.as_ref(),
        }
    }

    /// Reads a phrase file: a mapping from names to templates.
    fn load(text: &str) -> Result<Self, TemplateFault> {
        let mut sources = Sources::default();
        let file = sources.add("phrases", text);
        let mut faults = Vec::new();
        let root = syntax::parse(&sources, file, &mut faults);
        let root = root.ok_or_else(|| TemplateFault(format!("phrases: {:?}", faults.first())))?;
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.add_filter("gap", gap);
        for entry in root.entries() {
            let template = entry.value.as_text().unwrap_or("").to_owned();
            environment
                .add_template_owned(entry.key.value.clone(), template)
                .map_err(|fault| TemplateFault(fault.to_string()))?;
        }
        Ok(Self { environment })
    }

    /// The names of all phrases, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = self.environment.templates().map(|(name, _)| name.to_owned()).collect();
        names.sort();
        names
    }

    /// A phrase, filled in.
    ///
    /// # Errors
    /// When there is no such phrase, or it uses a name that is not given.
    pub fn say<T: Serialize>(&self, name: &str, with: &T) -> Result<String, TemplateFault> {
        let template = self.environment.get_template(name);
        let text = template.and_then(|template| template.render(Serde(with)));
        text.map_err(|fault| TemplateFault(format!("phrase {name}: {fault}")))
    }
}
