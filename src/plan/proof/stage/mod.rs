//! Situations of the stage signal: the stage that began last counts, its share of the traffic, the end, a signal that
//! vanishes, and one that never came.

mod never_came;
mod vanished;

use super::course::alerts_of;
use super::feed::{ANOTHER, signal};
use super::setting::share;
use super::{Given, Inputs, Labels, Proof, Proving, Seen, Situation};
use crate::plan::names::{DONE, SIGNAL_LOST, STAGE_START, TRAFFIC_SHARE};
use crate::plan::{Alert, Broken};
use crate::promql;

/// How many evaluations each stage takes.
const STAGE: u64 = 3;

/// The stage signal's metric label.
const METRIC: &str = "stage";

/// What tells the alert for a signal that never came.
const NEVER_CAME: &str = "never-came";

/// All of the signal, where anything needs it.
///
/// # Errors
/// When an annotation can't be filled in.
pub fn of(proving: &Proving<'_>, slow: &Proving<'_>, proof: &mut Proof) -> Result<(), Broken> {
    if !proving.draft.staged {
        return Ok(());
    }
    proof.situations.push(one_after_another(proving));
    proof.situations.extend(vanished::vanished(proving)?);
    proof.situations.push(vanished::over(proving));
    proof.situations.extend(vanished::begun_again(slow));
    if let Some((metric, counts)) = never_came::traffic(proving) {
        proof.situations.extend(vanished::forgotten(slow));
        proof.situations.extend(never_came::never_came(proving, metric, counts)?);
        proof.situations.extend(never_came::long_ago(slow, metric));
    } else {
        let why = "what shows traffic has a value without any series, so it is never without traffic";
        proof.unshown(METRIC, lost(proving, NEVER_CAME), why);
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
fn one_after_another(proving: &Proving<'_>) -> Situation {
    let mut all = stages(proving);
    all.push(DONE);
    let mut inputs = Inputs::new(proving.every);
    let mut given = vec![decoy(proving)];
    let mut seen = Vec::new();
    for (number, stage) in (1_i32..).zip(&all) {
        let began = f64::from(number * 1000);
        let of = |host: &str, began| {
            let mut one = signal(release(proving), stage, began);
            one.labels.insert("instance".to_owned(), host.to_owned());
            one
        };
        given.push(of("another", began - 1500.0));
        given.push(of("one", began + 300.0));
        inputs.phase(1, &given);
        given.pop();
        given.push(of("one", began));
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

fn day(proving: &Proving<'_>) -> u64 {
    proving.evaluations(&proving.draft.config.pace.seconds(86400))
}
