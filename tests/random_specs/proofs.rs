//! Every release that builds gives tests that its rules pass.

use rayon::prelude::*;
use relspec::output::Artifact;
use relspec::plan::proof::Labels;
use relspec::quantity::Duration;
use relspec::spec::Config;
use serde_yaml::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::compile::{compile_with, config};
use crate::generate::release;
use crate::promtool;
use crate::render::render;

/// How many releases are tried where `RELSPEC_PROOFS` names no other number.
const STANDARD: u64 = 25;

/// So many evaluations of single rules take promtool about three seconds. Files with more are left to `RELSPEC_PROOFS`.
const MOST: u64 = 12_000;

/// How many releases are only read.
const LOOKED_AT: u64 = 120;

/// How often targets are scraped and rules evaluated.
const INTERVALS: &[(&str, &str)] =
    &[("15s", "30s"), ("7s", "20s"), ("1m", "1m"), ("15s", "10s"), ("30s", "2m")];

/// How much of what promtool says is shown of one release.
const SHOWN: usize = 2_500;

/// A number from the environment.
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// The cells of a release's tape, always the same for the same number.
fn cells(of: u64) -> Vec<u32> {
    let mut state = of.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x1234_5678_9abc_def1);
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap_or(0)
    };
    (0..320).map(|_| next()).collect()
}

fn intervals(of: u64) -> Config {
    let (scrape, evaluation) = INTERVALS[usize::try_from(of).unwrap_or(0) % INTERVALS.len()];
    let duration = |text: &str| Duration::parse(text).expect("a duration");
    Config { scrape: duration(scrape), evaluation: duration(evaluation), ..config() }
}

/// A release's rules and their tests as files, and its text.
fn written(of: u64, folder: &Path) -> (Vec<PathBuf>, String) {
    let text = render(&release(&cells(of), false));
    let outcome = compile_with(&[&text], &intervals(of));
    let artifacts = outcome.artifacts().unwrap_or_else(|why| panic!("{of}: {why}\n{text}"));
    if let Some(alert) = unseen(artifacts, &outcome.unshown).first() {
        panic!("{of}: no test shows {alert} firing, and nothing says so\n{text}");
    }
    let mut tests = Vec::new();
    for artifact in artifacts.iter().filter(|one| one.path.contains("/prometheus/")) {
        let path = folder.join(of.to_string()).join(&artifact.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, &artifact.body).expect("a file");
        tests.extend(artifact.path.ends_with(".test.yaml").then_some(path));
    }
    (tests, text)
}

/// The alerts that no test expects to fire, each with all labels of its rule, but for those of which that is said.
fn unseen(artifacts: &[Artifact], unshown: &BTreeSet<Labels>) -> Vec<String> {
    let of = |end: &'static str| artifacts.iter().filter(move |one| one.path.ends_with(end));
    let of = |end| of(end).map(|one| serde_yaml::from_str::<Value>(&one.body).expect("YAML"));
    let rules: Vec<Value> = of(".rules.yaml").flat_map(|file| all(&file, &["groups", "rules"])).collect();
    let mut fires = Vec::new();
    for test in of(".test.yaml").flat_map(|file| all(&file, &["tests"])) {
        for told in all(&test, &["alert_rule_test"]) {
            let alerts = all(&told, &["exp_alerts"]);
            fires.extend(alerts.iter().map(|alert| shown(&told["alertname"], &alert["exp_labels"])));
        }
        let samples = all(&test, &["promql_expr_test", "exp_samples"]);
        let samples = samples.iter().filter_map(|sample| sample["labels"].as_str());
        let samples = samples.filter(|labels| labels.starts_with("ALERTS{")).map(sample);
        fires.extend(samples.filter(|labels| labels.get("alertstate").is_some_and(|of| of == "firing")));
    }
    let alerts = rules.iter().filter(|rule| rule.get("alert").is_some());
    let alerts: Vec<Labels> = alerts.map(|rule| shown(&rule["alert"], &rule["labels"])).collect();
    assert!(unshown.iter().all(|of| alerts.contains(of)), "no rules raise {unshown:?}");
    let has = |fired: &Labels, alert: &Labels| alert.iter().all(|(label, of)| fired.get(label) == Some(of));
    // The rule of one stage has the labels of the rule for all others, and one more.
    let nearer =
        |fired: &Labels, of: &Labels| alerts.iter().any(|near| near.len() > of.len() && has(fired, near));
    let shows = |fired: &Labels, of: &Labels| has(fired, of) && !nearer(fired, of);
    let lost = |of: &&Labels| !unshown.contains(*of) && !fires.iter().any(|fired| shows(fired, of));
    alerts.iter().filter(lost).map(|of| format!("{of:?}")).collect()
}

