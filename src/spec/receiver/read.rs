//! Reading a channel. The structure is judged by then; here follow the fields that need or exclude each other, values
//! that Alertmanager could not read, and secrets.

use super::secret::{in_address, in_place_of_file, is_sensitive};
use super::table::{Field, KINDS, Kind, Part, Takes};
use super::{Channel, Newer, template, value};
use crate::diag::Diagnostic;
use crate::lint::{bad_duration, inline_secret, missing_key, wrong_type};
use crate::promql::Version;
use crate::quantity::Duration;
use crate::source::Span;
use crate::syntax::{Entry, Kind as NodeKind, Node};
use serde_json::{Map, Value};

/// The oldest minor version of Alertmanager that is supported.
const OLDEST: u16 = 25;

/// The channel at `node`.
pub fn channel(node: &Node, findings: &mut Vec<Diagnostic>) -> Channel {
    let Some((kind, entry)) = kind(node, findings) else {
        return Channel { kind: None, span: node.span, fields: Map::new(), newer: Vec::new() };
    };
    let mut reader = Reader { findings, newer: Vec::new() };
    if kind.since > OLDEST {
        reader.newer(format!("the receiver `{}`", kind.name), kind.since, entry.key.span);
    }
    let fields = reader.part(&kind.part, &entry.value, entry.key.span, kind.since);
    Channel { kind: Some(kind), span: entry.key.span, fields, newer: reader.newer }
}

/// The one kind of a channel and where it is written.
fn kind<'a>(node: &'a Node, findings: &mut Vec<Diagnostic>) -> Option<(&'static Kind, &'a Entry)> {
    let known = |entry: &'a Entry| Some((KINDS.iter().find(|kind| kind.name == entry.key.value)?, entry));
    let mut kinds = node.entries().iter().filter_map(known);
    match (kinds.next(), kinds.next()) {
        (Some((_, first)), Some((_, second))) => {
            findings.push(wrong_type::several_kinds(first.key.span, second.key.span));
            None
        }
        (None, _) if node.entries().is_empty() && matches!(node.kind, NodeKind::Mapping(_)) => {
            findings.push(missing_key::no_channel_kind(node.span));
            None
        }
        (one, _) => one,
    }
}

struct Reader<'a> {
    findings: &'a mut Vec<Diagnostic>,
    newer: Vec<Newer>,
}

impl Reader<'_> {
    fn newer(&mut self, what: String, since: u16, span: Span) {
        self.newer.push(Newer { what, since: Version::new(0, since), span });
    }

    fn part(&mut self, part: &Part, node: &Node, key: Span, since_all: u16) -> Map<String, Value> {
        self.choices(part, node, key);
        value::together(part, node, self.findings);
        let mut fields = Map::new();
        for entry in node.entries() {
            let Some(field) = part.fields.iter().find(|field| field.name == entry.key.value) else {
                continue;
            };
            if field.since > since_all.max(OLDEST) {
                self.newer(format!("`{}` of `{}`", field.name, part.name), field.since, entry.key.span);
            }
            value::judge(part, field, entry, self.findings);
            if let Some(value) = self.value(field, entry) {
                fields.insert(field.name.to_owned(), value);
            }
        }
        fields
    }

    /// Fields of which one must stand and no second one may.
    fn choices(&mut self, part: &Part, node: &Node, key: Span) {
        let written = |names: &[&str]| {
            let entries = node.entries().iter().filter(|entry| names.contains(&entry.key.value.as_str()));
            entries.map(|entry| &entry.key).collect::<Vec<_>>()
        };
        let secret = |name: &str| {
            part.fields.iter().any(|field| field.name == name && matches!(field.takes, Takes::Secret(_)))
        };
        for names in part.one_of {
            if written(names).is_empty() {
                let usable: Vec<&str> = names.iter().copied().filter(|name| !secret(name)).collect();
                self.findings.push(missing_key::one_of(&usable, part.name, key));
            }
        }
        for names in part.one_of.iter().chain(part.at_most_one_of) {
            if let [first, second, ..] = written(names).as_slice() {
                self.findings.push(wrong_type::exclusive(first, second));
            }
        }
    }

    fn value(&mut self, field: &Field, entry: &Entry) -> Option<Value> {
        let (node, text) = (&entry.value, entry.value.as_text());
        match field.takes {
            Takes::Secret(file) => {
                self.findings.push(inline_secret::written_out(&entry.key, file));
                None
            }
            Takes::Address => self.address(text?, node.span),
            Takes::Time => {
                let parsed = Duration::parse(text?);
                parsed
                    .map_err(|fault| self.findings.push(bad_duration::not_a_duration(&fault, node.span)))
                    .ok()
                    .map(|duration| Value::from(duration.to_prometheus()))
            }
            Takes::File => {
                if in_place_of_file(text?) {
                    self.findings.push(inline_secret::in_place_of_file(&entry.key));
                }
                Some(Value::from(text?))
            }
            Takes::Text => {
                template::judge(node, self.findings);
                Some(Value::from(text?))
            }
            Takes::Flag | Takes::Number => Some(node.to_json()),
            Takes::Labels => {
                self.sensitive(node);
                template::judge(node, self.findings);
                let text =
                    |entry: &Entry| Some((entry.key.value.clone(), Value::from(entry.value.as_text()?)));
                Some(Value::Object(node.entries().iter().filter_map(text).collect()))
            }
            Takes::List | Takes::Any => {
                self.sensitive(node);
                template::judge(node, self.findings);
                Some(node.to_json())
            }
            Takes::Section(part) => Some(Value::Object(self.part(part, node, entry.key.span, 0))),
        }
    }

    fn address(&mut self, text: &str, span: Span) -> Option<Value> {
        if let Some(why) = value::address_fault(text) {
            self.findings.push(wrong_type::not_an_address(text, why, span));
            return None;
        }
        if let Some(why) = in_address(text) {
            self.findings.push(inline_secret::address(why, span));
            return None;
        }
        Some(Value::from(text))
    }

    /// Headers and parameters whose names say that their values are secrets; a file is the way to give them.
    fn sensitive(&mut self, node: &Node) {
        for entry in node.entries() {
            let files_only = !entry.value.entries().is_empty()
                && entry.value.entries().iter().all(|inner| inner.key.value == "files");
            let secrets = entry.key.value == "secrets";
            if secrets || (is_sensitive(&entry.key.value) && !files_only && !entry.value.is_null()) {
                self.findings.push(inline_secret::value(&entry.key));
            } else {
                self.sensitive(&entry.value);
            }
        }
        node.items().iter().for_each(|item| self.sensitive(item));
    }
}
