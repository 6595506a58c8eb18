//! Situations of a lack of data: what was measured is gone, on either side of a comparison or for one value of a label,
//! comes back, or has been gone for so long that nobody waits for it.

use super::course::{State, alerts_of, annotations, labels_of, seen_alert};
use super::feed::{Events, can_be_given, of_another, role_labels};
use super::setting::{self, Setting};
use super::{Given, Inputs, Labels, Proof, Proving, Seen, Told};
use crate::plan::measured::{MetricPlan, Role};
use crate::plan::{Alert, Broken, names, no_data};
use crate::quantity::Duration;

/// How many evaluations data is there at first.
const BEFORE: u64 = 3;

/// All of a metric.
///
/// # Errors
/// When the law raises a level for which there is no rule.
pub fn of<'a>(
    proving: &'a Proving<'a>,
    slow: &'a Proving<'a>,
    metric: &'a MetricPlan<'a>,
    proof: &mut Proof,
) -> Result<(), Broken> {
    let no_data = &metric.metric.no_data;
    let name = names::no_data_alert(metric.id());
    let alerts = proving.alerts(metric.id());
    let Some(alert) = alerts.iter().copied().find(|alert| alert.name == name) else { return Ok(()) };
    if !can_be_given(metric) {
        let why = "its query has a value without any series, so it never lacks data";
        proof.unshown(metric.id(), [alert], why);
        return Ok(());
    }
    let proving = if proving.is_long(&no_data.after.duration) { slow } else { proving };
    let base = setting::each(proving, metric)?.into_iter().next();
    let Some(base) = base else { return Ok(()) };
    if base.calm().is_none() {
        proof.unshown(metric.id(), [alert], setting::NEVER_CALM);
        return Ok(());
    }
    for role in metric.watched_roles() {
        proof.situations.extend(Loss { setting: &base, alert, role, tells: true }.situation()?);
    }
    let silent = silent_stages(proving, metric);
    for stage in silent {
        let setting = setting::at(proving, metric, Some(stage))?;
        let role = metric.watched_roles().into_iter().next();
        let Some(role) = role.filter(|_| setting.calm().is_some()) else { continue };
        proof.situations.extend(Loss { setting: &setting, alert, role, tells: false }.situation()?);
    }
    Ok(())
}

/// The stages at which no data is missed: where the metric is taken away, and after the end.
fn silent_stages(proving: &Proving<'_>, metric: &MetricPlan<'_>) -> Vec<String> {
    let mut stages = crate::plan::off::stages(metric);
    stages.extend(proving.draft.staged.then(|| names::DONE.to_owned()));
    stages
}

/// One kind of series is gone.
struct Loss<'a, 's> {
    setting: &'s Setting<'a>,
    alert: &'s Alert,
    role: Role,
    /// Whether people are told.
    tells: bool,
}

impl Loss<'_, '_> {
    fn situation(&self) -> Result<Option<super::Situation>, Broken> {
        let setting = self.setting;
        let proving = setting.proving;
        let Some(part) = setting.parts.iter().find(|part| part.case.limits.off.is_none() || !self.tells)
        else {
            return Ok(None);
        };
        let after = proving.evaluations(self.after());
        let forgotten = proving.evaluations(&no_data::forgotten(self.after(), proving.draft.config.pace));
        let gone = BEFORE;
        let lasts = if self.tells { forgotten + 3 } else { after + 2 };
        let before = self.present(None);
        let without = self.present(Some(&part.by));
        let mut inputs = Inputs::new(proving.every);
        inputs.phase(gone, &before);
        inputs.phase(lasts, &without);
        inputs.phase(2, &before);
        let at = |evaluation: u64, state: Option<State>| self.seen(evaluation, state, &part.by);
        let mut seen = vec![at(gone - 1, None)];
        let mut told = Vec::new();
        if self.tells {
            seen.extend((after > 0).then(|| at(gone, Some(State::Pending))));
            seen.extend((after > 1).then(|| at(gone + after - 1, Some(State::Pending))));
            seen.push(at(gone + after, Some(State::Firing)));
            seen.push(at(gone + forgotten - 3, Some(State::Firing)));
            seen.push(at(gone + forgotten + 1, None));
            told.push(self.told(gone + after, &part.by)?);
        } else {
            seen.push(at(gone, None));
            seen.push(at(gone + after, None));
        }
        seen.push(at(gone + lasts, None));
        Ok(Some(proving.situation(self.name(), inputs, seen, told)))
    }

