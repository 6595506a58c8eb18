//! The play of `scm-platform-v1`: blue and green side by side, a rollback at once, and limits of one stage alone.

use crate::of_plan;
use crate::scene::Scene;
use std::time::Instant;

const EDGES: [f64; 11] = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0, 2.5];
const BOTH: [&str; 2] = ["pagerduty", "dingtalk"];
const FATAL: &str = "scm_log_events_total{level=\"FATAL\",namespace=\"scm-green\"}";

/// Requests a second and the share that fails on the new version, and the buckets of both versions' latencies.
fn requests(scene: &Scene<'_>, rate: f64, bad: f64, buckets: [usize; 2]) -> Instant {
    let at = Instant::now();
    for (namespace, bucket) in ["scm-green", "scm-blue"].into_iter().zip(buckets) {
        let bad = if namespace == "scm-green" { bad } else { 0.0 };
        let of =
            |status: &str| format!("application=\"gateway\",namespace=\"{namespace}\",status=\"{status}\"");
        scene.feed.histogram("http_server_requests_seconds", &of("200"), &EDGES, rate * (1.0 - bad), bucket);
        scene.feed.counter(&format!("http_server_requests_seconds_count{{{}}}", of("500")), rate * bad);
    }
    at
}

fn healthy(scene: &Scene<'_>) -> Instant {
    for function in ["order-create", "payment"] {
        scene.feed.gauge(&format!("probe_success{{function=\"{function}\",environment=\"green\"}}"), 1.0);
    }
    scene.feed.gauge("scm_inventory_oversold_items", 0.0);
    scene.feed.counter("pg_stat_database_deadlocks{datname=\"scm_order\"}", 0.0);
    scene.feed.counter(FATAL, 0.0);
    scene.feed.counter("scm_orders_created_total{result=\"success\",namespace=\"scm-green\"}", 1000.0);
    requests(scene, 5000.0, 0.0, [3, 3])
}

/// From before any data to done.
pub fn play(scene: &Scene<'_>) {
    scene.verdict_becomes(Some(1.0));
    scene.verdict_stays(Some(1.0), of_plan(90));
    assert!(scene.raised().is_empty(), "nothing is raised before any data");
    without_a_stage(scene);
    warn_and_hold(scene);
    at_one_stage_alone(scene);
    the_signal_is_lost(scene);
    rollback_at_once(scene);
    no_data_and_low_traffic(scene);
    done(scene);
}

fn without_a_stage(scene: &Scene<'_>) {
    let fault = healthy(scene);
    scene.told(fault, "StageSignalLost", &[("because", "never-came")], &BOTH);
    assert_eq!(scene.verdict(), Some(1.0), "all is well, but nobody knows the stage");
    let mended = Instant::now();
    scene.feed.stage("canary-5", 1000.0);
    scene.ended(mended, "StageSignalLost", &[], &BOTH);
    scene.all_is_well();
}

fn warn_and_hold(scene: &Scene<'_>) {
    // Both versions are slow: a warning, and nothing to hold against the new one.
    let fault = requests(scene, 5000.0, 0.0, [5, 5]);
    scene.told(fault, "P99LatencyWarn", &[], &["dingtalk"]);
    scene.verdict_becomes(Some(1.0));
    scene.untold(fault, "P99VsOldHold", &[]);
    let worse = requests(scene, 5000.0, 0.0, [7, 5]);
    scene.told(worse, "P99VsOldHold", &[], &BOTH);
    scene.told(worse, "P99LatencyHold", &[], &BOTH);
    scene.silenced("P99LatencyWarn", &[]);
    assert_eq!(scene.verdict(), Some(1.0));
}

fn at_one_stage_alone(scene: &Scene<'_>) {
    // The log's fatal line sends the release back at the first stage, and holds it at the next.
    let fault = Instant::now();
    scene.feed.add(FATAL, 1.0);
    scene.told(fault, "FatalLogsRollback", &[("stage", "canary-5")], &BOTH);
    scene.untold(fault, "FatalLogsHold", &[]);
    scene.ended(fault, "FatalLogsRollback", &[], &BOTH);
    scene.verdict_becomes(Some(1.0));
    let mended = healthy(scene);
    scene.ended(mended, "P99LatencyHold", &[], &BOTH);
    scene.all_is_well();
    scene.feed.stage("canary-25", 500.0);
    scene.stage_becomes("canary-25");
    let fault = Instant::now();
    scene.feed.add(FATAL, 1.0);
    scene.told(fault, "FatalLogsHold", &[], &BOTH);
    scene.untold(fault, "FatalLogsRollback", &[]);
    scene.ended(fault, "FatalLogsHold", &[], &BOTH);
    scene.all_is_well();
}

fn the_signal_is_lost(scene: &Scene<'_>) {
    let fault = Instant::now();
    let signals = scene.feed.lose_stages();
    scene.told(fault, "StageSignalLost", &[("because", "vanished")], &BOTH);
    scene.verdict_becomes(Some(1.0));
    let mended = Instant::now();
    scene.feed.find_stages(signals);
    scene.ended(mended, "StageSignalLost", &[("because", "vanished")], &BOTH);
    scene.all_is_well();
}

fn rollback_at_once(scene: &Scene<'_>) {
    let fault = requests(scene, 5000.0, 0.3, [3, 3]);
    scene.told(fault, "ErrorRateRollback", &[], &BOTH);
    scene.verdict_becomes(Some(2.0));
    // What fires ten minutes later is milder, and nobody is told of it any more.
    scene.silenced("ErrorRateHold", &[]);
    scene.untold(fault, "ErrorRateHold", &[]);
    let mended = healthy(scene);
    scene.ended(mended, "ErrorRateRollback", &[], &BOTH);
    scene.all_is_well();
}

fn no_data_and_low_traffic(scene: &Scene<'_>) {
    let fault = Instant::now();
    scene.feed.silent(true);
    scene.told(fault, "ErrorRateNoData", &[], &BOTH);
    scene.told(fault, "P99VsOldNoData", &[], &BOTH);
    scene.verdict_becomes(Some(1.0));
    let few = requests(scene, 1.0, 0.5, [3, 3]);
    scene.feed.silent(false);
    scene.ended(few, "ErrorRateNoData", &[], &BOTH);
    scene.verdict_stays(Some(1.0), of_plan(15 * 60));
    for alert in ["ErrorRateHold", "ErrorRateRollback"] {
        scene.untold(few, alert, &[]);
    }
    healthy(scene);
    scene.all_is_well();
}

fn done(scene: &Scene<'_>) {
    scene.feed.stage("done", 0.0);
    scene.verdict_becomes(None);
    let end = Instant::now();
    scene.feed.silent(true);
    scene.verdict_stays(None, of_plan(21 * 60));
    for alert in ["ErrorRateNoData", "P99VsOldNoData", "CoreFunctionsNoData", "StageSignalLost"] {
        scene.untold(end, alert, &[]);
    }
}
