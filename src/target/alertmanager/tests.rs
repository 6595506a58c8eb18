//! Merging into files of every shape: what was there stays word for word, and the result reads as both together.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

use super::document::Document;
use super::{TARGET, check, merge};
use crate::output::{Artifact, Format, Stamped};
use crate::plan::{Plan, names};
use crate::source::Sources;
use crate::spec::alertmanager::{self, TeamFile};
use crate::spec::{self, Config};
use crate::syntax;
use crate::template::Templates;
use serde_json::{Value, json};

fn ours() -> Document {
    Document {
        route: json!([
            { "matchers": ["release=\"a\"", "level=\"rollback\""], "receiver": "relspec/a/pager" },
            { "matchers": ["release=\"a\"", "level=\"warn\""], "receiver": "relspec/a/chat", "group_by": ["release"] },
        ]),
        receivers: vec![
            json!({ "name": "relspec/a/pager", "pagerduty_configs": [{ "routing_key_file": "/x" }] }),
            json!({ "name": "relspec/a/chat", "slack_configs": [{ "channel": "#a: b, c", "text": "one\ntwo {{ .x }}" }] }),
        ],
        inhibit_rules: vec![json!({
            "source_matchers": ["level=\"hold\""], "target_matchers": ["level=\"warn\""], "equal": ["release", "metric"],
        })],
    }
}

fn team(text: &str) -> TeamFile {
    let mut sources = Sources::default();
    let file = sources.add("alertmanager.yml", text);
    let mut findings = Vec::new();
    let team = alertmanager::read_for_merging(&sources, file, &mut findings);
    team.unwrap_or_else(|| panic!("{text}\n{findings:#?}"))
}

fn read(text: &str) -> Value {
    let mut sources = Sources::default();
    let file = sources.add("merged.yml", text);
    let mut findings = Vec::new();
    let root = syntax::parse_merging(&sources, file, &mut findings);
    root.unwrap_or_else(|| panic!("{text}\n{findings:#?}")).to_json()
}

/// Merges and gives the text; it reads as expected, to a reader of another make too.
fn merged(text: &str) -> String {
    let (team, ours) = (team(text), ours());
    let merged = merge::text(&team, &ours);
    let expected = merge::expected(&team, &ours);
    assert!(merge::same(&read(&merged), &expected), "{merged}");
    if !text.contains("<<") {
        let other: Value = serde_yaml::from_str(&merged).unwrap_or_else(|fault| panic!("{fault}\n{merged}"));
        assert!(merge::same(&other, &expected), "another reader sees {other:#}\n{merged}");
    }
    merged
}

/// Whether all characters of a text are in another one in their order: nothing was taken out or moved.
fn is_kept(text: &str, within: &str) -> bool {
    let mut rest = within.chars();
    text.chars().all(|c| rest.any(|other| other == c))
}

const RECEIVERS: &str = "receivers:\n  - name: x\n";

