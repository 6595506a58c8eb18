//! Labels and annotations: lost, changed, those of two alerts exchanged.

use super::{AtSite, Change, Site, shown};
use crate::rules::Rule;
use std::collections::BTreeMap;

pub const TABLE: [(&str, AtSite); 7] = [
    ("label lost", |site| each(site, "label", labels, |_, _| None)),
    ("label with another value", |site| each(site, "label", labels, |_, value| Some(format!("{value}-x")))),
    ("another level", |site| {
        let others = ["warn", "hold", "rollback"].into_iter();
        others.flat_map(|other| set(site, "level", other)).collect()
    }),
    ("another severity", |site| {
        ["warning", "critical"].into_iter().flat_map(|other| set(site, "severity", other)).collect()
    }),
    ("annotation lost", |site| each(site, "annotation", annotations, |_, _| None)),
    ("annotation with another text", |site| {
        each(site, "annotation", annotations, |_, value| Some(format!("{value}x")))
    }),
    ("annotation with another format", |site| each(site, "annotation", annotations, format_changed)),
];

type Texts = BTreeMap<String, String>;

fn labels(rule: &mut Rule) -> &mut Texts {
    &mut rule.labels
}

fn annotations(rule: &mut Rule) -> &mut Texts {
    &mut rule.annotations
}

/// Each entry as the function says; nothing where it says the same.
fn each(
    site: &Site,
    what: &str,
    field: fn(&mut Rule) -> &mut Texts,
    other: fn(&str, &str) -> Option<String>,
) -> Vec<Change> {
    let texts = field(&mut site.rule().clone()).clone();
    let changes = texts.iter().map(|(key, value)| {
        let mut rule = site.rule().clone();
        let new = other(key, value);
        let shown = format!("{what} {key}: {}", shown(value, new.as_deref().unwrap_or("none")));
        match new {
            Some(new) => field(&mut rule).insert(key.clone(), new),
            None => field(&mut rule).remove(key),
        };
        site.replaced(shown, rule)
    });
    changes.collect()
}

/// One label of an alert with another value of those that it takes.
fn set(site: &Site, label: &str, other: &str) -> Vec<Change> {
    let mut rule = site.rule().clone();
    let Some(old) = rule.labels.get(label).filter(|old| *old != other).cloned() else { return Vec::new() };
    rule.labels.insert(label.to_owned(), other.to_owned());
    vec![site.replaced(format!("label {label}: {}", shown(&old, other)), rule)]
}

/// Another function for the value in a text.
fn format_changed(_: &str, value: &str) -> Option<String> {
    Some(match value.contains("| humanizePercentage") {
        true => value.replacen("| humanizePercentage", "| humanize", 1),
        false => value.replacen("{{ $value", "{{ 2.0", 1),
    })
}
