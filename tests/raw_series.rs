//! The chain from raw series to what is recorded of them, as promtool judges it: one release with a measurement of every
//! kind, and cases with native histograms, references in the past and windows of hours.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

#[allow(dead_code, reason = "shared by several tests")]
#[path = "shared/projects.rs"]
mod projects;

use relspec::Project;
use std::path::{Path, PathBuf};
use std::process::Command;

const EVERY_KIND: &str = include_str!("raw_series/every-kind.yaml");

/// Every promtool to ask: the one on the path, and those that `RELSPEC_PROMTOOLS` names.
fn promtools() -> Vec<PathBuf> {
    let more = std::env::var_os("RELSPEC_PROMTOOLS").unwrap_or_default();
    let more = std::env::split_paths(&more).filter(|path| !path.as_os_str().is_empty()).collect::<Vec<_>>();
    std::iter::once(PathBuf::from("promtool")).chain(more).collect()
}

fn said_by(promtool: &Path, arguments: &[&str], files: &[PathBuf]) -> (bool, String) {
    let output = Command::new(promtool).args(arguments).args(files).output().unwrap_or_else(|fault| {
        panic!(
            "{} can't be run ({fault}): run `make test`, or apt-get install prometheus",
            promtool.display()
        )
    });
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// Whether a promtool can be given native histograms, as those since 2.53 can.
fn reads_native(promtool: &Path) -> bool {
    let (_, said) = said_by(promtool, &["--version"], &[]);
    let version = said.split("version ").nth(1).expect("a version").split(['.', '+', ' ', ',']);
    let numbers: Vec<u32> = version.take(2).map(|part| part.parse().expect("a number")).collect();
    numbers >= vec![2, 53]
}

/// The rules of a project and their tests, written into a folder.
struct Written {
    folder: tempfile::TempDir,
    rules: String,
    tests: Vec<PathBuf>,
    names: Vec<String>,
}

fn written(project: &Project) -> Written {
    let outcome = relspec::compile(project);
    assert!(outcome.broken.is_empty(), "{:?}", outcome.broken);
    let folder = tempfile::tempdir().expect("a folder");
    let mut all = Written { folder, rules: String::new(), tests: Vec::new(), names: Vec::new() };
    for made in &outcome.artifacts {
        let path = Path::new(made.file.path()).file_name().expect("a name");
        let path = all.folder.path().join(path);
        if made.target == "rule_tests" {
            let document: serde_yaml::Value = serde_yaml::from_str(made.file.text()).expect("YAML");
            let tests = document["tests"].as_sequence().expect("tests").iter();
            all.names.extend(tests.map(|test| test["name"].as_str().expect("a name").to_owned()));
            all.tests.push(path.clone());
        } else if made.file.path().ends_with(".rules.yaml") {
            made.file.text().clone_into(&mut all.rules);
        } else {
            continue;
        }
        std::fs::write(path, made.file.text()).expect("a file");
    }
    assert!(!all.rules.is_empty() && !all.tests.is_empty(), "{:?}", outcome.findings);
    all
}

fn case(name: &str) -> Written {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/ok").join(name);
    written(&projects::of_folder(&folder))
}

impl Written {
    /// What promtool says against the tests, those of native histograms only where it reads them.
    fn against(&self, promtool: &Path) -> Option<String> {
        let native = reads_native(promtool);
        let is_native = |path: &PathBuf| path.to_string_lossy().contains(".native.");
        let tests: Vec<PathBuf> =
            self.tests.iter().filter(|path| native || !is_native(path)).cloned().collect();
        let (passed, said) = said_by(promtool, &["test", "rules"], &tests);
        (!passed).then_some(said)
    }

    fn has(&self, sentence: &str) {
        assert!(self.names.iter().any(|name| name.starts_with(sentence)), "{sentence}: {:#?}", self.names);
    }
}

#[test]
fn every_kind_of_measurement_is_proved_from_raw_series() {
    let all = written(&projects::of_text(EVERY_KIND));
    for sentence in [
        "availability: a share of ",
        "availability: without any good event 0 is recorded, and without traffic no share at all",
        "availability: what is recorded ends with its raw series, 5m later",
        "lost: a share of ",
        "lost: without a baseline there is no difference",
        "latency: a quantile of ",
        "latency: without traffic no quantile is recorded",
        "size: a mean of ",
        "size: without traffic no mean is recorded",
        "orders: a rate of ",
        "orders: a counter that stands still has a rate of 0",
        "orders: stage canary-5 is scaled to full traffic once it is 10m old, and not before",
        "crashes: an increase of ",
        "crashes: what is recorded ends with its raw series, 20m later",
        "replicas: a value of ",
        "disk: a value of ",
        "load: a value of ",
        "load: without a baseline there is no difference",
        "threads: a value of ",
    ] {
        all.has(sentence);
    }
    for promtool in promtools() {
        assert_eq!(all.against(&promtool), None, "{}", promtool.display());
    }
}

#[test]
fn native_histograms_the_past_and_long_windows_are_proved_too() {
    for (name, sentence) in [
        ("native-histogram", "latency_p99: a quantile of "),
        ("value-beside-its-reference-a-week-ago", "queue_change: 150 is compared with 30 recorded 7d before"),
        ("while-running-and-growing-with-traffic", "orders: stage canary-5 is scaled to full traffic"),
        ("scope-of-its-own", "latency_mean: a mean of "),
    ] {
        let case = case(name);
        case.has(sentence);
        for promtool in promtools() {
            assert_eq!(case.against(&promtool), None, "{name}: {}", promtool.display());
        }
    }
}

/// The same test file with the tests of one metric alone.
fn about(test: &Path, metric: &str) -> PathBuf {
    let text = std::fs::read_to_string(test).expect("a test file");
    let mut document: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
    let tests = document["tests"].as_sequence_mut().expect("tests");
    let start = format!("{metric}: ");
    let raw = |name: &str| {
        name.starts_with(&start)
            && [" recorded", " scaled to full", "without a baseline"].iter().any(|part| name.contains(part))
    };
    tests.retain(|test| test["name"].as_str().is_some_and(raw));
    assert!(!tests.is_empty(), "{metric}");
    let path = test.with_file_name(format!("{metric}.test.yaml"));
    std::fs::write(&path, serde_yaml::to_string(&document).expect("YAML")).expect("a file");
    path
}

/// Rules that measure something else than they say: of which metric, what stands there, and what it becomes.
const FAULTS: [(&str, &str, &str); 20] = [
    ("availability", "requests_total{code!~\"5..\",handler", "requests_total{handler"),
    ("availability", "or 0 * sum by (region, tier)", "or 1 * sum by (region, tier)"),
    ("availability", "deployment!=\"shop-canary\",zone=~\"eu-.*\"", "zone=~\"eu-.*\""),
    ("lost", "messages_lost_total{queue=~\"orders|bills\",", "messages_lost_total{"),
    ("latency", "latency_seconds_bucket{route=~\"/cart(/.*)?\",", "latency_seconds_bucket{"),
    ("latency", "histogram_quantile(0.9,", "histogram_quantile(0.95,"),
    ("latency", "sum by (region, le)", "sum by (le)"),
    ("latency", "(rate(latency_seconds_bucket", "(irate(latency_seconds_bucket"),
    ("latency", "zone=~\"eu-.*\"}[5m])))", "zone=~\"eu-.*\"}[10m])))"),
    ("size", "rate(answer_bytes_sum", "irate(answer_bytes_sum"),
    ("size", "answer_bytes_sum{job=\"gateway\",cluster!~\"test-.*\"}", "answer_bytes_sum{job=\"gateway\"}"),
    ("size", "test-.*\"}[5m]", "test-.*\"}[10m]"),
    ("orders", "rate(orders_total", "irate(orders_total"),
    ("orders", "[10m])) * 60", "[10m]))"),
    ("orders", ">= 600", ">= 60"),
    ("crashes", "[20m]", "[10m]"),
    (
        "load",
        "load:avg{release=\"example\",role=\"baseline\"} > 0",
        "load:avg{release=\"example\",role=\"baseline\"}",
    ),
    ("disk", "min(disk_free_bytes", "avg(disk_free_bytes"),
    ("replicas", "sum(replicas", "max(replicas"),
    ("threads", "max by (region) (threads", "max(threads"),
];

#[test]
fn a_recording_that_has_lost_something_is_noticed() {
    let all = written(&projects::of_text(EVERY_KIND));
    let is_usual = |path: &&PathBuf| path.ends_with("example.rules.test.yaml");
    let test = all.tests.iter().find(is_usual).expect("the usual tests");
    let rules = all.folder.path().join("example.rules.yaml");
    let promtool = Path::new("promtool");
    for (metric, from, to) in FAULTS {
        let tests = [about(test, metric)];
        std::fs::write(&rules, &all.rules).expect("a file");
        assert!(said_by(promtool, &["test", "rules"], &tests).0, "{metric} as it is");
        assert!(all.rules.contains(from), "no {from} in\n{}", all.rules);
        std::fs::write(&rules, all.rules.replacen(from, to, 1)).expect("a file");
        assert!(said_by(promtool, &["check", "rules"], std::slice::from_ref(&rules)).0, "{from} became {to}");
        assert!(!said_by(promtool, &["test", "rules"], &tests).0, "{from} became {to}");
    }
}
