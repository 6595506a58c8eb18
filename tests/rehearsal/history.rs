//! What held at every moment, read from the recorded series once a play is over.

use crate::scene::{Scene, now};
use serde_json::Value;
use std::collections::BTreeMap;

/// How many evaluations an alert must have been there before the verdict must know of it. The two stand in different
/// groups, and a busy machine skips evaluations.
const LAG: u64 = 10;

/// The verdict follows the alerts: never 0 while anything fires or a stop is pending, and 2 while a rollback fires.
pub fn holds(scene: &Scene<'_>) {
    let of = |rest: &str| format!("max by (release) (ALERTS{{release=\"{}\",{rest}}})", scene.release);
    let verdict = values(scene, &format!("release:verdict{{release=\"{}\"}}", scene.release));
    let fires = values(scene, &of("alertstate=\"firing\""));
    let stops = values(scene, &of("level=~\"hold|rollback\",because!~\"after-.*\""));
    let back = values(scene, &of("level=\"rollback\",alertstate=\"firing\""));
    let lasting = |series: &BTreeMap<u64, f64>, at: u64| {
        (0..LAG).all(|steps| at.checked_sub(steps).is_some_and(|at| series.contains_key(&at)))
    };
    let mut seen = [0; 3];
    for (at, value) in &verdict {
        let told = format!("{}: verdict {value} at step {at}", scene.release);
        if lasting(&fires, *at) || lasting(&stops, *at) {
            assert!(*value >= 1.0, "{told} while an alert fires or a stop is pending");
            seen[0] += 1;
        }
        if lasting(&back, *at) {
            assert!((*value - 2.0).abs() < 0.5, "{told} while a rollback fires");
            seen[1] += 1;
        }
        seen[2] += usize::from(*value < 0.5);
    }
    assert!(
        seen.iter().all(|count| *count > 0),
        "{}: a play has all three verdicts: {seen:?}",
        scene.release
    );
}

/// The values of one series at each evaluation since the play began.
fn values(scene: &Scene<'_>, query: &str) -> BTreeMap<u64, f64> {
    let times = (scene.began, now());
    let step = scene.setting.evaluation;
    let found = scene.setting.prometheus(|prometheus| prometheus.history(query, times, step));
    let points = found.first().and_then(|series| series["values"].as_array().cloned()).unwrap_or_default();
    let point = |point: &Value| {
        let steps = (point[0].as_f64()? - scene.began) / step.as_secs_f64();
        // A play is short and its steps are few.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and not negative")]
        Some((steps.round() as u64, point[1].as_str()?.parse().ok()?))
    };
    points.iter().filter_map(point).collect()
}
