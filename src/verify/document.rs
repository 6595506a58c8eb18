//! Files of rules and their tests, as far as it takes to see whether the one belongs to the other.

use crate::diag::Places;
use crate::plan::proof::{Labels, filled};
use crate::source::Sources;
use crate::syntax::{self, Entry, Node};

/// A file of rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleFile {
    /// Its groups, in order.
    pub groups: Vec<Group>,
}

/// A group of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// How often it is evaluated; `None` for the server's own interval.
    pub interval: Option<String>,
    /// How many rules it has.
    pub rules: usize,
    /// Its alerts, in order: the labels of each rule as Prometheus fills them in, with the name as `alertname`. Names may
    /// stand there more than once.
    pub alerts: Vec<Labels>,
}

/// A file of tests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TestFile {
    /// The files of rules, as paths from the test file's folder.
    pub rule_files: Vec<String>,
    /// How often all groups are evaluated.
    pub evaluation_interval: Option<String>,
    /// The groups in the order of their evaluation.
    pub order: Vec<String>,
    /// The tests, in order.
    pub tests: Vec<Test>,
}

/// A test: some series, and what is to be seen then.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Test {
    /// Its name; empty where it has none.
    pub name: String,
    /// Whether it says how far apart its samples are.
    pub has_interval: bool,
    /// The alerts that are asked for, and the labels of those that are expected.
    pub alerts: Vec<(String, Vec<Labels>)>,
    /// The expressions that are asked for, and the samples that are expected, as they are written.
    pub exprs: Vec<(String, Vec<String>)>,
}

impl Test {
    /// How many statements it makes.
    #[must_use]
    pub fn assertions(&self) -> usize {
        self.alerts.len() + self.exprs.len()
    }
}

impl TestFile {
    /// How many statements its tests make.
    #[must_use]
    pub fn assertions(&self) -> usize {
        self.tests.iter().map(Test::assertions).sum()
    }
}

/// The tree of a file that a build has made.
///
/// # Errors
/// What is wrong and in which line, where it is no YAML document or more than one.
pub fn yaml(path: &str, text: &str) -> Result<Node, String> {
    let mut sources = Sources::default();
    let file = sources.add(path, text);
    let mut findings = Vec::new();
    let root = syntax::parse_made(&sources, file, &mut findings);
    if let Some(fault) = findings.first() {
        let line = fault.place().map_or(1, |span| Places::new(&sources).of(span).line);
        return Err(format!("line {line}: {}", fault.message));
    }
    root.ok_or_else(|| "this file is empty".to_owned())
}

/// What is read of a file of rules.
#[must_use]
pub fn rules(root: &Node) -> RuleFile {
    let group = |node: &Node| {
        let rules = items(node, "rules");
        Group {
            name: text(node, "name").unwrap_or_default(),
            interval: text(node, "interval"),
            rules: rules.len(),
            alerts: rules.iter().filter_map(alert).collect(),
        }
    };
    RuleFile { groups: items(root, "groups").iter().map(group).collect() }
}

/// What is read of a file of tests.
#[must_use]
pub fn tests(root: &Node) -> TestFile {
    TestFile {
        rule_files: texts(root, "rule_files"),
        evaluation_interval: text(root, "evaluation_interval"),
        order: texts(root, "group_eval_order"),
        tests: items(root, "tests").iter().map(test).collect(),
    }
}

/// The labels of an alert's rule. What only the server can fill in tells nothing apart.
fn alert(rule: &Node) -> Option<Labels> {
    let filled = |(label, value): (String, String)| Some((label, filled(&value, f64::NAN, None)?));
    let mut alert: Labels = labels(rule, "labels").into_iter().filter_map(filled).collect();
    alert.insert("alertname".to_owned(), text(rule, "alert")?);
    Some(alert)
}

fn test(node: &Node) -> Test {
    let alerts = |node: &Node| -> Vec<Labels> {
        items(node, "exp_alerts").iter().map(|alert| labels(alert, "exp_labels")).collect()
    };
    let samples = |node: &Node| -> Vec<String> {
        let samples = items(node, "exp_samples").iter();
        samples.map(|sample| text(sample, "labels").unwrap_or_default()).collect()
    };
    let asked = |node: &Node, what: &str| text(node, what).unwrap_or_default();
    let of = |list: &str| items(node, list).iter();
    Test {
        name: asked(node, "name"),
        has_interval: node.get("interval").is_some(),
        alerts: of("alert_rule_test").map(|node| (asked(node, "alertname"), alerts(node))).collect(),
        exprs: of("promql_expr_test").map(|node| (asked(node, "expr"), samples(node))).collect(),
    }
}

fn labels(node: &Node, key: &str) -> Labels {
    let entries = node.get(key).map_or(&[][..], |entry| entry.value.entries()).iter();
    let pair = |entry: &Entry| Some((entry.key.value.clone(), entry.value.as_text()?.to_owned()));
    entries.filter_map(pair).collect()
}

fn items<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).map_or(&[], |entry| entry.value.items())
}

fn text(node: &Node, key: &str) -> Option<String> {
    Some(node.get(key)?.value.as_text()?.to_owned())
}

fn texts(node: &Node, key: &str) -> Vec<String> {
    items(node, key).iter().filter_map(Node::as_text).map(str::to_owned).collect()
}

#[cfg(test)]
mod unit_tests {
    use super::*;

    #[test]
    fn what_matters_of_rules_and_tests_is_read() {
        let root = yaml(
            "a",
            "groups: [{name: g, interval: 30s, rules: [{record: r, expr: x}, {alert: A, expr: x, \
             labels: {level: warn, team: '{{ \"{\" }}x', zone: '{{ $labels.zone }}'}}]}]",
        );
        let labels = |pairs: &[(&str, &str)]| -> Labels {
            pairs.iter().map(|(label, value)| ((*label).to_owned(), (*value).to_owned())).collect()
        };
        let alerts = vec![labels(&[("alertname", "A"), ("team", "{x"), ("level", "warn")])];
        let group = Group { name: "g".into(), interval: Some("30s".into()), rules: 2, alerts };
        assert_eq!(rules(&root.expect("YAML")), RuleFile { groups: vec![group] });
        let text = "rule_files: [a.yaml]\nevaluation_interval: 30s\ngroup_eval_order: [g]\ntests:\n\
                    - {name: n, interval: 1m, alert_rule_test: [{alertname: A, exp_alerts: [{exp_labels: {level: warn}}]}, {alertname: B}], \
                    promql_expr_test: [{expr: up, exp_samples: []}, {expr: up, exp_samples: [{labels: 'up{}'}]}]}\n";
        let read = tests(&yaml("b", text).expect("YAML"));
        assert_eq!((read.rule_files.len(), read.assertions(), read.order.len()), (1, 4, 1));
        assert_eq!(
            read.tests[0].alerts,
            [("A".to_owned(), vec![labels(&[("level", "warn")])]), ("B".to_owned(), vec![])]
        );
        let up = |samples: &[&str]| ("up".to_owned(), samples.iter().map(|of| (*of).to_owned()).collect());
        assert_eq!(read.tests[0].exprs, [up(&[]), up(&["up{}"])]);
    }

    #[test]
    fn a_second_document_is_a_fault() {
        let told = yaml("a", "groups: []\n---\ngroups: []\n").expect_err("two documents");
        assert_eq!(told, "line 2: this file holds more than one document");
        assert!(yaml("a", "a: [").is_err() && yaml("a", "").is_err());
    }
}
