//! All metrics of a release at once, each with a value of its own: what the verdict needs.

use super::course::{State, weight};
use super::feed::Events;
use super::law::Raise;
use super::setting::{self, Setting};
use super::{Given, Proving, values};
use crate::plan::Broken;
use crate::plan::measured::MetricPlan;
use crate::quantity::Number;

/// The metrics that make alerts, while one stage is signalled, or none.
pub struct World<'a> {
    pub proving: &'a Proving<'a>,
    pub members: Vec<Member<'a>>,
}

/// One metric of the world.
pub struct Member<'a> {
    pub setting: Setting<'a>,
    /// A value that raises nothing, neither here nor in the metrics that read the same series.
    pub calm: Number,
}

impl<'a> World<'a> {
    /// The world at a stage; `None` where some metric has no calm value, or two want different values of one series.
    ///
    /// # Errors
    /// When the law raises a level for which there is no rule.
    pub fn at(proving: &'a Proving<'a>, stage: Option<String>) -> Result<Option<Self>, Broken> {
        let watched = proving.draft.metrics.iter().filter(|metric| metric.metric.alerts());
        let settings = watched.map(|metric| setting::at(proving, metric, stage.clone()));
        let settings: Vec<Setting<'a>> = settings.collect::<Result<_, _>>()?;
        let calm: Option<Vec<Number>> =
            settings.iter().map(|setting| calm(setting, &same_series(setting, &settings))).collect();
        let Some(calm) = calm else { return Ok(None) };
        let members = settings.into_iter().zip(calm);
        let members = members.map(|(setting, calm)| Member { setting, calm }).collect();
        let world = Self { proving, members };
        Ok(world.agrees().then_some(world))
    }

    /// Whether no series would have two values at once.
    #[allow(clippy::float_cmp, reason = "the same number or another one")]
    fn agrees(&self) -> bool {
        let all: Vec<Given> = self.members.iter().flat_map(|member| member.given(&member.calm)).collect();
        all.iter().enumerate().all(|(at, one)| {
            all[..at]
                .iter()
                .all(|other| one.name != other.name || one.labels != other.labels || one.shape == other.shape)
        })
    }

    /// Every metric calm, but for one.
    pub fn given(&self, other: Option<(&MetricPlan<'_>, Vec<Given>)>) -> Vec<Given> {
        let mut all: Vec<Given> = Vec::new();
        // Metrics that read the same series follow the one that differs.
        let differs = other.iter().flat_map(|(_, given)| given.clone());
        let calm = self.members.iter().filter(|member| {
            other.as_ref().is_none_or(|(metric, _)| !reads_the_same(member.setting.metric, metric))
        });
        for one in differs.chain(calm.flat_map(|member| member.given(&member.calm))) {
            if !all.iter().any(|known| known.name == one.name && known.labels == one.labels) {
                all.push(one);
            }
        }
        all
    }

    /// What the alerts make of the verdict while one metric, and whatever reads the same series, has had a value for some
    /// evaluations.
    pub fn raised(&self, metric: &MetricPlan<'_>, value: &Number, since: u64) -> f64 {
        let readers = self.members.iter().filter(|member| reads_the_same(member.setting.metric, metric));
        let raises = readers.flat_map(|member| member.setting.raises().map(move |raise| (member, raise)));
        let weights = raises.filter_map(|(member, raise)| self.weight(member, raise, value, since));
        weights.fold(0.0, f64::max)
    }

    fn weight(&self, member: &Member<'_>, raise: &Raise<'_>, value: &Number, since: u64) -> Option<f64> {
        let setting = &member.setting;
        let enough = raise.least.is_none_or(|least| setting.enough(least, value, member.events()));
        let lasts = self.proving.evaluations(raise.lasts);
        let state = if since >= lasts { State::Firing } else { State::Pending };
        (enough && raise.reached(value)).then(|| weight(state, raise.level, raise.after.is_some()))
    }
}

impl Member<'_> {
    /// Enough events.
    pub fn events(&self) -> Events {
        Events::both(self.setting.least().unwrap_or_default())
    }

    /// The series that make a value, and the stage signal.
    pub fn given(&self, value: &Number) -> Vec<Given> {
        self.setting.given(value, self.events())
    }

    /// Whether the verdict needs it at all: it is not taken away everywhere.
    pub fn is_off(&self) -> bool {
        self.setting.parts.iter().all(|part| part.case.limits.off.is_some())
    }
}

fn reads_the_same(one: &MetricPlan<'_>, other: &MetricPlan<'_>) -> bool {
    let (ours, theirs) = (one.value(), other.value());
    std::ptr::eq(one.metric, other.metric) || ours == theirs
}

fn same_series<'s, 'a>(setting: &Setting<'a>, all: &'s [Setting<'a>]) -> Vec<&'s Setting<'a>> {
    all.iter().filter(|other| reads_the_same(other.metric, setting.metric)).collect()
}

/// A value that raises nothing in any of the settings, and has enough events where they are its own.
fn calm(own: &Setting<'_>, all: &[&Setting<'_>]) -> Option<Number> {
    let limits: Vec<_> = all.iter().flat_map(|of| of.parts.iter().map(|part| &part.case.limits)).collect();
    let raises: Vec<Raise<'_>> = all.iter().flat_map(|of| of.raises().copied()).collect();
    let enough =
        |value: &Number| own.least().is_none_or(|least| own.enough(least, value, Events::both(least)));
    values::calm(&limits, &raises).filter(enough)
}
