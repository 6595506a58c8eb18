//! The situation of patterns with several alternatives: what any of them takes counts.

use super::setup::{Mood, Raw};
use crate::plan::proof::Situation;

/// The bad value again, from series that only the second alternative of each pattern takes, then the third, and so on;
/// `None` where no pattern has a second one.
pub fn each(raw: &Raw<'_>) -> Option<Situation> {
    let (labels, turns) = raw.takers.alternatives();
    if turns < 2 {
        return None;
    }
    let mut scene = raw.scene(raw.window);
    for turn in 1..turns {
        let mut given = raw.turned(turn).now(Mood::Bad)?;
        given.extend(raw.signal());
        scene.fill(raw.window, &given);
        let at = scene.last();
        for asked in raw.recorded(raw.roles(), Mood::Bad) {
            scene.see(at, asked);
        }
    }
    let labels: Vec<&str> = labels.into_iter().collect();
    Some(scene.finish(format!(
        "{}: what the other alternatives of {} take is recorded as well",
        raw.metric.id(),
        labels.join(", ")
    )))
}
