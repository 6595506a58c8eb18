//! The rehearsal: a real Prometheus and a real Alertmanager with generated files, an exporter whose series a script turns,
//! and a webhook that records what people would have been told.
//!
//! The releases are built with `--rehearse`, unchanged otherwise. Each test has servers of its own on free ports and ends
//! them whatever happens. Nothing is asserted about the time at which something is seen, but for what the plan promises:
//! no alert before its `for`, and none later than its time to tell (with `SLACK` for a busy machine). The plan promises
//! that of servers that scrape and evaluate in time; where these did not keep up, the time is told and not judged.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "helpers of tests; a panic is how they fail"
)]

mod divergence;
mod exporter;
mod history;
mod http;
mod listener;
mod promise;
mod restart;
mod scene;
mod scm;
mod servers;
mod setting;
mod telling;
mod thumbnailer;

use std::time::{Duration, Instant};

/// How much faster time passes than in the plans.
pub const FACTOR: u64 = 75;

/// How much later than promised a message may be, since this machine is busy with other tests.
pub const SLACK: Duration = Duration::from_secs(6);

/// How long anything may take before the rehearsal is given up.
const PATIENCE: Duration = Duration::from_secs(90);

/// A time of the plan, in seconds, as long as it is in the rehearsal.
pub fn of_plan(seconds: u64) -> Duration {
    Duration::from_millis(seconds * 1000 / FACTOR)
}

/// Waits until something is there.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "waited {PATIENCE:?} in vain: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Two releases of this repository and the invented one, side by side on one server.
#[test]
fn three_releases_are_played_from_before_any_data_to_done() {
    let setting = setting::Setting::start(FACTOR, of_plan(5 * 60).as_secs_f64());
    std::thread::scope(|scope| {
        let plays = [thumbnailer::play as fn(&scene::Scene<'_>), scm::play, divergence::play];
        let releases = ["thumbnailer-v3", "scm-platform-v1", "divergence-v13"];
        let played = releases.into_iter().zip(plays).map(|(release, play)| {
            let setting = &setting;
            scope.spawn(move || {
                let scene = scene::Scene::of(setting, release);
                play(&scene);
                history::holds(&scene);
                scene.measured()
            })
        });
        let played: Vec<_> = played.collect();
        let measured = played
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)));
        promise::report(&measured.flatten().collect::<Vec<_>>());
    });
}

#[test]
fn a_killed_prometheus_comes_back_to_where_it_was() {
    restart::play();
}
