//! Situations of a measurement that ends.

use super::nothing::without_part;
use super::recorded::{Asked, Check, Row, exactly, measured};
use super::setup::{Mood, Raw};
use crate::plan::proof::{Given, Situation};
use crate::quantity::Duration;
use crate::spec::metric::Measurement;

/// What is recorded lasts as long as the window after its raw series have ended, and no longer.
pub fn end(raw: &Raw<'_>) -> Option<Situation> {
    let mut scene = raw.scene(raw.window);
    let pace = scene.pace;
    scene.fill(raw.window, &before(raw)?);
    let ended = scene.now() - pace.sample;
    // What nobody takes goes on.
    let decoys = raw.roles().flat_map(|role| raw.decoys(role)).chain(raw.signal());
    let decoys: Vec<Given> = decoys.collect();
    scene.run(raw.window.div_ceil(pace.every) + 2, &decoys);
    let gone = (ended + raw.window).div_ceil(pace.every) * pace.every;
    let mut first = gone;
    if raw.window > 0 {
        // Two samples must still be in the window, and the last evaluation before they leave it sees them.
        let last = (ended + raw.window).saturating_sub(2 * pace.sample) / pace.every * pace.every;
        // A rate is drawn out to the end of its window as long as no more than one sample is missing there.
        if last >= ended + 2 * pace.sample {
            for asked in measured(raw.metric, raw.release(), &leaving(raw)) {
                scene.see(last, asked);
            }
        }
        first = last;
    }
    // The versions disagree on the moment, but not on what must be seen there.
    for at in (first..=gone).step_by(usize::try_from(pace.every).unwrap_or(usize::MAX)) {
        scene.see(at, raw.raised_by_nothing());
    }
    let mut names = measured(raw.metric, raw.release(), &[]);
    let read: Asked = exactly(&raw.metric.value().name, &[]);
    if !names.contains(&read) {
        names.push(read);
    }
    for asked in names {
        scene.see(gone, asked);
    }
    let window = Duration::from_millis(raw.window).filter(|window| !window.is_zero());
    let after = window.map_or_else(String::new, |window| format!(", {} later", window.to_prometheus()));
    Some(scene.finish(format!("{}: what is recorded ends with its raw series{after}", raw.metric.id())))
}

/// The raw series before the end. Only the first role of a ratio has any of the events that it counts.
fn before(raw: &Raw<'_>) -> Option<Vec<Given>> {
    let main = raw.metric.main_role();
    let mut all = raw.of_role(main, Mood::Bad)?;
    for role in raw.roles().filter(|role| *role != main) {
        all.extend(match raw.metric.source.measurement {
            Measurement::Ratio { .. } => without_part(raw, role, raw.events)?,
            _ => raw.of_role(role, Mood::Bad)?,
        });
    }
    all.extend(raw.signal());
    Some(all)
}

/// What is recorded while the raw series leave the window: shares, quantiles and means stay, what counts goes down.
fn leaving<'a>(raw: &'a Raw<'_>) -> Vec<Row<'a>> {
    let main = raw.metric.main_role();
    let mut rows: Vec<_> = raw.roles().flat_map(|role| raw.rows(role, Mood::Bad)).collect();
    let measurement = &raw.metric.source.measurement;
    let counts = matches!(measurement, Measurement::Rate { .. } | Measurement::Increase { .. });
    let falling = |check: Check| match check {
        Check::Is(value) if value > 0.0 => Check::Below(value * 0.95),
        other => other,
    };
    for row in &mut rows {
        if row.role != main && matches!(measurement, Measurement::Ratio { .. }) {
            (row.value, row.part) = (Some(Check::Is(0.0)), Some(Check::Is(0.0)));
        }
        row.value = row.value.map(|check| if counts { falling(check) } else { check });
        row.events = row.events.map(falling);
        row.part = row.part.map(falling);
    }
    rows
}
