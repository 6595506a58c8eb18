//! Kinds of values in an author's words, and what people write in their place.

use crate::lint::words;
use crate::spec::structure::Place;
use crate::syntax::Kind;

/// The kinds that a JSON Schema allows, in words with an article.
pub(super) fn wanted(kinds: &[String]) -> &'static str {
    let has = |name: &str| kinds.iter().any(|kind| kind == name);
    match () {
        () if has("object") => "a mapping",
        () if has("array") => "a list",
        () if has("string") => "text",
        () if has("boolean") => "`true` or `false`",
        () if has("number") || has("integer") => "a number",
        () => "another kind of value",
    }
}

/// What to write instead.
pub(super) fn help(place: &Place<'_>, wanted: &str) -> String {
    if let Some(limit) = bare_limit(place) {
        return limit;
    }
    let key = place.path.rsplit('/').next().unwrap_or_default();
    match (wanted, &place.node.kind) {
        ("a list", Kind::Mapping(_)) => "begin each item with `- ` on a line of its own".to_owned(),
        ("a list", Kind::Scalar(scalar)) => format!("write `{key}: [{}]`", scalar.text),
        ("a mapping", Kind::Sequence(_)) => {
            "write `key: value` pairs without `-` before them".to_owned()
        }
        ("a mapping", _) => "write `key: value` pairs, indented on the lines below".to_owned(),
        ("text", Kind::Scalar(scalar)) => format!("put it in quotes: `{key}: \"{}\"`", scalar.text),
        ("text", Kind::Mapping(_)) => "write one text; put it in quotes if it holds a colon or braces".to_owned(),
        ("text", Kind::Sequence(_)) => "write one text, not a list of them".to_owned(),
        _ => format!("write {wanted}"),
    }
}

/// The repair of a limit without its side: `warn: 5%`.
pub(super) fn bare_limit(place: &Place<'_>) -> Option<String> {
    let text = place.node.as_text()?;
    let key = place.path.rsplit('/').next()?;
    let begins = text.trim_start_matches(['<', '>', '=', '≤', '≥', ' ', '+', '-']);
    if !begins.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let value = text.trim_start_matches(['<', '>', '=', '≤', '≥', ' ']);
    match key {
        "warn" | "hold" | "rollback" if place.path.starts_with("/metrics/") => Some(format!(
            "write `{key}: {{ above: {value} }}` if higher is worse, `{key}: {{ below: {value} }}` if lower is worse"
        )),
        "normal" | "target" => Some(format!(
            "write `{key}: {{ max: {value} }}` if higher is worse, `{key}: {{ min: {value} }}` if lower is worse"
        )),
        _ => None,
    }
}

/// What people write from habit, and the word for it.
const HABITS: [(&str, &str); 20] = [
    ("%", "ratio"),
    ("s", "seconds"),
    ("sec", "seconds"),
    ("ms", "seconds"),
    ("milliseconds", "seconds"),
    ("minutes", "seconds"),
    ("hours", "seconds"),
    ("b", "bytes"),
    ("mb", "bytes"),
    ("mib", "bytes"),
    ("gb", "bytes"),
    ("gib", "bytes"),
    ("number", "count"),
    ("rps", "per_second"),
    ("qps", "per_second"),
    ("daily", "per_day"),
    ("average", "avg"),
    ("mean", "avg"),
    ("zh", "zh-CN"),
    ("blue/green", "blue-green"),
];

/// The known word that somebody means who has written another from habit.
pub(super) fn habit<'a>(text: &str, known: &[&'a str]) -> Option<&'a str> {
    let text = text.trim().to_lowercase();
    let meant = HABITS.iter().filter(|(written, _)| *written == text);
    meant.filter_map(|(_, meant)| known.iter().copied().find(|known| known == meant)).next().or_else(|| {
        let near = words::nearest(&text, known.iter().copied());
        near.filter(|near| near.eq_ignore_ascii_case(&text))
    })
}
