//! From the tree of an Alertmanager file to its routes, receivers, inhibitions and time intervals.

use super::refused;
use super::route::Waits;
use super::{Inhibition, Interval, Matcher, Route, TeamFile, matcher};
use crate::diag::Diagnostic;
use crate::lint::{missing_key, wrong_type};
use crate::promql::MatchOp;
use crate::quantity::Duration;
use crate::source::{FileId, Sources, Spanned};
use crate::spec::scalar::DurationText;
use crate::spec::shape::{Shape, Text};
use crate::syntax::{self, Entry, Kind, Node};

/// Reads a file. `None` where it can't be followed; every fault goes into `findings`.
#[must_use]
pub fn read(sources: &Sources, file: FileId, findings: &mut Vec<Diagnostic>) -> Option<TeamFile> {
    team_file(sources, file, false, findings)
}

/// Reads the team's file. `None` where nothing can be merged into it; every fault goes into `findings`.
#[must_use]
pub fn read_for_merging(sources: &Sources, file: FileId, findings: &mut Vec<Diagnostic>) -> Option<TeamFile> {
    team_file(sources, file, true, findings)
}

fn team_file(
    sources: &Sources,
    file: FileId,
    merging: bool,
    findings: &mut Vec<Diagnostic>,
) -> Option<TeamFile> {
    let source = sources.get(file);
    let before = findings.len();
    let root = syntax::parse_merging(sources, file, findings)?;
    let Some(entry) = root.get("route").filter(|entry| !entry.value.entries().is_empty()) else {
        findings.push(missing_key::no_root_route(&root));
        return None;
    };
    let mut reader = Reader { text: &source.text, findings };
    reader.structure(&root, &entry.value, merging);
    let route = reader.route(&entry.value);
    let receivers = items(&root, "receivers").iter().filter_map(name).collect();
    let inhibitions = items(&root, "inhibit_rules").iter().map(|node| reader.inhibition(node)).collect();
    let of = |key| items(&root, key).iter().filter_map(|node| Some((name(node)?, node)));
    let named = of("time_intervals").chain(of("mute_time_intervals"));
    let intervals = named.filter_map(|(name, node)| reader.interval(name, node)).collect();
    if merging {
        refused::judge(&root, findings);
    }
    let sound = findings.len() == before;
    let (path, text) = (source.path.clone(), source.text.clone());
    sound.then_some(TeamFile { file, path, text, root, route, receivers, inhibitions, intervals })
}

fn items<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).map_or(&[], |entry| entry.value.items())
}

fn name(node: &Node) -> Option<Text> {
    let name = &node.get("name")?.value;
    Some(Spanned::new(name.as_text()?.to_owned(), name.span))
}

struct Reader<'a> {
    text: &'a str,
    findings: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// The lists must be lists, and those that are added to must stand where they are used.
    fn structure(&mut self, root: &Node, route: &Node, merging: bool) {
        let top: Vec<&Entry> =
            ["route", "receivers", "inhibit_rules"].iter().filter_map(|key| root.get(key)).collect();
        if merging {
            top.iter().for_each(|entry| self.editable(root, entry));
            route.get("routes").into_iter().for_each(|entry| self.editable(route, entry));
        }
        top.iter().skip(1).for_each(|entry| self.a_list(entry));
    }

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
        let list = |key: &str| node.get(key).map(|entry| texts(&entry.value));
        if let Some(routes) = node.get("routes") {
            self.a_list(routes);
        }
        Route {
            receiver: text("receiver").filter(|name| !name.is_empty()),
            matchers: self.matchers(node, ["matchers", "match", "match_re"]),
            goes_on: node.get("continue").is_some_and(|entry| is_true(&entry.value)),
            group_by: list("group_by"),
            waits: Waits {
                wait: self.duration(node, "group_wait"),
                interval: self.duration(node, "group_interval"),
                repeat: self.duration(node, "repeat_interval"),
            },
            mute: list("mute_time_intervals").unwrap_or_default(),
            active: list("active_time_intervals").unwrap_or_default(),
            routes: items(node, "routes").iter().map(|node| self.route(node)).collect(),
            span: Some(place(node)),
        }
    }

    fn duration(&mut self, node: &Node, key: &str) -> Option<Duration> {
        Some(DurationText::read(&node.get(key)?.value, self.findings)?.value)
    }

    fn inhibition(&mut self, node: &Node) -> Inhibition {
        let source = self.matchers(node, ["source_matchers", "source_match", "source_match_re"]);
        let target = self.matchers(node, ["target_matchers", "target_match", "target_match_re"]);
        let equal = node.get("equal").map_or_else(Vec::new, |entry| texts(&entry.value));
        Inhibition { source, target, equal, span: Some(place(node)) }
    }

    fn interval(&mut self, name: Text, node: &Node) -> Option<Interval> {
        let read = Interval::read(name, node);
        read.map_err(|fault| self.findings.push(wrong_type::no_interval(fault.node.span, fault.wanted))).ok()
    }

    /// Matchers in today's form and in the two older ones.
    fn matchers(&mut self, node: &Node, [today, equal, patterns]: [&str; 3]) -> Vec<Matcher> {
        let mut all = Vec::new();
        for item in items(node, today) {
            let text = item.as_text().unwrap_or_default();
            match matcher::parse(text) {
                Ok(matchers) => all.extend(matchers),
                Err(why) => self.findings.push(wrong_type::not_a_matcher(text, &why, item.span)),
            }
        }
        for (key, op) in [(equal, MatchOp::Equal), (patterns, MatchOp::Regex)] {
            for entry in node.get(key).map_or(&[][..], |entry| entry.value.entries()) {
                let value = entry.value.as_text().unwrap_or_default();
                match Matcher::new(&entry.key.value, op, value) {
                    Ok(matcher) => all.push(matcher),
                    Err(why) => self.findings.push(wrong_type::not_a_matcher(value, &why, entry.value.span)),
                }
            }
        }
        all
    }
}

fn texts(node: &Node) -> Vec<String> {
    node.items().iter().filter_map(Node::as_text).map(str::to_owned).collect()
}

/// Alertmanager reads YAML 1.1, which has more words for it than one.
pub(super) fn is_true(node: &Node) -> bool {
    is_plain_among(node, &["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"])
}

/// Whether Alertmanager can take it for true, false or nothing said.
pub(super) fn is_bool(node: &Node) -> bool {
    let no = ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"];
    node.is_null() || is_true(node) || is_plain_among(node, &no)
}

fn is_plain_among(node: &Node, words: &[&str]) -> bool {
    matches!(&node.kind, Kind::Scalar(scalar) if scalar.style == syntax::Style::Plain && words.contains(&scalar.text.as_str()))
}

/// What to point at: the first key of a mapping over several lines, or all of a short one.
fn place(node: &Node) -> crate::source::Span {
    if node.flow { node.span } else { node.entries().first().map_or(node.span, |entry| entry.key.span) }
}
