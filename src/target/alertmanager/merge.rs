//! The team's own file with what is ours: its text word for word, ours put in at the parser's places.

use super::document::Document;
use super::insert::{At, Insertion, Insertions};
use crate::spec::alertmanager::TeamFile;
use serde_json::{Value, json};

const ROUTES: &str = "Releases, from relspec. They stand first, since a route above could take their alerts.";
const OTHERS: &str = "Releases, from relspec.";

/// The merged text.
#[must_use]
pub fn text(team: &TeamFile, ours: &Document) -> String {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let parts = [
        Insertion { path: &["route", "routes"], at: At::First, items: list(&ours.route), comment: ROUTES },
        Insertion { path: &["receivers"], at: At::Last, items: ours.receivers.clone(), comment: OTHERS },
        Insertion {
            path: &["inhibit_rules"],
            at: At::Last,
            items: ours.inhibit_rules.clone(),
            comment: OTHERS,
        },
    ];
    let mut insertions = Insertions::new(&team.text, &team.root);
    parts.iter().filter(|part| !part.items.is_empty()).for_each(|part| insertions.add(part));
    insertions.text()
}

/// What the merged text must read as.
#[must_use]
pub fn expected(team: &TeamFile, ours: &Document) -> Value {
    let mut root = team.root.to_json();
    let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let routes = [list(Some(&ours.route)), list(root.pointer("/route/routes"))].concat();
    let receivers = [list(root.get("receivers")), ours.receivers.clone()].concat();
    let rules = [list(root.get("inhibit_rules")), ours.inhibit_rules.clone()].concat();
    if !ours.route.as_array().is_none_or(Vec::is_empty) {
        root["route"]["routes"] = json!(routes);
    }
    if !ours.receivers.is_empty() {
        root["receivers"] = json!(receivers);
    }
    if !ours.inhibit_rules.is_empty() {
        root["inhibit_rules"] = json!(rules);
    }
    root
}

/// Whether two configurations are the same; the order of keys says nothing.
#[must_use]
pub fn same(one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::Object(one), Value::Object(two)) => {
            one.len() == two.len()
                && one.iter().all(|(key, value)| two.get(key).is_some_and(|other| same(value, other)))
        }
        (Value::Array(one), Value::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same(one, two))
        }
        _ => one == two,
    }
}
