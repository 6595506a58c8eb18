//! Prometheus is killed while one alert fires and another is pending, and starts again on what it had written.
//!
//! It needs some seconds to find its targets again, at any pace. So that this is not an hour of the plan, this play is
//! slower than the others.

use crate::divergence::{JOB, closure_error, healthy};
use crate::scene::Scene;
use crate::setting::Setting;
use crate::telling::DEFAULT;
use std::time::{Duration, Instant};

const FACTOR: u64 = 30;

/// How long Prometheus may take until it finds its targets again.
const FINDS: Duration = Duration::from_secs(12);

fn of_plan(seconds: u64) -> Duration {
    Duration::from_millis(seconds * 1000 / FACTOR)
}

/// The whole play, on servers of its own.
pub fn play() {
    // A value of before the restart counts until there is a new one.
    let setting = Setting::start(FACTOR, 60.0);
    let scene = Scene::of(&setting, "divergence-v13");
    scene.feed.stage("scale-ethusdt", 1000.0);
    healthy(&scene);
    scene.all_is_well();
    let fault = closure_error(&scene, 0.3);
    scene.told(fault, "ClosureErrorRollback", &[], &[DEFAULT]);
    scene.verdict_becomes(Some(2.0));
    scene.feed.gauge(&format!("divergence_queue_length{{{JOB}}}"), 2000.0);
    let fires = scene.state_becomes("ClosureErrorRollback", "firing");
    let waits = scene.state_becomes("QueueBacklogHold", "pending");
    std::thread::sleep(of_plan(4 * 60));
    let killed = Instant::now();
    kill(&setting);
    state_returns(&scene, killed, &fires, &waits);
    let mended = healthy(&scene);
    scene.ended(mended, "ClosureErrorRollback", &[], &[DEFAULT]);
    scene.ended(mended, "QueueBacklogHold", &[], &[DEFAULT]);
    scene.all_is_well();
}

fn kill(setting: &Setting) {
    let mut prometheus = setting.prometheus.lock().expect("no panic while it is held");
    prometheus.kill();
    std::thread::sleep(of_plan(60));
    prometheus.resume();
}

/// What fired and what was pending has been so since before the restart, and the verdict forgot none of it.
fn state_returns(scene: &Scene<'_>, killed: Instant, fires: &str, waits: &str) {
    let back = Instant::now();
    let again = scene.state_becomes("ClosureErrorRollback", "firing");
    while !scene.is_told(back, "QueueBacklogHold", true) {
        let verdict = scene.verdict();
        assert!(verdict.is_none_or(|verdict| verdict > 1.5), "{verdict:?}, {:?} after", back.elapsed());
        assert!(back.elapsed() < of_plan(3600), "{:?}", scene.raised());
        std::thread::sleep(Duration::from_millis(200));
    }
    let waited = scene.state_becomes("QueueBacklogHold", "firing");
    if !scene.kept_up(back.elapsed().saturating_sub(FINDS).as_secs_f64()) {
        eprintln!("not judged since when alerts are active after the restart: the servers did not keep up");
        return;
    }
    assert!(!scene.is_told(killed, "ClosureErrorRollback", false), "a restart ends nothing");
    let down = back.duration_since(killed) + of_plan(60);
    let later = |active: &str, since: &str| moment(active) - moment(since);
    assert!(later(&again, fires) <= down.as_secs_f64(), "firing since {fires}, and again since {again}");
    assert!(later(&waited, waits) <= down.as_secs_f64(), "pending since {waits}, and again since {waited}");
}

fn moment(text: &str) -> f64 {
    text.parse::<jiff::Timestamp>().expect("RFC 3339").as_millisecond() as f64 / 1000.0
}
