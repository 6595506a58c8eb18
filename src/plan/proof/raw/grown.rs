//! Situations of what grows with traffic: it is scaled by the share of a stage that is older than its window.

use super::setup::{Mood, Raw};
use crate::plan::proof::Situation;
use crate::plan::proof::feed::signal;

/// A stage has no value at full traffic before its window is full, and from then on it has.
pub fn young(raw: &Raw<'_>) -> Option<Situation> {
    let metric = raw.metric;
    if metric.metric.extensive.is_none() || metric.metric.relative.is_some() {
        return None;
    }
    let stage = raw.stage.as_deref()?;
    let mut scene = raw.scene(raw.window);
    let every = scene.pace.every;
    let mut given = raw.now(Mood::Calm)?;
    scene.run(2, &given);
    let began = scene.now();
    #[allow(clippy::cast_precision_loss, reason = "a situation takes days at most")]
    given.push(signal(raw.release(), stage, began as f64 / 1000.0));
    scene.fill(raw.window + every, &given);
    let whole = began + raw.window.div_ceil(every) * every;
    scene.see(whole - every, raw.nothing_to_read());
    let read = raw.read(Mood::Calm, raw.share)?;
    scene.see(whole, read);
    let window = metric.source.span_of_value().map_or_else(String::new, |window| window.to_prometheus());
    Some(scene.finish(format!(
        "{}: stage {stage} is scaled to full traffic once it is {window} old, and not before",
        metric.id()
    )))
}
