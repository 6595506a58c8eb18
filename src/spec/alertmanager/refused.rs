//! What Alertmanager refuses in the team's own file, though it can be followed here. Asked of amtool 0.25, 0.28 and 0.33:
//! only what all of them refuse is told, and names that begin like generated ones are left alone.

mod keys;
mod kinds;
mod route;

use crate::diag::Diagnostic;
use crate::lint::{refused_by_alertmanager as lint, words};
use crate::source::Spanned;
use crate::spec::shape::Text;
use crate::syntax::{Entry, Kind, Node};

/// Names that the releases' receivers have once they are added; a route of the team's own may lead there.
const GENERATED: &str = "relspec/";

/// Every such fault of a file.
pub fn judge(root: &Node, findings: &mut Vec<Diagnostic>) {
    let mut found = Vec::new();
    let global = root.get("global").map(|entry| entry.value.clone());
    let mut judge = Judge { global, receivers: Vec::new(), intervals: Vec::new(), findings: &mut found };
    judge.keys(root, keys::FILE, "an Alertmanager file");
    judge.global(root);
    judge.receivers(root);
    judge.intervals(root);
    judge.inhibitions(root);
    if let Some(route) = root.get("route") {
        judge.root(route);
        judge.route(&route.value);
    }
    // What an alias repeats is one fault, at the place where it is written.
    for finding in found {
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
}

struct Judge<'a> {
    global: Option<Node>,
    receivers: Vec<Text>,
    intervals: Vec<Text>,
    findings: &'a mut Vec<Diagnostic>,
}

impl Judge<'_> {
    fn keys(&mut self, node: &Node, known: &[&str], section: &str) {
        let unknown = node.entries().iter().filter(|entry| !known.contains(&entry.key.value.as_str()));
        self.findings.extend(unknown.map(|entry| lint::unknown_key(&entry.key, section, known)));
    }

    /// The items of a list that holds mappings; whatever else stands there is told.
    fn mappings<'n>(&mut self, node: &'n Node, key: &str) -> Vec<&'n Node> {
        let Some(entry) = node.get(key) else { return Vec::new() };
        let (sound, others): (Vec<_>, Vec<_>) =
            entry.value.items().iter().partition(|item| matches!(item.kind, Kind::Mapping(_)));
        let words = |item: &&Node| lint::not_a("a mapping", &format!("each item of `{key}`"), item.span);
        self.findings.extend(others.iter().filter(|item| !item.is_null() || key == "routes").map(words));
        sound
    }

    fn global(&mut self, root: &Node) {
        root.get("templates").into_iter().for_each(|entry| self.a_list(entry));
        if let Some(global) = root.get("global") {
            self.a_mapping(global);
            self.misspelt(&global.value, keys::GLOBAL, "`global`");
        }
    }

    fn receivers(&mut self, root: &Node) {
        let known = keys::receiver();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        for node in root.get("receivers").map_or(&[][..], |entry| entry.value.items()) {
            let Some(first) = node.entries().first() else { continue };
            match name(node) {
                Some(name) => self.define("receiver", name, |judge| &mut judge.receivers),
                None => self.findings.push(lint::unnamed("receiver", first.key.span)),
            }
            self.keys(node, &known, "a receiver");
            for entry in node.entries().iter().filter(|entry| entry.key.value.ends_with("_configs")) {
                self.a_list(entry);
                self.fields(entry);
            }
        }
    }

    /// The fields of a receiver's items.
    fn fields(&mut self, entry: &Entry) {
        let Some(known) = keys::fields(&entry.key.value) else { return };
        for item in entry.value.items() {
            self.misspelt(item, &known, &format!("`{}`", entry.key.value));
            let has = |names: &[&str], node: &Node| names.iter().any(|name| node.get(name).is_some());
            let lacking = keys::NEEDED
                .iter()
                .filter(|(key, names, _)| *key == entry.key.value && !has(names, item))
                .filter(|(_, _, global)| !self.global.as_ref().is_some_and(|node| has(global, node)));
            let span = item.entries().first().map_or(entry.key.span, |first| first.key.span);
            self.findings.extend(lacking.map(|(key, names, _)| lint::needs(names, key, span)));
        }
    }

    /// Keys that are nearly known ones; others may have come with a later version.
    fn misspelt(&mut self, node: &Node, known: &[&str], section: &str) {
        for key in node.entries().iter().map(|entry| &entry.key) {
            let name = key.value.as_str();
            let longer = known.iter().any(|known| name.starts_with(known) || known.starts_with(name));
            if !longer && words::nearest(name, known.iter().copied()).is_some() {
                self.findings.push(lint::unknown_key(key, section, known));
            }
        }
    }

    fn define(&mut self, kind: &str, name: Text, of: impl Fn(&mut Self) -> &mut Vec<Text>) {
        let first = of(self).iter().find(|known| known.value == name.value).map(|known| known.span);
        match first {
            Some(first) if first != name.span => self.findings.push(lint::again(kind, &name, first)),
            _ => of(self).push(name),
        }
    }

    fn intervals(&mut self, root: &Node) {
        for key in ["mute_time_intervals", "time_intervals"] {
            root.get(key).into_iter().for_each(|entry| self.a_list(entry));
            for node in self.mappings(root, key) {
                match (name(node), node.entries().first()) {
                    (Some(name), _) => self.define("time interval", name, |judge| &mut judge.intervals),
                    (None, first) => {
                        let span = first.map_or(node.span, |first| first.key.span);
                        self.findings.push(lint::unnamed("time interval", span));
                    }
                }
                self.keys(node, keys::INTERVAL, "a time interval");
                node.get("time_intervals").into_iter().for_each(|entry| self.a_list(entry));
                self.mappings(node, "time_intervals").into_iter().for_each(|part| self.part(part));
            }
        }
    }

    fn part(&mut self, part: &Node) {
        self.keys(part, keys::PART, "a part of a time interval");
        keys::LISTS.iter().filter_map(|key| part.get(key)).for_each(|entry| self.a_list(entry));
        for times in self.mappings(part, "times") {
            self.keys(times, keys::TIMES, "`times`");
        }
    }

    fn inhibitions(&mut self, root: &Node) {
        for node in root.get("inhibit_rules").map_or(&[][..], |entry| entry.value.items()) {
            self.keys(node, keys::INHIBITION, "a rule of inhibition");
            for key in ["source_matchers", "target_matchers", "equal"] {
                node.get(key).into_iter().for_each(|entry| self.list_of_texts(entry));
            }
            for key in ["source_match", "source_match_re", "target_match", "target_match_re"] {
                node.get(key).into_iter().for_each(|entry| self.labels(entry));
            }
        }
    }

    /// Matchers in the older form: a mapping from labels to values.
    fn labels(&mut self, entry: &Entry) {
        self.a_mapping(entry);
        let labels: Vec<&str> = entry.value.entries().iter().map(|entry| entry.key.value.as_str()).collect();
        self.texts(&entry.value, &labels);
        let names = entry.value.entries().iter().map(|entry| &entry.key);
        let bad = names.filter(|name| !super::matcher::is_name(&name.value));
        self.findings.extend(bad.map(|name| lint::not_a_label(&name.value, name.span)));
    }
}

fn name(node: &Node) -> Option<Text> {
    let node = &node.get("name")?.value;
    let name = node.as_text().filter(|name| !name.is_empty())?;
    Some(Spanned::new(name.to_owned(), node.span))
}
