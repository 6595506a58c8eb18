//! What a rehearsal needs: the releases built for it, and the servers that read what was built.

use crate::exporter::Exporter;
use crate::http::get;
use crate::listener::Listener;
use crate::promise::{Promise, promises};
use crate::servers::{Alertmanager, Prometheus};
use crate::wait_for;
use relspec::spec::pace::Pace;
use relspec::spec::rehearsal::Rehearsal;
use relspec::{Outcome, Project};
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::time::Duration;

/// The texts of the project, as they stand in this repository.
const TEXTS: [(&str, &str); 4] = [
    ("relspec.yaml", "relspec.yaml"),
    ("specs/scm-platform-v1.yaml", "specs/scm-platform-v1.yaml"),
    ("specs/divergence-v13.yaml", "specs/divergence-v13.yaml"),
    ("specs/thumbnailer-v3.yaml", "tests/cases/ok/thumbnailer/spec.yaml"),
];

/// Servers with everything that they read. They end with it.
pub struct Setting {
    /// Whose series Prometheus scrapes.
    pub exporter: Exporter,
    /// Whom Alertmanager tells.
    pub listener: Listener,
    /// Prometheus, which may be killed and started again.
    pub prometheus: Mutex<Prometheus>,
    /// Alertmanager.
    pub alertmanager: Alertmanager,
    /// What every alert promises.
    pub promises: Vec<Promise>,
    /// How often series are scraped.
    pub scrape: Duration,
    /// How often the rules are evaluated.
    pub evaluation: Duration,
    _folder: tempfile::TempDir,
}

impl Setting {
    /// Builds the releases with the switch, so many times faster, and starts the servers. A value counts as the last one
    /// of its series for `lookback` seconds.
    pub fn start(factor: u64, lookback: f64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (exporter, listener) = (Exporter::start(), Listener::start());
        let address = format!("http://127.0.0.1:{}/", listener.server.port);
        let outcome = build(folder.path(), &address, factor);
        let out = folder.path().join("out");
        let alertmanager = Alertmanager::start(folder.path(), &out.join("alertmanager/alertmanager.yml"));
        let config = configuration(&outcome, exporter.server.port, alertmanager.port);
        std::fs::write(folder.path().join("prometheus.yml"), config).expect("a configuration");
        let prometheus = Prometheus::start(folder.path(), flags(factor, lookback));
        let port = prometheus.port;
        // Prometheus looks for Alertmanagers only every five seconds; what it would tell before is lost.
        wait_for("Prometheus knows Alertmanager", || {
            get(port, "/api/v1/alertmanagers")
                .filter(|text| text.contains(&format!("127.0.0.1:{}/", alertmanager.port)))
        });
        Self {
            exporter,
            listener,
            prometheus: Mutex::new(prometheus),
            alertmanager,
            promises: promises(&outcome),
            scrape: Duration::from_millis(outcome.config.scrape.millis()),
            evaluation: Duration::from_millis(outcome.config.evaluation.millis()),
            _folder: folder,
        }
    }

    /// What Prometheus answers.
    pub fn prometheus<T>(&self, ask: impl FnOnce(&Prometheus) -> T) -> T {
        ask(&self.prometheus.lock().expect("no panic while it is held"))
    }
}

/// The times that Prometheus takes from its flags, as much shorter as those of the rules.
fn flags(factor: u64, lookback: f64) -> Vec<String> {
    let short = |seconds: u64| seconds * 1000 / factor;
    vec![
        format!("--query.lookback-delta={}ms", (lookback * 1000.0).round()),
        format!("--rules.alert.for-outage-tolerance={}ms", short(3600)),
        format!("--rules.alert.for-grace-period={}ms", short(10 * 60)),
        // What is told before Prometheus knows Alertmanager is lost until it is told again.
        "--rules.alert.resend-delay=15s".to_owned(),
    ]
}

/// Runs the program as a user does, and compiles the same in memory, where the promised times are.
fn build(folder: &Path, listener: &str, factor: u64) -> Outcome {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut project = Project::default();
    std::fs::create_dir(folder.join("specs")).expect("a folder");
    for (path, from) in TEXTS {
        let text = std::fs::read_to_string(root.join(from)).expect("a text");
        std::fs::write(folder.join(path), &text).expect("a copy");
        let file = project.sources.add(path, text);
        if path == "relspec.yaml" {
            project.config_file = Some(file);
        } else {
            project.spec_files.push(file);
        }
    }
    let built = Command::new(env!("CARGO_BIN_EXE_relspec"))
        .args(["build", "--rehearse", &factor.to_string(), "--listener", listener, "--out", "out"])
        .current_dir(folder)
        .output()
        .expect("relspec");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let pace = Pace::faster(factor).expect("a pace");
    project.rehearsal = Some(Rehearsal { pace, listener: listener.to_owned() });
    let outcome = relspec::compile(&project);
    for made in &outcome.artifacts {
        let written = std::fs::read_to_string(folder.join("out").join(made.file.path()));
        assert_eq!(written.expect("a built file"), made.file.text(), "{}", made.file.path());
    }
    outcome
}

fn configuration(outcome: &Outcome, exporter: u16, alertmanager: u16) -> String {
    let (scrape, evaluation) =
        (outcome.config.scrape.to_prometheus(), outcome.config.evaluation.to_prometheus());
    let jobs = outcome.specs.iter().map(|spec| {
        let release = spec.id();
        serde_json::json!({
            "job_name": release,
            "metrics_path": format!("/{release}"),
            "honor_labels": true,
            "static_configs": [{ "targets": [format!("127.0.0.1:{exporter}")] }],
        })
    });
    // Prometheus takes wildcards in the name of a file only, not in those of folders.
    let rules = outcome.artifacts.iter().map(|made| made.file.path());
    let rules = rules.filter(|path| path.ends_with(".rules.yaml")).map(|path| format!("out/{path}"));
    let config = serde_json::json!({
        "global": { "scrape_interval": scrape, "scrape_timeout": scrape, "evaluation_interval": evaluation },
        "rule_files": rules.collect::<Vec<_>>(),
        "alerting": {
            "alertmanagers": [{ "static_configs": [{ "targets": [format!("127.0.0.1:{alertmanager}")] }] }],
        },
        "scrape_configs": jobs.collect::<Vec<_>>(),
    });
    // JSON is YAML.
    config.to_string()
}
