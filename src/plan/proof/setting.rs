//! A metric at one stage: what the law says of a value there.

use super::feed::can_be_given;
use super::law::{Raise, raises};
use super::{Labels, Proving};
use crate::ladder::{Level, Side};
use crate::plan::Broken;
use crate::plan::measured::MetricPlan;
use crate::plan::names::DONE;
use crate::quantity::Number;
use crate::spec::metric::cases::CasePlace;
use crate::spec::metric::{Case, Extent};
use crate::spec::release::AlertsWhen;

/// A stage that no plan names.
pub const UNPLANNED: &str = "unplanned";

/// Why nothing is shown where no value raises nothing.
pub const NEVER_CALM: &str = "no value is calm for all values of its labels at once";

/// A metric while one stage is signalled, or none, with each set of label values that the law tells apart there.
pub struct Setting<'a> {
    pub proving: &'a Proving<'a>,
    pub metric: &'a MetricPlan<'a>,
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

/// One setting for each stage that the law tells apart, that of its base first.
///
/// # Errors
/// When the law raises a level for which there is no rule.
pub fn each<'a>(proving: &'a Proving<'a>, metric: &'a MetricPlan<'a>) -> Result<Vec<Setting<'a>>, Broken> {
    let mut stages = vec![base_stage(proving, metric)];
    for case in &metric.metric.cases {
        if case.place.stage.is_some() && !stages.contains(&case.place.stage) {
            stages.push(case.place.stage.clone());
        }
    }
    stages.into_iter().map(|stage| at(proving, metric, stage)).collect()
}

/// The setting while a stage is signalled.
///
/// # Errors
/// The same.
pub fn at<'a>(
    proving: &'a Proving<'a>,
    metric: &'a MetricPlan<'a>,
    stage: Option<String>,
) -> Result<Setting<'a>, Broken> {
    let cases = &metric.metric.cases;
    let is_named = cases.iter().any(|case| case.place.stage.is_some() && case.place.stage == stage);
    let named = stage.as_deref().filter(|_| is_named);
    let over = stage.as_deref().is_none_or(|stage| stage == DONE);
    let only_while_running = proving.draft.spec.release.alerts == Some(AlertsWhen::WhileRunning);
    let without_share = metric.metric.extensive.is_some() && share(proving, stage.as_deref()).is_none();
    let silent = (only_while_running && over) || without_share;
    let part = |case: &'a Case| -> Result<Part<'a>, Broken> {
        let raises = if silent { Vec::new() } else { raises(proving, metric, case)? };
        Ok(Part { by: by_values(metric, &case.place), case, raises })
    };
    let cases = cases.iter().filter(|case| case.place.stage.as_deref() == named);
    let parts = cases.map(part).collect::<Result<_, _>>()?;
    Ok(Setting { proving, metric, stage, parts })
}

/// A stage that the law does not name: a planned one where there is one.
fn base_stage(proving: &Proving<'_>, metric: &MetricPlan<'_>) -> Option<String> {
    if !proving.draft.staged {
        return None;
    }
    let mut others = proving.draft.spec.stages.iter().filter(|stage| {
        let named = |case: &Case| case.place.stage.as_deref() == Some(stage.id());
        (metric.metric.extensive.is_none() || stage.traffic.is_some())
            && !metric.metric.cases.iter().any(named)
    });
    Some(others.next().map_or_else(|| UNPLANNED.to_owned(), |stage| stage.id().to_owned()))
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

/// The share of the traffic at a stage.
pub fn share(proving: &Proving<'_>, stage: Option<&str>) -> Option<Number> {
    let stage = proving.draft.spec.stages.iter().find(|of| Some(of.id()) == stage)?;
    Some(stage.traffic.as_ref()?.value)
}

/// How harsh it is to raise something.
fn rank(raise: &Raise<'_>) -> (Level, bool) {
    (raise.level, raise.after.is_none())
}

impl<'a> Setting<'a> {
    /// Everything that raises anything.
    pub fn raises(&self) -> impl Iterator<Item = &Raise<'a>> {
        self.parts.iter().flat_map(|part| &part.raises)
    }

    /// What is raised last of all: of the harshest level, what lies farthest out of all label values.
    pub fn harshest(&self) -> Option<&Raise<'a>> {
        let last = self.raises().max_by_key(|raise| rank(raise))?;
        self.harshest_on(last.side)
    }

    /// The same of one side.
    pub fn harshest_on(&self, side: Side) -> Option<&Raise<'a>> {
        let there = || self.raises().filter(move |raise| raise.side == side);
        let harshest = there().map(rank).max()?;
        let last = there().filter(|raise| rank(raise) == harshest);
        last.max_by(|one, other| side.outward(&one.bound.value, &other.bound.value))
    }

    /// A value that raises nothing.
    pub fn calm(&self) -> Option<Number> {
        let limits: Vec<_> = self.parts.iter().map(|part| &part.case.limits).collect();
        let raises: Vec<_> = self.raises().copied().collect();
        super::values::calm(&limits, &raises, Extent::of(self.metric.metric))
    }

    /// The most events that any part needs, where too few silence anything.
    pub fn least(&self) -> Option<u64> {
        self.metric.events_factor()?;
        self.parts
            .iter()
            .filter_map(|part| part.case.limits.min_events.as_ref())
            .map(|least| least.value)
            .max()
    }

    /// How many evaluations an alert goes on at most after what raised it is over.
    pub fn keeps(&self) -> u64 {
        let keeps = self.raises().filter_map(|raise| raise.keep);
        keeps.map(|keep| self.proving.evaluations(keep)).max().unwrap_or(0)
    }

    pub fn release(&self) -> &'a str {
        self.proving.draft.spec.id()
    }

    /// Whether only its own alerts make the verdict: no other metric reads the same series, or has a value of nothing.
    pub fn alone(&self) -> bool {
        let others = self.proving.draft.metrics.iter().filter(|other| other.id() != self.metric.id());
        let mut others = others.filter(|other| other.metric.alerts());
        !others.any(|other| std::ptr::eq(other.source, self.metric.source) || !can_be_given(other))
    }
}
