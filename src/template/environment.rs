//! The engine as pages see it: strict, escaping for Markdown, with the filters of the language.

use super::fault::OwnFiles;
use super::phrases::Phrases;
use super::{escape, words};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Instructions of one page: enough for tens of thousands of alerts. A loop that never ends is a fault of its template.
const FUEL: u64 = 150_000_000;

/// An environment without templates.
fn bare() -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()?,
    );
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    environment.set_formatter(markdown);
    environment.set_fuel(Some(FUEL));
    Ok(environment)
}

/// The pages of one language: the built-in ones, and those of the project instead.
pub fn pages(
    built_in: &[(&'static str, &'static str)],
    own: &OwnFiles,
    phrases: &Arc<Phrases>,
) -> Result<Environment<'static>, Error> {
    let mut pages = bare()?;
    add_filters(&mut pages);
    add_words(&mut pages, phrases);
    for (name, text) in built_in {
        match own.0.get(*name) {
            Some((_, own)) => pages.add_template_owned((*name).to_owned(), own.clone())?,
            None => pages.add_template(name, text)?,
        }
    }
    Ok(pages)
}

/// Why a text is no template.
pub fn fault_in(name: &str, text: &str) -> Option<Error> {
    bare().and_then(|mut pages| pages.add_template_owned(name.to_owned(), text.to_owned())).err()
}

/// Prints a value as prose. Nothing at all is a fault, since a reader would miss it without knowing.
fn markdown(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let escaped = !value.is_safe() && *state.auto_escape() != AutoEscape::None;
    match value.as_str() {
        Some(text) if escaped => Ok(out.write_str(&escape::inline(text))?),
        _ => plain_numbers(out, state, value),
    }
}

/// Prints a value as it is: a whole number without a point, and nothing that is no text and no number.
pub fn plain_numbers(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.kind() {
        ValueKind::String => Ok(out.write_str(value.as_str().unwrap_or_default())?),
        ValueKind::Number if value.is_integer() => Ok(write!(out, "{value}")?),
        ValueKind::Number => Ok(write!(out, "{}", f64::try_from(value.clone())?)?),
        ValueKind::Undefined => Err(Error::from(ErrorKind::UndefinedError)),
        kind => {
            let why = format!("only text and numbers can be printed, and this is {kind}");
            Err(Error::new(ErrorKind::InvalidOperation, why))
        }
    }
}

/// A text that needs no more escaping.
fn safe(markdown: String) -> Value {
    Value::from_safe_string(markdown)
}

/// The text of a value; what is no text and no number has none.
fn text(value: &Value) -> Result<String, Error> {
    match value.kind() {
        ValueKind::String | ValueKind::Number => Ok(value.to_string()),
        kind => Err(Error::new(ErrorKind::InvalidOperation, format!("a text is needed, and this is {kind}"))),
    }
}

fn add_filters(pages: &mut Environment<'static>) {
    pages.add_filter("cell", |value: Value| -> Result<Value, Error> {
        let text = text(&value)?;
        Ok(safe(if value.is_safe() { escape::cell(&text) } else { escape::cell_of_text(&text) }))
    });
    pages.add_filter("code", |value: Value| Ok::<_, Error>(safe(escape::code(&text(&value)?))));
    pages.add_filter("code_cell", |value: Value| Ok::<_, Error>(safe(escape::code_cell(&text(&value)?))));
    pages.add_filter("fence", |value: Value, language: Option<String>, indent: Option<String>| {
        let (language, indent) = (language.unwrap_or_default(), indent.unwrap_or_default());
        Ok::<_, Error>(safe(escape::fence(&text(&value)?, &language, &indent)))
    });
    pages.add_filter("label", |value: Value| Ok::<_, Error>(safe(escape::label(&text(&value)?))));
    pages.add_filter("mermaid", |value: Value| Ok::<_, Error>(safe(escape::mermaid(&text(&value)?))));
    pages.add_filter("paragraphs", |value: Value, prefix: Option<String>| {
        Ok::<_, Error>(safe(escape::paragraphs(&text(&value)?, &prefix.unwrap_or_default())))
    });
    pages.add_filter("url", |value: Value| Ok::<_, Error>(safe(escape::url(&text(&value)?))));
}

/// A filter that puts a value into the language's own form.
type InWords = fn(&Phrases, &str) -> Result<String, Error>;

fn add_words(pages: &mut Environment<'static>, phrases: &Arc<Phrases>) {
    let filters: [(&'static str, InWords); 6] = [
        ("duration", words::duration),
        ("brief", words::brief),
        ("quantity", words::quantity),
        ("moment", words::moment),
        ("moment_short", words::moment_short),
        ("day", words::day),
    ];
    for (name, filter) in filters {
        let phrases = Arc::clone(phrases);
        pages.add_filter(name, move |value: Value| filter(&phrases, &text(&value)?));
    }
    let phrases = Arc::clone(phrases);
    pages.add_function("say", move |name: &str, with: Kwargs| -> Result<Value, Error> {
        let mut values = BTreeMap::new();
        for key in with.args() {
            let value: Value = with.get(key)?;
            let plain = value.as_str().filter(|_| !value.is_safe()).map(|text| safe(escape::inline(text)));
            values.insert(key.to_owned(), plain.unwrap_or(value));
        }
        let said = phrases.fill(name, Value::from(values));
        said.map(safe).map_err(|error| {
            let why = format!("phrase `{name}`: {}", super::fault::told(&error));
            Error::new(ErrorKind::InvalidOperation, why)
        })
    });
}
