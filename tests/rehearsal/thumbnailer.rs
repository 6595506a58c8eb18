//! The play of `thumbnailer-v3`: a canary beside a baseline, three levels, limits that differ by stage.

use crate::of_plan;
use crate::scene::Scene;
use std::time::Instant;

const EDGES: [f64; 6] = [0.05, 0.1, 0.25, 0.5, 1.0, 2.5];
const BOTH: [&str; 2] = ["pager", "chat"];

/// Requests a second, and the share of them that fail, on the new version. The old one has no errors.
fn requests(scene: &Scene<'_>, rate: f64, bad: f64) -> Instant {
    let at = Instant::now();
    let of = |deployment: &str, code: &str| {
        format!("http_requests_total{{deployment=\"{deployment}\",code=\"{code}\"}}")
    };
    for deployment in ["thumbnailer-canary", "thumbnailer-stable"] {
        let bad = if deployment == "thumbnailer-canary" { bad } else { 0.0 };
        scene.feed.counter(&of(deployment, "200"), rate * (1.0 - bad));
        scene.feed.counter(&of(deployment, "500"), rate * bad);
    }
    at
}

/// The bucket into which the latencies of both versions fall.
fn latency(scene: &Scene<'_>, bucket: usize) -> Instant {
    let at = Instant::now();
    for deployment in ["thumbnailer-canary", "thumbnailer-stable"] {
        let labels = format!("deployment=\"{deployment}\"");
        scene.feed.histogram("http_request_duration_seconds", &labels, &EDGES, 400.0, bucket);
    }
    at
}

fn healthy(scene: &Scene<'_>) -> Instant {
    latency(scene, 1);
    // 14400 jobs an hour at 5 % of the traffic, 1440 at half of it: within the limits at both stages.
    scene.feed.counter("thumbnailer_jobs_total{deployment=\"thumbnailer-canary\"}", 0.2);
    scene.feed.counter("thumbnailer_jobs_total{deployment=\"thumbnailer-stable\"}", 4.0);
    requests(scene, 400.0, 0.0)
}

/// From before any data to done.
pub fn play(scene: &Scene<'_>) {
    scene.verdict_becomes(Some(1.0));
    scene.verdict_stays(Some(1.0), of_plan(90));
    assert!(scene.raised().is_empty(), "nothing is raised before any data");
    scene.feed.stage("canary-5", 1000.0);
    healthy(scene);
    scene.all_is_well();
    warn(scene);
    hold_and_what_follows(scene);
    at_the_next_stage(scene);
    no_data_and_low_traffic(scene);
    done(scene);
}

fn warn(scene: &Scene<'_>) {
    let fault = latency(scene, 3);
    scene.told(fault, "LatencyP95Warn", &[], &["chat"]);
    scene.untold(fault, "LatencyP95Rollback", &[]);
    scene.verdict_becomes(Some(1.0));
    let mended = latency(scene, 1);
    scene.ended(mended, "LatencyP95Warn", &[], &["chat"]);
    scene.all_is_well();
}

fn hold_and_what_follows(scene: &Scene<'_>) {
    // Between 1 % and 2 % it is a hold; after half an hour beyond the warning it is a rollback all the same.
    let fault = requests(scene, 400.0, 0.017);
    scene.told(fault, "FailedRequestsHold", &[], &BOTH);
    scene.silenced("FailedRequestsWarn", &[]);
    scene.untold(fault, "FailedRequestsRollback", &[]);
    scene.verdict_becomes(Some(1.0));
    scene.told(fault, "FailedRequestsRollback", &[("because", "after-warn")], &BOTH);
    scene.silenced("FailedRequestsHold", &[]);
    scene.verdict_becomes(Some(2.0));
    let mended = requests(scene, 400.0, 0.0);
    scene.ended(mended, "FailedRequestsRollback", &[], &BOTH);
    scene.ended(mended, "FailedRequestsHold", &[], &BOTH);
    scene.all_is_well();
}

fn at_the_next_stage(scene: &Scene<'_>) {
    scene.feed.stage("canary-50", 500.0);
    scene.stage_becomes("canary-50");
    let fault = requests(scene, 400.0, 0.6);
    scene.told(fault, "FailedRequestsRollback", &[("stage", "canary-50")], &BOTH);
    scene.silenced("FailedRequestsWarn", &[]);
    scene.silenced("FailedRequestsHold", &[]);
    scene.verdict_becomes(Some(2.0));
    scene.verdict_stays(Some(2.0), of_plan(5 * 60));
    let mended = requests(scene, 400.0, 0.0);
    scene.ended(mended, "FailedRequestsRollback", &[("stage", "canary-50")], &BOTH);
    scene.all_is_well();
}

fn no_data_and_low_traffic(scene: &Scene<'_>) {
    let fault = Instant::now();
    scene.feed.silent(true);
    scene.told(fault, "FailedRequestsNoData", &[], &BOTH);
    scene.told(fault, "LatencyP95NoData", &[], &BOTH);
    scene.verdict_becomes(Some(1.0));
    // Every second request fails, but there are too few of them for a verdict.
    let few = requests(scene, 1.0, 0.5);
    scene.feed.silent(false);
    scene.ended(few, "FailedRequestsNoData", &[], &BOTH);
    scene.verdict_stays(Some(1.0), of_plan(15 * 60));
    for alert in ["FailedRequestsWarn", "FailedRequestsHold", "FailedRequestsRollback"] {
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
    for alert in ["FailedRequestsNoData", "LatencyP95NoData", "SlowerThanBeforeNoData"] {
        scene.untold(end, alert, &[]);
    }
}
