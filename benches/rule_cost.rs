//! What evaluating our rules costs against the naive form, in which every alert holds its whole expression:
//! `cargo bench --bench rule_cost`.
//!
//! One Prometheus evaluates first the one and then the other on the same series, in the same run, so that the ratio says
//! something on any machine: a release with 100 metrics in three levels each, of a canary alone and of a canary beside a
//! baseline, 20 instances each. Ours records every measurement, the baseline's too. Both make a verdict. Nothing is judged
//! here.
//!
//! Two numbers are compared: the fastest evaluation of each group by the server's own clock, summed, which is what the work
//! takes where nothing else keeps the machine busy; and the processor time of the server without what it takes to scrape.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    reason = "this is a report, and nothing goes on without its input"
)]
#![allow(dead_code, reason = "the servers of the rehearsal can do more than is needed here")]

#[path = "../tests/rehearsal/exporter.rs"]
mod exporter;
#[path = "../tests/rehearsal/http.rs"]
mod http;
#[path = "rule_cost/metrics.rs"]
mod metrics;
#[path = "../tests/rehearsal/servers.rs"]
mod servers;

use exporter::{Exporter, Feed};
use relspec::spec::pace::Pace;
use relspec::spec::rehearsal::Rehearsal;
use relspec::{Outcome, Project};
use servers::Prometheus;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// How much faster time passes: a window has as many samples as in production, and ten evaluations take half a minute.
pub const FACTOR: u64 = 10;

/// How many evaluations are measured.
const ROUNDS: usize = 10;

/// Waits until something is there.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < Duration::from_secs(120), "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// What evaluating some rules takes.
#[derive(Debug, Clone, Copy)]
struct Cost {
    /// The shortest durations of all groups, in seconds.
    duration: f64,
    /// The processor time of the whole server, in seconds for one evaluation.
    processor: f64,
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let exporter = Exporter::start();
    let series = feed(&exporter.of("series"));
    println!("100 metrics, 3 levels each, {series} series; {ROUNDS} evaluations");
    let outcomes = [false, true].map(build);
    let run = |rules: Option<&str>| {
        configure(folder.path(), &outcomes[0], exporter.server.port, rules);
        cost(&Prometheus::start(folder.path(), Vec::new()), &outcomes[0])
    };
    let nothing = run(None);
    for (outcome, baseline) in outcomes.iter().zip([false, true]) {
        write_rules(folder.path(), outcome, baseline);
        let [ours, naive] = [Some("ours.yaml"), Some("naive.yaml")].map(run);
        println!("{}", if baseline { "with a baseline" } else { "without a baseline" });
        line("fastest evaluation of each group", ours.duration, naive.duration);
        line(
            "processor time of an evaluation",
            ours.processor - nothing.processor,
            naive.processor - nothing.processor,
        );
    }
}

fn line(what: &str, ours: f64, naive: f64) {
    println!("  {what}: relspec {ours:.3}s, naive form {naive:.3}s, ratio {:.2}", ours / naive);
}

fn build(baseline: bool) -> Outcome {
    let mut project = Project::default();
    project.spec_files.push(project.sources.add("specs/cost.yaml", metrics::spec(baseline)));
    let pace = Pace::faster(FACTOR).expect("a pace");
    project.rehearsal = Some(Rehearsal { pace, listener: "http://127.0.0.1:9/".to_owned() });
    let outcome = relspec::compile(&project);
    let errors = outcome.findings.iter().filter(|found| found.severity == relspec::diag::Severity::Error);
    let errors: Vec<_> = errors.collect();
    assert!(!outcome.artifacts.is_empty(), "{errors:?} {:?}", outcome.broken);
    outcome
}

/// Every series that the metrics read; gives their number.
fn feed(feed: &Feed) -> usize {
    let series = metrics::series();
    series.iter().for_each(|(series, rate)| feed.counter(series, *rate));
    series.len()
}

fn write_rules(folder: &Path, outcome: &Outcome, baseline: bool) {
    let ours = outcome.artifacts.iter().find(|made| made.file.path().ends_with(".rules.yaml"));
    std::fs::write(folder.join("ours.yaml"), ours.expect("rules").file.text()).expect("rules");
    let window = outcome.config.pace.seconds(5 * 60);
    let naive = metrics::naive(baseline, &window.to_prometheus(), window.seconds().to_promql().as_str());
    std::fs::write(folder.join("naive.yaml"), naive.to_string()).expect("rules");
}

fn configure(folder: &Path, outcome: &Outcome, exporter: u16, rules: Option<&str>) {
    let (scrape, evaluation) =
        (outcome.config.scrape.to_prometheus(), outcome.config.evaluation.to_prometheus());
    let config = serde_json::json!({
        "global": { "scrape_interval": scrape, "scrape_timeout": scrape, "evaluation_interval": evaluation },
        "rule_files": rules.into_iter().collect::<Vec<_>>(),
        "scrape_configs": [{ "job_name": "series", "metrics_path": "/series", "honor_labels": true,
                             "static_configs": [{ "targets": [format!("127.0.0.1:{exporter}")] }] }],
    });
    std::fs::write(folder.join("prometheus.yml"), config.to_string()).expect("a configuration");
}

/// What a server with some rules takes, once its windows are full.
fn cost(server: &Prometheus, outcome: &Outcome) -> Cost {
    let every = Duration::from_millis(outcome.config.evaluation.millis());
    // A window is as long as ten evaluations.
    std::thread::sleep(every * 11);
    let before = processor(server.port);
    let mut fastest: BTreeMap<String, f64> = BTreeMap::new();
    for _ in 0..ROUNDS {
        std::thread::sleep(every);
        for (group, duration) in values(server.port, "prometheus_rule_group_last_duration_seconds{") {
            let known = fastest.entry(group).or_insert(duration);
            *known = known.min(duration);
        }
    }
    let processor = (processor(server.port) - before) / ROUNDS as f64;
    Cost { duration: fastest.values().sum(), processor }
}

fn processor(port: u16) -> f64 {
    values(port, "process_cpu_seconds_total").map(|(_, seconds)| seconds).sum()
}

/// The server's own series that begin so, with their values.
fn values(port: u16, name: &str) -> impl Iterator<Item = (String, f64)> {
    let text = http::get(port, "/metrics").expect("the server's own metrics");
    let lines: Vec<String> = text.lines().filter(|line| line.starts_with(name)).map(str::to_owned).collect();
    lines.into_iter().filter_map(|line| {
        let (series, value) = line.rsplit_once(' ')?;
        Some((series.to_owned(), value.parse().ok()?))
    })
}