#[test]
fn every_shape_of_the_team_s_file_keeps_its_text() {
    let shapes = [
        "route:\n  receiver: x\n  routes:\n    - receiver: x\n      matchers: [ a=\"b\" ]\nreceivers:\n  - name: x\n",
        // Lists that are indented like their keys, and comments at every place.
        "# top\nroute: # the tree\n  # fallback\n  receiver: x # really\n  routes: # first\n  # about b\n  - match:\n      a: b\n    receiver: x\n  # tail\nreceivers:\n# about x\n- name: x # it\n# end\n",
        "receivers:\n- name: x\nroute:\n  receiver: x\n",
        "route: { receiver: x }\nreceivers: [ { name: x } ]\n",
        "route: { receiver: x, routes: [ { receiver: x, match: { a: b } } ] }\nreceivers: [ { name: x }, ]\ninhibit_rules: []\n",
        "{\"route\": {\"receiver\": \"x\", \"routes\": []}, \"receivers\": [{\"name\": \"x\"}]}\n",
        "{\n  \"receivers\": [\n    {\"name\": \"x\"} # it\n  ],\n  \"route\": {\n    \"receiver\": \"x\"\n  }\n}\n",
        "route:\n  receiver: x\n  routes: []\nreceivers:\n  - name: x\ninhibit_rules: [ ]\n",
        "route:\n  receiver: x\n  routes:\nreceivers:\n  - name: x\ninhibit_rules:\n",
        "route:\n  receiver: x\n  routes:   # none yet\n  group_wait: 10s\nreceivers:\n  - name: x\ninhibit_rules:   # none\n",
        // No line break at the end, with the last list last.
        "route:\n  receiver: x\nreceivers:\n  - name: x",
        "route:\n  receiver: x\nreceivers:\n  - name: x\ninhibit_rules:\n  - source_match: { a: b }\n    target_match: { c: d }\n    equal: [ e ]",
        // The end of a document, and what follows it.
        "---\nroute:\n  receiver: x\nreceivers:\n  - name: x\n...\n",
        // Comments below the last item are its own where they are indented deeper.
        "route:\n  receiver: x\nreceivers:\n  - name: x\n    # webhook_configs:\n    #   - url: http://x\n\n# next\ninhibit_rules:\n- equal: [ a ]\n  source_matchers: [ b=c ]\n  target_matchers: [ d=e ]\n",
        // Texts in block style at the end of a list.
        "global: { slack_api_url: http://x }\nroute:\n  receiver: x\nreceivers:\n  - name: x\n    slack_configs:\n      - text: |\n          one\n          # two\n\n      - text: |+\n          three\n\n\ntemplates:\n  - a\n",
        // Anchors, and keys that a merge brings.
        "route:\n  receiver: x\n  routes:\n    - &one\n      receiver: x\n      match: { a: b }\n    - <<: *one\n      match: { a: c }\nreceivers:\n  - &r { name: x }\n",
        "route: &root\n  receiver: &name x\n  routes: &all\n    - receiver: *name\n      match: { a: b }\nreceivers: &rs\n  - name: *name\n",
        // An indented root, and other sections between and behind.
        "  route:\n    receiver: x\n  receivers:\n    - name: x\n  templates: [ a ]\n",
        "global: { resolve_timeout: 5m }\nreceivers:\n  - name: x\n  - name: y\ntemplates: [ a ]\nroute:\n  routes:\n    - receiver: y\n      matchers:\n        - a=\"b\"\n      routes:\n        - receiver: x\n          match: { c: d }\n  receiver: x\ntime_intervals:\n  - name: n\n    time_intervals: [ { weekdays: [ saturday ] } ]\n\n\n",
        // Nothing on the receivers but comments behind, other letters and quotes.
        "route:\n  receiver: \"默认\"\nreceivers:\n  - name: '默认' # \u{202e}x\n\n\n# 结束\n",
        "route:\n  receiver: \"x, y: # \\\"z\\\" {{ }} - ]\"\nreceivers:\n  - name: 'x, y: # \"z\" {{ }} - ]'\n",
        "\"route\":\n  \"receiver\": x\n'receivers':\n  - name: x\n",
    ];
    for shape in shapes {
        let text = merged(shape);
        let original = shape.replace("[ ]", "[]");
        assert!(is_kept(&original, &text.replace("[ ]", "[]")), "{text}");
        for line in shape.lines().filter(|line| line.trim_start().starts_with('#')) {
            assert!(text.lines().any(|other| other == line), "{line} is gone:\n{text}");
        }
    }
}

#[test]
fn line_ends_of_windows_are_read() {
    let text = "route:\r\n  receiver: x\r\n  routes:\r\n    - receiver: x\r\n      match: { a: b }\r\nreceivers:\r\n  - name: x\r\n";
    assert!(is_kept(text, &merged(text)));
}

#[test]
fn null_in_words_is_the_one_thing_that_is_replaced() {
    let text = merged(&format!("route: {{ receiver: x, routes: null }}\n{RECEIVERS}inhibit_rules: ~\n"));
    assert!(text.contains("routes: [{ ") && text.contains("inhibit_rules: [{ "), "{text}");
}

