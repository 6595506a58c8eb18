//! Equal bounds that must be passed for different times.

use super::Said;
use crate::ladder::Level;
use crate::quantity::Duration;
use crate::source::Span;
use crate::spec::metric::{Condition, Limits};

/// The waits that both write at a level, beside the same bounds, with other durations: ours, then theirs.
pub(super) fn differing(ours: &Limits, theirs: &Limits) -> Vec<(Said, Said)> {
    let pair = |level: Level| {
        let ((one, here), (two, there)) = (only(ours, level)?, only(theirs, level)?);
        let said = |(wait, span): (&Duration, Span)| Said {
            key: format!("`{}.for`", level.name()),
            text: wait.text().to_owned(),
            span,
            beyond: None,
        };
        (bounds(one) == bounds(two) && here.0 != there.0).then(|| (said(here), said(there)))
    };
    Level::ALL.into_iter().filter_map(pair).collect()
}

/// The one condition of a level, and how long its author lets it wait.
fn only(limits: &Limits, level: Level) -> Option<(&Condition, (&Duration, Span))> {
    let [condition] = limits.levels.get(&level)?.conditions.as_slice() else { return None };
    Some((condition, (&condition.lasts.duration, condition.lasts.written?)))
}

fn bounds(condition: &Condition) -> [Option<crate::quantity::Number>; 2] {
    [&condition.above, &condition.below].map(|bound| bound.as_ref().map(|bound| bound.value))
}
