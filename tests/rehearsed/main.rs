//! What `--rehearse` makes, held to the real build of every project: the same series, alerts, routes and inhibitions, with
//! every time divided and every receiver leading to the listener; and never in the place of a real build.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests; a panic is how they fail"
)]

mod shortened;

#[allow(dead_code, reason = "other tests make projects of single texts")]
#[path = "../shared/projects.rs"]
mod projects;

use relspec::spec::pace::Pace;
use relspec::spec::rehearsal::Rehearsal;
use relspec::{Outcome, Project, compile};
use serde_yaml::Value;
use shortened::is_shortened;
use std::path::Path;
use std::process::{Command, Output};

const FACTOR: u64 = 60;
const LISTENER: &str = "http://127.0.0.1:5001/";

/// Every project, built as it is meant and as it is rehearsed.
fn all() -> impl Iterator<Item = (String, Outcome, Outcome)> {
    projects::folders().into_iter().map(|folder| {
        let mut project: Project = projects::of_folder(&folder);
        let real = compile(&project);
        let pace = Pace::faster(FACTOR).unwrap();
        project.rehearsal = Some(Rehearsal { pace, listener: LISTENER.to_owned() });
        (folder.display().to_string(), real, compile(&project))
    })
}

fn yaml(outcome: &Outcome, ends: &str) -> Vec<(String, Value)> {
    let files = outcome.artifacts.iter().map(|made| &made.file);
    let files = files.filter(|file| file.path().ends_with(ends));
    files.map(|file| (file.path().to_owned(), serde_yaml::from_str(file.text()).unwrap())).collect()
}

