//! What leads from one file to another arrives.

use crate::projects::{Board, all, boards, elements, list};
use relspec::Outcome;
use relspec::plan::names;
use relspec::promql;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The rules of a release, as its rule file has them.
fn rules(outcome: &Outcome, release: &str) -> Vec<Value> {
    let path = names::rules_file(release);
    let made = outcome.artifacts.iter().find(|made| made.file.path() == path).expect("a rule file");
    let file: Value = serde_yaml::from_str(made.file.text()).expect("YAML");
    list(&file, "groups").iter().flat_map(|group| list(group, "rules").to_vec()).collect()
}

/// Every release of every project, with its board and rules.
fn each(look: impl Fn(&Board, &[Value])) {
    let mut seen = 0;
    for (_, outcome) in all() {
        for board in boards(&outcome).iter().filter(|board| board.path != names::OVERVIEW_FILE) {
            let release = board.path.split('/').next().expect("a release");
            look(board, &rules(&outcome, release));
            seen += 1;
        }
    }
    assert!(seen > 25, "{seen} boards");
}

/// A series' name with the label `role` that it is given.
fn recorded(rules: &[Value]) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut recorded: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for rule in rules.iter().filter(|rule| rule["record"].is_string()) {
        let role = rule["labels"]["role"].as_str().unwrap_or_default();
        recorded.entry(rule["record"].as_str().expect("a name")).or_default().insert(role);
    }
    recorded
}

#[test]
fn numbers_of_rows_and_panels_are_unique() {
    for board in crate::projects::every_board() {
        let mut numbers = BTreeSet::new();
        assert!(elements(&board.json).all(|panel| numbers.insert(panel["id"].to_string())), "{}", board.path);
    }
}

/// Grafana reads every JSON file below a provider's path, so each path must hold its one board.
#[test]
fn each_board_is_provided_once() {
    for (folder, outcome) in all() {
        let made = outcome.artifacts.iter().find(|made| made.file.path() == names::PROVISIONING_FILE);
        let file: Value = serde_yaml::from_str(made.expect("a file").file.text()).expect("YAML");
        let mut provided = BTreeMap::new();
        let mut called = BTreeSet::new();
        for provider in list(&file, "providers") {
            assert!(called.insert(provider["name"].as_str().expect("a name")), "{}", folder.display());
            let path = provider["options"]["path"].as_str().expect("a path");
            let below =
                path.strip_prefix("/var/lib/grafana/dashboards/relspec/").expect("the mounted folder");
            let made = outcome.artifacts.iter().map(|made| made.file.path());
            let boards: Vec<_> = made
                .filter(|made| made.starts_with(&format!("{below}/")) && made.ends_with(".json"))
                .collect();
            assert_eq!(boards.len(), 1, "{path}: {boards:?}");
            *provided.entry(boards[0].to_owned()).or_insert(0) += 1;
        }
        let boards = boards(&outcome).into_iter().map(|board| (board.path, 1)).collect();
        assert_eq!(provided, boards, "{}", folder.display());
    }
}

#[test]
fn panels_stand_side_by_side() {
    for board in crate::projects::every_board() {
        let mut taken = BTreeSet::new();
        for panel in elements(&board.json) {
            let of = |key: &str| panel["gridPos"][key].as_u64().expect("a number");
            assert!(of("x") + of("w") <= 24, "{}", board.path);
            for x in of("x")..of("x") + of("w") {
                for y in of("y")..of("y") + of("h") {
                    assert!(taken.insert((x, y)), "{}: {} covers another", board.path, panel["title"]);
                }
            }
        }
    }
}

#[test]
fn panels_and_marks_read_recorded_series_only() {
    each(|board, rules| {
        let recorded = recorded(rules);
        let targets = board.panels().into_iter().flat_map(|panel| list(panel, "targets"));
        let marks = list(&board.json["annotations"], "list");
        for asked in targets.chain(marks) {
            let text = asked["expr"].as_str().expect("an expression");
            for selector in promql::selectors(&promql::parse(text).expect("PromQL")) {
                let name = selector.metric().expect("a name");
                let role = selector.matchers_of("role").find(|matcher| !matcher.value.starts_with('$'));
                let known =
                    |roles: &BTreeSet<&str>| role.is_none_or(|role| roles.contains(role.value.as_str()));
                assert!(name == "ALERTS" || recorded.get(name).is_some_and(known), "{}: {text}", board.path);
            }
        }
    });
}

