//! What a metric's picture has a bar for: each kind of limits once, with the places where they hold.

use crate::ladder::Zone;
use crate::spec::metric::cases::CasePlace;
use crate::spec::metric::{Limits, Metric};

/// Limits, and where they hold.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// The limits.
    pub limits: &'a Limits,
    /// The places; empty for wherever nothing else is said.
    pub places: Vec<&'a CasePlace>,
}

/// The rows of a metric, in the author's order.
#[must_use]
pub fn of(metric: &Metric) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for case in &metric.cases {
        match rows.iter().position(|row| same(row.limits, &case.limits)) {
            // The first row holds wherever nothing else is said, so its places need no list.
            Some(0) => {}
            Some(known) => rows[known].places.push(&case.place),
            None if rows.is_empty() => rows.push(Row { limits: &case.limits, places: Vec::new() }),
            None => rows.push(Row { limits: &case.limits, places: vec![&case.place] }),
        }
    }
    rows
}

/// Whether two pictures would show the same.
fn same(one: &Limits, other: &Limits) -> bool {
    let zones = |limits: &Limits| -> Vec<_> {
        let value = |zone: Zone<'_>| (zone.from.map(|bound| bound.value), zone.place);
        limits.ladder.zones().into_iter().map(value).collect()
    };
    let levels = |limits: &Limits| -> Vec<_> {
        let of = |(level, limits): (&_, &crate::spec::metric::LevelLimits)| {
            let lasts: Vec<_> = limits.conditions.iter().map(|one| one.lasts.duration.millis()).collect();
            let after: Vec<_> =
                limits.after.iter().map(|one| (one.level, one.lasts.value.millis())).collect();
            (*level, lasts, after)
        };
        limits.levels.iter().map(of).collect()
    };
    let target = |limits: &Limits| {
        limits.target.as_ref().map(|target| {
            let value = |bound: &Option<crate::ladder::Bound>| bound.as_ref().map(|bound| bound.value);
            (value(&target.range.min), value(&target.range.max))
        })
    };
    if one.off.is_some() || other.off.is_some() {
        return one.off.is_some() == other.off.is_some();
    }
    zones(one) == zones(other) && levels(one) == levels(other) && target(one) == target(other)
}
