//! Prometheus and Alertmanager as Debian packages them, on free ports, ended whatever happens.

use crate::http::{get, quoted};
use crate::wait_for;
use serde_json::Value;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A program that is ended with the value that holds it.
struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Waits until the server answers, and tells its last words where it ended instead.
    fn ready(&mut self, port: u16) {
        wait_for("a server is ready", || {
            if let Ok(Some(status)) = self.child.try_wait() {
                let log = std::fs::read_to_string(&self.log).unwrap_or_default();
                panic!("{} ended ({status}): {}", self.log.display(), log.lines().last().unwrap_or(""));
            }
            get(port, "/-/ready")
        });
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself; a killed program still has to be waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts a program under the first of its names that there is.
fn start(names: &[&str], package: &str, folder: &Path, arguments: &[String]) -> Process {
    let path = folder.join(format!("{package}.log"));
    let log = || std::fs::OpenOptions::new().create(true).append(true).open(&path).expect("a log");
    let run = |name: &&str| {
        let mut command = Command::new(name);
        command.args(arguments).current_dir(folder).stdout(Stdio::null()).stderr(log()).spawn()
    };
    let Some(child) = names.iter().find_map(|name| run(name).ok()) else {
        panic!("{} can't be run: run `make test`, or apt-get install {package}", names.join(" or "))
    };
    Process { child, log: path }
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("an address").port()
}

/// Debian's name of Alertmanager, and its own.
const NAMES: [&str; 2] = ["prometheus-alertmanager", "alertmanager"];

/// Alertmanager.
pub struct Alertmanager {
    /// Where it listens.
    pub port: u16,
    _process: Process,
}

impl Alertmanager {
    /// Starts with a generated configuration.
    pub fn start(folder: &Path, config: &Path) -> Self {
        let port = free_port();
        let arguments = [
            format!("--config.file={}", config.display()),
            format!("--storage.path={}", folder.join("alertmanager").display()),
            format!("--web.listen-address=127.0.0.1:{port}"),
            "--cluster.listen-address=".to_owned(),
        ];
        let mut process = start(&NAMES, "prometheus-alertmanager", folder, &arguments);
        process.ready(port);
        Self { port, _process: process }
    }

    /// The alerts that it knows, those that are silent as well.
    pub fn alerts(&self) -> Vec<Value> {
        let text = get(self.port, "/api/v2/alerts").unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }
}

/// Prometheus.
pub struct Prometheus {
    /// Where it listens.
    pub port: u16,
    folder: PathBuf,
    flags: Vec<String>,
    process: Option<Process>,
}

impl Prometheus {
    /// Starts with the configuration in `folder`, on an empty storage below it, and with these flags besides.
    pub fn start(folder: &Path, flags: Vec<String>) -> Self {
        let mut server = Self { port: free_port(), folder: folder.to_owned(), flags, process: None };
        server.resume();
        server
    }

    /// Ends it at once, without a chance to write anything.
    pub fn kill(&mut self) {
        // On Unix this is SIGKILL.
        self.process = None;
    }

    /// Starts again on the same storage.
    pub fn resume(&mut self) {
        let mut arguments = vec![
            format!("--config.file={}", self.folder.join("prometheus.yml").display()),
            format!("--storage.tsdb.path={}", self.folder.join("data").display()),
            format!("--web.listen-address=127.0.0.1:{}", self.port),
        ];
        arguments.extend(self.flags.iter().cloned());
        let mut process = start(&["prometheus"], "prometheus", &self.folder, &arguments);
        process.ready(self.port);
        self.process = Some(process);
    }

    /// The results of a query now.
    pub fn ask(&self, query: &str) -> Vec<Value> {
        results(get(self.port, &format!("/api/v1/query?query={}", quoted(query))))
    }

    /// The results of a query over a time in Unix seconds, at each step.
    pub fn history(&self, query: &str, times: (f64, f64), step: Duration) -> Vec<Value> {
        let (from, to, step) = (times.0, times.1, step.as_secs_f64());
        let query = quoted(query);
        results(get(
            self.port,
            &format!("/api/v1/query_range?query={query}&start={from}&end={to}&step={step}"),
        ))
    }

    /// The alerts that it raises, pending ones as well.
    pub fn alerts(&self) -> Vec<Value> {
        let text = get(self.port, "/api/v1/alerts").unwrap_or_default();
        let value: Value = serde_json::from_str(&text).unwrap_or_default();
        value["data"]["alerts"].as_array().cloned().unwrap_or_default()
    }
}

fn results(text: Option<String>) -> Vec<Value> {
    let value: Value = serde_json::from_str(&text.unwrap_or_default()).unwrap_or_default();
    value["data"]["result"].as_array().cloned().unwrap_or_default()
}
