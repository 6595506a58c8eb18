//! YAML, JSON and SVG: the same shape with other texts.

use serde_json::Value;
use std::collections::BTreeSet;

/// Fails where one tree has something that the other has not, or a text differs in which no author wrote anything.
pub fn same(path: &str, plain: &Value, hostile: &Value) {
    match (plain, hostile) {
        (Value::Object(one), Value::Object(two)) => {
            let keys = |map: &serde_json::Map<String, Value>| map.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(one), keys(two), "{path}");
            one.iter().for_each(|(key, value)| same(&format!("{path}.{key}"), value, &two[key]));
        }
        (Value::Array(one), Value::Array(two)) => {
            assert_eq!(one.len(), two.len(), "{path}");
            let pairs = one.iter().zip(two).enumerate();
            pairs.for_each(|(at, (one, two))| same(&format!("{path}.{at}"), one, two));
        }
        (Value::String(one), Value::String(two)) => {
            let stamp = one.contains("relspec-digest: ") && two.contains("relspec-digest: ");
            let written = one.contains("qz") && two.contains("qz");
            assert!(one == two || stamp || written, "{path}: {one:?}, {two:?}");
            if path.contains(".annotations.") {
                assert_eq!(actions(one), actions(two), "{path}: {two}");
            }
        }
        _ => assert_eq!(plain, hostile, "{path}"),
    }
}

/// What Prometheus runs in a text: everything between double braces but a brace of the author's.
fn actions(text: &str) -> Vec<String> {
    let parts = text.split("{{").skip(1).map(|part| part.split("}}").next().unwrap_or_default().to_owned());
    parts.filter(|part| part != " \"{\" ").collect()
}

/// A YAML document as JSON; a second document is refused.
pub fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("one YAML document")
}

/// A picture holds no kind of element or attribute that the plain one has not.
pub fn same_picture(path: &str, plain: &str, hostile: &str) {
    let names = |text: &str| -> BTreeSet<String> {
        let picture =
            roxmltree::Document::parse(text).unwrap_or_else(|fault| panic!("{path}: {fault}: {text}"));
        let elements = picture.descendants().filter(roxmltree::Node::is_element);
        elements
            .flat_map(|element| {
                let own = element.tag_name().name().to_owned();
                element.attributes().map(|a| a.name().to_owned()).chain([own]).collect::<Vec<_>>()
            })
            .collect()
    };
    let (plain, hostile) = (names(plain), names(hostile));
    assert!(hostile.is_subset(&plain), "{path}: {hostile:?}");
}
