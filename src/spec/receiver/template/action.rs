//! The words of one action of a template.

use super::Fault;

/// Functions that some Alertmanager up to 0.33 has, and those of Go's own.
#[rustfmt::skip]
const FUNCTIONS: [&str; 39] = [
    "toUpper", "toLower", "title", "trimSpace", "join", "match", "safeHtml", "safeUrl", "urlUnescape",
    "reReplaceAll", "stringSlice", "date", "tz", "since", "humanizeDuration", "toJson", "list", "append", "dict",
    "now", "and", "call", "html", "index", "slice", "js", "len", "not", "or", "print", "printf", "println",
    "urlquery", "eq", "ne", "lt", "le", "gt", "ge",
];
/// Words of the language itself.
const KEYWORDS: [&str; 13] = [
    "if", "else", "end", "range", "with", "define", "block", "template", "break", "continue", "true",
    "false", "nil",
];
/// Fields of a message.
const MESSAGE: [&str; 8] = [
    "Receiver",
    "Status",
    "Alerts",
    "GroupLabels",
    "CommonLabels",
    "CommonAnnotations",
    "ExternalURL",
    "NotificationReason",
];
/// Fields of an alert.
const ALERT: [&str; 7] =
    ["Status", "Labels", "Annotations", "StartsAt", "EndsAt", "GeneratorURL", "Fingerprint"];

/// What the dot or `$` stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dot {
    /// The whole message.
    Message,
    /// One alert.
    Alert,
    /// What can't be said.
    Unknown,
}

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// A function or a keyword.
    Name(String),
    /// `.A.B`: the fields of the dot.
    OfDot(Vec<String>),
    /// `$.A.B`: those of `$`.
    OfRoot(Vec<String>),
    /// A variable with or without fields.
    Variable,
    /// Anything else.
    Other,
}

impl Word {
    /// What is wrong with it where the dot and `$` are these.
    pub fn fault(&self, (dot, root): (Dot, Dot)) -> Option<Fault> {
        match self {
            Self::Name(name) => {
                let known = FUNCTIONS.contains(&name.as_str()) || KEYWORDS.contains(&name.as_str());
                (!known).then(|| Fault::Function(name.clone()))
            }
            Self::OfDot(fields) => field(fields.first()?, dot),
            Self::OfRoot(fields) => field(fields.first()?, root),
            Self::Variable | Self::Other => None,
        }
    }
}

/// A field that is surely not there: one of the other kind, or a misspelt one. Later versions may bring others.
fn field(name: &str, of: Dot) -> Option<Fault> {
    let misspelt = |known: &[&str]| {
        let name = name.to_lowercase();
        known.iter().any(|known| known.to_lowercase() == name)
    };
    match of {
        Dot::Message if MESSAGE.contains(&name) => None,
        Dot::Message => {
            (ALERT.contains(&name) || misspelt(&MESSAGE)).then(|| Fault::OfMessage(name.to_owned()))
        }
        Dot::Alert if ALERT.contains(&name) => None,
        Dot::Alert => (MESSAGE.contains(&name) || misspelt(&ALERT)).then(|| Fault::OfAlert(name.to_owned())),
        Dot::Unknown => None,
    }
}

/// What the dot is inside `range …`.
pub fn ranged(action: &[Word], (dot, root): (Dot, Dot)) -> Dot {
    let (Some(last), others) = (action.last(), action.get(1..action.len() - 1).unwrap_or_default()) else {
        return Dot::Unknown;
    };
    let names = others.iter().all(|word| matches!(word, Word::Variable | Word::Other));
    let alerts = |fields: &[String]| {
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        matches!(fields.as_slice(), ["Alerts"] | ["Alerts", "Firing" | "Resolved"])
    };
    match last {
        Word::OfDot(fields) if names && dot == Dot::Message && alerts(fields) => Dot::Alert,
        Word::OfRoot(fields) if names && root == Dot::Message && alerts(fields) => Dot::Alert,
        _ => Dot::Unknown,
    }
}

/// The words up to `}}`, and what follows it; `None` where there is no end.
pub fn words(text: &str) -> Option<(Vec<Word>, &str)> {
    let inner = text.strip_prefix('-').map_or(text, str::trim_start);
    if let Some(comment) = inner.strip_prefix("/*") {
        let (_, after) = comment.split_once("*/")?;
        let after = after.trim_start();
        return Some((Vec::new(), after.strip_prefix('-').unwrap_or(after).strip_prefix("}}")?));
    }
    let (mut all, mut rest) = (Vec::new(), text);
    loop {
        if let Some(after) = rest.strip_prefix("}}") {
            return Some((all, after));
        }
        let (word, after) = next(rest)?;
        all.extend(word);
        rest = after;
    }
}

/// The next word, where it is one, and what follows it.
fn next(text: &str) -> Option<(Option<Word>, &str)> {
    let first = text.chars().next()?;
    match first {
        '"' | '\'' | '`' => Some((Some(Word::Other), quoted(text, first)?)),
        '$' => {
            let (name, after) = split(text.get(1..)?);
            let (fields, after) = fields(after);
            let root = name.is_empty() && !fields.is_empty();
            Some((Some(if root { Word::OfRoot(fields) } else { Word::Variable }), after))
        }
        '.' => {
            let (found, after) = fields(text);
            if found.is_empty() {
                return Some((Some(Word::Other), text.get(1..)?));
            }
            Some((Some(Word::OfDot(found)), after))
        }
        ')' => {
            // What stands right behind a parenthesis are fields of what it gives.
            let (_, after) = fields(text.get(1..)?);
            Some((Some(Word::Other), after))
        }
        c if c.is_ascii_digit() => {
            let end = text.find(|c: char| !c.is_alphanumeric() && c != '.').unwrap_or(text.len());
            Some((Some(Word::Other), text.get(end..)?))
        }
        c if c.is_alphabetic() || c == '_' => {
            let (name, after) = split(text);
            let (_, after) = fields(after);
            Some((Some(Word::Name(name.to_owned())), after))
        }
        c if c.is_whitespace() || c == '-' => Some((None, text.get(c.len_utf8()..)?)),
        c => Some((Some(Word::Other), text.get(c.len_utf8()..)?)),
    }
}

/// A name of letters, digits and `_`, and what follows it.
fn split(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    text.split_at(end)
}

/// `.A.B` in parts, and what follows it.
fn fields(text: &str) -> (Vec<String>, &str) {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some(after) = rest.strip_prefix('.') {
        let (name, after) = split(after);
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        found.push(name.to_owned());
        rest = after;
    }
    (found, rest)
}

/// What follows a text in quotes.
fn quoted(text: &str, quote: char) -> Option<&str> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' && quote != '`' {
            escaped = true;
        } else if c == quote {
            return text.get(at + c.len_utf8()..);
        }
    }
    None
}
