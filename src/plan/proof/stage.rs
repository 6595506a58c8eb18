//! Situations of the stage signal: the stage that began last counts, its share of the traffic, the end, a signal that
//! vanishes, and one that never came.

use super::course::{State, alerts_of, annotations, labels_of, seen_alert};
use super::feed::{ANOTHER, can_be_given, of_another, role_labels, signal};
use super::setting::share;
use super::{Given, Inputs, Labels, Proof, Proving, Seen, Told};
use crate::plan::measured::{MetricPlan, Role};
use crate::plan::names::{DONE, SIGNAL_LOST, STAGE_START, TRAFFIC_SHARE};
use crate::plan::signal::remembered;
use crate::plan::{Alert, Broken};
use crate::promql;

/// How many evaluations each stage takes.
const STAGE: u64 = 3;

/// The stage signal's metric label.
const METRIC: &str = "stage";

/// All of the signal, where anything needs it.
///
/// # Errors
/// When an annotation can't be filled in.
pub fn of(proving: &Proving<'_>, slow: &Proving<'_>, proof: &mut Proof) -> Result<(), Broken> {
    if !proving.draft.staged {
        return Ok(());
    }
    proof.situations.push(one_after_another(proving));
    proof.situations.extend(vanished(proving)?);
    proof.situations.push(over(proving));
    proof.situations.extend(forgotten(slow));
    proof.situations.extend(begun_again(slow));
    if let Some((metric, counts)) = traffic(proving) {
        proof.situations.extend(never_came(proving, metric, counts)?);
        proof.situations.extend(long_ago(slow, metric));
    }
    Ok(())
}

fn release<'a>(proving: &Proving<'a>) -> &'a str {
    proving.draft.spec.id()
}

fn stages<'a>(proving: &Proving<'a>) -> Vec<&'a str> {
    proving.draft.spec.stages.iter().map(crate::spec::stage::Stage::id).collect()
}

fn first_stage<'a>(proving: &Proving<'a>) -> &'a str {
    stages(proving).first().copied().unwrap_or("first")
}

/// The signal of another release, which must not matter.
fn decoy(proving: &Proving<'_>) -> Given {
    signal(ANOTHER, first_stage(proving), 1e9)
}

/// A push leaves the series of earlier stages behind: the one that began last counts. A start that is published by two hosts
/// is the later one, and one that was wrong at first is what it was said to be last.
fn one_after_another(proving: &Proving<'_>) -> super::Situation {
    let mut all = stages(proving);
    all.push(DONE);
    let mut inputs = Inputs::new(proving.every);
    let mut given = vec![decoy(proving)];
    let mut seen = Vec::new();
    for (number, stage) in (1_i32..).zip(&all) {
        let began = f64::from(number * 1000);
        let of = |began| signal(release(proving), stage, began);
        let mut earlier = of(began - 1500.0);
        earlier.labels.insert("instance".to_owned(), "another".to_owned());
        given.push(earlier);
        given.push(of(began + 300.0));
        inputs.phase(1, &given);
        given.pop();
        given.push(of(began));
        inputs.phase(STAGE - 1, &given);
        let at = inputs.now() - proving.every;
        seen.push(current(proving, at, Some((stage, began))));
        seen.extend(traffic_share(proving, at, stage));
        seen.push(alerts(proving, at, Vec::new()));
    }
    let name = "stage: of several stages the one that began last is the current one".to_owned();
    proving.situation(name, inputs, seen, Vec::new())
}

fn current(proving: &Proving<'_>, at: u64, stage: Option<(&str, f64)>) -> Seen {
    let sample = stage.map(|(stage, began)| {
        let labels = [("__name__", STAGE_START), ("release", release(proving)), ("stage", stage)];
        (labels.map(|(label, value)| (label.to_owned(), value.to_owned())).into(), began)
    });
    query(proving, at, STAGE_START, sample)
}

fn traffic_share(proving: &Proving<'_>, at: u64, stage: &str) -> Option<Seen> {
    let recorded = proving.draft.metrics.iter().any(|metric| metric.metric.extensive.is_some());
    let sample = share(proving, Some(stage)).map(|share| {
        let labels = [("__name__", TRAFFIC_SHARE), ("release", release(proving))];
        (labels.map(|(label, value)| (label.to_owned(), value.to_owned())).into(), share.to_f64())
    });
    recorded.then(|| query(proving, at, TRAFFIC_SHARE, sample))
}

fn query(proving: &Proving<'_>, at: u64, name: &str, sample: Option<(Labels, f64)>) -> Seen {
    let query = format!("{name}{{release={}}}", promql::quote(release(proving)));
    Seen { at, query, samples: sample.into_iter().collect() }
}

fn alerts(proving: &Proving<'_>, at: u64, samples: Vec<(Labels, f64)>) -> Seen {
    Seen { at, query: alerts_of(release(proving), METRIC), samples }
}

/// The alert for a lost signal of one kind.
fn lost<'a>(proving: &Proving<'a>, because: &str) -> Option<&'a Alert> {
    let is = |(label, value): &(String, String)| label == "because" && value == because;
    let mut alerts = proving.alerts(METRIC).iter().copied();
    alerts.find(|alert| alert.name == SIGNAL_LOST && alert.labels.iter().any(is))
}

