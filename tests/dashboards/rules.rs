//! The 17 rules of Grafana's dashboard-linter, as predicates of our own. A board keeps each of them, or the file `.lint`
//! beside it says why not; and each refuses a board that was broken on purpose.

use crate::projects::{Board, compiled, elements, every_board, list};
use relspec::promql::{self, Kind};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What is wrong: the panel's title where it is one panel's fault, and the words.
type Fault = (Option<String>, String);
type Rule = fn(&Value) -> Vec<Fault>;

const RULES: [(&str, Rule); 17] = [
    ("template-datasource-rule", template_datasource),
    ("template-job-rule", |board| template_label(board, "job", "Job")),
    ("template-instance-rule", |board| template_label(board, "instance", "Instance")),
    ("template-label-promql-rule", template_label_promql),
    ("template-on-time-change-reload-rule", template_reload),
    ("panel-datasource-rule", panel_datasource),
    ("panel-title-description-rule", panel_title_description),
    ("panel-units-rule", panel_units),
    ("panel-no-targets-rule", panel_no_targets),
    ("target-logql-rule", no_loki),
    ("target-logql-auto-rule", no_loki),
    ("target-promql-rule", target_promql),
    ("target-rate-interval-rule", target_rate_interval),
    ("target-job-rule", |board| target_matcher(board, "job")),
    ("target-instance-rule", |board| target_matcher(board, "instance")),
    ("target-counter-agg-rule", target_counter_agg),
    ("uneditable-dashboard-rule", uneditable),
];

/// Grafana's names of units that our boards use, as far as the linter lists them.
const UNITS: [&str; 11] =
    ["percentunit", "percent", "s", "bytes", "decbytes", "short", "cps", "cpm", "d", "none", "dtdurations"];

fn of_board(wrong: bool, what: &str) -> Vec<Fault> {
    wrong.then(|| (None, what.to_owned())).into_iter().collect()
}

fn of_panels(board: &Value, kinds: &[&str], wrong: impl Fn(&Value) -> Option<String>) -> Vec<Fault> {
    let is = |panel: &&Value| kinds.contains(&panel["type"].as_str().unwrap_or_default());
    let title = |panel: &Value| panel["title"].as_str().map(str::to_owned);
    elements(board).filter(is).filter_map(|panel| Some((title(panel), wrong(panel)?))).collect()
}

fn of_targets(board: &Value, wrong: impl Fn(&str, &promql::Expr) -> Option<String>) -> Vec<Fault> {
    of_panels(board, &DRAWN, |panel| {
        let texts = list(panel, "targets").iter().filter_map(|target| target["expr"].as_str());
        texts.filter_map(|text| wrong(text, &promql::parse(text).ok()?)).next()
    })
}

/// The kinds of panels that draw data.
const DRAWN: [&str; 4] = ["stat", "timeseries", "table", "gauge"];

/// template-datasource-rule: the data source is a variable, called `datasource` and labelled `Data source`.
fn template_datasource(board: &Value) -> Vec<Fault> {
    let variables = list(&board["templating"], "list");
    let sources: Vec<_> = variables.iter().filter(|one| one["type"] == "datasource").collect();
    let right = |one: &&&Value| one["name"] == "datasource" && one["label"] == "Data source";
    of_board(sources.len() != 1 || sources.iter().any(|one| !right(&one)), "no variable for the data source")
}

/// template-job-rule and template-instance-rule: the label is a query variable with several values.
fn template_label(board: &Value, name: &str, label: &str) -> Vec<Fault> {
    let right = |one: &&Value| {
        one["name"] == name
            && one["label"] == label
            && one["type"] == "query"
            && one["datasource"]["uid"] == "${datasource}"
            && one["multi"] == true
            && one["allValue"] == ".+"
    };
    of_board(!list(&board["templating"], "list").iter().any(|one| right(&one)), "no such variable")
}

/// template-label-promql-rule: a query variable asks a function of the data source, for series that parse.
fn template_label_promql(board: &Value) -> Vec<Fault> {
    let sound = |query: &str| {
        let inner = query.strip_prefix("label_values(").and_then(|rest| rest.strip_suffix(')'));
        let series = inner.and_then(|inner| inner.rsplit_once(", "));
        series.is_some_and(|(series, _)| promql::parse(series).is_ok())
    };
    let mut variables = list(&board["templating"], "list").iter().filter(|one| one["type"] == "query");
    of_board(
        variables.any(|one| !sound(one["query"].as_str().unwrap_or_default())),
        "a query that does not parse",
    )
}

