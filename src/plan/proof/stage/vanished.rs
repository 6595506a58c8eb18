//! A signal that vanishes: it is remembered for a while, then told, and in the end forgotten.

use super::super::course::{State, annotations, labels_of, seen_alert};
use super::super::feed::signal;
use super::super::{Inputs, Labels, Proving, Seen, Situation, Told};
use super::{STAGE, alerts, current, day, decoy, first_stage, lost, release};
use crate::plan::names::DONE;
use crate::plan::signal::remembered;
use crate::plan::{Alert, Broken};

/// The states of an alert that is pending from `begins` on, a first and a last evaluation at which versions of Prometheus
/// say that it does, and fires after its wait.
pub fn pending_then_firing(
    proving: &Proving<'_>,
    alert: &Alert,
    begins: (u64, u64),
) -> Result<(Vec<Seen>, Told), Broken> {
    let lasts = proving.evaluations(&alert.lasts);
    let is = |evaluation: u64, state| {
        let at = evaluation * proving.every;
        alerts(proving, at, vec![(seen_alert(alert, state, labels_of(alert)), 1.0)])
    };
    let fires = begins.1 + lasts;
    let mut seen = vec![is(fires, State::Firing)];
    if begins.0 + lasts > begins.1 {
        seen.insert(0, is(begins.1, State::Pending));
        seen.insert(1, is(begins.0 + lasts - 1, State::Pending));
    }
    let at = fires * proving.every;
    let told = Told {
        at,
        alert: alert.name.clone(),
        alerts: vec![(labels_of(alert), annotations(alert, 1.0, &Labels::new())?)],
    };
    Ok((seen, told))
}

/// A signal that is not there for a moment is remembered; one that has vanished is told.
pub fn vanished(proving: &Proving<'_>) -> Result<Option<Situation>, Broken> {
    let Some(alert) = lost(proving, "vanished") else { return Ok(None) };
    let stage = first_stage(proving);
    let running = [signal(release(proving), stage, 0.0), decoy(proving)];
    let memory = remembered(proving.draft).millis();
    let (last, lasts) = (STAGE - 1, proving.evaluations(&alert.lasts));
    // Versions disagree on a sample that is just as old as it is remembered.
    let still = last + memory.saturating_sub(1) / proving.every;
    let gone = last + memory / proving.every + 1;
    let mut inputs = Inputs::new(proving.every);
    inputs.phase(STAGE, &running);
    inputs.phase(gone + lasts, &running[1..]);
    let back = inputs.now();
    inputs.phase(2, &running);
    let mut seen = Vec::new();
    for evaluation in [last, still] {
        let at = evaluation * proving.every;
        seen.extend([current(proving, at, Some((stage, 0.0))), alerts(proving, at, Vec::new())]);
    }
    seen.push(current(proving, gone * proving.every, None));
    let (states, told) = pending_then_firing(proving, alert, (still + 1, gone))?;
    seen.extend(states);
    seen.push(alerts(proving, back, Vec::new()));
    let memory = remembered(proving.draft);
    let name = format!(
        "stage: a signal that vanishes is remembered for {} and raises hold {} later, until it is back",
        memory.text(),
        alert.lasts.text()
    );
    Ok(Some(proving.situation(name, inputs, seen, vec![told])))
}

/// After the end the signal may go.
pub fn over(proving: &Proving<'_>) -> Situation {
    let mut given = vec![signal(release(proving), first_stage(proving), 0.0), decoy(proving)];
    let mut inputs = Inputs::new(proving.every);
    inputs.phase(STAGE, &given);
    given.push(signal(release(proving), DONE, 1000.0));
    inputs.phase(STAGE, &given);
    let wait = lost(proving, "vanished").map_or(0, |alert| proving.evaluations(&alert.lasts));
    let gone = inputs.now();
    let told = wait + proving.evaluations(&remembered(proving.draft)) + 2;
    inputs.phase(told, &given[1..2]);
    let seen = vec![
        alerts(proving, gone, Vec::new()),
        alerts(proving, gone + (told - 1) * proving.every, Vec::new()),
    ];
    let name = "stage: after done the signal may vanish".to_owned();
    proving.situation(name, inputs, seen, Vec::new())
}

/// A signal that has been gone for a day is missed no longer.
pub fn forgotten(proving: &Proving<'_>) -> Option<Situation> {
    let alert = lost(proving, "vanished")?;
    let running = [signal(release(proving), first_stage(proving), 0.0), decoy(proving)];
    let day = day(proving);
    let mut inputs = Inputs::new(proving.every);
    inputs.phase(STAGE, &running);
    inputs.phase(day + 4, &running[1..]);
    let firing = (seen_alert(alert, State::Firing, labels_of(alert)), 1.0);
    let seen = vec![
        alerts(proving, (STAGE + day - 3) * proving.every, vec![firing]),
        alerts(proving, (STAGE + day + 2) * proving.every, Vec::new()),
    ];
    let name = "stage: a signal that has been gone for a day is missed no longer".to_owned();
    Some(proving.situation(name, inputs, seen, Vec::new()))
}

/// A release that was done and runs again may lose its signal within a day of that, and not later.
pub fn begun_again(proving: &Proving<'_>) -> Option<Situation> {
    let alert = lost(proving, "vanished")?;
    let running = [decoy(proving), signal(release(proving), first_stage(proving), 1000.0)];
    let done = [decoy(proving), signal(release(proving), DONE, 0.0)];
    let (day, wait) = (day(proving), proving.evaluations(&alert.lasts));
    // A day of few evaluations is too short to be told from a part of it.
    if day < 8 * STAGE + wait {
        return None;
    }
    let mut inputs = Inputs::new(proving.every);
    inputs.phase(STAGE, &done);
    let lost = day * 3 / 4;
    inputs.phase(lost - STAGE, &running);
    inputs.phase(day, &done[..1]);
    let firing = (seen_alert(alert, State::Firing, labels_of(alert)), 1.0);
    let seen = vec![
        alerts(proving, (day - 2) * proving.every, Vec::new()),
        alerts(proving, (STAGE + day + wait + 2) * proving.every, vec![firing]),
    ];
    let name =
        "stage: a signal that vanishes within a day after done is not missed, and later it is".to_owned();
    Some(proving.situation(name, inputs, seen, Vec::new()))
}
