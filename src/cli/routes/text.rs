//! The answer for people.

use super::answer::{Answer, Reply};
use crate::cli::Console;
use crate::plan::routing::reach::Configuration;
use crate::spec::alertmanager::{Landing, Matcher};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The most alerts that are listed by name.
const SHOWN: usize = 8;

/// Prints all answers.
///
/// # Errors
/// When the output can't be written.
pub fn print(
    reply: &Reply<'_>,
    configuration: &Configuration,
    at: Option<Timestamp>,
    console: &mut Console,
) -> io::Result<()> {
    let mut lines: Vec<String> = reply.notes.iter().map(|note| format!("note: {note}")).collect();
    for answer in &reply.answers {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(head(answer));
        for (number, landing) in (1..).zip(&answer.landings) {
            lines.push(format!("  {number}. {}", landing.receiver));
            lines.extend(reach(landing, answer, configuration, at));
        }
        lines.extend(silenced(answer, reply.knows_alerts));
    }
    lines.iter().try_for_each(|line| writeln!(console.out, "{line}"))
}

/// Which alerts, with which labels.
fn head(answer: &Answer<'_>) -> Vec<String> {
    let titles: Vec<String> =
        answer.sets.iter().filter_map(|set| set.alert).map(|alert| alert.title()).collect();
    let mut lines: Vec<String> = titles.iter().take(SHOWN).cloned().collect();
    if titles.len() > SHOWN {
        lines.push(format!("and {} more of this name", titles.len() - SHOWN));
    }
    let Some(first) = answer.sets.first() else { return lines };
    let (filled, given): (Vec<_>, Vec<_>) =
        first.labels.iter().partition(|(name, _)| first.filled_in.contains(name));
    let everywhere = |(name, value): &&&(String, String)| {
        answer.sets.iter().all(|set| set.labels.iter().any(|(n, v)| n == name && v == value))
    };
    let told = |labels: Vec<&(String, String)>| {
        labels.iter().map(|(name, value)| pair(name, value)).collect::<Vec<_>>().join(", ")
    };
    lines.push(field("asked", &told(given)));
    let common: Vec<_> = filled.iter().filter(everywhere).copied().collect();
    if !common.is_empty() {
        lines.push(field("filled in", &told(common)));
    }
    lines
}

fn reach(
    landing: &Landing<'_>,
    answer: &Answer<'_>,
    configuration: &Configuration,
    at: Option<Timestamp>,
) -> Vec<String> {
    let labels = answer.sets.first().map_or(&[][..], |set| &set.labels);
    let path = landing.path();
    let way =
        if path.is_empty() { "the root route, which takes the rest".to_owned() } else { path.join(" > ") };
    let group: Vec<String> = landing.group(labels).iter().map(|(name, value)| pair(name, value)).collect();
    let group = if group.is_empty() { "all alerts together".to_owned() } else { group.join(", ") };
    let [wait, interval, repeat] = landing.waits().map(|time| time.to_prometheus());
    let waits = format!("{wait} for others, {interval} after a change; told again after {repeat}");
    let mut lines = vec![field("   by", &way), field("   group", &group), field("   waits", &waits)];
    lines.extend(muting(landing, configuration, at).map(|text| field("   muted", &text)));
    lines
}

/// When a route tells nobody; `None` for one that always tells.
fn muting(landing: &Landing<'_>, configuration: &Configuration, at: Option<Timestamp>) -> Option<String> {
    let (mute, active) = (&landing.route.mute, &landing.route.active);
    if mute.is_empty() && active.is_empty() {
        return None;
    }
    if let Some(at) = at {
        let text = if configuration.mutes(landing.route, at) { "yes" } else { "no" };
        return Some(format!("{text}, at {at}"));
    }
    let parts = [("in", mute), ("outside of", active)];
    let parts = parts.into_iter().filter(|(_, names)| !names.is_empty());
    Some(parts.map(|(word, names)| format!("{word} {}", names.join(", "))).collect::<Vec<_>>().join("; "))
}

fn silenced(answer: &Answer<'_>, knows_alerts: bool) -> Vec<String> {
    let one = |differing: &BTreeMap<String, String>| {
        let name = differing.get("alertname").map_or("the same alert", String::as_str);
        let rest = differing.iter().filter(|(label, _)| *label != "alertname");
        let rest: Vec<String> = rest.map(|(name, value)| pair(name, value)).collect();
        let with = if rest.is_empty() { String::new() } else { format!(" with {}", rest.join(", ")) };
        format!("    {name}{with}")
    };
    if !knows_alerts {
        return Vec::new();
    }
    if answer.silenced_by.is_empty() {
        return vec!["  silenced by no alert of the project".to_owned()];
    }
    let head = "  silenced while one of these fires with otherwise the same labels:".to_owned();
    std::iter::once(head).chain(answer.silenced_by.iter().map(one)).collect()
}

fn pair(name: &str, value: &str) -> String {
    Matcher::equal(name, value).text()
}

fn field(name: &str, text: &str) -> String {
    format!("  {name:<11} {text}")
}