/// template-on-time-change-reload-rule: query variables are asked again when the time range changes.
fn template_reload(board: &Value) -> Vec<Fault> {
    let mut variables = list(&board["templating"], "list").iter();
    of_board(
        variables.any(|one| one["type"] == "query" && one["refresh"] != 2),
        "a variable is not asked again",
    )
}

/// panel-datasource-rule: each panel uses the variable of the data source.
fn panel_datasource(board: &Value) -> Vec<Fault> {
    of_panels(board, &DRAWN, |panel| {
        let uid = panel["datasource"]["uid"].as_str().unwrap_or_default();
        (!matches!(uid, "$datasource" | "${datasource}")).then(|| format!("data source {uid}"))
    })
}

/// panel-title-description-rule: each panel has a title and a description.
fn panel_title_description(board: &Value) -> Vec<Fault> {
    let empty = |value: &Value| value.as_str().is_none_or(str::is_empty);
    of_panels(board, &DRAWN, |panel| {
        (empty(&panel["title"]) || empty(&panel["description"])).then(|| "no title or description".to_owned())
    })
}

/// panel-units-rule: each panel that draws numbers has a unit of Grafana's list.
fn panel_units(board: &Value) -> Vec<Fault> {
    of_panels(board, &DRAWN, |panel| {
        let unit = panel["fieldConfig"]["defaults"]["unit"].as_str().unwrap_or_default();
        (!UNITS.contains(&unit)).then(|| format!("unit {unit}"))
    })
}

/// panel-no-targets-rule: each panel asks for something.
fn panel_no_targets(board: &Value) -> Vec<Fault> {
    of_panels(board, &DRAWN, |panel| list(panel, "targets").is_empty().then(|| "asks for nothing".to_owned()))
}

/// target-logql-rule and target-logql-auto-rule judge LogQL: there is none, since no target asks Loki.
fn no_loki(board: &Value) -> Vec<Fault> {
    of_panels(board, &DRAWN, |panel| {
        let loki = list(panel, "targets").iter().any(|target| target["datasource"]["type"] != "prometheus");
        loki.then(|| "asks another data source".to_owned())
    })
}

/// target-promql-rule: each target is PromQL without experimental functions.
fn target_promql(board: &Value) -> Vec<Fault> {
    of_panels(board, &DRAWN, |panel| {
        let mut texts =
            list(panel, "targets").iter().map(|target| target["expr"].as_str().unwrap_or_default());
        let bad = texts.find(|text| promql::parse(text).is_err());
        bad.map(|text| format!("does not parse: {text}"))
    })
}

/// target-rate-interval-rule: a rate is taken over `$__rate_interval`. Ours are recorded, so that no panel takes one.
fn target_rate_interval(board: &Value) -> Vec<Fault> {
    of_targets(board, |text, parsed| {
        let rate = |expr: &promql::Expr| matches!(&expr.kind, Kind::Call(call) if ["rate", "irate"].contains(&call.name.as_str()));
        parsed.descendants().any(rate).then(|| format!("takes a rate: {text}"))
    })
}

/// target-job-rule and target-instance-rule: each selector has the label, restricted by the variable.
fn target_matcher(board: &Value, label: &str) -> Vec<Fault> {
    of_targets(board, |text, parsed| {
        let chosen = |selector: &&promql::Selector| {
            selector.matchers_of(label).any(|matcher| matcher.value == format!("${label}"))
        };
        (!promql::selectors(parsed).iter().all(chosen)).then(|| format!("no {label} in {text}"))
    })
}

/// target-counter-agg-rule: a counter is only read as a rate or an increase.
fn target_counter_agg(board: &Value) -> Vec<Fault> {
    of_targets(board, |text, parsed| {
        let mut names = promql::selectors(parsed).into_iter().filter_map(promql::Selector::metric);
        names.any(|name| name.ends_with("_total")).then(|| format!("a bare counter: {text}"))
    })
}

/// uneditable-dashboard-rule: nobody edits the board in Grafana, where the next build would undo it.
fn uneditable(board: &Value) -> Vec<Fault> {
    of_board(board["editable"] != false, "it can be edited")
}

