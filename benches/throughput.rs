//! How fast releases compile, and how much memory that takes: `cargo bench`.
//!
//! The ratio compares with reading the same text into plain values with serde_yaml, in the same run, so that it says
//! something on any machine. Nothing is judged here.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "this is a report, and nothing goes on without its input"
)]

use relspec::{Outcome, Project, compile};
use std::hint::black_box;
use std::time::{Duration, Instant};

const SPECS: [(&str, &str); 2] = [
    ("divergence-v13", include_str!("../specs/divergence-v13.yaml")),
    ("mt5-crs-resilience", include_str!("../specs/mt5-crs-resilience.yaml")),
];
const MANY: usize = 1_000;

fn main() {
    for (id, text) in SPECS {
        report(id, &[(format!("specs/{id}.yaml"), text.to_owned())], 50);
    }
    report(&format!("{MANY} releases"), &copies(MANY), 3);
    match peak_memory() {
        Some(kilobytes) => println!("peak memory of this process: {:.1} MB", kilobytes / 1024.0),
        None => println!("peak memory of this process: unknown on this system"),
    }
}

/// The two releases again and again, each with an id of its own.
fn copies(count: usize) -> Vec<(String, String)> {
    let copy = |n: usize| {
        let (id, text) = SPECS[n % SPECS.len()];
        let new = format!("{id}-{n}");
        (format!("specs/{new}.yaml"), text.replacen(&format!("id: {id}"), &format!("id: {new}"), 1))
    };
    (0..count).map(copy).collect()
}

fn report(name: &str, texts: &[(String, String)], rounds: u32) {
    let outcome = build(texts);
    let errors = outcome.findings.iter().filter(|f| f.severity == relspec::diag::Severity::Error).count();
    assert!(errors == 0 && outcome.broken.is_empty(), "{name} does not build: {errors} errors");
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    let ours = best_of(rounds, || drop(black_box(build(texts))));
    let plain = best_of(rounds, || texts.iter().for_each(|(_, text)| drop(black_box(plain_values(text)))));
    println!(
        "{name}: {bytes} bytes, {} files; compiled in {ours:.2?} ({:.2} MB/s), read by serde_yaml in {plain:.2?}, ratio {:.1}",
        outcome.artifacts.len(),
        bytes as f64 / 1e6 / ours.as_secs_f64(),
        ours.as_secs_f64() / plain.as_secs_f64(),
    );
}

fn build(texts: &[(String, String)]) -> Outcome {
    let mut project = Project::default();
    for (path, text) in texts {
        let file = project.sources.add(path.as_str(), text.as_str());
        project.spec_files.push(file);
    }
    compile(&project)
}

fn plain_values(text: &str) -> serde_yaml::Value {
    serde_yaml::from_str(text).expect("a spec is YAML")
}

fn best_of(rounds: u32, mut run: impl FnMut()) -> Duration {
    let time = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..rounds).map(time).min().unwrap_or_default()
}

/// The most memory that this process has had, in kilobytes; only Linux tells.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
