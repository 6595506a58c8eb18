//! Every kind of receiver with every field of the table: accepted by the versions that have it, refused by those that have
//! not, and never with a secret.

use crate::amtool::{Amtool, amtools};
use rayon::prelude::*;
use relspec::spec::receiver::table::{Field, KINDS, Kind, Part, Takes};
use relspec::{Outcome, Project, compile};
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// Debian builds its Alertmanager 0.28 without this kind.
const LEFT_OUT: [(&str, u16); 1] = [("jira", 28)];

/// A value that a field takes.
fn sample(field: &Field, minor: u16) -> Value {
    let by_name = match field.name {
        "smarthost" => Some(json!("mail.example.com:587")),
        "min_version" | "max_version" => Some(json!("TLS12")),
        "type" => Some(json!("Bearer")),
        "message_type" => Some(json!("text")),
        "parse_mode" => Some(json!("HTML")),
        "api_type" => Some(json!("cloud")),
        "labels" | "scopes" | "mrkdwn_in" => Some(json!(["text"])),
        "responders" => Some(json!([{ "type": "team", "name": "shop" }])),
        "actions" if matches!(field.takes, Takes::List) => {
            Some(json!([{ "type": "button", "text": "Open", "url": "https://example.com" }]))
        }
        "fields" if matches!(field.takes, Takes::List) => Some(json!([{ "title": "a", "value": "b" }])),
        "images" => Some(json!([{ "src": "https://example.com/a.png" }])),
        "links" => Some(json!([{ "href": "https://example.com", "text": "a" }])),
        "attachments" => Some(json!([{ "text": "a" }])),
        "threading" => Some(json!({ "enabled": true, "thread_by_date": "daily" })),
        "priority" if matches!(field.takes, Takes::Any) => Some(json!({ "priority": "urgent" })),
        "props" => Some(json!({ "card": "a" })),
        "http_headers" => Some(json!({ "X-Release": { "values": ["a"] } })),
        "ca" | "cert" => Some(json!("-----BEGIN CERTIFICATE-----")),
        _ => None,
    };
    by_name.unwrap_or_else(|| match field.takes {
        Takes::Flag => json!(true),
        Takes::Number => json!(3),
        Takes::Time => json!("30s"),
        Takes::Address => json!("https://example.com/api"),
        Takes::File => json!("/etc/alertmanager/secrets/x"),
        Takes::Labels | Takes::Any => json!({ "a": "b: c" }),
        Takes::List => json!([]),
        Takes::Section(part) => Value::Object(all_fields(part, minor)),
        Takes::Text | Takes::Secret(_) => json!("a: \"b\" # {{ .c }}"),
    })
}

/// All fields of a part that a version has, but for secrets, and but for those that exclude each other.
fn all_fields(part: &Part, minor: u16) -> Map<String, Value> {
    let mut taken: Vec<&[&str]> = Vec::new();
    let mut fields = Map::new();
    for field in part.fields.iter().filter(|field| field.since <= minor) {
        let choices: Vec<&[&str]> = part.one_of.iter().chain(part.at_most_one_of).copied().collect();
        let choice = choices.into_iter().find(|names| names.contains(&field.name));
        let again = choice.is_some_and(|names| taken.contains(&names));
        // A certificate stands once, in a file or written out.
        let twice = matches!(field.name, "ca" | "cert") || (field.name == "proxy_from_environment");
        let alone = matches!(field.name, "no_proxy" | "username_file");
        if again || twice || alone || matches!(field.takes, Takes::Secret(_)) {
            continue;
        }
        taken.extend(choice);
        fields.insert(field.name.to_owned(), sample(field, minor));
    }
    // Webex wants a token in the request's head, and nothing else will do.
    if part.name == "webex" {
        let file = json!({ "authorization": { "credentials_file": "/etc/alertmanager/secrets/x" } });
        fields.insert("http_config".to_owned(), file);
    }
    fields
}

fn release(channel: &Value, minor: u16) -> Outcome {
    let channels = json!({ "it": channel });
    let spec = format!(
        "relspec: 1\nrelease: {{ id: shop-v2, title: Shop, service: shop, version: 2.0.0, owner: web }}\n\
         scope: {{ canary: {{ deployment: canary }} }}\nmetrics:\n  failed:\n    title: Failed\n    unit: count\n    \
         gauge: {{ metric: failed, aggregate: max }}\n    normal: {{ max: 1 }}\n    warn: {{ above: 2 }}\n    \
         hold: {{ above: 3 }}\n    rollback: {{ above: 4 }}\nstages: [ {{ id: full, traffic: 100% }} ]\n\
         notify:\n  channels: {channels}\n  routes: {{ warn: it, hold: it, rollback: it }}\n"
    )
    .replace("\":", "\": ");
    let mut project = Project::default();
    let config = format!("relspec: 1\nversions: {{ alertmanager: \"0.{minor}\" }}\n");
    project.config_file = Some(project.sources.add("relspec.yaml", config));
    project.spec_files.push(project.sources.add("specs/shop.yaml", spec));
    compile(&project)
}

fn names(outcome: &Outcome) -> Vec<&'static str> {
    let found = outcome.findings.iter().map(|finding| finding.lint);
    found.filter(|name| *name != "no-base-url").collect()
}

