//! Situations of the measurement itself: its values, no events, and its end.

use super::recorded::{Check, exactly, measured};
use super::setup::{Mood, Raw, what, worded};
use crate::plan::Broken;
use crate::plan::proof::{Given, Shape, Situation};
use crate::quantity::Duration;
use crate::spec::metric::{Measurement, Share};

/// A bad value and after it a calm one are recorded as they are, and the bad one raises its level.
///
/// # Errors
/// When there is no rule for the level.
pub fn values(raw: &Raw<'_>) -> Result<Situation, Broken> {
    let raises = raw.raises()?;
    let wait = raises.iter().map(|raise| raise.lasts.millis()).max().unwrap_or(0);
    let mut scene = raw.scene(raw.window + wait);
    for (mood, wait) in [(Mood::Bad, wait), (Mood::Calm, 0)] {
        let mut given = raw.now(mood).unwrap_or_default();
        given.extend(raw.signal());
        scene.fill(raw.window + wait, &given);
        let at = scene.last();
        let recorded = raw.recorded(raw.roles(), mood);
        let read = raw.read(mood, raw.share);
        for asked in recorded.into_iter().chain(read).chain(raw.firing(&raises, mood)) {
            scene.see(at, asked);
        }
    }
    let worded = |value| worded(&raw.metric.source.measurement, value);
    let (bad, calm) = (raw.values.bad, raw.values.calm);
    let end = match raises.first() {
        Some(raise) => format!("and raises {} until a {} follows", raise.level.name(), worded(calm)),
        None => format!("and a {} after it as {calm}", worded(calm)),
    };
    Ok(scene.finish(format!("{}: a {} is recorded as {bad} {end}", raw.metric.id(), worded(bad))))
}

/// What is recorded when there is nothing to count: none for a gauge, which counts nothing.
pub fn nothing(raw: &Raw<'_>) -> Option<Situation> {
    let measurement = &raw.metric.source.measurement;
    if matches!(measurement, Measurement::Gauge { .. }) {
        return None;
    }
    let mut scene = raw.scene(raw.window);
    let mut events = raw.now(Mood::Calm)?;
    if let Measurement::Ratio { .. } = measurement {
        let none = without_part(raw)?;
        scene.fill(raw.window, &none);
        let mut rows: Vec<_> = raw.roles().flat_map(|role| raw.rows(role, Mood::Calm)).collect();
        for row in &mut rows {
            (row.value, row.part) = (Some(Check::Is(0.0)), Some(Check::Is(0.0)));
        }
        let at = scene.last();
        for asked in measured(raw.metric, raw.release(), &rows) {
            scene.see(at, asked);
        }
        events.extend(none);
    } else {
        scene.run(2, &events);
    }
    for one in &mut events {
        one.shape = still(&one.shape);
    }
    scene.fill(raw.window, &events);
    let counts = matches!(measurement, Measurement::Rate { .. } | Measurement::Increase { .. });
    let mut rows: Vec<_> = raw.roles().flat_map(|role| raw.rows(role, Mood::Calm)).collect();
    for row in &mut rows {
        row.value = counts.then_some(Check::Is(0.0));
        row.events = row.events.map(|_| Check::Is(0.0));
        row.part = row.part.map(|_| Check::Is(0.0));
    }
    let at = scene.last();
    for asked in measured(raw.metric, raw.release(), &rows) {
        scene.see(at, asked);
    }
    let says = match measurement {
        Measurement::Ratio { share, .. } => {
            let part = if *share == Share::Bad { "bad" } else { "good" };
            format!("without any {part} event 0 is recorded, and without traffic no share at all")
        }
        _ if counts => format!("a counter that stands still has {} of 0", article(measurement)),
        _ => format!("without traffic no {} is recorded", what(measurement)),
    };
    Some(scene.finish(format!("{}: {says}", raw.metric.id())))
}

fn article(measurement: &Measurement) -> &'static str {
    if matches!(measurement, Measurement::Increase { .. }) { "an increase" } else { "a rate" }
}

/// The series of a ratio without those that it counts: no such event has ever been.
fn without_part(raw: &Raw<'_>) -> Option<Vec<Given>> {
    let mut all = Vec::new();
    for role in raw.roles() {
        for by in &raw.by {
            let series = raw.feed(role, by).series(0.0, raw.events)?;
            all.extend(series.into_iter().filter(|one| one.shape != Shape::Climb(0.0)));
        }
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

/// What is recorded lasts as long as the window after its raw series have ended, and no longer.
pub fn end(raw: &Raw<'_>) -> Situation {
    let mut scene = raw.scene(raw.window);
    let pace = scene.pace;
    scene.fill(raw.window, &raw.now(Mood::Calm).unwrap_or_default());
    let ended = scene.now() - pace.sample;
    // What nobody takes goes on.
    let decoys: Vec<Given> = raw.roles().flat_map(|role| raw.decoys(role)).collect();
    scene.run(raw.window.div_ceil(pace.every) + 2, &decoys);
    if raw.window > 0 {
        // Two samples must still be in the window, and the last evaluation before they leave it sees them.
        let last = (ended + raw.window).saturating_sub(2 * pace.sample) / pace.every * pace.every;
        for asked in measured(raw.metric, raw.release(), &leaving(raw)) {
            scene.see(last, asked);
        }
    }
    let gone = (ended + raw.window).div_ceil(pace.every) * pace.every;
    let names = measured(raw.metric, raw.release(), &[]);
    for asked in names.into_iter().chain([exactly(&raw.metric.value().name, &[])]) {
        scene.see(gone, asked);
    }
    let window = Duration::from_millis(raw.window).filter(|window| !window.is_zero());
    let after = window.map_or_else(String::new, |window| format!(", {} later", window.to_prometheus()));
    scene.finish(format!("{}: what is recorded ends with its raw series{after}", raw.metric.id()))
}

/// What is recorded while the raw series leave the window: shares, quantiles and means stay, what counts goes down.
fn leaving<'a>(raw: &'a Raw<'_>) -> Vec<super::recorded::Row<'a>> {
    let mut rows: Vec<_> = raw.roles().flat_map(|role| raw.rows(role, Mood::Calm)).collect();
    let counts =
        matches!(raw.metric.source.measurement, Measurement::Rate { .. } | Measurement::Increase { .. });
    let falling = |check: Check| match check {
        Check::Is(value) if value > 0.0 => Check::Below(value * 0.95),
        other => other,
    };
    for row in &mut rows {
        row.value = row.value.map(|check| if counts { falling(check) } else { check });
        row.events = row.events.map(falling);
        row.part = row.part.map(falling);
    }
    rows
}
