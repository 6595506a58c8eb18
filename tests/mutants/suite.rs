//! The generated tests of one release, taken apart: each can be run alone, in its order, on some of the groups.

use crate::duration;
use serde_yaml::{Mapping, Value};
use std::collections::BTreeSet;
use std::path::Path;

/// One test of promtool.
pub struct Test {
    /// The sentence that it is named by.
    pub name: String,
    /// The names of the series that it feeds.
    pub feeds: BTreeSet<String>,
    /// The alerts whose labels and annotations it holds.
    pub holds: BTreeSet<String>,
    /// About how long it takes: evaluations times series.
    pub cost: u64,
    /// Whether it needs a promtool that knows native histograms.
    pub native: bool,
    /// The keys of its file that are for all its tests.
    head: Mapping,
    body: Value,
}

impl Test {
    /// What the test is about: the id of a metric, `stage`, `verdict`.
    pub fn about(&self) -> &str {
        self.name.split_once(':').map_or("", |(about, _)| about)
    }

    /// A test file with this test alone, for a rule file that has only these groups.
    pub fn write(&self, rules: &str, groups: &BTreeSet<&str>) -> String {
        let mut file = self.head.clone();
        file.insert("rule_files".into(), Value::Sequence(vec![rules.into()]));
        if let Some(order) = file.get_mut("group_eval_order").and_then(Value::as_sequence_mut) {
            order.retain(|name| name.as_str().is_some_and(|name| groups.contains(name)));
        }
        file.insert("tests".into(), Value::Sequence(vec![self.body.clone()]));
        serde_yaml::to_string(&file).expect("a test in memory")
    }
}

/// Every test of a file, in its order.
pub fn read(path: &Path) -> Vec<Test> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    let mut file: Mapping = serde_yaml::from_str(&text).expect("a test file");
    let tests = file.remove("tests").expect("tests");
    let native = path.to_string_lossy().contains(".native.");
    let tests = tests.as_sequence().expect("a list of tests");
    tests.iter().map(|body| test(&file, body, native)).collect()
}

fn test(head: &Mapping, body: &Value, native: bool) -> Test {
    let list = |key: &str| body[key].as_sequence().map_or(&[][..], Vec::as_slice);
    let texts = |key: &str, field: &str| -> Vec<&str> {
        list(key).iter().filter_map(|entry| entry[field].as_str()).collect()
    };
    let series = texts("input_series", "series");
    let checks = [texts("promql_expr_test", "eval_time"), texts("alert_rule_test", "eval_time")].concat();
    let end = checks.into_iter().map(duration::seconds).max().unwrap_or(0);
    Test {
        name: body["name"].as_str().unwrap_or_default().to_owned(),
        feeds: series.iter().map(|series| name(series).to_owned()).collect(),
        holds: texts("alert_rule_test", "alertname").into_iter().map(str::to_owned).collect(),
        cost: end * (series.len() as u64 + 5),
        native,
        head: head.clone(),
        body: body.clone(),
    }
}

/// The name of a series before its braces; empty where it stands inside them.
fn name(series: &str) -> &str {
    series.split('{').next().unwrap_or_default().trim()
}
