//! A placeholder stands where a name, a telephone number or an address belongs.
//!
//! ## What
//! A field of a person under `people` (name, telephone, mail, chat, hours), an entry of `contacts`, or a name at an
//! `owner`, `to` or `approve` is empty or only says that it will be filled in: `TBD`, `TODO`, `?`, `N/A`, `XXX`, `___`,
//! `待指定`, `[待填写]`. People of `relspec.yaml` count where a release names them.
//!
//! ## Why
//! It is noticed when somebody must be called, which is the worst moment. Until it is filled in, a waiver with a last day
//! says who fills it in and when.
//!
//! ## Bad
//! ```yaml
//! people:
//!   lead: { title: Release lead, name: Decided on the day, phone: TBD }
//! ```
//!
//! ## Good
//! ```yaml
//! people:
//!   lead: { title: Release lead, name: Decided on the day, phone: "+49 30 5550123" }
//! ```

use super::{Check, Context, Lint, words};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::people::Person;
use crate::spec::shape::Text;
use std::collections::BTreeSet;

/// The lint.
pub static LINT: Lint = Lint::new(
    "missing-contact",
    Severity::Warning,
    include_str!("missing_contact.rs"),
    Check::Release(check),
);

/// What people write for what they do not know yet, as a whole text or as its first word.
const OPEN: [&str; 13] = [
    "tbd",
    "tba",
    "tbc",
    "todo",
    "fixme",
    "n/a",
    "na",
    "none",
    "null",
    "unknown",
    "pending",
    "placeholder",
    "nobody",
];

/// The same in Chinese, as a whole text or at its beginning.
const OPEN_ZH: [&str; 10] =
    ["待指定", "待填", "待定", "待补", "待确认", "待确定", "待分配", "待安排", "未定", "未指定"];

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let named: BTreeSet<&str> = spec.named_people().into_iter().map(|id| id.as_str()).collect();
    for row in &spec.people {
        let (id, own) = (row.key.as_str(), row.key.span.file == spec.file);
        if own || named.contains(id) {
            sink.extend(person(id, &open_fields(&row.value), own));
        }
    }
    for row in spec.contacts.iter().filter(|row| is_open(&row.value.value)) {
        let (name, place) = (&row.key.value, row.value.span);
        let found = finding(format!("the contact `{name}` is still open"), &[place]);
        sink.push(found.help(waivable(&format!("contacts.{name}"))));
    }
    // Where nobody is defined, a name is just a name.
    if spec.people.is_empty() {
        let open = spec.named_people().into_iter().filter(|name| is_open(&name.value));
        let places: BTreeSet<Span> = open.map(|name| name.span).collect();
        let places: Vec<Span> = places.into_iter().collect();
        if !places.is_empty() {
            sink.push(finding("it is still open who does this".to_owned(), &places).help(waivable("…")));
        }
    }
}

/// One finding for all that is open about a person, so that one waiver at the person covers it.
fn person(id: &str, open: &[(&str, &Text)], own: bool) -> Option<Diagnostic> {
    let keys: Vec<&str> = open.iter().map(|(key, _)| *key).collect();
    let are = match keys.len() {
        0 => return None,
        1 => "is",
        _ => "are",
    };
    let places: Vec<Span> = open.iter().map(|(_, text)| text.span).collect();
    let found = finding(format!("{} of `{id}` {are} still open", words::all_of(&keys)), &places);
    // A release waives only what stands in its own file.
    Some(if own {
        found.help(waivable(&format!("people.{id}")))
    } else {
        found.help("fill it in: releases call this person")
    })
}

fn finding(message: String, places: &[Span]) -> Diagnostic {
    LINT.finding(message).labels(places.iter().map(|place| (*place, "to be filled in".to_owned())))
}

fn waivable(at: &str) -> String {
    format!(
        "fill it in, or waive it until it is known: `allow: [ {{ lint: missing-contact, at: {at}, reason: …, until: … }} ]`"
    )
}

/// The fields of a person that are still open, by their keys.
fn open_fields(person: &Person) -> Vec<(&'static str, &Text)> {
    let fields = [
        ("name", &person.name),
        ("phone", &person.phone),
        ("email", &person.email),
        ("chat", &person.chat),
        ("hours", &person.hours),
    ];
    let written = fields.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?)));
    written.filter(|(_, text)| is_open(&text.value)).collect()
}

/// Whether a text only holds the place of what is not known yet.
#[must_use]
pub fn is_open(text: &str) -> bool {
    let text = text.trim().trim_matches(|c: char| "[](){}<>【】（）《》「」\"'“”*: ：.。".contains(c));
    let lower = text.to_lowercase();
    let first =
        lower.split(|c: char| c.is_whitespace() || ",;:，；：(（".contains(c)).next().unwrap_or_default();
    lower.is_empty()
        || OPEN.contains(&lower.as_str())
        || ["tbd", "tba", "todo", "fixme"].contains(&first)
        || OPEN_ZH.iter().any(|open| lower.starts_with(open))
        || lower.chars().all(|c| "?？_-–—/x×…·".contains(c))
        || lower.contains("xxx")
}

#[cfg(test)]
mod tests {
    use super::is_open;

    #[test]
    fn placeholders_are_told_from_names() {
        for text in [
            "TBD",
            "tbd.",
            "TBD (rota)",
            "TODO",
            "?",
            "???",
            "N/A",
            "n/a",
            "",
            " ",
            "___",
            "-",
            "XXX",
            "xxx@example.com",
            "138-xxxx-xxxx",
            "待指定",
            "[待填写]",
            "【待定】",
            "待补充",
            "（待确认）",
            "<TBD>",
            "...",
            "____",
        ] {
            assert!(is_open(text), "{text:?}");
        }
        for text in [
            "Decided on the day",
            "+49 30 5550123",
            "张三",
            "NA Team",
            "Nathan",
            "24 x 7",
            "Todor",
            "None of us, the pager",
            "#media-release",
            "等待定时任务",
            "alex@example.com",
            "待命值班室 8001",
            "X",
        ] {
            let known = text == "X";
            assert_eq!(is_open(text), known, "{text:?}");
        }
    }
}