    fn after(&self) -> &Duration {
        &self.setting.metric.metric.no_data.after.duration
    }

    /// A calm value of every part and what it was measured from, without what is lost of one part, and the same of
    /// another release.
    fn present(&self, lost: Option<&Labels>) -> Vec<Given> {
        let setting = self.setting;
        let metric = setting.metric;
        let events = Events::both(setting.least().unwrap_or(1));
        let Some(calm) = setting.calm() else { return Vec::new() };
        let mut given: Vec<Given> = setting.signal().into_iter().collect();
        let mut beside = setting.decoys();
        let operation = metric.watched_operation();
        for by in self.label_sets() {
            // Where what is watched is what is compared, it stands for the difference.
            let both = metric.metric.relative.is_some() && operation == metric.operation();
            let mut own =
                if both { setting.compared(&by, &calm) } else { setting.values(&by, &calm, events) };
            for role in metric.watched_roles() {
                let one = setting.recorded(role, &operation, &by, setting.rate(events.main));
                let same = |of: &Given| of.name == one.name && of.labels == one.labels;
                if !own.iter().any(same) {
                    own.push(one);
                }
            }
            if lost == Some(&by) {
                let gone = setting.recorded(self.role, &operation, &by, 0.0);
                own.retain(|of| of.name != gone.name || of.labels != gone.labels);
            }
            given.extend(own);
        }
        let others = of_another(&given, setting.release());
        beside.retain(|one| !given.iter().chain(&others).any(|other| other.key() == one.key()));
        given.into_iter().chain(others).chain(beside).collect()
    }

    /// Every part's labels, and one set more where labels are kept, so that the loss of one is not the loss of all.
    fn label_sets(&self) -> Vec<Labels> {
        let mut sets: Vec<Labels> = self.setting.parts.iter().map(|part| part.by.clone()).collect();
        if let (Some(first), false) = (sets.first(), self.setting.metric.by().is_empty()) {
            let kept = first.keys().map(|label| (label.clone(), "kept".to_owned())).collect();
            sets.push(kept);
        }
        sets
    }

    fn labels(&self, by: &Labels) -> Labels {
        let mut labels = role_labels(self.setting.metric, self.role, self.setting.release(), by);
        labels.extend(labels_of(self.alert));
        labels
    }

    fn seen(&self, evaluation: u64, state: Option<State>, by: &Labels) -> Seen {
        let (release, metric) = (self.setting.release(), self.setting.metric.id());
        let samples = state.map(|state| (seen_alert(self.alert, state, self.labels(by)), 1.0));
        Seen {
            at: evaluation * self.setting.proving.every,
            query: alerts_of(release, metric),
            samples: samples.into_iter().collect(),
        }
    }

    fn told(&self, evaluation: u64, by: &Labels) -> Result<Told, Broken> {
        let annotations = annotations(self.alert, f64::NAN, by)?;
        let alerts = vec![(self.labels(by), annotations)];
        Ok(Told { at: evaluation * self.setting.proving.every, alert: self.alert.name.clone(), alerts })
    }

    fn name(&self) -> String {
        let id = self.setting.metric.id();
        let whose = self.role.label().map(|role| format!(" of the {role}")).unwrap_or_default();
        let after = self.after().text();
        match &self.setting.stage {
            Some(stage) if !self.tells => {
                format!("{id}: a lack of data{whose} is not missed at stage {stage}")
            }
            _ => {
                let level =
                    self.setting.metric.metric.no_data.level.level().map_or("nothing", |of| of.name());
                format!("{id}: no data{whose} for {after} raises {level}, until it is back or forgotten")
            }
        }
    }
}
