//! The phrases of one language: what the program says to people.

use super::environment::plain_numbers;
use super::{TemplateFault, words};
use crate::diag::Diagnostic;
use crate::lint::broken_template;
use crate::source::{FileId, Sources, Span, Spanned};
use crate::spec::release::Language;
use crate::syntax::{self, Kind};
use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error, UndefinedBehavior};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The blank that Chinese text takes after a text that ends in a Latin letter or a digit.
fn gap(text: &str) -> &'static str {
    if text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '%') { " " } else { "" }
}

type Loaded = LazyLock<Result<Phrases, TemplateFault>>;

/// A language with the text of its file of phrases.
macro_rules! language {
    ($language:ident, $file:literal) => {
        (Language::$language, include_str!($file), Loaded::new(|| Phrases::load(include_str!($file))))
    };
}

/// Every language with its file of phrases.
static ALL: [(Language, &str, Loaded); 2] =
    [language!(En, "../../templates/phrases/en.yaml"), language!(ZhCn, "../../templates/phrases/zh-CN.yaml")];

/// Every language that has phrases.
pub fn languages() -> impl Iterator<Item = Language> {
    ALL.iter().map(|(language, ..)| *language)
}

/// Every language with the text of its file of phrases.
pub(super) fn texts() -> impl Iterator<Item = (Language, &'static str)> {
    ALL.iter().map(|(language, text, _)| (*language, *text))
}

/// The phrases of one language, ready to be filled in.
#[derive(Debug, Clone)]
pub struct Phrases {
    environment: Environment<'static>,
    /// Where the project's own phrases stand.
    own: BTreeMap<String, Span>,
}

impl Phrases {
    /// The built-in phrases of a language.
    ///
    /// # Errors
    /// When the phrase file itself is broken, which a test holds untrue.
    pub fn of(language: Language) -> Result<&'static Self, TemplateFault> {
        match ALL.iter().find(|(known, ..)| *known == language) {
            Some((.., phrases)) => phrases.as_ref().map_err(Clone::clone),
            None => Err(TemplateFault::BuiltIn(format!("no phrases in {}", language.name()))),
        }
    }

    /// Reads a phrase file: a mapping from names to templates.
    fn load(text: &str) -> Result<Self, TemplateFault> {
        let mut sources = Sources::default();
        let file = sources.add("phrases", text);
        let mut faults = Vec::new();
        let root = syntax::parse(&sources, file, &mut faults);
        let root = root.ok_or_else(|| TemplateFault::BuiltIn(format!("phrases: {:?}", faults.first())))?;
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_formatter(plain_numbers);
        environment.add_filter("gap", gap);
        for entry in root.entries() {
            let template = entry.value.as_text().unwrap_or("").to_owned();
            environment
                .add_template_owned(entry.key.value.clone(), template)
                .map_err(|fault| TemplateFault::BuiltIn(fault.to_string()))?;
        }
        Ok(Self { environment, own: BTreeMap::new() })
    }

    /// These phrases, with those of a project's own file in their place.
    pub(super) fn replaced(&self, sources: &Sources, file: FileId) -> (Self, Vec<Diagnostic>) {
        let mut phrases = self.clone();
        let mut findings = Vec::new();
        let Some(root) = syntax::parse(sources, file, &mut findings) else { return (phrases, findings) };
        if !matches!(root.kind, Kind::Mapping(_)) {
            findings.push(broken_template::no_phrases(root.span));
        }
        for entry in root.entries() {
            let text = entry.value.as_text().map(str::to_owned);
            match text.map(|text| Spanned::new(text, entry.value.span)) {
                Some(text) => findings.extend(phrases.replace(&entry.key, text).err()),
                None => findings.push(broken_template::no_phrases(entry.value.span)),
            }
        }
        (phrases, findings)
    }

    fn replace(&mut self, key: &Spanned<String>, text: Spanned<String>) -> Result<(), Diagnostic> {
        let name = key.value.as_str();
        let Some(given) = self.names_in(name) else {
            let known = self.names();
            return Err(broken_template::unknown_phrase(key, &known));
        };
        let before = self.environment.clone();
        let mut replace = || {
            self.environment.add_template_owned(name.to_owned(), text.value.clone())?;
            let used = self.names_in(name).unwrap_or_default();
            if let Some(other) = used.iter().find(|one| !given.contains(*one)) {
                return Ok(Some(other.clone()));
            }
            self.try_out(name, &given).map(|()| None)
        };
        let fault = match replace() {
            Ok(None) => {
                self.own.insert(name.to_owned(), text.span);
                return Ok(());
            }
            Ok(Some(other)) => broken_template::unknown_name(text.span, &other, &given),
            Err(error) => broken_template::does_not_work(text.span, &super::fault::told(&error)),
        };
        self.environment = before;
        Err(fault)
    }

    /// The names that a phrase uses.
    fn names_in(&self, phrase: &str) -> Option<BTreeSet<String>> {
        let template = self.environment.get_template(phrase).ok()?;
        Some(template.undeclared_variables(false).into_iter().collect())
    }

    /// A phrase is short enough to be tried with everything given, and with nothing. It may need texts or numbers.
    fn try_out(&self, phrase: &str, names: &BTreeSet<String>) -> Result<(), Error> {
        let attempt = |value: Value| {
            let with: BTreeMap<String, Value> =
                names.iter().map(|name| (name.clone(), value.clone())).collect();
            self.fill(phrase, Value::from(with)).map(drop)
        };
        for (text, number) in [("1", 1), ("", 0)] {
            attempt(Value::from(text)).or_else(|fault| attempt(Value::from(number)).map_err(|_| fault))?;
        }
        Ok(())
    }

    /// The names of all phrases, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = self.environment.templates().map(|(name, _)| name.to_owned()).collect();
        names.sort();
        names
    }

    /// A phrase as plain text, filled in.
    ///
    /// # Errors
    /// When there is no such phrase, or it uses a name that is not given.
    pub fn say<T: Serialize>(&self, name: &str, with: &T) -> Result<String, TemplateFault> {
        self.fill(name, Value::from(Serde(with))).map_err(|fault| match self.own.get(name) {
            Some(place) => {
                TemplateFault::own(broken_template::does_not_work(*place, &super::fault::told(&fault)))
            }
            None => TemplateFault::BuiltIn(format!("phrase {name}: {fault}")),
        })
    }

    /// `2d` as "2 days".
    ///
    /// # Errors
    /// When the text is no duration.
    pub fn duration(&self, text: &str) -> Result<String, TemplateFault> {
        words::duration(self, text).map_err(|fault| TemplateFault::BuiltIn(fault.to_string()))
    }

    /// `2d` as "2 d".
    ///
    /// # Errors
    /// When the text is no duration.
    pub fn brief(&self, text: &str) -> Result<String, TemplateFault> {
        words::brief(self, text).map_err(|fault| TemplateFault::BuiltIn(fault.to_string()))
    }

    /// `0.2%` as "0.2 %".
    ///
    /// # Errors
    /// When the phrases for it are broken.
    pub fn quantity(&self, text: &str) -> Result<String, TemplateFault> {
        words::quantity(self, text).map_err(|fault| TemplateFault::BuiltIn(fault.to_string()))
    }

    /// A phrase with the values of a template.
    pub(super) fn fill(&self, name: &str, with: Value) -> Result<String, Error> {
        self.environment.get_template(name)?.render(with)
    }
}
