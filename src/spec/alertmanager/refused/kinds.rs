//! Values of another kind than their key takes.

use super::Judge;
use crate::lint::refused_by_alertmanager as lint;
use crate::syntax::{Entry, Kind, Node};

impl Judge<'_> {
    pub(super) fn a_list(&mut self, entry: &Entry) {
        if !matches!(entry.value.kind, Kind::Sequence(_) | Kind::Null) {
            let key = format!("`{}`", entry.key.value);
            self.findings.push(lint::not_a("a list", &key, entry.key.span));
        }
    }

    /// Keys that take a text and nothing else.
    pub(super) fn texts(&mut self, node: &Node, keys: &[&str]) {
        for entry in keys.iter().filter_map(|key| node.get(key)) {
            if !matches!(entry.value.kind, Kind::Scalar(_) | Kind::Null) {
                let key = format!("`{}`", entry.key.value);
                self.findings.push(lint::not_a("text", &key, entry.key.span));
            }
        }
    }

    /// The items of a list that takes texts and nothing else.
    pub(super) fn list_of_texts(&mut self, entry: &Entry) {
        self.a_list(entry);
        let others =
            entry.value.items().iter().filter(|item| !matches!(item.kind, Kind::Scalar(_) | Kind::Null));
        let key = format!("each item of `{}`", entry.key.value);
        self.findings.extend(others.map(|item| lint::not_a("text", &key, item.span)));
    }

    pub(super) fn a_mapping(&mut self, entry: &Entry) {
        if !matches!(entry.value.kind, Kind::Mapping(_) | Kind::Null) {
            let key = format!("`{}`", entry.key.value);
            self.findings.push(lint::not_a("a mapping", &key, entry.key.span));
        }
    }
}
