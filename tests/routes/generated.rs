//! `routes.test.yaml` of every project, held against the tools: amtool names its receivers, and a real Alertmanager to
//! which all alerts of the project are posted silences what it says.

use super::projects;
use super::server::Server;
use super::trees::receivers;
use super::{Program, programs};
use rayon::prelude::*;
use relspec::plan::names;
use relspec::target::alertmanager::route_tests::RouteTests;
use relspec::{Made, compile};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

type Labels = BTreeMap<String, String>;

/// What a build makes of a project for Alertmanager.
struct Built {
    folder: PathBuf,
    config: String,
    tests: RouteTests,
    /// The name and the labels of each alert of the rule files.
    rules: Vec<Labels>,
}

fn built(folder: PathBuf) -> Option<Built> {
    let outcome = compile(&projects::of_folder(&folder));
    let text = |made: &&Made| made.file.text().to_owned();
    let of = |path: &str| outcome.artifacts.iter().find(|made| made.file.path() == path).as_ref().map(text);
    let tests = serde_yaml::from_str(&of(names::ROUTE_TESTS_FILE)?).expect("its own form");
    let rule_files = outcome.artifacts.iter().filter(|made| made.file.path().ends_with(".rules.yaml"));
    let rules = rule_files.flat_map(|made| rules(made.file.text())).collect();
    Some(Built { config: of(names::ALERTMANAGER_FILE)?, folder, tests, rules })
}

fn all() -> Vec<Built> {
    let all: Vec<Built> = projects::folders().into_iter().filter_map(built).collect();
    assert!(all.len() > 20, "{}", all.len());
    all
}

fn rules(text: &str) -> Vec<Labels> {
    let document: Value = serde_yaml::from_str(text).expect("YAML");
    let groups = document["groups"].as_array().expect("groups").clone();
    let rules = groups.into_iter().flat_map(|group| group["rules"].as_array().expect("rules").clone());
    let of = |rule: Value| {
        let labels = rule["labels"].as_object().cloned().unwrap_or_default().into_iter();
        let name = ("alertname".to_owned(), rule["alert"].clone());
        let plain = |value: &Value| value.as_str().expect("text").replace("{{ \"{\" }}", "{");
        labels.chain([name]).map(|(name, value)| (name, plain(&value))).collect()
    };
    rules.filter(|rule| !rule["alert"].is_null()).map(of).collect()
}

#[test]
fn every_alert_has_a_test_and_no_test_is_about_another() {
    let mut open = 0;
    for project in all() {
        let has =
            |labels: &Labels, rule: &Labels| rule.iter().all(|(name, value)| labels.get(name) == Some(value));
        let tests = &project.tests.tests;
        for rule in &project.rules {
            assert!(
                tests.iter().any(|test| has(&test.labels, rule)),
                "{}: {rule:?}",
                project.folder.display()
            );
        }
        for test in tests {
            assert!(project.rules.iter().any(|rule| has(&test.labels, rule)), "{}", test.name);
            assert!(!test.reaches.is_empty(), "{}", test.name);
            open += usize::from(test.labels.values().any(|value| value == "other"));
        }
        let different: BTreeSet<&Labels> = tests.iter().map(|test| &test.labels).collect();
        assert_eq!(different.len(), tests.len(), "{}", project.folder.display());
    }
    assert!(open > 10, "values that no release names: {open}");
}

#[test]
fn every_test_holds_for_amtool() {
    let all = all();
    for amtool in programs(&["amtool"], "RELSPEC_AMTOOLS") {
        let folder = tempfile::tempdir().expect("a folder");
        let asked: usize = all
            .par_iter()
            .enumerate()
            .map(|(at, project)| {
                let file = folder.path().join(format!("{at}.yml"));
                std::fs::write(&file, &project.config).expect("written");
                for test in &project.tests.tests {
                    let labels: Vec<_> = test.labels.clone().into_iter().collect();
                    let wanted: Vec<_> = test.reaches.iter().map(|reach| reach.receiver.clone()).collect();
                    assert_eq!(receivers(&amtool, &file, &labels), wanted, "{}", test.name);
                }
                project.tests.tests.len()
            })
            .sum();
        println!("amtool 0.{}: {asked} alerts of {} projects", amtool.minor, all.len());
        assert!(asked > 150, "{asked}");
    }
}

#[test]
fn alertmanager_silences_what_the_tests_say() {
    let program = programs(&["prometheus-alertmanager", "alertmanager"], "RELSPEC_ALERTMANAGERS").remove(0);
    let silences = |project: &Built| project.tests.tests.iter().any(|test| !test.silenced_by.is_empty());
    let projects: Vec<Built> = all().into_iter().filter(silences).collect();
    let silenced: usize = projects.par_iter().map(|project| hold(&program, project)).sum();
    println!(
        "Alertmanager 0.{}: {silenced} alerts of {} projects are silenced",
        program.minor,
        projects.len()
    );
    assert!(silenced > 60, "{silenced}");
}

/// How many alerts of a project are silenced while all of them fire, as its tests say.
fn hold(program: &Program, project: &Built) -> usize {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config: Value = serde_yaml::from_str(&project.config).expect("YAML");
    // Nobody is told of these alerts.
    for receiver in config["receivers"].as_array_mut().expect("receivers") {
        *receiver = json!({ "name": receiver["name"] });
    }
    let path = folder.path().join("alertmanager.json");
    std::fs::write(&path, config.to_string()).expect("written");
    let server = Server::start(program, &path, folder.path());
    let alerts: Vec<Value> =
        project.tests.tests.iter().map(|test| json!({ "labels": test.labels })).collect();
    server.ask("POST", "/api/v2/alerts", &Value::from(alerts).to_string()).expect("the alerts are taken");
    let begun = Instant::now();
    while let Err(fault) = agrees(&server, &project.tests) {
        assert!(begun.elapsed() < Duration::from_secs(20), "{}: {fault}", project.folder.display());
        std::thread::sleep(Duration::from_millis(100));
    }
    project.tests.tests.iter().filter(|test| !test.silenced_by.is_empty()).count()
}

fn agrees(server: &Server, tests: &RouteTests) -> Result<(), String> {
    let text = server.ask("GET", "/api/v2/alerts", "").ok_or("no answer")?;
    let all: Vec<Value> = serde_json::from_str(&text).map_err(|fault| fault.to_string())?;
    let labels =
        |alert: &Value| -> Labels { serde_json::from_value(alert["labels"].clone()).expect("labels") };
    let by_print: BTreeMap<&str, Labels> =
        all.iter().map(|alert| (alert["fingerprint"].as_str().expect("text"), labels(alert))).collect();
    if all.len() != tests.tests.len() {
        return Err(format!("{} of {} alerts are there", all.len(), tests.tests.len()));
    }
    for alert in &all {
        let own = labels(alert);
        let test = tests.tests.iter().find(|test| test.labels == own).ok_or(format!("{own:?}"))?;
        let wanted: Vec<Labels> = test.silenced_by.iter().map(|one| test.silencing(one)).collect();
        let by = alert["status"]["inhibitedBy"].as_array().expect("a list");
        let by: Vec<&Labels> = by.iter().map(|print| &by_print[print.as_str().expect("text")]).collect();
        if by.is_empty() != wanted.is_empty() || !by.iter().all(|one| wanted.contains(one)) {
            return Err(format!("{}: silenced by {by:?} and not {wanted:?}", test.name));
        }
    }
    Ok(())
}