/// The release's own configuration in a file.
fn written(outcome: &Outcome, name: &str, folder: &tempfile::TempDir) -> PathBuf {
    let made = outcome.artifacts.iter().find(|made| made.file.path().ends_with("alertmanager/shop-v2.yaml"));
    let made = made.unwrap_or_else(|| panic!("{name}: {:#?} {:?}", outcome.findings, outcome.broken));
    let path = folder.path().join(format!("{name}.yml"));
    std::fs::write(&path, made.file.text()).expect("written");
    path
}

/// Whether the kind can be written without a secret for that version, and that amtool was built with it.
fn is_usable(kind: &Kind, minor: u16) -> bool {
    let file = |names: &&[&str]| {
        let has = |field: &&Field| names.contains(&field.name) && field.since <= minor;
        kind.part.fields.iter().filter(has).any(|field| !matches!(field.takes, Takes::Secret(_)))
    };
    kind.since <= minor && kind.part.one_of.iter().all(file) && !LEFT_OUT.contains(&(kind.name, minor))
}

#[test]
fn every_kind_with_all_its_fields_is_accepted_by_the_version_it_is_for() {
    for amtool in amtools() {
        let folder = tempfile::tempdir().expect("a folder");
        let usable: Vec<&Kind> = KINDS.iter().filter(|kind| is_usable(kind, amtool.minor)).collect();
        assert!(usable.len() >= 8, "0.{}: {}", amtool.minor, usable.len());
        usable.par_iter().for_each(|kind| {
            let fields = all_fields(&kind.part, amtool.minor);
            let outcome = release(&json!({ (kind.name): fields }), amtool.minor);
            assert!(
                names(&outcome).is_empty(),
                "{} for 0.{}: {:#?}",
                kind.name,
                amtool.minor,
                outcome.findings
            );
            amtool.accepts(&[written(&outcome, kind.name, &folder)]);
        });
    }
}

/// A field that is said to come later is refused by us before, and by that Alertmanager too: the table is not too strict.
#[test]
fn what_came_later_is_refused_before() {
    for amtool in amtools() {
        let folder = tempfile::tempdir().expect("a folder");
        KINDS.par_iter().filter(|kind| is_usable(kind, 99)).for_each(|kind| {
            let newer = |field: &&Field| {
                kind.since.max(field.since) > amtool.minor && !matches!(field.takes, Takes::Secret(_))
            };
            for field in kind.part.fields.iter().filter(newer) {
                refused(&amtool, kind, field, &folder);
            }
        });
    }
}

fn refused(amtool: &Amtool, kind: &Kind, field: &Field, folder: &tempfile::TempDir) {
    let what = format!("{}-{}", kind.name, field.name);
    let mut fields = all_fields(&kind.part, amtool.minor.max(kind.since));
    let choice = kind.part.one_of.iter().find(|names| names.contains(&field.name));
    fields.retain(|name, _| !choice.is_some_and(|names| names.contains(&name.as_str())));
    fields.insert(field.name.to_owned(), sample(field, 99));
    let lints = |minor| names(&release(&json!({ (kind.name): fields }), minor));
    assert!(lints(amtool.minor).contains(&"receiver-too-new"), "{what}: {:?}", lints(amtool.minor));
    assert!(!lints(99).contains(&"receiver-too-new"), "{what}: {:?}", lints(99));
    let outcome = release(&json!({ (kind.name): fields }), 99);
    let file = if outcome.artifacts.is_empty() { return } else { written(&outcome, &what, folder) };
    assert!(amtool.check(&[file]).is_err(), "0.{} takes {what}", amtool.minor);
}

/// No field that holds a secret gets into any file, nor does an address that is one.
#[test]
fn no_secret_is_ever_written() {
    let mut tried = 0;
    for kind in KINDS {
        for (field, value) in kind.part.fields.iter().filter_map(secret_of) {
            let mut fields = all_fields(&kind.part, 99);
            let choice = kind.part.one_of.iter().find(|names| names.contains(&field));
            fields.retain(|name, _| !choice.is_some_and(|names| names.contains(&name.as_str())));
            fields.insert(field.to_owned(), value);
            let outcome = release(&json!({ (kind.name): fields }), 99);
            assert!(
                names(&outcome).contains(&"inline-secret"),
                "{}.{field}: {:#?}",
                kind.name,
                outcome.findings
            );
            assert!(outcome.artifacts.is_empty(), "{}.{field}", kind.name);
            let said = outcome.findings.iter().any(|found| format!("{found:?}").contains("hunter2"));
            assert!(!said, "{}.{field}: the finding repeats the secret", kind.name);
            tried += 1;
        }
    }
    assert!(tried > 40, "{tried}");
}

fn secret_of(field: &Field) -> Option<(&'static str, Value)> {
    let value = match field.takes {
        Takes::Secret(_) => json!("hunter2"),
        Takes::Address => json!("https://hunter2:hunter2@example.com/"),
        Takes::Labels => json!({ "X-Auth-Token": "hunter2" }),
        Takes::Section(part) if part.name == "http_config" => {
            json!({ "basic_auth": { "password": "hunter2" } })
        }
        Takes::Section(part) if part.name == "sigv4" => json!({ "secret_key": "hunter2" }),
        Takes::Section(_) => json!({ "key": "hunter2" }),
        _ => return None,
    };
    Some((field.name, value))
}
