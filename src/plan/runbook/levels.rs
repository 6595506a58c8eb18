//! Pieces of the tables of limits: columns, levels, and the slowest way in which each is told.

use super::alerts::Told;
use super::limits::{LevelLine, LevelPage, Limits, MetricPage};
use super::text;
use crate::ladder::{Bound, Level};
use crate::plan::annotations::bound_text;
use crate::quantity::Duration;
use crate::source::Spanned;
use crate::spec::metric::Metric;
use crate::spec::metric::limits::{LevelLimits, Limits as Written};

/// The slowest way in which each level is told.
pub fn slowest(told: &[Told]) -> Vec<Told> {
    let length = |told: &Told| Duration::parse(&told.total).map_or(0, |total| total.millis());
    let mut slowest: Vec<Told> = Vec::new();
    for one in told {
        match slowest.iter_mut().find(|other| other.level == one.level) {
            Some(other) if length(other) < length(one) => other.clone_from(one),
            Some(_) => {}
            None => slowest.push(one.clone()),
        }
    }
    slowest
}

/// The columns of a table of limits, those that are empty left out.
pub fn columns<'a>(all: impl Iterator<Item = &'a Limits> + Clone) -> Vec<&'static str> {
    let ranges = [
        ("normal", all.clone().any(|limits| limits.normal.is_some())),
        ("target", all.clone().any(|limits| limits.target.is_some())),
    ];
    let has = |level: Level| {
        let name = level.name();
        (name, all.clone().any(|limits| limits.levels.iter().any(|page| page.level == name)))
    };
    let columns = ranges.into_iter().chain(Level::ALL.map(has));
    columns.filter(|(_, any)| *any).map(|(name, _)| name).collect()
}

/// The columns of the table of limits that differ somewhere; one at least, for metrics that are only taken away.
pub fn columns_elsewhere(metrics: &[MetricPage]) -> Vec<&'static str> {
    let columns = columns(metrics.iter().flat_map(|page| &page.elsewhere));
    if columns.is_empty() { vec!["normal"] } else { columns }
}

/// The levels of a case, the mildest first.
pub fn levels(metric: &Metric, written: &Written) -> Vec<LevelPage> {
    let page = |(level, limits): (&Level, &LevelLimits)| LevelPage {
        level: level.name(),
        lines: lines(metric, limits),
    };
    written.levels.iter().map(page).collect()
}

fn lines(metric: &Metric, limits: &LevelLimits) -> Vec<LevelLine> {
    let mut lines = Vec::new();
    let kept = |keep: &Option<Spanned<Duration>>| {
        keep.as_ref().filter(|_| metric.alerts()).map(|keep| keep.value.text().to_owned())
    };
    for condition in &limits.conditions {
        let lasts = metric.waits(condition).filter(|lasts| !lasts.is_zero());
        let lasts = lasts.map(|lasts| lasts.text().to_owned());
        let keep = kept(&condition.keep);
        let line = |kind, bound: &Bound| {
            let (lasts, keep) = (lasts.clone(), keep.clone());
            LevelLine { kind, what: bound_text(metric, bound), lasts, keep }
        };
        lines.extend(condition.above.as_ref().map(|bound| line("above", bound)));
        lines.extend(condition.below.as_ref().map(|bound| line("below", bound)));
    }
    lines.extend(limits.after.iter().map(|after| LevelLine {
        kind: "after",
        what: after.level.name().to_owned(),
        lasts: Some(after.lasts.value.text().to_owned()),
        keep: kept(&after.keep),
    }));
    lines.extend(limits.judge.iter().map(|judge| LevelLine {
        kind: "judge",
        what: text(judge),
        lasts: None,
        keep: None,
    }));
    lines
}