/// Whether the file beside the board lets a fault of a rule pass, which needs a reason.
fn excused(board: &Board, rule: &str, (panel, _): &Fault) -> bool {
    let exclusion = &board.lint["exclusions"][rule];
    let reason = exclusion["reason"].as_str().is_some_and(|reason| reason.ends_with('.'));
    let entries = list(exclusion, "entries");
    let named = entries.iter().any(|entry| {
        entry["dashboard"] == board.json["title"] && entry["panel"].as_str() == panel.as_deref()
    });
    reason && (entries.is_empty() || named)
}

#[test]
fn every_board_keeps_every_rule_or_says_why_not() {
    for board in every_board() {
        for (name, rule) in RULES {
            for fault in rule(&board.json) {
                assert!(excused(&board, name, &fault), "{}: {name}: {fault:?}", board.path);
            }
        }
    }
}

#[test]
fn no_rule_is_excluded_that_fits() {
    for board in every_board() {
        let excluded = board.lint["exclusions"].as_object().into_iter().flatten();
        for (name, exclusion) in excluded {
            let rule = RULES.iter().find(|(known, _)| known == name).expect("a rule of the linter").1;
            let found: BTreeSet<_> = rule(&board.json).into_iter().filter_map(|(panel, _)| panel).collect();
            let whole = !rule(&board.json).is_empty() && list(exclusion, "entries").is_empty();
            let needed = |entry: &Value| found.contains(entry["panel"].as_str().unwrap_or_default());
            let entries = list(exclusion, "entries");
            assert!(whole || (!entries.is_empty() && entries.iter().all(needed)), "{}: {name}", board.path);
        }
    }
}

/// A board that keeps each rule without an excuse, since its metrics keep the labels job and instance.
fn good() -> Value {
    let spec = crate::stability::spec(&["{ id: a, by: '[job, instance]' }"]);
    let outcome = compiled(&spec);
    let mut board = crate::projects::boards(&outcome).remove(0).json;
    let panels = board["panels"].as_array_mut().expect("panels");
    panels.retain(|panel| panel["type"] == "timeseries");
    board
}

#[test]
fn each_rule_refuses_what_it_is_there_for() {
    let breaks: [(&str, &str, Value); 17] = [
        ("template-datasource-rule", "/templating/list/0/label", json!("Source")),
        ("template-job-rule", "/templating/list/2/allValue", json!(".*")),
        ("template-instance-rule", "/templating/list/1/multi", json!(false)),
        ("template-label-promql-rule", "/templating/list/1/query", json!("label_values({job, job)")),
        ("template-on-time-change-reload-rule", "/templating/list/1/refresh", json!(1)),
        ("panel-datasource-rule", "/panels/0/datasource/uid", json!("prom")),
        ("panel-title-description-rule", "/panels/0/description", json!("")),
        ("panel-units-rule", "/panels/0/fieldConfig/defaults/unit", json!("furlongs")),
        ("panel-no-targets-rule", "/panels/0/targets", json!([])),
        ("target-logql-rule", "/panels/0/targets/0/datasource/type", json!("loki")),
        ("target-logql-auto-rule", "/panels/0/targets/0/datasource/type", json!("loki")),
        ("target-promql-rule", "/panels/0/targets/0/expr", json!("sum(")),
        ("target-rate-interval-rule", "/panels/0/targets/0/expr", json!("rate(a_total[5m])")),
        ("target-job-rule", "/panels/0/targets/0/expr", json!("a{instance=~\"$instance\"}")),
        ("target-instance-rule", "/panels/0/targets/0/expr", json!("a{job=~\"$job\"}")),
        ("target-counter-agg-rule", "/panels/0/targets/0/expr", json!("a_total")),
        ("uneditable-dashboard-rule", "/editable", json!(true)),
    ];
    for ((name, rule), (broken, pointer, value)) in RULES.into_iter().zip(breaks) {
        assert_eq!(name, broken);
        let mut board = good();
        assert_eq!(rule(&board), [], "{name} refuses a good board");
        *board.pointer_mut(pointer).unwrap_or_else(|| panic!("{name}: no {pointer}")) = value;
        assert_ne!(rule(&board), [], "{name} lets a broken board pass");
    }
}
