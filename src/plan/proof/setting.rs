//! A metric at one stage: which series make a value there, and what the law says of it.

use super::law::{Raise, raises};
use super::{Given, Labels, Proving, values};
use crate::ladder::Side;
use crate::plan::Broken;
use crate::plan::expr::Series;
use crate::plan::measured::{MetricPlan, Role};
use crate::plan::names::STAGE_SIGNAL;
use crate::quantity::{DeltaForm, Number};
use crate::spec::metric::cases::CasePlace;
use crate::spec::metric::{Case, Measurement, Reference};
use crate::spec::release::AlertsWhen;

/// When the stages of situations began: long before, so that every window is full.
const LONG_AGO: f64 = -864_000.0;

/// A stage that no plan names.
const UNPLANNED: &str = "unplanned";

/// Another release whose series stand beside those of the release.
pub const ANOTHER: &str = "another-release";

/// A metric at one stage, with each set of label values that the law tells apart there.
pub struct Setting<'a> {
    pub proving: &'a Proving<'a>,
    pub metric: &'a MetricPlan<'a>,
    /// The stage that the law names; `None` for its base.
    pub named: Option<&'a str>,
    /// The stage that is signalled.
    pub stage: Option<String>,
    pub parts: Vec<Part<'a>>,
}

/// One set of label values, and what holds for it.
pub struct Part<'a> {
    pub by: Labels,
    pub case: &'a Case,
    pub raises: Vec<Raise<'a>>,
}

/// Every setting of a metric, that of its base first.
///
/// # Errors
/// When the law raises a level for which there is no rule.
pub fn of<'a>(proving: &'a Proving<'a>, metric: &'a MetricPlan<'a>) -> Result<Vec<Setting<'a>>, Broken> {
    let mut stages: Vec<Option<&str>> = Vec::new();
    for case in &metric.metric.cases {
        if !stages.contains(&case.place.stage.as_deref()) {
            stages.push(case.place.stage.as_deref());
        }
    }
    let setting = |named: Option<&'a str>| -> Result<Setting<'a>, Broken> {
        let cases = metric.metric.cases.iter().filter(|case| case.place.stage.as_deref() == named);
        let part = |case: &'a Case| -> Result<Part<'a>, Broken> {
            Ok(Part { by: by_values(metric, &case.place), case, raises: raises(proving, metric, case)? })
        };
        Ok(Setting {
            proving,
            metric,
            named,
            stage: signalled(proving, metric, named),
            parts: cases.map(part).collect::<Result<_, _>>()?,
        })
    };
    stages.into_iter().map(setting).collect()
}

/// The stage to signal where the law names `named`.
fn signalled(proving: &Proving<'_>, metric: &MetricPlan<'_>, named: Option<&str>) -> Option<String> {
    if !proving.draft.staged {
        return None;
    }
    if let Some(stage) = named {
        return Some(stage.to_owned());
    }
    let others = proving.draft.spec.stages.iter().filter(|stage| {
        let cases = &metric.metric.cases;
        let shares = metric.metric.extensive.is_none() || stage.traffic.is_some();
        shares && !cases.iter().any(|case| case.place.stage.as_deref() == Some(stage.id()))
    });
    Some(others.map(|stage| stage.id().to_owned()).next().unwrap_or_else(|| UNPLANNED.to_owned()))
}

/// A value for each label that is kept: the one that the place names, or one that no place names.
fn by_values(metric: &MetricPlan<'_>, place: &CasePlace) -> Labels {
    let value = |label: String| {
        let named = place.labels.get(&label).cloned().flatten();
        let value = named.unwrap_or_else(|| "elsewhere".to_owned());
        (label, value)
    };
    metric.by().into_iter().map(value).collect()
}

impl<'a> Setting<'a> {
    /// The series that make a value for every part, with so many events a window; what the stage is; and what stands
    /// beside it and must not matter.
    pub fn given(&self, value: &Number, events: f64) -> Vec<Given> {
        let mut given = self.around();
        for part in &self.parts {
            given.extend(self.values(&part.by, value, events));
        }
        given
    }

    /// The stage signal.
    pub fn around(&self) -> Vec<Given> {
        let stage = self.stage.iter().map(|stage| signal_of(self.release(), stage, LONG_AGO));
        stage.collect()
    }

    /// The value's series for one set of labels, and those that count its events.
    fn values(&self, by: &Labels, value: &Number, events: f64) -> Vec<Given> {
        let metric = self.metric;
        let counts = events_series(metric);
        if let (true, Some(share)) = (metric.metric.extensive.is_some(), self.share()) {
            let wanted = value.to_f64();
            let raw = values::exactly(wanted * share, wanted, |raw| raw / share);
            return vec![self.role(metric.main_role(), &metric.operation(), by, raw)];
        }
        if metric.metric.relative.is_some() && counts.iter().any(|(_, own)| *own) {
            return self.compared(by, value);
        }
        let mut given =
            vec![Given::level(metric.value().name, value_labels(metric, self.release(), by), value.to_f64())];
        if self.counts_enter() {
            let others = counts.into_iter().filter(|(_, own)| !own);
            given.extend(others.map(|(role, _)| {
                self.role(role, &metric.events_operation().unwrap_or_default(), by, events)
            }));
        }
        given
    }

    /// Both sides of a comparison, such that the difference is the value.
    fn compared(&self, by: &Labels, value: &Number) -> Vec<Given> {
        let metric = self.metric;
        let (operation, wanted) = (metric.operation(), value.to_f64());
        let theirs = 1000.0;
        let form = metric.metric.relative.as_ref().map(|relative| relative.form);
        let ours = if form == Some(DeltaForm::Factor) {
            values::exactly(theirs * (1.0 + wanted), wanted, |ours| ours / theirs - 1.0)
        } else {
            values::exactly(theirs + wanted, wanted, |ours| ours - theirs)
        };
        let mut given = vec![self.role(metric.main_role(), &operation, by, ours)];
        given.extend(metric.other_role().map(|role| self.role(role, &operation, by, theirs)));
        given
    }

