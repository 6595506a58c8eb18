//! The play of `divergence-v13`: a band whose two sides are two faults, label values, no channel at all, and a metric that
//! only the last stage has.

use crate::of_plan;
use crate::scene::Scene;
use crate::telling::DEFAULT;
use std::time::Instant;

/// The label of the release's series.
pub const JOB: &str = "job=\"divergence_metrics_exporter\"";

/// Everything within the usual ranges.
pub fn healthy(scene: &Scene<'_>) -> Instant {
    let feed = &scene.feed;
    feed.histogram("divergence_event_latency_seconds", JOB, &[0.0005, 0.001, 0.002, 0.005], 1000.0, 1);
    feed.histogram("divergence_pipeline_latency_seconds", JOB, &[0.005, 0.01, 0.05, 0.2], 1000.0, 1);
    feed.histogram("divergence_compute_latency_seconds", JOB, &[0.001, 0.0025, 0.005, 0.01], 1000.0, 1);
    for (result, rate) in [("ok", 2000.0), ("error", 0.0), ("unavailable", 0.0)] {
        feed.counter(&format!("divergence_signal_reads_total{{{JOB},result=\"{result}\"}}"), rate);
    }
    for (gauge, value) in [("score_median", 60.0), ("cpu_usage_ratio", 0.5), ("memory_usage_ratio", 0.5)] {
        feed.gauge(&format!("divergence_{gauge}{{{JOB}}}"), value);
    }
    feed.gauge(&format!("divergence_queue_length{{{JOB}}}"), 10.0);
    closure_error(scene, 0.01);
    events(scene, "BTCUSDT", 50.0);
    events(scene, "ETHUSDT", 50.0)
}

/// Events an hour of one symbol.
fn events(scene: &Scene<'_>, symbol: &str, per_hour: f64) -> Instant {
    let at = Instant::now();
    scene.feed.counter(&format!("divergence_events_total{{{JOB},symbol=\"{symbol}\"}}"), per_hour / 3600.0);
    at
}

/// By how much two sources of the same number differ.
pub fn closure_error(scene: &Scene<'_>, error: f64) -> Instant {
    let at = Instant::now();
    scene.feed.gauge(&format!("divergence_closure_error_ratio{{{JOB}}}"), error);
    at
}

fn cpu(scene: &Scene<'_>, usage: f64) -> Instant {
    let at = Instant::now();
    scene.feed.gauge(&format!("divergence_cpu_usage_ratio{{{JOB}}}"), usage);
    at
}

fn judged(scene: &Scene<'_>, hits: f64, misses: f64) -> Instant {
    let at = Instant::now();
    for (outcome, rate) in [("hit", hits), ("miss", misses)] {
        scene.feed.counter(&format!("divergence_signals_judged_total{{{JOB},outcome=\"{outcome}\"}}"), rate);
    }
    at
}

/// From before any data to done.
pub fn play(scene: &Scene<'_>) {
    scene.verdict_becomes(Some(1.0));
    scene.verdict_stays(Some(1.0), of_plan(90));
    scene.feed.stage("observe-btcusdt", 1000.0);
    healthy(scene);
    scene.all_is_well();
    two_sides_of_a_band(scene);
    after_a_warning(scene);
    the_last_stage(scene);
}

/// Too many events of one symbol and none of another: the rollback silences the warning of its own symbol and side alone.
fn two_sides_of_a_band(scene: &Scene<'_>) {
    let (many, none) =
        ([("symbol", "BTCUSDT"), ("side", "above")], [("symbol", "ETHUSDT"), ("side", "below")]);
    let fault = events(scene, "BTCUSDT", 60_000.0);
    events(scene, "ETHUSDT", 0.0);
    scene.told(fault, "EventsPerHourRollback", &many, &[DEFAULT]);
    scene.silenced("EventsPerHourWarn", &many);
    scene.told(fault, "EventsPerHourWarn", &none, &[DEFAULT]);
    scene.aloud("EventsPerHourWarn", &none);
    scene.verdict_becomes(Some(2.0));
    let mended = healthy(scene);
    scene.ended(mended, "EventsPerHourRollback", &many, &[DEFAULT]);
    scene.all_is_well();
}

fn after_a_warning(scene: &Scene<'_>) {
    let fault = cpu(scene, 0.9);
    scene.told(fault, "CpuWarn", &[], &[DEFAULT]);
    scene.told(fault, "CpuHold", &[("because", "after-warn")], &[DEFAULT]);
    scene.silenced("CpuWarn", &[]);
    scene.verdict_becomes(Some(1.0));
    let mended = cpu(scene, 0.5);
    scene.ended(mended, "CpuHold", &[], &[DEFAULT]);
    scene.all_is_well();
}

/// A metric that only the last stage has: too few events first, then enough, then too few hits among them.
fn the_last_stage(scene: &Scene<'_>) {
    judged(scene, 0.06, 0.04);
    scene.feed.stage("all-symbols", 500.0);
    scene.stage_becomes("all-symbols");
    scene.verdict_becomes(Some(1.0));
    assert!(scene.raised().is_empty(), "too few events raise nothing: {:?}", scene.raised());
    judged(scene, 60.0, 40.0);
    scene.all_is_well();
    let fault = judged(scene, 0.0, 1000.0);
    scene.told(fault, "HitRateRollback", &[], &[DEFAULT]);
    scene.silenced("HitRateWarn", &[]);
    scene.verdict_becomes(Some(2.0));
    scene.verdict_stays(Some(2.0), of_plan(5 * 60));
    scene.feed.stage("done", 0.0);
    scene.verdict_becomes(None);
}
