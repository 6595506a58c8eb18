//! Situations of a difference: from the version that is replaced, and from the past.

use super::setup::{Mood, Raw};
use crate::plan::Broken;
use crate::plan::measured::Role;
use crate::plan::proof::feed::role_labels;
use crate::plan::proof::{Given, Proof, Situation};
use crate::quantity::DeltaForm;
use crate::spec::metric::{Measurement, Reference};

/// Without a version to compare with there is no difference.
pub fn without_baseline(raw: &Raw<'_>) -> Option<Situation> {
    let metric = raw.metric;
    if metric.other_role() != Some(Role::Baseline) {
        return None;
    }
    let main = metric.main_role();
    let mut scene = raw.scene(raw.window);
    scene.fill(raw.window, &raw.of_role(main, Mood::Bad)?);
    let at = scene.last();
    for asked in raw.recorded(std::iter::once(main), Mood::Bad) {
        scene.see(at, asked);
    }
    scene.see(at, raw.nothing_to_read());
    let zero = of_zero(raw).map_or("", |zero| {
        scene.fill(raw.window, &zero);
        let at = scene.last();
        scene.see(at, raw.nothing_to_read());
        ", nor is there from one of 0"
    });
    Some(scene.finish(format!("{}: without a baseline there is no difference{zero}", metric.id())))
}

/// The bad value beside a baseline of 0, where the difference is a part of that baseline. A quantile of 0 can't be made from
/// buckets and is given as it is recorded.
fn of_zero(raw: &Raw<'_>) -> Option<Vec<Given>> {
    let metric = raw.metric;
    let relative = metric.metric.relative.as_ref()?;
    if relative.form != DeltaForm::Factor {
        return None;
    }
    let mut all = raw.of_role(metric.main_role(), Mood::Bad)?;
    let recorded = metric.series(&metric.operation(), Role::Baseline).name;
    let is_quantile = matches!(metric.source.measurement, Measurement::Quantile { .. });
    for by in &raw.by {
        if is_quantile {
            let labels = role_labels(metric, Role::Baseline, raw.release(), by);
            all.push(Given::level(recorded.clone(), labels, 0.0));
        } else {
            all.extend(raw.feed(Role::Baseline, by).series(0.0, raw.events)?);
        }
    }
    Some(all)
}

/// The difference from the past, which is fed, then nothing, then the present.
///
/// # Errors
/// When there is no rule for the level.
pub fn with_the_past(raw: &Raw<'_>, proof: &mut Proof) -> Result<(), Broken> {
    let metric = raw.metric;
    let Some(Reference::Offset(offset)) = metric.metric.relative.as_ref().map(|of| &of.reference) else {
        return Ok(());
    };
    let raises = raw.raises()?;
    let wait = raises.iter().map(|raise| raise.lasts.millis()).max().unwrap_or(0);
    let mut scene = raw.finer_scene(offset.value.millis());
    let every = scene.pace.every;
    let (stretch, back) = ((raw.window + wait).div_ceil(every) + 3, offset.value.millis().div_ceil(every));
    if back <= stretch {
        proof.unproven(
            metric.id(),
            "the past that it is compared with is nearer than its window and wait are long",
        );
        return Ok(());
    }
    let past = raw.of_role(Role::Reference, Mood::Bad).unwrap_or_default();
    let mut present = raw.now(Mood::Bad).unwrap_or_default();
    scene.run(stretch, &past);
    scene.run(back - stretch, &[]);
    present.extend(raw.signal());
    scene.run(stretch - 1, &present);
    scene.stumble(raw.window, &raw.halves(Mood::Bad));
    let at = scene.last();
    let asked = raw.recorded(raw.roles().chain([Role::Reference]), Mood::Bad);
    let read = raw.read(Mood::Bad, raw.share);
    for asked in asked.into_iter().chain(read).chain(raw.firing(&raises, Mood::Bad)) {
        scene.see(at, asked);
    }
    scene.fill(raw.window, &present);
    let at = scene.last();
    for asked in raw.recorded(raw.roles(), Mood::Bad) {
        scene.see(at, asked);
    }
    scene.see(at, raw.nothing_to_read());
    let ago = offset.value.to_prometheus();
    let (ours, theirs) = (raw.values.bad, raw.values.theirs);
    proof.situations.push(scene.finish(format!(
        "{}: {ours} is compared with {theirs} recorded {ago} before, and with nothing when there was nothing",
        metric.id()
    )));
    Ok(())
}
