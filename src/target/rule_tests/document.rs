//! The document that `promtool test rules` reads, as promtool 2.42 and every later one takes it.

use super::values;
use crate::plan::proof::{Input, Labels, Seen, Situation, Told};
use crate::plan::{ReleasePlan, names};
use crate::promql;
use crate::quantity::Duration;
use std::collections::BTreeMap;

/// A file of tests.
#[derive(serde::Serialize)]
pub struct TestFile<'a> {
    rule_files: [String; 1],
    evaluation_interval: String,
    group_eval_order: Vec<&'a str>,
    tests: Vec<Test<'a>>,
}

#[derive(serde::Serialize)]
struct Test<'a> {
    name: &'a str,
    interval: String,
    input_series: Vec<InputSeries>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    promql_expr_test: Vec<QueryTest>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alert_rule_test: Vec<AlertTest<'a>>,
}

#[derive(serde::Serialize)]
struct InputSeries {
    series: String,
    values: String,
}

#[derive(serde::Serialize)]
struct QueryTest {
    expr: String,
    eval_time: String,
    exp_samples: Vec<Sample>,
}

#[derive(serde::Serialize)]
struct Sample {
    labels: String,
    value: f64,
}

#[derive(serde::Serialize)]
struct AlertTest<'a> {
    eval_time: String,
    alertname: &'a str,
    exp_alerts: Vec<Expected<'a>>,
}

#[derive(serde::Serialize)]
struct Expected<'a> {
    exp_labels: &'a Labels,
    exp_annotations: BTreeMap<&'a str, &'a str>,
}

impl<'a> TestFile<'a> {
    /// The tests of these situations, whose rules are evaluated equally often.
    #[must_use]
    pub fn new(plan: &'a ReleasePlan<'_>, situations: &[&'a Situation]) -> Self {
        let rules = names::rules_file(&plan.id);
        Self {
            rule_files: [rules.rsplit('/').next().unwrap_or_default().to_owned()],
            evaluation_interval: situations
                .first()
                .map_or_else(|| plan.interval.to_prometheus(), |first| first.every.to_prometheus()),
            group_eval_order: plan.groups.iter().map(|group| group.name.as_str()).collect(),
            tests: situations.iter().map(|situation| Test::new(situation)).collect(),
        }
    }
}

impl<'a> Test<'a> {
    fn new(situation: &'a Situation) -> Self {
        Self {
            name: &situation.name,
            interval: situation.interval.to_prometheus(),
            input_series: situation.inputs.iter().map(InputSeries::new).collect(),
            promql_expr_test: situation
                .seen
                .iter()
                .map(|seen| QueryTest::new(&situation.name, seen))
                .collect(),
            alert_rule_test: situation.told.iter().map(AlertTest::new).collect(),
        }
    }
}

impl InputSeries {
    fn new(input: &Input) -> Self {
        Self { series: metric(&input.name, &input.labels), values: values::notation(&input.runs) }
    }
}

impl QueryTest {
    /// promtool says of a query that fails only the query itself, so the situation stands in it as a comment.
    fn new(situation: &str, seen: &Seen) -> Self {
        let sample = |(labels, value): &(Labels, f64)| {
            let mut labels = labels.clone();
            let name = labels.remove("__name__").unwrap_or_default();
            Sample { labels: metric(&name, &labels), value: *value }
        };
        Self {
            expr: format!("{} # {situation}", seen.query),
            eval_time: moment(seen.at),
            exp_samples: seen.samples.iter().map(sample).collect(),
        }
    }
}

impl<'a> AlertTest<'a> {
    fn new(told: &'a Told) -> Self {
        let expected = |(labels, annotations): &'a (Labels, Vec<(String, String)>)| Expected {
            exp_labels: labels,
            exp_annotations: annotations.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect(),
        };
        Self {
            eval_time: moment(told.at),
            alertname: &told.alert,
            exp_alerts: told.alerts.iter().map(expected).collect(),
        }
    }
}

fn moment(millis: u64) -> String {
    Duration::from_millis(millis).map_or_else(String::new, |duration| duration.to_prometheus())
}

/// A name with its labels as PromQL writes them.
fn metric(name: &str, labels: &Labels) -> String {
    let labels: Vec<String> =
        labels.iter().map(|(label, value)| format!("{label}={}", promql::quote(value))).collect();
    format!("{name}{{{}}}", labels.join(","))
}
