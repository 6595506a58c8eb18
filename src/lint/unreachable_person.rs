//! The trouble lasts, somebody is to be called, and the call reaches nobody.
//!
//! ## What
//! An entry of `escalation` names nobody (`to: []`), or goes `by` telephone, mail or chat to a person whose `phone`, `email`
//! or `chat` is not written; or it does not say how, and the person has none of these, no `hours`, no `backup` and no `note`,
//! and the release has no `contacts`. A person is their own `backup`. All of several people must approve (`approve: [ a, b ]`), and
//! two of them have the same name.
//!
//! ## Why
//! Such a plan looks as if somebody stood behind every step. Who reads it in the night finds a name and no number.
//!
//! ## Bad
//! ```yaml
//! people:
//!   lead: { title: Release lead, name: Ana Lima, chat: "@ana" }
//! escalation:
//!   - { after: 15m, to: lead, by: phone }
//! ```
//!
//! ## Good
//! ```yaml
//! people:
//!   lead: { title: Release lead, name: Ana Lima, phone: "+49 30 5550123" }
//! escalation:
//!   - { after: 15m, to: lead, by: phone }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::spec::Spec;
use crate::spec::people::{Approval, Escalation, Person};
use crate::spec::shape::Text;
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "unreachable-person",
    Severity::Warning,
    include_str!("unreachable_person.rs"),
    Check::Release(check),
);

/// The ways to reach somebody, each with the key of a person that it needs and the words for it.
const WAYS: [(&str, &[&str]); 3] = [
    ("phone", &["phone", "telephone", "call", "phone call", "电话", "打电话", "手机"]),
    ("email", &["email", "e-mail", "mail", "邮件", "电子邮件"]),
    ("chat", &["chat", "聊天"]),
];

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for call in &spec.escalation {
        let to = call.to.iter().flat_map(|to| &to.0);
        if call.to.as_ref().is_some_and(|to| to.0.is_empty()) {
            sink.push(nobody(call));
        }
        for name in to {
            sink.extend(unreachable(spec, call, name).or_else(|| unknown(spec, call, name)));
        }
    }
    for row in &spec.people {
        let own = row.value.backup.as_ref().filter(|backup| backup.value == row.key.value);
        sink.extend(own.map(|backup| own_backup(&row.key, backup)));
    }
    for approval in spec.approvals() {
        sink.extend(same_name(spec, approval));
    }
}

fn nobody(call: &Escalation) -> Diagnostic {
    LINT.finding("an escalation calls nobody")
        .label(call.span, "`to` is empty")
        .help("name who is called: `to: …`, or take the entry out")
}

fn unreachable(spec: &Spec, call: &Escalation, name: &Text) -> Option<Diagnostic> {
    let by = call.by.as_ref()?;
    let word = by.value.trim().to_lowercase();
    let (key, _) = WAYS.iter().find(|(_, words)| words.contains(&word.as_str()))?;
    let person = spec.person(&name.value)?;
    if contact(person, key).is_some() {
        return None;
    }
    let id = &name.value;
    Some(
        LINT.finding(format!("`{id}` is called by {}, and `{id}` has no `{key}`", by.value.trim()))
            .label(by.span, format!("takes the `{key}` of `{id}`"))
            .label(name.span, format!("has no `{key}`"))
            .help(format!("write it: `people: {{ {id}: {{ {key}: … }} }}`, or another way to reach them")),
    )
}

/// A person of whom nothing says how they are reached.
fn unknown(spec: &Spec, call: &Escalation, name: &Text) -> Option<Diagnostic> {
    let person = spec.person(&name.value)?;
    let ways = [&call.by, &call.note, &person.phone, &person.email, &person.chat, &person.hours];
    let more = [&person.backup, &person.note];
    if ways.into_iter().chain(more).any(Option::is_some) || !spec.contacts.is_empty() {
        return None;
    }
    let id = &name.value;
    Some(
        LINT.finding(format!("`{id}` is called, and nothing says how"))
            .label(name.span, "neither `phone` nor `email` nor `chat`")
            .help(format!("write one of them: `people: {{ {id}: {{ phone: … }} }}`")),
    )
}

fn contact<'a>(person: &'a Person, key: &str) -> Option<&'a Text> {
    let text = match key {
        "phone" => &person.phone,
        "email" => &person.email,
        _ => &person.chat,
    };
    text.as_ref()
}

fn own_backup(id: &Text, backup: &Text) -> Diagnostic {
    LINT.finding(format!("`{}` answers when `{}` does not", id.value, id.value))
        .label(backup.span, "the same person")
        .help("name somebody else as `backup`, or leave the key out")
}

/// Two people who must both approve and have one name.
fn same_name(spec: &Spec, approval: &Approval) -> Option<Diagnostic> {
    if !approval.all {
        return None;
    }
    let mut names: BTreeMap<&str, &Text> = BTreeMap::new();
    for id in &approval.people {
        let Some(person) = spec.person(&id.value) else { continue };
        let Some(name) = person.name.as_ref().filter(|name| is_name(person, name)) else { continue };
        match names.insert(name.value.trim(), id) {
            Some(first) if first.value != id.value => return Some(twice(name, first, id)),
            _ => {}
        }
    }
    None
}

/// Whether a name is that of one person, and not a place that is held open.
fn is_name(person: &Person, name: &Text) -> bool {
    let group = person.group.as_ref().is_some_and(|group| group.value);
    !group && !super::missing_contact::is_open(&name.value)
}

fn twice(name: &Text, first: &Text, second: &Text) -> Diagnostic {
    let name = name.value.trim();
    LINT.finding(format!("`{}` and `{}` must both approve, and both are {name}", first.value, second.value))
        .label(first.span, name.to_owned())
        .label(second.span, "the same name")
        .help("name two people; where one person is enough, name one")
}