#[test]
fn ours_come_first_and_comments_stay_with_what_they_are_about() {
    let text = merged(&format!(
        "route:\n  receiver: x\n  routes:\n  # payments\n  - receiver: x\n    match: {{ a: b }}\n{RECEIVERS}"
    ));
    let (ours, theirs) =
        (text.find("relspec/a/pager").expect("ours"), text.find("# payments").expect("theirs"));
    assert!(ours < theirs, "{text}");
    assert!(text.contains("  # payments\n  - receiver: x\n"), "{text}");
}

#[test]
fn what_is_repeated_elsewhere_is_refused_with_a_place() {
    for text in [
        "defaults: &d { receiver: x }\nroute: *d\nreceivers: [ { name: x } ]\n",
        "x: &d { routes: [] }\nroute: { receiver: x, <<: *d }\nreceivers: [ { name: x } ]\n",
        "x: &d [ { name: x } ]\nroute: { receiver: x }\nreceivers: *d\n",
    ] {
        let mut sources = Sources::default();
        let file = sources.add("alertmanager.yml", text);
        let mut findings = Vec::new();
        assert!(alertmanager::read_for_merging(&sources, file, &mut findings).is_none(), "{text}");
        // Alertmanager knows no key for what is repeated, which is told besides.
        findings.retain(|finding| finding.lint == "wrong-type");
        assert_eq!(findings.len(), 1, "{text}: {findings:?}");
        assert!(findings[0].message.contains("repeated from another place"), "{findings:?}");
    }
}

#[test]
fn another_result_than_the_expected_one_is_noticed() {
    let (team, ours) = (team(&format!("route:\n  receiver: x\n{RECEIVERS}")), ours());
    let expected = merge::expected(&team, &ours);
    for slip in ["relspec/a/pager", "level=\\\"hold\\\"", "one\\ntwo"] {
        let text = expected.to_string().replacen(slip, "slip", 1);
        let other: Value = serde_json::from_str(&text).expect("JSON");
        assert!(!merge::same(&other, &expected), "{slip}");
    }
}

/// The merged file is read once more before it is written: what was lost or changed on the way is a fault of ours.
#[test]
fn a_build_checks_the_merged_file() {
    let (mut sources, mut findings) = (Sources::default(), Vec::new());
    let release = "relspec: 1\nrelease: { id: shop, title: Shop, service: shop, version: 2.0.0, owner: web }\n\
                   scope: { canary: { deployment: canary } }\nmetrics:\n  failed:\n    title: Failed\n    unit: count\n    \
                   gauge: { metric: failed, aggregate: max }\n    warn: { above: 2 }\n    rollback: { above: 4 }\n\
                   stages: [ { id: full, traffic: 100% } ]\nnotify:\n  channels: { it: { webhook: { url: \"http://it\" } } }\n  \
                   routes: { warn: it, hold: it, rollback: it }\n";
    let file = sources.add("specs/shop.yaml", release);
    let own = Some(team(&format!("route:\n  receiver: x\n{RECEIVERS}")));
    let config = Config { own, ..Config::default() };
    let spec = spec::read(&sources, file, &config, &mut findings).expect("a release");
    let specs = [spec];
    let plan = Plan::new(&specs, &config).expect("a sound plan");
    let body = (TARGET.together)(&plan, &Templates::default()).expect("a file").remove(0).body;
    let broken = |body: String| {
        let artifact = Artifact { path: names::ALERTMANAGER_FILE.to_owned(), format: Format::Yaml, body };
        check(&plan, [Stamped::new(&artifact, "all releases")].iter()).len()
    };
    assert_eq!(broken(body.clone()), 0);
    for (from, to) in [
        ("receiver: x", "receiver: y"),
        ("relspec/shop/it", "other"),
        ("equal:", "equals:"),
        ("route:", "- route:"),
    ] {
        assert!(body.contains(from), "{body}");
        assert_eq!(broken(body.replacen(from, to, 1)), 1, "{from}");
    }
}
