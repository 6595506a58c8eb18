//! Items of a list as lines of their own, or on one line.

use crate::target::yaml;
use serde_json::Value;

/// Items of a block list whose dashes stand at a column, with a comment above them.
pub fn lines(items: &[Value], column: usize, comment: &str) -> String {
    let pad = " ".repeat(column);
    let text = yaml::to_string(&items);
    let indent = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("{pad}{line}\n") };
    std::iter::once(format!("{pad}# {comment}\n")).chain(text.lines().map(indent)).collect()
}

/// Items of a flow list on one line.
pub fn flow_items(items: &[Value]) -> String {
    items.iter().map(flow).collect::<Vec<_>>().join(", ")
}

/// A value as JSON with a blank behind each colon and comma, which is YAML for every reader.
fn flow(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let entries =
                map.iter().map(|(key, value)| format!("{}: {}", Value::from(key.as_str()), flow(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => format!("[{}]", flow_items(items)),
        scalar => scalar.to_string(),
    }
}