/// The states of an alert that is pending from `begins` on, a first and a last evaluation at which versions of Prometheus
/// say that it does, and fires after its wait.
fn pending_then_firing(
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
    let told =
        Told { at, alert: alert.name.clone(), alerts: vec![(labels_of(alert), annotations(alert, 1.0)?)] };
    Ok((seen, told))
}

/// A signal that is not there for a moment is remembered; one that has vanished is told.
fn vanished(proving: &Proving<'_>) -> Result<Option<super::Situation>, Broken> {
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
fn over(proving: &Proving<'_>) -> super::Situation {
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

fn day(proving: &Proving<'_>) -> u64 {
    proving.evaluations(&proving.draft.config.pace.seconds(86400))
}

/// A signal that has been gone for a day is missed no longer.
fn forgotten(proving: &Proving<'_>) -> Option<super::Situation> {
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
fn begun_again(proving: &Proving<'_>) -> Option<super::Situation> {
    let alert = lost(proving, "vanished")?;
    let running = [decoy(proving), signal(release(proving), first_stage(proving), 1000.0)];
    let done = [decoy(proving), signal(release(proving), DONE, 0.0)];
    let (day, wait) = (day(proving), proving.evaluations(&alert.lasts));
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

/// The metric that shows traffic, and whether it counts events.
fn traffic<'a>(proving: &'a Proving<'_>) -> Option<(&'a MetricPlan<'a>, bool)> {
    let counts = proving.draft.metrics.iter().find(|metric| !metric.events().is_empty());
    match counts {
        Some(metric) => Some((metric, true)),
        None => {
            proving.draft.metrics.first().filter(|metric| can_be_given(metric)).map(|metric| (metric, false))
        }
    }
}

/// A few events of the new version: any at all are traffic.
const SOME: f64 = 0.001;

/// Events of the new version, or its value.
fn served(proving: &Proving<'_>, metric: &MetricPlan<'_>, value: f64) -> Given {
    served_by(proving, metric, metric.main_role(), value)
}

fn served_by(proving: &Proving<'_>, metric: &MetricPlan<'_>, role: Role, value: f64) -> Given {
    let operation = metric.watched_operation();
    let by = metric.by().into_iter().map(|label| (label, "elsewhere".to_owned())).collect();
    let labels = role_labels(metric, role, release(proving), &by);
    Given::level(metric.series(&operation, role).name, labels, value)
}

fn never_came(
    proving: &Proving<'_>,
    metric: &MetricPlan<'_>,
    counts: bool,
) -> Result<Option<super::Situation>, Broken> {
    let Some(alert) = lost(proving, "never-came") else { return Ok(None) };
    let lasts = proving.evaluations(&alert.lasts);
    let mut inputs = Inputs::new(proving.every);
    let mut before = of_another(&[served(proving, metric, SOME)], release(proving));
    before.push(decoy(proving));
    let others = metric.roles().into_iter().filter(|role| *role != metric.main_role());
    before.extend(others.map(|role| served_by(proving, metric, role, SOME)));
    let mut without = before.clone();
    before.extend(counts.then(|| served(proving, metric, 0.0)));
    inputs.phase(STAGE, &before);
    without.push(served(proving, metric, SOME));
    inputs.phase(lasts + 2, &without);
    let mut with = without;
    with.push(signal(release(proving), first_stage(proving), 0.0));
    inputs.phase(2, &with);
    let (mut seen, told) = pending_then_firing(proving, alert, (STAGE, STAGE))?;
    seen.insert(0, alerts(proving, (STAGE - 1) * proving.every, Vec::new()));
    seen.push(alerts(proving, (STAGE + lasts + 3) * proving.every, Vec::new()));
    let name = format!(
        "stage: traffic without any signal raises hold after {}, until a stage is published",
        alert.lasts.text()
    );
    Ok(Some(proving.situation(name, inputs, seen, vec![told])))
}

/// A signal that was there within the last day has come; a day later it counts as one that never came.
fn long_ago(proving: &Proving<'_>, metric: &MetricPlan<'_>) -> Option<super::Situation> {
    let alert = lost(proving, "never-came")?;
    let mut inputs = Inputs::new(proving.every);
    let without = [decoy(proving), served(proving, metric, 1.0)];
    let mut with = without.to_vec();
    with.push(signal(release(proving), DONE, 0.0));
    inputs.phase(STAGE, &with);
    let (day, wait) = (day(proving), proving.evaluations(&alert.lasts));
    inputs.phase(day + wait + 5, &without);
    let firing = (seen_alert(alert, State::Firing, labels_of(alert)), 1.0);
    let seen = vec![
        alerts(proving, (STAGE + day - 3) * proving.every, Vec::new()),
        alerts(proving, (STAGE + day + wait + 3) * proving.every, vec![firing]),
    ];
    let name = "stage: a signal of more than a day ago counts as none".to_owned();
    Some(proving.situation(name, inputs, seen, Vec::new()))
}
