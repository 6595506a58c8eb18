//! A change of the spec changes what it is about, and nothing else.

use crate::projects::{boards, compiled, elements};
use serde_json::Value;
use std::collections::BTreeMap;

/// A release with a metric of each id; an entry such as `{ id: a, by: '[job]' }` keeps labels.
pub fn spec(metrics: &[&str]) -> String {
    let mut text = "relspec: 1\nrelease: { id: example, title: Example, service: shop, version: \"2\", owner: team }\nscope: { canary: { version: \"2\" } }\nmetrics:\n".to_owned();
    for metric in metrics {
        let (id, by) = match metric.strip_prefix("{ id: ") {
            Some(rest) => rest.split_once(", by: ").expect("id and labels"),
            None => (*metric, "'[]'"),
        };
        let by = by.trim_end_matches(" }").trim_matches('\'');
        text.push_str(&format!(
            "  {id}:\n    title: Metric {id}\n    watch: alert\n    unit: ratio\n    by: {by}\n    ratio: {{ bad: '{id}_total{{code=\"500\"}}', total: {id}_total }}\n    normal: {{ max: 0.1% }}\n    warn: {{ above: 0.5% }}\n    rollback: {{ above: 1% }}\n"
        ));
    }
    text.push_str("stages: [{ id: all, traffic: 100%, lasts: 1d }]\n");
    text
}

/// The rows and panels by their numbers, without their places on the grid; and the rest of the board.
fn parts(spec: &str) -> (BTreeMap<u64, Value>, Value) {
    let mut board = boards(&compiled(spec)).remove(0).json;
    let mut panels = BTreeMap::new();
    for panel in elements(&board) {
        let mut panel = panel.clone();
        panel.as_object_mut().expect("a panel").remove("gridPos");
        assert!(panels.insert(panel["id"].as_u64().expect("a number"), panel).is_none(), "a number twice");
    }
    board["panels"] = Value::Null;
    // The stamp has the digest of the file.
    board["description"] = Value::Null;
    (panels, board)
}

#[test]
fn a_metric_in_the_middle_changes_only_its_own_panel_and_positions() {
    let (before, board) = parts(&spec(&["alpha", "omega"]));
    let (mut after, other) = parts(&spec(&["alpha", "middle", "omega"]));
    let panel = relspec::plan::names::panels(std::iter::once("middle"))["middle"];
    assert!(after.remove(&u64::from(panel)).is_some(), "the metric has its panel");
    assert_eq!(before, after);
    assert_eq!(board, other);
}

#[test]
fn the_order_of_metrics_changes_only_positions() {
    assert_eq!(parts(&spec(&["alpha", "middle", "omega"])), parts(&spec(&["omega", "alpha", "middle"])));
}

#[test]
fn a_title_changes_only_its_own_panel() {
    let text = spec(&["alpha", "omega"]);
    let (mut before, board) = parts(&text);
    let (mut after, other) = parts(&text.replace("Metric alpha", "Failures"));
    let panel = u64::from(relspec::plan::names::panels(std::iter::once("alpha"))["alpha"]);
    assert_ne!(before.remove(&panel), after.remove(&panel));
    assert_eq!((before, board), (after, other));
}

#[test]
fn a_board_says_nothing_that_grafana_counts() {
    let (_, board) = parts(&spec(&["alpha"]));
    for key in ["id", "version", "iteration", "gnetId"] {
        assert!(board.get(key).is_none(), "{key}");
    }
    assert_eq!(board["schemaVersion"], 42);
}
