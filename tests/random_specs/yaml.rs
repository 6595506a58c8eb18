//! YAML that is written is YAML that is read.

use proptest::prelude::*;
use relspec::target::yaml;
use serde_json::{Map, Value};

use crate::runner::runner;

/// Words and marks that some reader of YAML takes for something else than text.
const NASTY: &[&str] = &[
    "on",
    "off",
    "no",
    "yes",
    "Y",
    "n",
    "null",
    "Null",
    "~",
    "",
    " ",
    "true",
    "FALSE",
    "1e3",
    "0x1",
    "0o7",
    "0b1",
    "1:30",
    "190:20:30",
    "2026-01-19",
    "2026-01-19T09:00:00Z",
    "=",
    "<<",
    "*",
    "&a",
    "!x",
    "|",
    ">",
    "-",
    "- a",
    "?",
    "? a",
    ":",
    "a:",
    "a: b",
    "a #b",
    "# a",
    "#",
    "%a",
    "@a",
    "`a`",
    "[a]",
    "{a}",
    "a]",
    "a, b",
    "'a'",
    "\"a\"",
    "a\\",
    "\\n",
    "---",
    "...",
    "--- a",
    ".inf",
    "-.inf",
    ".nan",
    ".",
    "1.",
    "+1",
    "1_000",
    "0777",
    "5m",
    "1h30m",
    "10d",
    "1e5m",
    "12e03",
    " a",
    "a ",
    "\ta",
    "a\t",
    "a\rb",
    "a\r\nb",
    "a\nb",
    "a\nb\n",
    "a\n\nb\n\n",
    "\na",
    "a\n b",
    " a\nb",
    "a\n",
    "\n",
    "\n\n",
    "a \nb",
    "a\n \nb",
    "a\n\tb",
    "a\n# b",
    "a\n---\nb",
    "\u{feff}a",
    "a\u{feff}",
    "a\u{200b}b",
    "a\u{202e}b",
    "\u{85}",
    "a\u{85}b",
    "a\u{2028}b",
    "\u{a0}",
    "a\u{a0}",
    "\u{0}",
    "\u{7f}",
    "华东: 1",
    "🚀",
    "é",
    "\u{d7ff}\u{e000}\u{fffd}",
    "\u{10ffff}",
    "{{ $value }}",
    "$x",
    "a'b\"c",
    "…",
];

fn text() -> impl Strategy<Value = String> {
    let nasty = || proptest::sample::select(NASTY).prop_map(str::to_owned);
    prop_oneof![
        4 => nasty(),
        2 => proptest::collection::vec(nasty(), 1..4).prop_map(|parts| parts.concat()),
        2 => proptest::collection::vec(nasty(), 1..4).prop_map(|parts| parts.join("\n")),
        1 => any::<String>(),
        1 => "[a-z0-9 :#\\-\n]{0,12}",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        6 => text().prop_map(Value::String),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => Just(Value::Null),
        1 => (-1_000_000_i64..1_000_000).prop_map(|n| Value::from(n as f64 / 64.0)),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            proptest::collection::vec((text(), inner), 0..5)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

#[test]
fn yaml_written_is_yaml_read() {
    let result = runner(4_000).run(&value(), |value| {
        let text = yaml::to_string(&value);
        let read = serde_yaml::from_str::<Value>(&text);
        let read = read.map_err(|fault| TestCaseError::fail(format!("{fault}\n{text}")))?;
        prop_assert_eq!(read, value, "{}", text);
        Ok(())
    });
    if let Err(fault) = result {
        panic!("{fault}");
    }
}
