//! Prometheus is killed while one alert fires and another is pending, and starts again on what it had written.

use crate::divergence::{closure_error, events, healthy};
use crate::of_plan;
use crate::scene::{DEFAULT, Scene};
use crate::setting::Setting;
use std::time::Instant;

/// The whole play, on servers of its own.
pub fn play() {
    let setting = Setting::start();
    let scene = Scene::of(&setting, "divergence-v13");
    scene.feed.stage("scale-ethusdt", 1000.0);
    healthy(&scene);
    scene.verdict_becomes(Some(0.0));
    let fault = closure_error(&scene, 0.3);
    events(&scene, "BTCUSDT", 0.0);
    scene.told(fault, "ClosureErrorRollback", &[], &[DEFAULT]);
    scene.verdict_becomes(Some(2.0));
    scene.state_becomes("EventsPerHourRollback", "pending");
    // Long enough that what was waited is more than a restart takes.
    std::thread::sleep(of_plan(15 * 60));
    let killed = Instant::now();
    kill(&setting);
    // The verdict was 2, and nothing but new evidence makes it 0.
    let back = Instant::now();
    state_returns(&scene, back);
    scene.unended(killed, "ClosureErrorRollback");
    let mended = healthy(&scene);
    scene.ended(mended, "ClosureErrorRollback", &[], &[DEFAULT]);
    scene.ended(mended, "EventsPerHourRollback", &[], &[DEFAULT]);
    scene.verdict_becomes(Some(0.0));
}

fn kill(setting: &Setting) {
    let mut prometheus = setting.prometheus.lock().expect("no panic while it is held");
    prometheus.kill();
    std::thread::sleep(of_plan(60));
    prometheus.resume();
}

/// What fired fires again, and what was pending fires, both sooner than after the whole `for` from the restart on.
fn state_returns(scene: &Scene<'_>, back: Instant) {
    scene.state_becomes("ClosureErrorRollback", "firing");
    let again = back.elapsed();
    assert!(again < of_plan(10 * 60), "it fired again after {again:?}, as if it had not fired before");
    loop {
        let verdict = scene.verdict();
        assert!(verdict.is_none_or(|verdict| verdict > 0.5), "{verdict:?} after {:?}", back.elapsed());
        if scene.is_told(back, "EventsPerHourRollback") {
            break;
        }
        let waited = back.elapsed();
        assert!(
            waited < of_plan(50 * 60),
            "{waited:?}: what was waited before the kill is lost: {:?}",
            scene.raised()
        );
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    scene.verdict_becomes(Some(2.0));
}