/// The labels of an alert, its name among them.
fn shown(name: &Value, labels: &Value) -> Labels {
    let text = |value: &Value| value.as_str().expect("a text").replace("{{ \"{\" }}", "{");
    let labels = labels.as_mapping().into_iter().flatten();
    let labels = labels.map(|(label, value)| (text(label), text(value)));
    labels.chain([("alertname".to_owned(), text(name))]).collect()
}

/// The labels of a sample.
fn sample(text: &str) -> Labels {
    let tree = relspec::promql::parse(text).expect("a series");
    let matchers = relspec::promql::selectors(&tree).into_iter().flat_map(|of| &of.matchers);
    matchers.map(|matcher| (matcher.label.text.clone(), matcher.value.clone())).collect()
}

/// Everything in the lists under a key of everything in the lists under another, and so on.
fn all(file: &Value, keys: &[&str]) -> Vec<Value> {
    keys.iter().fold(vec![file.clone()], |values, key| {
        values.iter().filter_map(|value| value.get(*key)?.as_sequence()).flatten().cloned().collect()
    })
}

/// How many evaluations of single rules the tests of one file take.
fn work(tests: &Path) -> u64 {
    let text = std::fs::read_to_string(tests).expect("a file");
    let millis = |text: &str| Duration::parse(text).map_or(0, |duration| duration.millis());
    let value = |line: &str, key: &str| line.trim().strip_prefix(key).map(millis);
    let every = text.lines().find_map(|line| value(line, "evaluation_interval: ")).unwrap_or(1).max(1);
    let longest = |test: &str| test.lines().filter_map(|line| value(line, "- eval_time: ")).max();
    let evaluations: u64 = text.split("\n  - name: ").map(|test| longest(test).unwrap_or(0) / every).sum();
    let rules = tests.to_string_lossy();
    let rules = rules.split_once(".test.yaml").map_or(&*rules, |(before, _)| before);
    let rules = rules.trim_end_matches(".native").trim_end_matches(".rules").trim_end_matches(".long");
    let rules = std::fs::read_to_string(format!("{rules}.rules.yaml")).expect("rules");
    let count = rules.lines().filter(|line| line.trim().starts_with("expr:")).count();
    evaluations * u64::try_from(count).unwrap_or(0)
}

/// What the tool says against the tests of one file.
fn failure(tool: &Path, test: &Path) -> Option<String> {
    let output = Command::new(tool).args(["test", "rules"]).arg(test).output().expect("promtool");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).chars().take(SHOWN).collect();
    (!output.status.success()).then_some(said)
}

#[test]
fn what_is_built_passes_its_own_tests() {
    let folder = tempfile::tempdir().expect("a folder");
    let root =
        std::env::var_os("RELSPEC_PROOFS_KEEP").map_or_else(|| folder.path().to_owned(), PathBuf::from);
    let first = number("RELSPEC_PROOFS_FROM").unwrap_or(0);
    let (whole, count) = match number("RELSPEC_PROOFS") {
        Some(count) => (true, count),
        None => (false, STANDARD),
    };
    let tools: Vec<_> =
        promtool::all().into_iter().map(|tool| (promtool::gives_histograms(&tool), tool)).collect();
    let failed: Vec<(String, String)> = (first..first + count)
        .into_par_iter()
        .flat_map_iter(|of| {
            let (mut tests, text) = written(of, &root);
            tests.retain(|test| whole || work(test) <= MOST);
            let all =
                tools.iter().flat_map(move |tool| tests.clone().into_iter().map(move |test| (tool, test)));
            let fed =
                all.filter(|((native, _), test)| *native || !test.to_string_lossy().contains(".native."));
            let said = fed.filter_map(|((_, tool), test)| failure(tool, &test));
            said.map(|said| (text.clone(), format!("release {of}: {said}"))).collect::<Vec<_>>()
        })
        .collect();
    for (_, said) in &failed {
        println!("{}", said.lines().next().unwrap_or_default());
    }
    if let Some((text, said)) = failed.iter().min_by_key(|(text, _)| text.len()) {
        panic!("{} test files of {count} releases fail; the shortest:\n{text}\n{said}", failed.len());
    }
}

/// Far more releases than promtool could judge in a test: no alert is lost without a word.
#[test]
fn each_alert_is_expected_to_fire_or_named_with_a_reason() {
    (LOOKED_AT..2 * LOOKED_AT).into_par_iter().for_each(|of| {
        let text = render(&release(&cells(of), false));
        let outcome = compile_with(&[&text], &intervals(of));
        let artifacts = outcome.artifacts().unwrap_or_else(|why| panic!("{of}: {why}\n{text}"));
        let lost = unseen(artifacts, &outcome.unshown);
        assert!(lost.is_empty(), "{of}: nothing says why no test shows {lost:?} firing\n{text}");
    });
}
