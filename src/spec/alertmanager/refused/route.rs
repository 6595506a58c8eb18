//! What Alertmanager refuses in routes.

use super::{GENERATED, Judge, keys};
use crate::lint::refused_by_alertmanager as lint;
use crate::quantity::Duration;
use crate::source::{Span, Spanned};
use crate::spec::alertmanager::read::{is_bool, is_true};
use crate::spec::alertmanager::route::ALL_LABELS;
use crate::spec::shape::Text;
use crate::syntax::{Entry, Node};

/// Keys of a route that take a list of texts.
const LISTS: [&str; 4] = ["matchers", "group_by", "mute_time_intervals", "active_time_intervals"];

/// Keys of a route that take a text.
const TEXTS: [&str; 4] = ["receiver", "group_wait", "group_interval", "repeat_interval"];

impl Judge<'_> {
    /// What only the root route must keep.
    pub(super) fn root(&mut self, route: &Entry) {
        let node = &route.value;
        let receiver = node.get("receiver").and_then(|entry| entry.value.as_text());
        if receiver.is_none_or(str::is_empty) {
            self.findings.push(lint::no_default_receiver(route.key.span));
        }
        for key in ["matchers", "match", "match_re", "mute_time_intervals", "active_time_intervals"] {
            let some = |entry: &&Entry| !entry.value.items().is_empty() || !entry.value.entries().is_empty();
            let entry = node.get(key).filter(some);
            self.findings.extend(entry.map(|entry| lint::in_root(&entry.key)));
        }
        let goes_on = node.get("continue").filter(|entry| is_true(&entry.value));
        self.findings.extend(goes_on.map(|entry| lint::in_root(&entry.key)));
    }

    /// A route and those below it.
    pub(super) fn route(&mut self, node: &Node) {
        self.keys(node, keys::ROUTE, "a route");
        for key in LISTS {
            node.get(key).into_iter().for_each(|entry| self.list_of_texts(entry));
        }
        self.texts(node, &TEXTS);
        for key in ["match", "match_re"] {
            node.get(key).into_iter().for_each(|entry| self.labels(entry));
        }
        self.receiver(node);
        self.named_intervals(node);
        self.group_by(node);
        self.times(node);
        if let Some(entry) = node.get("continue").filter(|entry| !is_bool(&entry.value)) {
            self.findings.push(lint::not_a("`true` or `false`", "`continue`", entry.value.span));
        }
        for route in self.mappings(node, "routes") {
            self.route(route);
        }
    }

    fn receiver(&mut self, node: &Node) {
        let Some(name) = node.get("receiver").and_then(|entry| text(&entry.value)) else { return };
        let known: Vec<&str> = self.receivers.iter().map(|known| known.value.as_str()).collect();
        let generated = name.value.is_empty() || name.value.starts_with(GENERATED);
        if !generated && !known.contains(&name.value.as_str()) {
            self.findings.push(lint::undefined("receiver", &name, &known));
        }
    }

    fn named_intervals(&mut self, node: &Node) {
        let known: Vec<&str> = self.intervals.iter().map(|known| known.value.as_str()).collect();
        for key in ["mute_time_intervals", "active_time_intervals"] {
            let items = node.get(key).map_or(&[][..], |entry| entry.value.items());
            let unknown = items.iter().filter_map(text).filter(|name| !known.contains(&name.value.as_str()));
            self.findings.extend(unknown.map(|name| lint::undefined("time interval", &name, &known)));
        }
    }

    fn group_by(&mut self, node: &Node) {
        let items = node.get("group_by").map_or(&[][..], |entry| entry.value.items());
        let mut seen: Vec<Text> = Vec::new();
        let mut all: Option<Span> = None;
        for item in items {
            let label = text(item).unwrap_or_else(|| Spanned::new(String::new(), item.span));
            match seen.iter().find(|first| first.value == label.value).map(|first| first.span) {
                _ if label.value == ALL_LABELS => all = Some(label.span),
                _ if label.value.is_empty() => self.findings.push(lint::not_a_label("", label.span)),
                Some(first) => self.findings.push(lint::grouped_twice(&label.value, label.span, first)),
                None => seen.push(label),
            }
        }
        if let Some(all) = all.filter(|_| !seen.is_empty()) {
            self.findings.push(lint::all_and_others(all));
        }
    }

    fn times(&mut self, node: &Node) {
        for entry in ["group_interval", "repeat_interval"].iter().filter_map(|key| node.get(key)) {
            let zero = entry.value.as_text().and_then(|text| Duration::parse(text).ok());
            if zero.is_some_and(|time| time.is_zero()) {
                self.findings.push(lint::no_time(&entry.key, entry.value.span));
            }
        }
    }
}

fn text(node: &Node) -> Option<Text> {
    Some(Spanned::new(node.as_text()?.to_owned(), node.span))
}
