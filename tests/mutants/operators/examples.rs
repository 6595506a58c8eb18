//! What each operator makes of an example.

use super::{mutants, operators};
use crate::rules::Rules;
use std::collections::BTreeSet;

/// Two alerts of one metric.
const TWO: &str = "{alert: AWarn, expr: a, for: 2m, labels: {level: warn, severity: warning}}, {alert: ARollback, expr: a, labels: {level: rollback, severity: critical}}";

/// An operator, the rules of a group, and what it shows of its changes to them.
#[rustfmt::skip]
const EXAMPLES: &[(&str, &str, &[&str])] = &[
    ("threshold +10 %", "{alert: A, expr: a > 0.5 and b >= 10}", &["a > «0.5 → 0.55» and b >= 10"]),
    ("threshold -10 %", "{alert: A, expr: a > 0}", &["a > «0 → -1»"]),
    ("threshold +1 %", "{alert: A, expr: a > 0 or b < 0.01}", &[
        "a > «0 → 0.01» or b < 0.01",
        "a > 0 or b < «0.01 → 0.0101»",
    ]),
    ("threshold -1 %", "{alert: A, expr: a > -20}", &["a > -«20 → 19.8»"]),
    ("threshold x100", "{alert: A, expr: a > 0.002}", &["a > «0.002 → 0.2»"]),
    ("threshold /1000", "{alert: A, expr: a > 5 unless b == 3}", &["a > «5 → 0.005» unless b == 3"]),
    ("guard +10 %", "{alert: A, expr: a > 0.5 and b * 300 >= 10}", &["a > 0.5 and b * 300 >= «10 → 11»"]),
    ("guard -10 %", "{record: r, expr: a / (b > 0)}", &["a / (b > «0 → -1»)"]),
    ("guard +1 %", "{record: r, expr: a / (b > 0)}", &["a / (b > «0 → 0.01»)"]),
    ("guard -1 %", "{record: r, expr: count(a) > bool 100}", &["count(a) > bool «100 → 99»"]),
    ("factor +1 %", "{record: r, expr: a * 300}", &["a * «300 → 303»"]),
    ("factor -10 %", "{record: r, expr: 0 * a / 20}", &["0 * a / «20 → 18»"]),
    ("factor x100", "{record: r, expr: a / 1000}", &["a / «1000 → 100000»"]),
    ("factor /1000", "{record: r, expr: 2 * a}", &["«2 → 0.002» * a"]),
    ("factor 0 to 1", "{record: r, expr: a or 0 * b}", &["a or «0 → 1» * b"]),
    ("addend +10 %", "{record: r, expr: a / b - 1}", &["a / b - «1 → 1.1»"]),
    ("quantile lower", r#"{record: r, expr: "histogram_quantile(0.95, a)"}"#, &[
        "histogram_quantile(«0.95 → 0.9025», a)",
    ]),
    ("quantile higher", r#"{record: r, expr: "histogram_quantile(0.95, a)"}"#, &[
        "histogram_quantile(«0.95 → 0.975», a)",
    ]),
    ("parameter +1", r#"{record: r, expr: "topk by (x) (1, a)"}"#, &["topk by (x) («1 → 2», a)"]),
    ("comparison at the edge", "{alert: A, expr: a > 1 and b <= 2}", &[
        "a «> → >=» 1 and b <= 2",
        "a > 1 and b «<= → <» 2",
    ]),
    ("comparison turned round", "{alert: A, expr: a < 1 and b == 2}", &[
        "a «< → >» 1 and b == 2",
        "a < 1 and b «== → !=» 2",
    ]),
    ("arithmetic turned round", "{record: r, expr: a / b - 1}", &["a / b «- → +» 1", "a «/ → *» b - 1"]),
    ("bool lost", "{record: r, expr: a > bool 0}", &["a > «bool → » 0"]),
    ("condition lost", "{alert: A, expr: a and b unless c}", &["a and b« unless c → »", "a« and b → » unless c"]),
    ("condition alone", "{alert: A, expr: a and b unless c}", &["«a and  → »b unless c"]),
    ("alternative lost", "{record: r, expr: a or 0 * b}", &["a« or 0 * b → »"]),
    ("alternative alone", "{record: r, expr: a or 0 * b}", &["«a or  → »0 * b"]),
    ("condition turned round", "{record: r, expr: a and b or c unless d}", &[
        "a and b «or → and» c unless d",
        "a «and → unless» b or c unless d",
        "a and b or c «unless → and» d",
    ]),
    ("matching changed", r#"{record: r, expr: "a * on (x, y) group_left (z) b"}"#, &[
        "a * «on (x, y) → on (y)» group_left (z) b",
        "a * «on (x, y) → on (x)» group_left (z) b",
        "a * «on (x, y) group_left (z) → » b",
    ]),
    ("matcher lost", r#"{record: r, expr: 'a{x="1",y!="2"}'}"#, &[
        r#"a«{x="1",y!="2"} → {y!="2"}»"#,
        r#"a«{x="1",y!="2"} → {x="1"}»"#,
    ]),
    ("matcher turned round", r#"{record: r, expr: 'a{x="1",y=~"2"}'}"#, &[
        r#"a{«x="1" → x!="1"»,y=~"2"}"#,
        r#"a{x="1",«y=~"2" → y!~"2"»}"#,
    ]),
    ("matcher with another value", r#"{record: r, expr: 'a{x="1"}'}"#, &[r#"a{«x="1" → x="1-x"»}"#]),
    ("alternative of a matcher lost", r#"{record: r, expr: 'a{x=~"1|2",y=~"(1|2)"}'}"#, &[
        r#"a{«x=~"1|2" → x=~"2"»,y=~"(1|2)"}"#,
        r#"a{«x=~"1|2" → x=~"1"»,y=~"(1|2)"}"#,
    ]),
    ("series renamed", "{record: r, expr: a / b}", &["«a → a_x» / b", "a / «b → b_x»"]),
    ("range doubled", "{record: r, expr: 'max_over_time(rate(a[5m])[1h:1m])'}", &[
        "max_over_time(rate(a[5m])[«1h → 7200000ms»:1m])",
        "max_over_time(rate(a[«5m → 600000ms»])[1h:1m])",
    ]),
    ("range halved", "{record: r, expr: 'rate(a[45s])'}", &["rate(a[«45s → 22500ms»])"]),
    ("offset lost", "{record: r, expr: a - a offset 1w}", &["a - a «offset 1w → »"]),
    ("offset doubled", "{record: r, expr: a offset 1h}", &["a offset «1h → 7200000ms»"]),
    ("another aggregation", "{record: r, expr: sum(a)}", &["«sum → avg»(a)", "«sum → max»(a)"]),
    ("no aggregation", "{record: r, expr: 'sum by (x) (a)'}", &["«sum by (x) (a) → (a)»"]),
    ("label of an aggregation lost", "{record: r, expr: 'sum by (x, y) (a)'}", &[
        "sum «by (x, y) → by (y)» (a)",
        "sum «by (x, y) → by (x)» (a)",
    ]),
    ("another function", "{record: r, expr: 'max_over_time(a[5m])'}", &[
        "«max_over_time → min_over_time»(a[5m])",
        "«max_over_time → avg_over_time»(a[5m])",
        "«max_over_time → last_over_time»(a[5m])",
    ]),
    ("no function", "{record: r, expr: 'abs(a) + rate(b[5m] offset 1w)'}", &[
        "«abs(a) → (a)» + rate(b[5m] offset 1w)",
        "abs(a) + «rate(b[5m] offset 1w) → b offset 1w»",
    ]),
    ("for lost", TWO, &["for: «120s → none»"]),
    ("for one interval longer", TWO, &["for: «120s → 150s»", "for: «none → 30s»"]),
    ("for one interval shorter", TWO, &["for: «120s → 90s»"]),
    ("for doubled", TWO, &["for: «120s → 240s»"]),
    ("for halved", "{alert: A, expr: a, for: 1h30m}", &["for: «5400s → 2700s»"]),
    ("keep_firing_for lost", "{alert: A, expr: a, keep_firing_for: 5m}", &["keep_firing_for: «300s → none»"]),
    ("keep_firing_for one interval longer", "{alert: A, expr: a, keep_firing_for: 5m}", &[
        "keep_firing_for: «300s → 330s»",
    ]),
    ("keep_firing_for one interval shorter", "{alert: A, expr: a, keep_firing_for: 5m}", &[
        "keep_firing_for: «300s → 270s»",
    ]),
    ("keep_firing_for doubled", "{alert: A, expr: a, keep_firing_for: 5m}", &["keep_firing_for: «300s → 600s»"]),
    ("keep_firing_for halved", "{alert: A, expr: a, keep_firing_for: 1h}", &["keep_firing_for: «3600s → 1800s»"]),
    ("label lost", TWO, &[
        "label level: «warn → none»",
        "label severity: «warning → none»",
        "label level: «rollback → none»",
        "label severity: «critical → none»",
    ]),
    ("label with another value", "{record: r, expr: a, labels: {x: one}}", &["label x: «one → one-x»"]),
    ("another level", TWO, &[
        "label level: «warn → hold»",
        "label level: «warn → rollback»",
        "label level: «rollback → warn»",
        "label level: «rollback → hold»",
    ]),
    ("another severity", TWO, &["label severity: «warning → critical»", "label severity: «critical → warning»"]),
    ("annotation lost", "{alert: A, expr: a, annotations: {x: one, y: two}}", &[
        "annotation x: «one → none»",
        "annotation y: «two → none»",
    ]),
    ("annotation with another text", "{alert: A, expr: a, annotations: {x: one}}", &["annotation x: «one → onex»"]),
    ("annotation with another format", "{alert: A, expr: a, annotations: {x: '{{ $value | humanizePercentage }} of {{ $value }}', y: '{{ $value | humanize }}', z: one}}", &[
        "annotation x: «{{ $value | humanizePercentage }} of {{ $value }} → {{ $value | humanize }} of {{ $value }}»",
        "annotation y: «{{ $value | humanize }} → {{ 2.0 | humanize }}»",
    ]),
    ("rule lost", TWO, &["the rule", "the rule"]),
    ("rule twice", "{record: r, expr: a}", &["the rule"]),
    ("rule renamed", TWO, &["«AWarn → AWarnX»", "«ARollback → ARollbackX»"]),
    ("rule after its reader", "{record: r, expr: a}, {record: s, expr: b}, {alert: A, expr: r > 1}", &["behind A"]),
    ("rule after its reader", "{record: r, expr: a, labels: {role: x}}, {alert: A, expr: 'r{role=\"y\"} > 1'}", &[]),
    ("levels exchanged", TWO, &["with ARollback (2)"]),
    ("names exchanged", TWO, &["with ARollback (2)"]),
    ("recorded x100", "{record: r, expr: a}", &["the whole expression"]),
    ("recorded /1000", "{record: r, expr: a}", &["the whole expression"]),
];

#[test]
fn every_operator_does_what_its_example_shows() {
    for (operator, rules, expected) in EXAMPLES {
        let text = format!("groups: [{{name: g, interval: 30s, rules: [{rules}]}}]");
        let mutants = mutants(&Rules::read(&text));
        let of = mutants.iter().filter(|mutant| mutant.operator == *operator);
        assert_eq!(of.map(|mutant| mutant.shown.as_str()).collect::<Vec<_>>(), *expected, "{operator}");
    }
}

#[test]
fn every_operator_has_an_example_and_a_name_of_its_own() {
    let names: BTreeSet<&str> = operators().iter().map(|operator| operator.name).collect();
    assert_eq!(names.len(), operators().len());
    assert_eq!(EXAMPLES.iter().map(|(operator, _, _)| *operator).collect::<BTreeSet<_>>(), names);
}
