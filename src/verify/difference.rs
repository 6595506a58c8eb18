//! Expected against found, in as few words as tell the difference.

use super::failures::unquoted;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};

/// The most alerts that are told of each side.
const MOST: usize = 5;

type Pairs = BTreeMap<String, String>;

/// One alert as promtool prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Alert {
    labels: String,
    annotations: String,
}

/// What differs between the alerts that are expected and those that fire, from `exp:[…], got:[…]`.
#[must_use]
pub fn alerts(told: &str) -> String {
    let (mut expected, mut got) = sides(told);
    let both: Vec<Alert> = expected.iter().filter(|alert| got.contains(alert)).cloned().collect();
    expected.retain(|alert| !both.contains(alert));
    got.retain(|alert| !both.contains(alert));
    match (expected.as_slice(), got.as_slice()) {
        ([], []) => told.to_owned(),
        ([one], [other]) => one_of_each(one, other),
        _ => {
            let line = |what: &str, alert: &Alert| format!("{what} {}", alert.labels);
            let missing = expected.iter().take(MOST).map(|alert| line("should fire and does not:", alert));
            let extra = got.iter().take(MOST).map(|alert| line("fires and should not:", alert));
            let more = expected.len().saturating_sub(MOST) + got.len().saturating_sub(MOST);
            let more = (more > 0).then(|| format!("and {more} more"));
            missing.chain(extra).chain(more).collect::<Vec<_>>().join("\n")
        }
    }
}

fn sides(told: &str) -> (Vec<Alert>, Vec<Alert>) {
    let (mut expected, mut got) = (Vec::new(), Vec::new());
    let mut side = &mut expected;
    for line in told.lines().map(str::trim) {
        if line.starts_with("got:") {
            side = &mut got;
        } else if let Some(labels) = line.strip_prefix("Labels:") {
            side.push(Alert { labels: labels.to_owned(), annotations: String::new() });
        } else if let (Some(annotations), Some(last)) = (line.strip_prefix("Annotations:"), side.last_mut()) {
            last.annotations = annotations.to_owned();
        }
    }
    (expected, got)
}

fn one_of_each(expected: &Alert, got: &Alert) -> String {
    let mut lines = Vec::new();
    for (what, one, other) in
        [("label", &expected.labels, &got.labels), ("annotation", &expected.annotations, &got.annotations)]
    {
        let (one, other) = (pairs(one), pairs(other));
        let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
        for name in names.into_iter().filter(|name| one.get(*name) != other.get(*name)) {
            lines.push(format!("{what} {name}:"));
            lines.push(format!("  expected {}", shown(one.get(name))));
            lines.push(format!("  got      {}", shown(other.get(name))));
        }
    }
    lines.join("\n")
}

fn shown(value: Option<&String>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| format!("{value:?}"))
}

/// The pairs of `{a="b", c="d"}`, quotes and escapes removed.
fn pairs(text: &str) -> Pairs {
    let mut all = Pairs::new();
    let mut rest = text.trim().trim_start_matches('{');
    while let Some((name, after)) = rest.split_once("=\"") {
        let mut escaped = false;
        let end = after.find(|c: char| {
            let here = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            here
        });
        let Some(end) = end else { break };
        let value = unquoted(&format!("\"{}\"", after.get(..end).unwrap_or_default()));
        all.insert(name.trim_matches([',', ' ', '"']).to_owned(), value);
        rest = after.get(end + 1..).unwrap_or_default();
    }
    all
}

/// What differs between expected and found samples, from `exp: …` and `got: …`; numbers as people write them.
#[must_use]
pub fn samples(told: &str) -> String {
    let number =
        |text: &str| text.parse::<f64>().map_or_else(|_| text.to_owned(), |number| number.to_string());
    let Ok(numbers) = Regex::new(r"\} ([-+]?[0-9.]+E[-+][0-9]+)") else { return told.to_owned() };
    let plain = numbers.replace_all(told, |found: &regex::Captures<'_>| format!("}} {}", number(&found[1])));
    let line = |line: &str| match line.split_once(": ") {
        Some(("exp", rest)) => format!("expected {}", nothing(rest)),
        Some(("got", rest)) => format!("got      {}", nothing(rest)),
        _ => line.to_owned(),
    };
    plain.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn nothing(samples: &str) -> &str {
    if samples == "nil" { "nothing" } else { samples }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(expected: &[(&str, &str)], got: &[(&str, &str)]) -> String {
        let one = |(labels, annotations): &(&str, &str)| {
            format!("0:\nLabels:{{{labels}}}\nAnnotations:{{{annotations}}}\n")
        };
        let all = |alerts: &[(&str, &str)]| alerts.iter().map(one).collect::<String>();
        alerts(&format!("exp:[\n{}],\ngot:[\n{}]", all(expected), all(got)))
    }

    #[test]
    fn of_two_alerts_only_what_differs_is_told() {
        let one = (r#"a="1", b="x, y=\"z\"""#, r#"summary="so\nmuch""#);
        let other = (r#"a="1", b="x""#, r#"summary="so\nmuch", more="团""#);
        assert_eq!(
            told(&[one], &[other]),
            "label b:\n  expected \"x, y=\\\"z\\\"\"\n  got      \"x\"\n\
             annotation more:\n  expected nothing\n  got      \"团\""
        );
        assert_eq!(told(&[one, other], &[other]), format!("should fire and does not: {{{}}}", one.0));
        assert_eq!(told(&[], &[one]), format!("fires and should not: {{{}}}", one.0));
        let many: Vec<_> =
            ["a=\"1\"", "a=\"2\"", "a=\"3\"", "a=\"4\"", "a=\"5\"", "a=\"6\""].map(|l| (l, "")).into();
        assert!(told(&[], &many).ends_with("\nand 1 more"));
    }

    #[test]
    fn samples_are_told_with_plain_numbers() {
        let told = "exp: {a=\"} 1E+00\"} 1.5E-03, {b=\"2\"} 0E+00\ngot: nil";
        assert_eq!(samples(told), "expected {a=\"} 1\"} 0.0015, {b=\"2\"} 0\ngot      nothing");
        assert_eq!(samples("err: no"), "err: no");
    }
}
