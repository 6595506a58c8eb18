//! Situations without events.

use super::recorded::{Check, Row, measured};
use super::scene::Scene;
use super::setup::{Mood, Raw};
use super::words::{article, what};
use crate::plan::measured::Role;
use crate::plan::proof::{Given, Shape, Situation};
use crate::spec::metric::{Measurement, Share};

/// What is recorded when there is nothing to count: none for a gauge, which counts nothing.
pub fn nothing(raw: &Raw<'_>) -> Option<Situation> {
    let measurement = &raw.metric.source.measurement;
    if matches!(measurement, Measurement::Gauge { .. }) {
        return None;
    }
    let mut scene = raw.scene(raw.window);
    let mut events = raw.now(Mood::Calm)?;
    if let Measurement::Ratio { .. } = measurement {
        let mut none = Vec::new();
        for role in raw.roles() {
            none.extend(without_part(raw, role)?);
        }
        scene.fill(raw.window, &none);
        let zero = Some(Check::Is(0.0));
        see(raw, &mut scene, |row| (row.value, row.part) = (zero, zero));
        events.extend(none);
    } else {
        scene.run(2, &events);
    }
    for one in &mut events {
        one.shape = still(&one.shape);
    }
    scene.fill(raw.window, &events);
    let counts = counts(measurement);
    let zero = |check: Option<Check>| check.map(|_| Check::Is(0.0));
    see(raw, &mut scene, |row| {
        row.value = counts.then_some(Check::Is(0.0));
        (row.events, row.part) = (zero(row.events), zero(row.part));
    });
    Some(scene.finish(format!("{}: {}", raw.metric.id(), says(measurement))))
}

/// What must be recorded now, as a calm value changed by `change`.
fn see(raw: &Raw<'_>, scene: &mut Scene<'_>, change: impl Fn(&mut Row<'_>)) {
    let mut rows: Vec<_> = raw.roles().flat_map(|role| raw.rows(role, Mood::Calm)).collect();
    rows.iter_mut().for_each(change);
    let at = scene.last();
    for asked in measured(raw.metric, raw.release(), &rows) {
        scene.see(at, asked);
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
pub fn without_part(raw: &Raw<'_>, role: Role) -> Option<Vec<Given>> {
    let mut all = Vec::new();
    for by in &raw.by {
        let series = raw.feed(role, by).series(0.0, raw.events)?;
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