    /// A recorded series in a role.
    pub fn role(&self, role: Role, operation: &str, by: &Labels, value: f64) -> Given {
        let series: Series = self.metric.series(operation, role);
        Given::level(series.name, role_labels(self.metric, role, self.release(), by), value)
    }

    /// The same series of another release, beyond every bound.
    pub fn decoys(&self) -> Vec<Given> {
        let Some(raise) = self.harshest() else { return Vec::new() };
        let value = values::beyond(raise.bound, raise.side);
        let mut decoys = Vec::new();
        for part in &self.parts {
            let labels = value_labels(self.metric, ANOTHER, &part.by);
            decoys.push(Given::level(self.metric.value().name, labels, value.to_f64()));
            if self.metric.metric.relative.is_some() || self.metric.metric.extensive.is_some() {
                continue;
            }
            let others = self.metric.roles().into_iter().filter(|role| *role != self.metric.main_role());
            decoys.extend(
                others.map(|role| self.role(role, &self.metric.operation(), &part.by, value.to_f64())),
            );
        }
        decoys
    }

    /// What is raised last of all.
    pub fn harshest(&self) -> Option<&Raise<'a>> {
        self.parts
            .iter()
            .flat_map(|part| &part.raises)
            .max_by_key(|raise| (raise.level, raise.after.is_none()))
    }

    /// Whether too few events silence anything.
    pub fn counts_enter(&self) -> bool {
        self.least().is_some() && self.metric.events_factor().is_some()
    }

    /// The most events that any part needs.
    pub fn least(&self) -> Option<u64> {
        self.parts.iter().flat_map(|part| &part.raises).filter_map(|raise| raise.least).max()
    }

    /// The value of an events' series for a number of events in the window.
    #[allow(clippy::cast_precision_loss, reason = "numbers of events are small")]
    pub fn events(&self, number: u64) -> f64 {
        let factor = self.metric.events_factor().map_or(1.0, |factor| factor.to_f64());
        let wanted = number as f64;
        values::exactly(wanted / factor, wanted, |rate| rate * factor)
    }

    /// The share of the traffic at the stage.
    pub fn share(&self) -> Option<f64> {
        let stage =
            self.proving.draft.spec.stages.iter().find(|stage| Some(stage.id()) == self.stage.as_deref())?;
        Some(stage.traffic.as_ref()?.value.to_f64())
    }

    pub fn release(&self) -> &'a str {
        self.proving.draft.spec.id()
    }

    /// Whether alerts are silent without a stage.
    pub fn only_while_running(&self) -> bool {
        self.proving.draft.spec.release.alerts == Some(AlertsWhen::WhileRunning)
    }

    /// Where it is, for the name of a situation.
    pub fn words(&self, part: &Part<'_>) -> String {
        part.case.place.words()
    }

    /// Whether no other metric reads the same series, so that only its own alerts make the verdict.
    pub fn alone(&self) -> bool {
        let metrics = self.proving.draft.metrics.iter();
        metrics.filter(|other| std::ptr::eq(other.source, self.metric.source)).count() == 1
    }

    /// The part on which a band's or a level's side lies is told by its raises.
    pub fn watches(&self, side: Side) -> bool {
        self.parts.iter().any(|part| part.raises.iter().any(|raise| raise.side == side))
    }
}

/// The stage signal of a release.
pub fn signal_of(release: &str, stage: &str, began: f64) -> Given {
    let labels = [("release", release), ("stage", stage)];
    let labels = labels.map(|(label, value)| (label.to_owned(), value.to_owned()));
    Given::level(STAGE_SIGNAL, labels.into(), began)
}

/// The roles of what counts events, and whether that is the measurement itself.
fn events_series(metric: &MetricPlan<'_>) -> Vec<(Role, bool)> {
    let own = metric.events_operation() == Some(metric.operation());
    let roles = std::iter::once(metric.main_role()).chain(metric.other_role());
    if metric.events_operation().is_none() { Vec::new() } else { roles.map(|role| (role, own)).collect() }
}

/// The labels of what the alerts read.
pub fn value_labels(metric: &MetricPlan<'_>, release: &str, by: &Labels) -> Labels {
    let against_series =
        metric.metric.relative.as_ref().is_some_and(|of| !matches!(of.reference, Reference::Value(_)));
    let owner = if metric.metric.relative.is_some() || metric.metric.extensive.is_some() {
        metric.id()
    } else {
        metric.source.id.value.as_str()
    };
    let role = metric.main_role().label().filter(|_| !against_series);
    labelled(owner, role, release, by)
}

/// The labels of a measurement in a role.
pub fn role_labels(metric: &MetricPlan<'_>, role: Role, release: &str, by: &Labels) -> Labels {
    let owner = if role == Role::Reference { metric.id() } else { metric.source.id.value.as_str() };
    labelled(owner, role.label(), release, by)
}

fn labelled(owner: &str, role: Option<&str>, release: &str, by: &Labels) -> Labels {
    let mut labels = by.clone();
    labels.insert("release".to_owned(), release.to_owned());
    labels.insert("metric".to_owned(), owner.to_owned());
    labels.extend(role.map(|role| ("role".to_owned(), role.to_owned())));
    labels
}

/// Whether the recorded series can be fed in place of what it is measured from.
pub fn can_be_fed(metric: &MetricPlan<'_>) -> bool {
    // A scalar is never without a value.
    !matches!(&metric.source.measurement, Measurement::Query(query) if query.text().contains("vector("))
}
