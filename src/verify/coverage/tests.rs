use super::super::document::{rules, tests, yaml};
use super::*;

const RULES: &str = "groups:\n- {name: g, interval: 30s, rules: [{alert: A, expr: x}, {alert: B, expr: x}]}\n\
                     - {name: h, interval: 30s, rules: [{alert: C, expr: x}]}\n";
const TESTS: &str = "rule_files: [r]\nevaluation_interval: 30s\ngroup_eval_order: [g, h]\ntests:\n\
                     - name: one\n  interval: 15s\n  alert_rule_test: [{alertname: A, exp_alerts: [{}]}]\n\
                     - name: two\n  interval: 15s\n  promql_expr_test:\n  - {expr: 'count(ALERTS{alertname=~\"B|C\"})', \
                     exp_samples: [{value: 1}]}\n";

fn read(edit: (&str, &str)) -> (TestFile, RuleFile) {
    assert!(TESTS.contains(edit.0), "{}", edit.0);
    let text = TESTS.replacen(edit.0, edit.1, 1);
    (tests(&yaml("t", &text).expect("YAML")), rules(&yaml("r", RULES).expect("YAML")))
}

fn told(edit: (&str, &str)) -> Vec<String> {
    let (tests, rules) = read(edit);
    let own = of_tests(&tests, &BTreeMap::from([("r".to_owned(), rules.clone())]));
    let all = own.into_iter().chain(of_rules(&rules, &[&tests], &BTreeSet::new()));
    all.map(|failure| format!("{}: {}", failure.test.unwrap_or_default(), failure.message)).collect()
}

#[test]
fn each_thing_that_promtool_lets_pass_is_told() {
    assert_eq!(told(("one", "one")), [""; 0]);
    for (from, to, wanted) in [
        ("[r]", "[r, 's*']", ": `rule_files` names `s*`"),
        ("[r]", "[]", ": `rule_files` names no rules"),
        ("evaluation_interval: 30s", "evaluation_interval: 1m", ": promtool ignores the interval"),
        ("[g, h]", "[g]", "does not list: h"),
        ("name: two", "name: one", "one: another test has this name"),
        ("name: two", "nam: two", "test 2: it has no name"),
        ("interval: 15s\n  p", "p", "two: it has no `interval`"),
        ("alertname: A", "alertname: Aa", "one: it asks for the alert `Aa`, which no rule has"),
        ("B|C", "B|CC", "can fire: C"),
        ("\"B|C\"", "\"D|E\"", "two: it asks for the alert `D|E`"),
        ("exp_alerts: [{}]", "exp_alerts: []", "can fire: A"),
        ("promql_expr_test", "nothing", "two: it asks for nothing"),
    ] {
        let all = told((from, to));
        assert!(all.iter().any(|line| line.contains(wanted)), "{from} -> {to}: {all:?}");
    }
    let (mut file, rules) = read(("one", "one"));
    file.tests.clear();
    assert_eq!(of_tests(&file, &BTreeMap::from([("r".to_owned(), rules)])).len(), 1);
}

const STAGED: &str = "groups:\n- {name: g, rules: [{alert: A, expr: x, labels: {level: warn}}, \
                      {alert: A, expr: y, labels: {level: warn, stage: '{{ \"{\" }}'}}]}\n";

/// What is told of these rules, given a test with these statements.
fn of_staged(statements: &str, excused: &[&[(&str, &str)]]) -> String {
    let text = format!("tests:\n- {{name: one, {statements}}}\n");
    let labels = |pairs: &&[(&str, &str)]| -> Labels {
        pairs.iter().map(|(label, value)| ((*label).to_owned(), (*value).to_owned())).collect()
    };
    let (tests, rules) = (tests(&yaml("t", &text).expect("YAML")), rules(&yaml("r", STAGED).expect("YAML")));
    let found = of_rules(&rules, &[&tests], &excused.iter().map(labels).collect());
    found.into_iter().map(|failure| failure.message).collect()
}

#[test]
fn of_several_rules_with_one_name_each_is_expected_or_excused() {
    let (both, second) = ("can fire: A, A{stage=\"{\"}", "can fire: A{stage=\"{\"}");
    let all = |told: &str| format!("alert_rule_test: [{{alertname: A, exp_alerts: [{told}]}}]");
    let asked = |expr: &str, labels: &str| {
        format!("promql_expr_test: [{{expr: '{expr} # one', exp_samples: [{{labels: '{labels}'}}]}}]")
    };
    let first: &[(&str, &str)] = &[("alertname", "A"), ("level", "warn")];
    let staged: &[(&str, &str)] = &[("alertname", "A"), ("level", "warn"), ("stage", "{")];
    let firing = "ALERTS{alertname=\"A\",alertstate=\"firing\",level=\"warn\",stage=\"{\"}";
    for (statements, excused, wanted) in [
        (all(""), vec![], both),
        (all(""), vec![first], second),
        (all(""), vec![first, staged], ""),
        (all("{exp_labels: {level: warn}}"), vec![], second),
        (all("{exp_labels: {level: warn, zone: x, stage: \"{\"}}"), vec![], "can fire: A"),
        (all("{exp_labels: {level: warn, stage: \"{\"}}, {exp_labels: {level: warn, stage: x}}"), vec![], ""),
        (asked("ALERTS", firing), vec![first], ""),
        (asked("ALERTS", &firing.replace("firing", "pending")), vec![], both),
        (asked("ALERTS", &firing.replace("warn", "hold")), vec![], both),
        (asked("up", firing), vec![], both),
    ] {
        let told = of_staged(&statements, &excused);
        assert!(told.ends_with(wanted) && told.is_empty() == wanted.is_empty(), "{statements}: {told}");
    }
}
