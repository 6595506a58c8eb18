//! From the texts of one case to limits that are in order, or to the findings that say why not.

use super::cases::{CasePlace, LimitsText};
use super::limits::{Limits, Numbers};
use crate::diag::Diagnostic;
use crate::ladder::{self, Ladder, Level, Rungs};
use crate::lint;
use crate::lint::threshold_order::Misplaced;
use crate::source::Spanned;
use crate::spec::shape::Text;
use std::collections::BTreeMap;

/// The limits at one place.
///
/// # Errors
/// Everything that is out of order, for the finding that is made from the faults of all places of the metric.
pub fn limits(
    text: &LimitsText,
    place: &CasePlace,
    numbers: &mut Numbers<'_>,
) -> Result<Limits, Vec<Misplaced>> {
    let keys = &text.keys;
    let told = numbers.findings.len();
    let normal = keys.normal.as_ref().and_then(|range| numbers.range(range));
    let target = keys.target.as_ref().and_then(|target| numbers.target(target));
    let mut levels = BTreeMap::new();
    for (level, text) in
        [(Level::Warn, &keys.warn), (Level::Hold, &keys.hold), (Level::Rollback, &keys.rollback)]
    {
        if let Some(text) = text.as_ref().filter(|text| !text.conditions.is_empty()) {
            levels.insert(level, numbers.level(level, text));
        }
    }
    let off = keys.off.as_ref().filter(|off| off.value).map(|off| off.span);
    // Where the metric is taken away no number of it holds: none can be out of order, and none can be missing.
    let (normal, levels, target) =
        if off.is_some() { (None, BTreeMap::new(), None) } else { (normal, levels, target) };
    if off.is_some() {
        let later = numbers.findings.split_off(told);
        let holds = |finding: &Diagnostic| finding.lint != lint::missing_key::LINT.name;
        numbers.findings.extend(later.into_iter().filter(holds));
    }
    let rungs = rungs(&normal, &levels);
    let has_target = keys.target.is_some();
    let ladder = Ladder::new(rungs.clone()).map_err(|faults| {
        let misplaced = |fault| Misplaced { place: place.clone(), rungs: rungs.clone(), has_target, fault };
        faults.into_iter().map(misplaced).collect::<Vec<_>>()
    })?;
    let limits = Limits {
        off,
        normal,
        levels,
        target,
        min_events: keys.min_events.as_ref().and_then(|text| count(text, numbers)),
        reason: keys.reason.clone(),
        ladder,
    };
    check_after(&limits, numbers);
    Ok(limits)
}

fn rungs(
    normal: &Option<super::limits::Range>,
    levels: &BTreeMap<Level, super::limits::LevelLimits>,
) -> Rungs {
    let mut rungs = Rungs::default();
    if let Some(range) = normal {
        rungs.normal.min.clone_from(&range.min);
        rungs.normal.max.clone_from(&range.max);
    }
    for (level, limits) in levels {
        for condition in &limits.conditions {
            rungs
                .levels
                .entry(*level)
                .or_default()
                .push(ladder::Condition { above: condition.above.clone(), below: condition.below.clone() });
        }
    }
    rungs
}

/// `after_warn` needs a warn with a bound, and exceeds that warn's `for`.
fn check_after(limits: &Limits, numbers: &mut Numbers<'_>) {
    for (level, of) in &limits.levels {
        for after in &of.after {
            let milder = limits.levels.get(&after.level).map(|milder| milder.conditions.as_slice());
            let Some(conditions @ [_, ..]) = milder else {
                numbers.findings.push(lint::missing_key::after_nothing(*level, after));
                continue;
            };
            let shortest = conditions.iter().map(|c| &c.lasts).min_by_key(|lasts| lasts.duration.millis());
            if let Some(shortest) = shortest
                && shortest.duration.millis() >= after.lasts.value.millis()
            {
                numbers.findings.push(lint::after_too_short::too_short(*level, after, shortest));
            }
        }
    }
}

fn count(text: &Text, numbers: &mut Numbers<'_>) -> Option<Spanned<u64>> {
    match text.value.parse::<u64>() {
        Ok(count) if count > 0 => Some(Spanned::new(count, text.span)),
        _ => {
            numbers.findings.push(lint::bad_quantity::not_a_count(&text.value, text.span));
            None
        }
    }
}
