//! Situations without events.

use super::recorded::{Check, Row, measured};
use super::scene::Scene;
use super::setup::{Mood, Raw};
use super::words::{article, what};
use crate::plan::measured::Role;
use crate::plan::proof::feed::{ANOTHER, role_labels};
use crate::plan::proof::{Given, Shape, Situation};
use crate::spec::metric::{Measurement, Share};

/// Events a second where there are hardly any: any at all are events.
const FEW: f64 = 0.004;

/// What is recorded when there is hardly anything to count, and when there is nothing: none for a gauge, which counts
/// nothing.
pub fn nothing(raw: &Raw<'_>) -> Option<Situation> {
    let measurement = &raw.metric.source.measurement;
    if matches!(measurement, Measurement::Gauge { .. }) {
        return None;
    }
    let mut scene = raw.scene(raw.window);
    let mut before = Vec::new();
    if let Measurement::Ratio { .. } = measurement {
        before = without_any_part(raw, &mut scene)?;
    } else {
        hardly_any(raw, &mut scene)?;
    }
    let roles: Vec<Role> = raw.roles().collect();
    let alone = matches!(measurement, Measurement::Quantile { .. }) && roles.len() > 1;
    // The guard of a quantile asks for the events of its own role.
    let still_ones: Vec<Vec<Role>> =
        if alone { roles.iter().map(|role| vec![*role]).collect() } else { vec![roles.clone()] };
    for still_ones in still_ones {
        let mut given = others(raw);
        for role in &roles {
            let mut own = if before.is_empty() { raw.of_role(*role, Mood::Calm)? } else { before.clone() };
            if still_ones.contains(role) {
                own.iter_mut().for_each(|one| one.shape = still(&one.shape));
            }
            given.extend(own);
        }
        scene.fill(raw.window, &given);
        let at = scene.last();
        see(raw, &mut scene, at, &others(raw), |row| {
            if still_ones.contains(&row.role) {
                none(row, counts(measurement));
            }
        });
    }
    Some(scene.finish(format!("{}: {}", raw.metric.id(), says(measurement))))
}

fn none(row: &mut Row<'_>, counts: bool) {
    let zero = |check: Option<Check>| check.map(|_| Check::Is(0.0));
    row.value = counts.then_some(Check::Is(0.0));
    (row.events, row.part) = (zero(row.events), zero(row.part));
}

/// A ratio of which no part has ever been, with few events: from the first evaluation at which there can be a rate until
/// its series leave the window. Gives the series.
fn without_any_part(raw: &Raw<'_>, scene: &mut Scene<'_>) -> Option<Vec<Given>> {
    let mut none = Vec::new();
    for role in raw.roles() {
        none.extend(without_part(raw, role, FEW)?);
    }
    let pace = scene.pace;
    scene.fill(raw.window, &none);
    let full = scene.last();
    let ended = scene.now() - pace.sample;
    let decoys: Vec<Given> = raw.roles().flat_map(|role| raw.decoys(role)).collect();
    scene.run(raw.window.div_ceil(pace.every) + 2, &decoys);
    let leaving = (ended + raw.window).saturating_sub(2 * pace.sample) / pace.every * pace.every;
    let zero = Some(Check::Is(0.0));
    let moments =
        [(pace.every, Check::Below(1.2 * FEW)), (full, Check::Is(FEW)), (leaving, Check::Below(FEW))];
    for (at, events) in moments {
        see(raw, scene, at, &[], |row| (row.value, row.part, row.events) = (zero, zero, Some(events)));
    }
    Some(none)
}

/// Few events: the first evaluation at which there can be a rate has a value already.
fn hardly_any(raw: &Raw<'_>, scene: &mut Scene<'_>) -> Option<()> {
    let mut few = Vec::new();
    for role in raw.roles() {
        for (at, by) in raw.by.iter().enumerate() {
            few.extend(raw.feed(role, by).series(raw.value(role, at, Mood::Calm), FEW)?);
        }
    }
    scene.run(2, &few);
    let at = scene.last();
    if !counts(&raw.metric.source.measurement) {
        see(raw, scene, at, &[], |row| row.events = Some(Check::Below(1.2 * FEW)));
    }
    Some(())
}

/// What counts the events of another release, which is no reason to record a quantile without any of its own.
fn others(raw: &Raw<'_>) -> Vec<Given> {
    let Measurement::Quantile { .. } = raw.metric.source.measurement else { return Vec::new() };
    let (Some(operation), Some(by)) = (raw.metric.events_operation(), raw.by.first()) else {
        return Vec::new();
    };
    let given = raw.roles().map(|role| {
        let labels = role_labels(raw.metric, role, ANOTHER, by);
        Given::level(raw.metric.series(&operation, role).name, labels, 1.0)
    });
    given.collect()
}

/// What must be recorded at a moment, as a calm value changed by `change`, beside what another release has.
fn see(raw: &Raw<'_>, scene: &mut Scene<'_>, at: u64, beside: &[Given], change: impl Fn(&mut Row<'_>)) {
    let mut rows: Vec<_> = raw.roles().flat_map(|role| raw.rows(role, Mood::Calm)).collect();
    rows.iter_mut().for_each(change);
    for (query, mut samples) in measured(raw.metric, raw.release(), &rows) {
        // Such a query gives 0 for whatever it does not ask for.
        let shown = beside.iter().filter(|one| query.ends_with(&format!("0 * {}", one.name)));
        samples.extend(shown.map(|one| (one.labels.clone(), 0.0)));
        scene.see(at, (query, samples));
    }
}

/// Whether the value is itself a number of events.
fn counts(measurement: &Measurement) -> bool {
    matches!(measurement, Measurement::Rate { .. } | Measurement::Increase { .. })
}

fn says(measurement: &Measurement) -> String {
    let what = what(measurement);
    match measurement {
        Measurement::Ratio { share, .. } => {
            let part = if *share == Share::Bad { "bad" } else { "good" };
            format!("without any {part} event 0 is recorded, and without traffic no share at all")
        }
        _ if counts(measurement) => {
            format!("a counter that stands still has {} {what} of 0", article(measurement))
        }
        _ => format!("without traffic no {what} is recorded"),
    }
}

/// The series of a ratio without those that it counts: no such event has ever been.
pub fn without_part(raw: &Raw<'_>, role: Role, events: f64) -> Option<Vec<Given>> {
    let mut all = Vec::new();
    for by in &raw.by {
        let series = raw.feed(role, by).series(0.0, events)?;
        all.extend(series.into_iter().filter(|one| one.shape != Shape::Climb(0.0)));
    }
    Some(all)
}

/// The same series with nothing that happens.
fn still(shape: &Shape) -> Shape {
    match shape {
        Shape::Native { spread, .. } => Shape::Native { rate: 0.0, spread: *spread },
        Shape::Climb(_) | Shape::Level(_) => Shape::Climb(0.0),
    }
}
