//! Values that Alertmanager refuses though they are of the kind that their field takes. Asked of amtool 0.25, 0.28 and 0.33.

use super::table::{Field, Part};
use crate::diag::Diagnostic;
use crate::lint::wrong_type;
use crate::syntax::{Entry, Kind as NodeKind, Node};

/// Fields that take one of a few words: their section, their name, the words.
const WORDS: [(&str, &str, &[&str]); 5] = [
    ("telegram", "parse_mode", &["Markdown", "MarkdownV2", "HTML"]),
    ("wechat", "message_type", &["text", "markdown"]),
    ("jira", "api_type", &["auto", "cloud", "datacenter"]),
    ("tls_config", "min_version", &TLS),
    ("tls_config", "max_version", &TLS),
];
const TLS: [&str; 4] = ["TLS10", "TLS11", "TLS12", "TLS13"];
/// Fields of VictorOps that `custom_fields` can't set again.
const FIXED: [&str; 5] =
    ["message_type", "state_message", "entity_display_name", "monitoring_tool", "entity_id"];
/// Who can respond.
const RESPONDERS: [&str; 5] = ["team", "teams", "user", "escalation", "schedule"];

/// What is wrong with the value of one field.
pub fn judge(part: &Part, field: &Field, entry: &Entry, findings: &mut Vec<Diagnostic>) {
    let text = entry.value.as_text();
    let needed = part.one_of.iter().any(|names| names.contains(&field.name));
    if needed && text == Some("") {
        findings.push(wrong_type::empty_field(&entry.key));
    }
    if field.name == "max_alerts" && text.is_some_and(|text| text.starts_with('-')) {
        findings.push(wrong_type::negative(&entry.key, entry.value.span));
    }
    let words = WORDS.iter().find(|(section, name, _)| *section == part.name && *name == field.name);
    if let (Some((_, _, words)), Some(text)) = (words, text.filter(|text| !text.is_empty()))
        && !words.contains(&text)
    {
        findings.push(wrong_type::none_of(&entry.key, text, words, entry.value.span));
    }
    match (part.name, field.name) {
        ("email", "smarthost") => findings.extend(text.and_then(|text| port(text, entry))),
        ("email", "headers") => findings.extend(twice(&entry.value)),
        ("authorization", "type") if text.is_some_and(|text| text.eq_ignore_ascii_case("basic")) => {
            findings.push(wrong_type::basic_authorization(entry.value.span));
        }
        ("victorops", "custom_fields") => {
            let fixed = entry.value.entries().iter().filter(|one| FIXED.contains(&one.key.value.as_str()));
            findings.extend(fixed.map(|one| wrong_type::fixed_field(&one.key)));
        }
        ("slack", "fields") => needs_each(entry, &[&["title"], &["value"]], findings),
        ("slack", "actions") => needs_each(entry, &[&["type"], &["text"], &["url", "name"]], findings),
        ("opsgenie", "responders") => responders(entry, findings),
        _ => {}
    }
}

/// A mail server without a port, as Go's `net.SplitHostPort` reads it. What is put in later is left alone.
fn port(text: &str, entry: &Entry) -> Option<Diagnostic> {
    let (host, port) = text.rsplit_once(':').unwrap_or((text, ""));
    let bracketed = host.starts_with('[') && host.ends_with(']');
    let sound = !port.is_empty() && (bracketed || !host.contains(':'));
    (!sound && !text.is_empty() && !text.contains('$')).then(|| wrong_type::no_port(text, entry.value.span))
}

/// Headers of one name, whose capitals say nothing.
fn twice(headers: &Node) -> Option<Diagnostic> {
    let keys: Vec<_> = headers.entries().iter().map(|entry| &entry.key).collect();
    keys.iter().enumerate().find_map(|(at, key)| {
        let first = keys.iter().take(at).find(|first| first.value.eq_ignore_ascii_case(&key.value))?;
        Some(wrong_type::header_twice(key, first.span))
    })
}

/// Each item of a list must have one of each of these.
fn needs_each(entry: &Entry, wanted: &[&[&str]], findings: &mut Vec<Diagnostic>) {
    let items = entry.value.items().iter().filter(|item| matches!(item.kind, NodeKind::Mapping(_)));
    for item in items {
        let has = |name: &&str| item.get(name).is_some_and(|entry| entry.value.as_text() != Some(""));
        let lacking = wanted.iter().filter(|names| !names.iter().any(has));
        let span = item.entries().first().map_or(item.span, |first| first.key.span);
        findings.extend(lacking.map(|names| wrong_type::item_needs(&entry.key, names, span)));
    }
}

fn responders(entry: &Entry, findings: &mut Vec<Diagnostic>) {
    needs_each(entry, &[&["id", "username", "name"], &["type"]], findings);
    for kind in entry.value.items().iter().filter_map(|item| item.get("type")) {
        let Some(text) = kind.value.as_text().filter(|text| !text.is_empty() && !text.contains("{{")) else {
            continue;
        };
        if !RESPONDERS.contains(&text.to_lowercase().as_str()) {
            findings.push(wrong_type::none_of(&kind.key, text, &RESPONDERS, kind.value.span));
        }
    }
}

/// What a whole section lacks beside what it has.
pub fn together(part: &Part, node: &Node, findings: &mut Vec<Diagnostic>) {
    if part.name == "webex"
        && let Some(http) = node.get("http_config").filter(|http| http.value.get("authorization").is_none())
    {
        findings.push(crate::lint::missing_key::one_of(&["authorization"], "http_config", http.key.span));
    }
    if let (Some(alone), None) = (node.get("no_proxy"), node.get("proxy_url"))
        && alone.value.as_text().is_some_and(|text| !text.is_empty())
    {
        findings.push(crate::lint::missing_key::beside("proxy_url", "no_proxy", alone.key.span));
    }
}

/// Why a web address is none that Alertmanager takes; `None` where it is one, and where parts are put in later.
#[must_use]
pub fn address_fault(text: &str) -> Option<&'static str> {
    const BEGIN: &str = "must begin with http:// or https://";
    let Some((scheme, rest)) = text.split_once("://") else { return Some(BEGIN) };
    if !["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) {
        return Some(BEGIN);
    }
    if text.contains(char::is_whitespace) {
        return Some("has a blank in it");
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let port = host.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.contains(']'));
    if text.contains(['$', '{']) {
        return None;
    }
    match port {
        _ if host.is_empty() => Some("has no host"),
        Some(port) if !port.bytes().all(|byte| byte.is_ascii_digit()) => Some("its port is no number"),
        _ => None,
    }
}

/// Whether a link was to be a web address and is none for a typing mistake at its beginning: `htps://`, `http:/`.
#[must_use]
pub fn is_misspelt_link(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(":/").or_else(|| text.split_once("//")) else { return false };
    let web = |scheme: &str| ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str());
    if web(scheme) {
        return !text.contains(":/") || !rest.starts_with('/');
    }
    let letters = scheme.chars().all(|c| c.is_ascii_alphabetic());
    letters
        && scheme.starts_with(['h', 'H'])
        && scheme.len() > 3
        && crate::lint::words::nearest(scheme, ["http", "https"]).is_some()
}