#[test]
fn a_series_that_has_roles_is_drawn_in_each() {
    each(|board, rules| {
        let mut drawn: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for target in board.panels().into_iter().flat_map(|panel| list(panel, "targets")) {
            let parsed = promql::parse(target["expr"].as_str().expect("an expression")).expect("PromQL");
            for selector in promql::selectors(&parsed) {
                let role = selector.matchers_of("role").find(|matcher| !matcher.value.starts_with('$'));
                let name = selector.metric().expect("a name").to_owned();
                drawn.entry(name).or_default().extend(role.map(|role| role.value.clone()));
            }
        }
        for (name, roles) in recorded(rules) {
            let Some(drawn) = drawn.get(name).filter(|drawn| !drawn.is_empty()) else { continue };
            let drawn: BTreeSet<&str> = drawn.iter().map(String::as_str).collect();
            assert_eq!(drawn, roles, "{}: {name}", board.path);
        }
    });
}

#[test]
fn alerts_and_panels_lead_to_each_other() {
    each(|board, rules| {
        let alerts: BTreeSet<String> =
            rules.iter().filter_map(|rule| rule["alert"].as_str()).map(str::to_ascii_lowercase).collect();
        for rule in rules.iter().filter(|rule| rule["alert"].is_string()) {
            let annotations = &rule["annotations"];
            let url = annotations["dashboard_url"].as_str().expect("a link to the board");
            assert!(url.contains(&format!("/d/{}", board.json["uid"].as_str().expect("a uid"))), "{url}");
            let Some(panel) = annotations["__panelId__"].as_str() else { continue };
            assert!(url.ends_with(&format!("?viewPanel={panel}")), "{url}");
            assert!(board.panel(panel.parse().expect("a number")).is_some(), "{}: {panel}", board.path);
            assert_eq!(annotations["__dashboardUid__"], board.json["uid"]);
        }
        let mut linked = BTreeSet::new();
        for link in board.panels().into_iter().flat_map(|panel| list(panel, "links")) {
            let url = link["url"].as_str().expect("a link");
            let (page, anchor) = url.rsplit_once('#').expect("an anchor");
            assert!(page.ends_with("/runbook/alerts.md"), "{url}");
            assert!(alerts.contains(anchor), "{}: {url}", board.path);
            linked.insert(anchor.to_owned());
        }
        let lost = names::SIGNAL_LOST.to_ascii_lowercase();
        assert!(
            alerts.iter().all(|alert| *alert == lost || linked.contains(alert)),
            "{}: {linked:?}",
            board.path
        );
    });
}

#[test]
fn a_panel_reads_what_its_alerts_compare() {
    each(|board, rules| {
        for rule in rules.iter().filter(|rule| rule["alert"].is_string() && rule["labels"]["level"] != "hold")
        {
            let Some(panel) = rule["annotations"]["__panelId__"].as_str() else { continue };
            if rule["alert"].as_str().is_some_and(|name| name.ends_with("NoData")) {
                continue;
            }
            let panel = board.panel(panel.parse().expect("a number")).expect("a panel");
            let read = |text: &Value| -> BTreeSet<String> {
                let parsed = promql::parse(text.as_str().expect("an expression")).expect("PromQL");
                promql::selectors(&parsed).iter().filter_map(|one| one.metric().map(str::to_owned)).collect()
            };
            let compared = promql::parse(rule["expr"].as_str().expect("an expression")).expect("PromQL");
            let first = promql::selectors(&compared)[0].metric().expect("a name").to_owned();
            let drawn: BTreeSet<String> =
                list(panel, "targets").iter().flat_map(|target| read(&target["expr"])).collect();
            assert!(drawn.contains(&first), "{}: {first} is not among {drawn:?}", board.path);
        }
    });
}

#[test]
fn every_variable_in_a_query_is_on_the_board() {
    for board in crate::projects::every_board() {
        let variables: BTreeSet<&str> = list(&board.json["templating"], "list")
            .iter()
            .map(|variable| variable["name"].as_str().expect("a name"))
            .collect();
        for target in board.panels().into_iter().flat_map(|panel| list(panel, "targets")) {
            let parsed = promql::parse(target["expr"].as_str().expect("an expression")).expect("PromQL");
            let selectors = promql::selectors(&parsed);
            let used = selectors.iter().flat_map(|selector| &selector.matchers);
            for name in used.filter_map(|matcher| matcher.value.strip_prefix('$')) {
                assert!(variables.contains(name), "{}: ${name}", board.path);
            }
        }
    }
}
