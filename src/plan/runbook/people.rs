//! Who is called, who decides and how they are reached.

use super::{Pages, maybe, text};
use crate::spec::people::Person as Written;
use crate::spec::shape::{OneOrMany, Text};
use serde::Serialize;
use std::collections::BTreeSet;

/// Somebody who is called or decides.
#[derive(Debug, Clone, Serialize)]
pub struct Person {
    /// The id.
    pub id: String,
    /// The role; the name or the id where none is written.
    pub title: String,
    /// Who that is, where the role says something else.
    pub name: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The mail address.
    pub email: Option<String>,
    /// The name in the chat.
    pub chat: Option<String>,
    /// When they can be reached.
    pub hours: Option<String>,
    /// Whether it is a group.
    pub group: bool,
    /// Who answers when they do not.
    pub backup: Option<String>,
    /// What else is to know.
    pub note: Option<String>,
    /// Whether the release says more of them than a name.
    pub listed: bool,
}

/// A call when the trouble has lasted.
#[derive(Debug, Clone, Serialize)]
pub struct Call {
    /// How long after the alert; nothing for at once.
    pub after: Option<String>,
    /// Who is called.
    pub to: Vec<Person>,
    /// How.
    pub by: Option<String>,
    /// Only in this case.
    pub only_if: Option<String>,
    /// The mildest level at which it applies.
    pub level: Option<&'static str>,
    /// What else is to know.
    pub note: Option<String>,
}

impl Pages<'_> {
    /// The person behind an id, or behind a bare name.
    pub fn person(&self, id: &str) -> Person {
        match self.draft.spec.person(id) {
            Some(written) => self.listed(id, written),
            None => Person {
                id: id.to_owned(),
                title: id.to_owned(),
                name: None,
                phone: None,
                email: None,
                chat: None,
                hours: None,
                group: false,
                backup: None,
                note: None,
                listed: false,
            },
        }
    }

    fn listed(&self, id: &str, written: &Written) -> Person {
        let title = written.title.as_ref().or(written.name.as_ref()).map_or_else(|| id.to_owned(), text);
        Person {
            id: id.to_owned(),
            name: maybe(&written.name).filter(|name| *name != title),
            title,
            phone: maybe(&written.phone),
            email: maybe(&written.email),
            chat: maybe(&written.chat),
            hours: maybe(&written.hours),
            group: written.group.as_ref().is_some_and(|group| group.value),
            backup: written.backup.as_ref().map(|backup| self.title(&backup.value)),
            note: maybe(&written.note),
            listed: true,
        }
    }

    /// What people call somebody.
    pub fn title(&self, id: &str) -> String {
        let written = self.draft.spec.person(id);
        written
            .and_then(|person| person.title.as_ref().or(person.name.as_ref()))
            .map_or_else(|| id.to_owned(), text)
    }

    /// Everybody behind a list of ids.
    pub fn owners(&self, ids: &Option<OneOrMany<Text>>) -> Vec<Person> {
        ids.iter().flat_map(|ids| &ids.0).map(|id| self.person(&id.value)).collect()
    }

    /// Those whom the release lists, and those of the project whom it names.
    pub fn everybody(&self) -> Vec<Person> {
        let spec = self.draft.spec;
        let named: BTreeSet<&str> = spec.named_people().into_iter().map(|name| name.value.as_str()).collect();
        let listed = spec.people.iter();
        listed
            .filter(|row| row.key.span.file == spec.file || named.contains(row.key.value.as_str()))
            .map(|row| self.listed(&row.key.value, &row.value))
            .collect()
    }

    /// Whom to call where no escalation says it: whoever takes the first step back, or else the first who has a telephone.
    pub fn first_call(&self) -> Option<Person> {
        let spec = self.draft.spec;
        if !spec.escalation.is_empty() {
            return None;
        }
        let back = self.way_back().into_iter().chain(self.modes());
        let owner = back.flat_map(|way| way.steps).flat_map(|step| step.owners).next();
        owner.or_else(|| self.everybody().into_iter().find(|person| person.phone.is_some()))
    }

    /// The calls, the first one first.
    pub fn escalation(&self) -> Vec<Call> {
        let mut calls: Vec<_> = self.draft.spec.escalation.iter().collect();
        calls.sort_by_key(|call| call.after.as_ref().map_or(0, |after| after.value.millis()));
        let call = |call: &crate::spec::people::Escalation| Call {
            after: call
                .after
                .as_ref()
                .filter(|after| !after.value.is_zero())
                .map(|after| after.text().to_owned()),
            to: self.owners(&call.to),
            by: maybe(&call.by),
            only_if: maybe(&call.r#if),
            level: call.level.as_ref().map(|level| level.value.name()),
            note: maybe(&call.note),
        };
        calls.into_iter().map(call).collect()
    }
}
