//! The JSON Schema of a channel, from the table.

use super::table::{Field, KINDS, Kind, Part, Takes};
use crate::spec::shape::{Defs, Key, Shape, Text, reference};
use serde_json::{Value, json};

const CHANNEL: &str = "Channel";
const DOC: &str = "Where alerts go: exactly one kind of Alertmanager's receivers, with Alertmanager's own fields. Secrets \
                   are named as files, never written out; what Alertmanager could take from its `global` is written here, \
                   so that the release's part of the configuration works alone.";

/// The schema of a channel.
pub fn channel(defs: &mut Defs) -> Value {
    if !defs.begin(CHANNEL) {
        return reference(CHANNEL);
    }
    let keys = KINDS.iter().map(|kind| Key {
        name: kind.name,
        doc: format!("Alertmanager's `{}_configs`{}.", kind.name, since(kind.since)),
        required: false,
        schema: of_kind(defs, kind),
    });
    let keys = keys.collect();
    defs.object(CHANNEL, DOC, keys)
}

fn of_kind(defs: &mut Defs, kind: &Kind) -> Value {
    let name = format!("{CHANNEL}-{}", kind.name);
    object(defs, &name, &kind.part, kind.since)
}

fn object(defs: &mut Defs, name: &str, part: &Part, since_all: u16) -> Value {
    if !defs.begin(name) {
        return reference(name);
    }
    let keys: Vec<Key> = part
        .fields
        .iter()
        .map(|field| Key {
            name: field.name,
            doc: doc(field, part, since_all),
            required: false,
            schema: takes(defs, field),
        })
        .collect();
    let doc = format!("Alertmanager's own fields of `{}`.", part.name);
    defs.object(name, &doc, keys)
}

fn takes(defs: &mut Defs, field: &Field) -> Value {
    match field.takes {
        Takes::Text | Takes::Secret(_) | Takes::File | Takes::Address => Text::schema(defs),
        Takes::Flag => json!({ "type": "boolean" }),
        Takes::Number => json!({ "type": "integer", "examples": ["-100123"] }),
        Takes::Time => json!({ "type": "string", "examples": ["30s", "1h"] }),
        Takes::Labels => json!({ "type": "object", "additionalProperties": Text::schema(defs) }),
        Takes::List => json!({ "type": "array", "examples": ["[…]"] }),
        Takes::Any => json!({ "examples": ["{…}"] }),
        Takes::Section(part) => object(defs, &format!("{CHANNEL}-{}", part.name), part, 0),
    }
}

fn doc(field: &Field, part: &Part, since_all: u16) -> String {
    let what = match field.takes {
        Takes::Secret("profile") => "A secret, and so refused here: use `profile` or `role_arn`".to_owned(),
        Takes::Secret(file) => format!("A secret, and so refused here: use `{file}`"),
        Takes::File => "The name of a file on Alertmanager's host".to_owned(),
        Takes::Address => "A web address that holds no secret".to_owned(),
        _ => "As in Alertmanager's documentation".to_owned(),
    };
    let needed = part.one_of.iter().find(|names| names.contains(&field.name));
    let needed = match needed {
        Some([_]) => " Needed.".to_owned(),
        Some(names) if !matches!(field.takes, Takes::Secret(_)) => {
            let usable = |name: &&&str| {
                part.fields.iter().any(|f| f.name == **name && !matches!(f.takes, Takes::Secret(_)))
            };
            let names: Vec<String> = names.iter().filter(usable).map(|name| format!("`{name}`")).collect();
            if names.len() == 1 {
                " Needed.".to_owned()
            } else {
                format!(" One of {} is needed.", names.join(", "))
            }
        }
        _ => String::new(),
    };
    let since = if field.since > since_all { since(field.since) } else { String::new() };
    format!("{what}{since}.{needed}")
}

fn since(minor: u16) -> String {
    if minor > 25 { format!(", from Alertmanager 0.{minor} on") } else { String::new() }
}
