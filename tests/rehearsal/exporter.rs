//! The exporter: series of several releases that a script turns up and down while Prometheus scrapes them.

use crate::http::Server;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// What a series does.
#[derive(Debug, Clone, Copy)]
enum Flow {
    /// A counter that grows so much a second.
    Counter { value: f64, rate: f64 },
    /// A value.
    Gauge(f64),
}

/// The series of one release.
#[derive(Debug, Default)]
struct World {
    series: BTreeMap<String, Flow>,
    signals: BTreeMap<String, f64>,
    silent: bool,
    at: Option<Instant>,
}

impl World {
    /// Lets time pass.
    fn advance(&mut self) {
        let now = Instant::now();
        let passed = self.at.map_or(0.0, |at| now.duration_since(at).as_secs_f64());
        self.at = Some(now);
        for flow in self.series.values_mut() {
            if let Flow::Counter { value, rate } = flow {
                *value += *rate * passed;
            }
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (series, start) in &self.signals {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{series} {start}");
        }
        for (series, flow) in self.series.iter().filter(|_| !self.silent) {
            let (Flow::Counter { value, .. } | Flow::Gauge(value)) = flow;
            let _ = writeln!(text, "{series} {value}");
        }
        text
    }
}

type Worlds = Arc<Mutex<BTreeMap<String, World>>>;

/// The exporter of all releases, each under a path of its own.
pub struct Exporter {
    /// The server that Prometheus scrapes.
    pub server: Server,
    worlds: Worlds,
}

impl Exporter {
    /// Starts without any series.
    pub fn start() -> Self {
        let worlds = Worlds::default();
        let shown = Arc::clone(&worlds);
        let server = Server::start(move |path, _| {
            let mut worlds = shown.lock().expect("no panic while it is held");
            let Some(world) = worlds.get_mut(path.trim_start_matches('/')) else { return String::new() };
            world.advance();
            world.text()
        });
        Self { server, worlds }
    }

    /// The series of one release.
    pub fn of(&self, release: &str) -> Feed {
        Feed { worlds: Arc::clone(&self.worlds), release: release.to_owned() }
    }
}

/// What the script of a release turns.
#[derive(Clone)]
pub struct Feed {
    worlds: Worlds,
    release: String,
}

impl Feed {
    fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let mut worlds = self.worlds.lock().expect("no panic while it is held");
        let world = worlds.entry(self.release.clone()).or_default();
        world.advance();
        change(world)
    }

    /// From now on a counter grows so much a second.
    pub fn counter(&self, series: &str, rate: f64) {
        self.change(|world| {
            let flow = world.series.entry(series.to_owned()).or_insert(Flow::Counter { value: 0.0, rate });
            if let Flow::Counter { rate: old, .. } = flow {
                *old = rate;
            }
        });
    }

    /// Adds to a counter at once.
    pub fn add(&self, series: &str, more: f64) {
        self.change(|world| {
            if let Some(Flow::Counter { value, .. }) = world.series.get_mut(series) {
                *value += more;
            }
        });
    }

    /// From now on a gauge has this value.
    pub fn gauge(&self, series: &str, value: f64) {
        self.change(|world| world.series.insert(series.to_owned(), Flow::Gauge(value)));
    }

    /// From now on so many observations a second fall into one bucket of a histogram, by the bucket's place in `edges`.
    pub fn histogram(&self, name: &str, labels: &str, edges: &[f64], rate: f64, bucket: usize) {
        for (at, edge) in edges.iter().enumerate() {
            let inside = if at >= bucket { rate } else { 0.0 };
            self.counter(&format!("{name}_bucket{{{labels},le=\"{edge}\"}}"), inside);
        }
        self.counter(&format!("{name}_bucket{{{labels},le=\"+Inf\"}}"), rate);
        self.counter(&format!("{name}_count{{{labels}}}"), rate);
        let middle = edges.get(bucket).copied().unwrap_or(1.0);
        self.counter(&format!("{name}_sum{{{labels}}}"), rate * middle);
    }

    /// Tells that a stage began so many seconds ago. Earlier stages stay, as in a Pushgateway.
    pub fn stage(&self, stage: &str, seconds_ago: f64) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64());
        let release = &self.release;
        let series = format!("release_stage_start_time_seconds{{release=\"{release}\",stage=\"{stage}\"}}");
        self.change(|world| world.signals.insert(series, now - seconds_ago));
    }

    /// Takes every stage signal away.
    pub fn lose_stages(&self) -> BTreeMap<String, f64> {
        self.change(|world| std::mem::take(&mut world.signals))
    }

    /// Brings the stage signals back.
    pub fn find_stages(&self, signals: BTreeMap<String, f64>) {
        self.change(|world| world.signals = signals);
    }

    /// Whether everything but the stage signal is gone.
    pub fn silent(&self, silent: bool) {
        self.change(|world| world.silent = silent);
    }
}
