//! A copy of a test file in which every statement says which test it belongs to.
//!
//! promtool names the test of an alert that fails, but not that of an expression. The copy is asked only after the file
//! itself has failed, to tell whose failure it is: its tests are called by their number, and each expression ends in a
//! comment with that number.

use super::document::yaml;
use crate::syntax::{Kind, Node, Style};
use serde_json::Value;
use std::path::Path;

const MARK: &str = "\n# test ";

/// The text of the copy; its rules are those of `folder`, the folder of the test file. `None` where the file is no YAML.
#[must_use]
pub fn copy(text: &str, folder: &Path) -> Option<String> {
    let root = yaml("", text).ok()?;
    let entries = root.entries().iter().map(|entry| match entry.key.value.as_str() {
        "rule_files" => list(&entry.key.value, entry.value.items().iter().map(|file| rules(file, folder))),
        "tests" => {
            list(&entry.key.value, entry.value.items().iter().enumerate().map(|(n, one)| test(one, n)))
        }
        key => pair(key, &value(&entry.value, key)),
    });
    Some(format!("{{{}}}\n", entries.collect::<Vec<_>>().join(",\n")))
}

/// An expression of the copy without its mark, and the number of its test.
#[must_use]
pub fn unmarked(expr: &str) -> (&str, Option<usize>) {
    match expr.rsplit_once(MARK) {
        Some((expr, number)) => (expr, number.parse().ok()),
        None => (expr, None),
    }
}

/// The path of a file of rules; what would be a pattern in it is escaped.
fn rules(file: &Node, folder: &Path) -> String {
    let path = folder.join(file.as_text().unwrap_or_default());
    let mut escaped = String::new();
    for c in path.to_string_lossy().chars() {
        if matches!(c, '*' | '?' | '[' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    quoted(&escaped)
}

fn test(node: &Node, number: usize) -> String {
    let entries = node.entries().iter().filter(|entry| entry.key.value != "name");
    let entries = entries.map(|entry| match entry.key.value.as_str() {
        "promql_expr_test" => {
            list(&entry.key.value, entry.value.items().iter().map(|asked| expression(asked, number)))
        }
        key => pair(key, &value(&entry.value, key)),
    });
    let name = pair("name", &quoted(&number.to_string()));
    format!("{{{}}}", std::iter::once(name).chain(entries).collect::<Vec<_>>().join(","))
}

fn expression(node: &Node, number: usize) -> String {
    let entries = node.entries().iter().map(|entry| match entry.key.value.as_str() {
        "expr" => {
            let text = entry.value.as_text().unwrap_or_default();
            pair("expr", &quoted(&format!("{text}{MARK}{number}")))
        }
        key => pair(key, &value(&entry.value, key)),
    });
    format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
}

/// A value in flow style. promtool's reader takes no number where it wants text and no text where it wants a number, so
/// only values that stand plain under a key of numbers stay plain, digit for digit.
fn value(node: &Node, key: &str) -> String {
    match &node.kind {
        Kind::Null => "null".to_owned(),
        Kind::Sequence(items) => {
            format!("[{}]", items.iter().map(|item| value(item, key)).collect::<Vec<_>>().join(","))
        }
        Kind::Mapping(entries) => {
            let pairs =
                entries.iter().map(|entry| pair(&entry.key.value, &value(&entry.value, &entry.key.value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
        }
        Kind::Scalar(scalar) if scalar.style == Style::Plain && matches!(key, "value" | "fuzzy_compare") => {
            scalar.text.clone()
        }
        Kind::Scalar(scalar) => quoted(&scalar.text),
    }
}

fn list(key: &str, items: impl Iterator<Item = String>) -> String {
    pair(key, &format!("[\n{}]", items.collect::<Vec<_>>().join(",\n")))
}

fn pair(key: &str, value: &str) -> String {
    format!("{}: {value}", quoted(key))
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_statement_says_whose_it_is_and_nothing_else_changes() {
        let text = "rule_files: ['a b.yaml']\nevaluation_interval: 30s\ntests:\n- name: x\n  interval: 15s\n  \
                    alert_rule_test:\n  - exp_alerts: [{exp_labels: {name: n, expr: e}}]\n- promql_expr_test:\n  \
                    - {expr: \"up #\", exp_samples: [{labels: 'x{}', value: 0.30000000000000004}, {value: .inf}]}\n";
        let copied = copy(text, Path::new("/p[1]")).expect("YAML");
        assert_eq!(
            copied,
            "{\"rule_files\": [\n\"/p\\\\[1]/a b.yaml\"],\n\"evaluation_interval\": \"30s\",\n\"tests\": [\n\
             {\"name\": \"0\",\"interval\": \"15s\",\"alert_rule_test\": [{\"exp_alerts\": [{\"exp_labels\": \
             {\"name\": \"n\",\"expr\": \"e\"}}]}]},\n{\"name\": \"1\",\"promql_expr_test\": [\n{\"expr\": \
             \"up #\\n# test 1\",\"exp_samples\": [{\"labels\": \"x{}\",\"value\": 0.30000000000000004},\
             {\"value\": .inf}]}]}]}\n"
        );
        yaml("", &copied).expect("YAML again");
        assert_eq!(unmarked("up #\n# test 1"), ("up #", Some(1)));
        assert_eq!(unmarked("up"), ("up", None));
    }
}
