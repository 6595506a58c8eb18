//! From the tree of the team's file to its routes, receivers and inhibitions.

use super::{Inhibition, Matcher, Route, TeamFile, matcher};
use crate::diag::Diagnostic;
use crate::lint::{missing_key, wrong_type};
use crate::promql::MatchOp;
use crate::source::{FileId, Sources, Spanned};
use crate::syntax::{self, Entry, Kind, Node};

/// Reads the team's file. `None` where nothing can be merged into it; every fault goes into `findings`.
#[must_use]
pub fn read(sources: &Sources, file: FileId, findings: &mut Vec<Diagnostic>) -> Option<TeamFile> {
    let source = sources.get(file);
    let before = findings.len();
    let root = syntax::parse_merging(sources, file, findings)?;
    let Some(entry) = root.get("route").filter(|entry| !entry.value.entries().is_empty()) else {
        findings.push(missing_key::no_root_route(&root));
        return None;
    };
    let mut reader = Reader { text: &source.text, findings };
    let top: Vec<&Entry> =
        ["route", "receivers", "inhibit_rules"].iter().filter_map(|key| root.get(key)).collect();
    top.iter().for_each(|entry| reader.editable(&root, entry));
    top.iter().skip(1).for_each(|entry| reader.a_list(entry));
    if let Some(routes) = entry.value.get("routes") {
        reader.editable(&entry.value, routes);
    }
    let route = reader.route(&entry.value);
    let name = |node: &Node| {
        let name = &node.get("name")?.value;
        Some(Spanned::new(name.as_text()?.to_owned(), name.span))
    };
    let receivers = items(&root, "receivers").iter().filter_map(name).collect();
    let inhibitions = items(&root, "inhibit_rules").iter().map(|node| reader.inhibition(node)).collect();
    let sound = findings.len() == before;
    let (path, text) = (source.path.clone(), source.text.clone());
    sound.then_some(TeamFile { file, path, text, root, route, receivers, inhibitions })
}

fn items<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).map_or(&[], |entry| entry.value.items())
}

struct Reader<'a> {
    text: &'a str,
    findings: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// What is added to must stand where it is used: text that is repeated elsewhere would change there too.
    fn editable(&mut self, parent: &Node, entry: &Entry) {
        let (around, key) = (parent.span.range(), entry.key.span.range());
        let own = around.start <= key.start && key.end <= around.end;
        let rest = self.text.get(key.end..).unwrap_or_default();
        let value = rest.trim_start().strip_prefix(':').unwrap_or(rest).trim_start();
        if !own || value.starts_with('*') {
            self.findings.push(wrong_type::repeated(&entry.key));
        }
    }

    fn a_list(&mut self, entry: &Entry) {
        if !matches!(entry.value.kind, Kind::Sequence(_) | Kind::Null) {
            self.findings.push(wrong_type::not_a_list(&entry.key));
        }
    }

    fn route(&mut self, node: &Node) -> Route {
        let text = |key: &str| Some(node.get(key)?.value.as_text()?.to_owned());
        if let Some(routes) = node.get("routes") {
            self.a_list(routes);
        }
        Route {
            receiver: text("receiver").filter(|name| !name.is_empty()),
            matchers: self.matchers(node, ["matchers", "match", "match_re"]),
            goes_on: node.get("continue").is_some_and(|entry| entry.value.to_json() == true),
            group_by: node.get("group_by").map(|entry| texts(&entry.value)),
            waits: None,
            routes: items(node, "routes").iter().map(|node| self.route(node)).collect(),
            span: Some(place(node)),
        }
    }

    fn inhibition(&mut self, node: &Node) -> Inhibition {
        let source = self.matchers(node, ["source_matchers", "source_match", "source_match_re"]);
        let target = self.matchers(node, ["target_matchers", "target_match", "target_match_re"]);
        let equal = node.get("equal").map_or_else(Vec::new, |entry| texts(&entry.value));
        Inhibition { source, target, equal, span: Some(place(node)) }
    }

    /// Matchers in today's form and in the two older ones.
    fn matchers(&mut self, node: &Node, [today, equal, patterns]: [&str; 3]) -> Vec<Matcher> {
        let mut all = Vec::new();
        for item in items(node, today) {
            match item.as_text().and_then(matcher::parse) {
                Some(matchers) => all.extend(matchers),
                None => {
                    self.findings.push(wrong_type::not_a_matcher(item.as_text().unwrap_or(""), item.span))
                }
            }
        }
        for (key, op) in [(equal, MatchOp::Equal), (patterns, MatchOp::Regex)] {
            for entry in node.get(key).map_or(&[][..], |entry| entry.value.entries()) {
                let value = entry.value.as_text().unwrap_or("");
                match Matcher::new(&entry.key.value, op, value) {
                    Some(matcher) => all.push(matcher),
                    None => self.findings.push(wrong_type::not_a_matcher(value, entry.value.span)),
                }
            }
        }
        all
    }
}

fn texts(node: &Node) -> Vec<String> {
    node.items().iter().filter_map(Node::as_text).map(str::to_owned).collect()
}

/// What to point at: the first key of a mapping over several lines, or all of a short one.
fn place(node: &Node) -> crate::source::Span {
    if node.flow { node.span } else { node.entries().first().map_or(node.span, |entry| entry.key.span) }
}
