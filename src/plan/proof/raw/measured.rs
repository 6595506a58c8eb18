//! The situation of a measurement's values.

use super::setup::{Mood, Raw};
use super::words::worded;
use crate::plan::Broken;
use crate::plan::proof::Situation;
use crate::quantity::Duration;

/// A bad value and after it a calm one are recorded as they are, and the bad one raises its level.
///
/// # Errors
/// When there is no rule for the level.
pub fn values(raw: &Raw<'_>) -> Result<Situation, Broken> {
    let raises = raw.raises()?;
    let wait = raises.iter().map(|raise| raise.lasts.millis()).max().unwrap_or(0);
    let keep = raw.case.limits.longest_keep().map_or(0, Duration::millis);
    let mut scene = raw.finer_scene(raw.window + wait + keep);
    for (mood, wait) in [(Mood::Bad, wait), (Mood::Calm, keep)] {
        let mut given = raw.now(mood).unwrap_or_default();
        given.extend(raw.signal());
        scene.fill(raw.window + wait, &given);
        if mood == Mood::Bad {
            scene.sag(raw.window, &raw.unjudged_halves(mood));
            scene.stumble(raw.window, &raw.halves(mood));
        }
        let at = scene.last();
        if mood == Mood::Bad
            && let Some(asked) = raw.raised_with_it(scene.pace.every)?
        {
            scene.see(scene.pace.every, asked);
        }
        if mood == Mood::Bad {
            raw.never_late(&raises, at, scene.pace.every).into_iter().for_each(|asked| scene.see(at, asked));
        }
        let recorded = raw.recorded(raw.roles(), mood);
        let read = raw.read(mood, raw.share);
        for asked in recorded.into_iter().chain(read).chain(raw.firing(&raises, mood)) {
            scene.see(at, asked);
        }
    }
    let worded = |value| worded(&raw.metric.source.measurement, value);
    let (bad, calm) = (raw.values.bad, raw.values.calm);
    let end = match raises.first() {
        Some(raise) => format!("and raises {} until {} follows", raise.level.name(), worded(calm)),
        None => format!("and {} after it as {calm}", worded(calm)),
    };
    Ok(scene.finish(format!("{}: {} is recorded as {bad} {end}", raw.metric.id(), worded(bad))))
}
