//! Ids and labels that are none, and what would be one.

use super::LINT;
use crate::diag::Diagnostic;
use crate::plan::names::{OWN_LABELS, RESERVED_METRICS};
use crate::source::Span;
use crate::spec::shape::Text;
use crate::spec::structure::Place;

/// An id that is none.
#[must_use]
pub fn bad_text(place: &Place<'_>) -> Diagnostic {
    bad_id(place.node.as_text().unwrap_or(""), place.span(), '-')
}

/// A metric's id that is none, or that has a meaning of its own.
#[must_use]
pub fn bad_metric_id(id: &Text) -> Diagnostic {
    if RESERVED_METRICS.contains(&id.value.as_str()) {
        return LINT
            .finding(format!("a metric can't have the id `{}`", id.value))
            .label(id.span, "every release records series of this name")
            .help("give the metric another id; it becomes a part of the names of its series");
    }
    bad_id(&id.value, id.span, '_')
}

/// A key that must be an id and is none.
#[must_use]
pub fn bad_key(id: &Text) -> Diagnostic {
    bad_id(&id.value, id.span, '-')
}

pub(super) fn bad_id(id: &str, span: Span, joint: char) -> Diagnostic {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joint;
    let why = match id.chars().find(|c| !allowed(*c)) {
        Some(c) if c.is_ascii_uppercase() => "has capitals".to_owned(),
        Some(c) if c.is_whitespace() => "has a blank".to_owned(),
        Some(c) => format!("has `{c}`"),
        None if id.is_empty() => "is empty".to_owned(),
        None => "does not begin with a small letter".to_owned(),
    };
    let finding = LINT
        .finding(format!("`{id}` is no id: it {why}"))
        .label(span, format!("small letters, digits and `{joint}` only, a letter first"));
    match slug(id, joint) {
        Some(slug) => finding.help(format!("write `{slug}`; what people should read belongs in `title`")),
        None => {
            finding.help("choose a short name in small letters; what people should read belongs in `title`")
        }
    }
}

/// The id that a text comes to; `None` where letters would be lost.
fn slug(text: &str, joint: char) -> Option<String> {
    let mut slug = String::new();
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'A'..='Z' => slug.push(c.to_ascii_lowercase()),
            c if c.is_alphanumeric() => return None,
            _ if slug.is_empty() || slug.ends_with(joint) => {}
            _ => slug.push(joint),
        }
    }
    let slug = slug.trim_end_matches(joint);
    slug.starts_with(|c: char| c.is_ascii_lowercase()).then(|| slug.to_owned())
}

/// A name in `by` that is no label.
#[must_use]
pub fn bad_label(label: &Text) -> Diagnostic {
    if OWN_LABELS.contains(&label.value.as_str()) {
        return LINT
            .finding(format!("`{}` can't be kept: the generated series and alerts give that label themselves", label.value))
            .label(label.span, "a label of relspec's own")
            .help("take it out of `by`; in a `query`, `label_replace` can copy its value to a label of another name");
    }
    not_a_label(&label.value, label.span)
}

/// A key of matchers that is no label.
#[must_use]
pub fn bad_name(place: &Place<'_>, name: &str) -> Diagnostic {
    let span = place.node.get(name).map_or_else(|| place.span(), |entry| entry.key.span);
    not_a_label(name, span)
}

fn not_a_label(name: &str, span: Span) -> Diagnostic {
    let why = if name.starts_with("__") {
        "names that begin with `__` belong to Prometheus"
    } else {
        "a label has letters, digits and `_`, and does not begin with a digit"
    };
    LINT.finding(format!("`{name}` is no label: {why}"))
        .label(span, "not a label")
        .help("write the label's name as the series have it; matchers and dots can't be part of it")
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn makes_ids_of_texts() {
        assert_eq!(slug("Thumbnailer V3", '-').as_deref(), Some("thumbnailer-v3"));
        assert_eq!(slug("p95.latency", '_').as_deref(), Some("p95_latency"));
        assert_eq!(slug("3.0", '-'), None);
        assert_eq!(slug("错误率", '_'), None);
        assert_eq!(slug("Größe", '_'), None);
    }
}