#[test]
fn rules_differ_in_their_times_alone() {
    let mut seen = 0;
    for (folder, real, fast) in all() {
        assert_eq!(real.findings.len(), fast.findings.len(), "{folder}: the plan itself is judged");
        let ids = ids(&real);
        let pairs = yaml(&real, ".rules.yaml").into_iter().zip(yaml(&fast, ".rules.yaml"));
        for ((path, real), (other, fast)) in pairs {
            assert_eq!(path, other);
            let rules = |file: &Value| -> Vec<Value> {
                let groups = file["groups"].as_sequence().unwrap().iter();
                groups.flat_map(|group| group["rules"].as_sequence().unwrap().clone()).collect()
            };
            assert!(is_shortened(
                &text(&real["groups"][0]["interval"]),
                &text(&fast["groups"][0]["interval"]),
                &ids
            ));
            assert_eq!(rules(&real).len(), rules(&fast).len(), "{folder}");
            for (real, fast) in rules(&real).iter().zip(&rules(&fast)) {
                for key in ["record", "alert", "expr", "for", "keep_firing_for", "labels"] {
                    let (real, fast) = (text(&real[key]), text(&fast[key]));
                    assert!(is_shortened(&real, &fast, &ids), "{folder}, {key}:\n{real}\n{fast}");
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 1000, "{seen}");
}

/// The names that an author gave, which may look like lengths of time; the longest first, since one may begin another.
fn ids(outcome: &Outcome) -> Vec<String> {
    let of = |spec: &relspec::spec::Spec| {
        let metrics = spec.metrics.iter().map(|metric| metric.id.value.clone());
        metrics.chain([spec.id().to_owned()]).collect::<Vec<_>>()
    };
    let mut ids: Vec<String> = outcome.specs.iter().flat_map(of).collect();
    ids.sort_by_key(|id| std::cmp::Reverse(id.len()));
    ids
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => serde_yaml::to_string(other).unwrap(),
    }
}

#[test]
fn everything_leads_to_the_listener_and_says_what_it_is() {
    for (folder, _, fast) in all() {
        for made in &fast.artifacts {
            let first = made.file.text().lines().next().unwrap_or("");
            assert!(first.contains("FOR A REHEARSAL (60 times faster"), "{folder}: {first}");
        }
        for (path, file) in yaml(&fast, ".yaml").into_iter().chain(yaml(&fast, "alertmanager.yml")) {
            for receiver in file["receivers"].as_sequence().into_iter().flatten() {
                let kinds: Vec<_> = receiver.as_mapping().unwrap().keys().map(text).collect();
                assert_eq!(kinds, ["name", "webhook_configs"], "{folder}, {path}");
                assert_eq!(text(&receiver["webhook_configs"][0]["url"]), LISTENER, "{folder}, {path}");
            }
        }
        let page = fast.artifacts.iter().find(|made| made.file.path().contains("/runbook/"));
        assert!(page.is_none(), "{folder}: pages are for people");
    }
}

#[test]
fn routes_and_inhibitions_differ_in_their_times_alone() {
    let mut seen = 0;
    for (folder, real, fast) in all() {
        let ids = ids(&real);
        let pairs = yaml(&real, ".yaml").into_iter().filter(|(path, _)| path.contains("/alertmanager/"));
        let others = yaml(&fast, ".yaml").into_iter().filter(|(path, _)| path.contains("/alertmanager/"));
        for ((path, real), (other, fast)) in pairs.zip(others) {
            assert_eq!(path, other);
            assert_eq!(real["inhibit_rules"], fast["inhibit_rules"], "{folder}");
            assert!(is_shortened(&text(&real["route"]), &text(&fast["route"]), &ids), "{folder}");
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

/// The tool on the path, and those that a variable names.
fn tools(name: &str, variable: &str) -> Vec<std::path::PathBuf> {
    let more = std::env::var_os(variable).unwrap_or_default();
    let more = std::env::split_paths(&more).filter(|path| !path.as_os_str().is_empty()).collect::<Vec<_>>();
    std::iter::once(name.into()).chain(more).collect()
}

#[test]
fn promtool_and_amtool_take_what_is_rehearsed() {
    let folder = tempfile::tempdir().unwrap();
    let (mut rules, mut configs) = (Vec::new(), Vec::new());
    for (at, (_, _, fast)) in all().enumerate() {
        for file in fast.artifacts.iter().map(|made| &made.file) {
            let path = folder.path().join(at.to_string()).join(file.path());
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, file.text()).unwrap();
            if file.path().ends_with(".rules.yaml") {
                rules.push(path);
            } else if file.path().contains("alertmanager/") && !file.path().ends_with(".test.yaml") {
                configs.push(path);
            }
        }
    }
    for tool in tools("promtool", "RELSPEC_PROMTOOLS") {
        takes(Command::new(&tool).args(["check", "rules"]).args(&rules), &tool);
    }
    for tool in tools("amtool", "RELSPEC_AMTOOLS") {
        takes(Command::new(&tool).arg("check-config").args(&configs), &tool);
    }
}

fn takes(command: &mut Command, tool: &Path) {
    let ended = command.output().unwrap_or_else(|fault| {
        let packages = "apt-get install prometheus prometheus-alertmanager";
        panic!("{} can't be run ({fault}): run `make test`, or {packages}", tool.display())
    });
    assert!(ended.status.success(), "{}: {}", tool.display(), String::from_utf8_lossy(&ended.stderr));
}

fn relspec(folder: &Path, arguments: &str) -> (Option<i32>, String) {
    let command =
        Command::new(env!("CARGO_BIN_EXE_relspec")).args(arguments.split(' ')).current_dir(folder).output();
    let Output { status, stderr, .. } = command.unwrap();
    (status.code(), String::from_utf8_lossy(&stderr).into_owned())
}

#[test]
fn a_rehearsal_and_a_real_build_never_mix() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &str| relspec(folder.path(), arguments);
    let there = |path: &str| folder.path().join(path).is_file();
    assert_eq!(run("init").0, Some(0));
    for refused in [
        "build --rehearse 60",
        "build --rehearse 1 --out r",
        "build --rehearse 500 --out r",
        "build --rehearse 60 --out r --listener nobody",
        "build --rehearse 60 --out r --force",
        "build --listener http://127.0.0.1:1/",
    ] {
        let (code, told) = run(refused);
        assert_eq!(code, Some(2), "{refused}: {told}");
        assert!(!there("r/manifest.json") && !there("generated/manifest.json"), "{refused}");
    }
    assert_eq!(run("build --rehearse 60 --out r").0, Some(0));
    assert!(there("r/REHEARSAL.md"));
    assert_eq!(run("build --rehearse 30 --out r").0, Some(0), "a second rehearsal in the same folder");
    assert_eq!(run("build --out real").0, Some(0));
    let (code, told) = run("build --rehearse 60 --out real");
    assert!(code == Some(2) && told.contains("real/ is for production"), "{told}");
    assert_eq!(run("build --out r").0, Some(0), "a real build makes the folder its own");
    assert!(!there("r/REHEARSAL.md") && there("r/README.md"));
}
