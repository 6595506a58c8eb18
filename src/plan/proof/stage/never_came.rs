//! A signal that never came, though there is traffic.

use super::super::course::{State, labels_of, seen_alert};
use super::super::feed::{can_be_given, of_another, role_labels, signal};
use super::super::{Given, Inputs, Proving, Situation};
use super::vanished::pending_then_firing;
use super::{NEVER_CAME, STAGE, alerts, day, decoy, first_stage, lost, release};
use crate::plan::Broken;
use crate::plan::measured::{MetricPlan, Role};
use crate::plan::names::DONE;

/// The metric that shows traffic, and whether it counts events.
pub fn traffic<'a>(proving: &'a Proving<'_>) -> Option<(&'a MetricPlan<'a>, bool)> {
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

pub fn never_came(
    proving: &Proving<'_>,
    metric: &MetricPlan<'_>,
    counts: bool,
) -> Result<Option<Situation>, Broken> {
    let Some(alert) = lost(proving, NEVER_CAME) else { return Ok(None) };
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
pub fn long_ago(proving: &Proving<'_>, metric: &MetricPlan<'_>) -> Option<Situation> {
    let alert = lost(proving, NEVER_CAME)?;
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
