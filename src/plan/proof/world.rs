//! All metrics of a release at once, each with a value of its own: what the verdict needs.

use super::course::{State, weight};
use super::feed::Events;
use super::inputs::Key;
use super::law::Raise;
use super::setting::{self, Setting};
use super::{Given, Proving, values};
use crate::plan::Broken;
use crate::quantity::Number;
use crate::spec::metric::{Extent, NoDataLevel};
use std::collections::BTreeMap;

/// The metrics that make alerts, while one stage is signalled, or none.
pub struct World<'a> {
    pub proving: &'a Proving<'a>,
    pub members: Vec<Member<'a>>,
    /// Every series while all is calm.
    calm: Vec<Given>,
    /// Where each series stands in `calm`, and the members that read it.
    readers: BTreeMap<Key, (usize, Vec<usize>)>,
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
        let Some(calm) = calm_values(&settings) else { return Ok(None) };
        let members = settings.into_iter().zip(calm).map(|(setting, calm)| Member { setting, calm });
        let mut world =
            Self { proving, members: members.collect(), calm: Vec::new(), readers: BTreeMap::new() };
        Ok(world.agrees().then_some(world))
    }

    /// Puts all series together; false where one would have two values at once.
    fn agrees(&mut self) -> bool {
        for (number, member) in self.members.iter().enumerate() {
            for given in member.given(&member.calm) {
                let next = self.calm.len();
                let (at, readers) = self.readers.entry(given.key()).or_insert_with(|| (next, Vec::new()));
                readers.push(number);
                match self.calm.get(*at) {
                    None => self.calm.push(given),
                    Some(before) if !before.is_like(&given) => return false,
                    Some(_) => {}
                }
            }
        }
        true
    }

    /// Every series while all is calm.
    pub fn given(&self) -> &[Given] {
        &self.calm
    }

    /// Whether it has a series while all is calm.
    pub fn has(&self, key: &Key) -> bool {
        self.readers.contains_key(key)
    }

    /// The members that read any of these series.
    pub fn readers(&self, keys: &[Key]) -> Vec<&Member<'a>> {
        let mut numbers: Vec<usize> =
            keys.iter().filter_map(|key| self.readers.get(key)).flat_map(|(_, of)| of).copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().filter_map(|number| self.members.get(number)).collect()
    }

    /// Whether no other value changes when this metric has a value.
    pub fn moves_alone(&self, member: &Member<'a>, value: &Number) -> bool {
        let moved = member.given(value);
        let moved =
            moved.iter().filter(|given| !self.calm.iter().any(|calm| calm.is_like(given))).map(Given::key);
        let own = member.setting.metric.value();
        let readers = self.readers(&moved.collect::<Vec<_>>());
        readers.iter().all(|reader| reader.setting.metric.value() == own)
    }

    /// What the alerts make of the verdict while one metric, and whatever reads the same value, has had a value for some
    /// evaluations.
    pub fn raised(&self, metric: &Member<'a>, value: &Number, since: u64) -> f64 {
        let weights = self.weighed(metric, value, since);
        weights.into_iter().map(|(_, weight)| weight).fold(0.0, f64::max)
    }

    /// For how many evaluations the alerts go on that fire then, once the value is calm again, and what the last of them
    /// make of the verdict.
    pub fn kept(&self, metric: &Member<'a>, value: &Number, since: u64) -> Option<(u64, f64)> {
        let keep = |raise: &Raise<'_>| {
            Some(self.proving.evaluations(raise.keep.filter(|_| self.fires(raise, since))?))
        };
        let keeps = self.weighed(metric, value, since).into_iter();
        let keeps: Vec<(u64, f64)> =
            keeps.filter_map(|(raise, weight)| Some((keep(raise)?, weight))).collect();
        let longest = keeps.iter().map(|(keep, _)| *keep).max()?;
        let last = keeps.iter().filter(|(keep, _)| *keep == longest).map(|(_, weight)| *weight);
        Some((longest, last.fold(0.0, f64::max)))
    }

    /// What is raised by a metric, and whatever reads the same value, and what it makes of the verdict.
    fn weighed<'w>(
        &'w self,
        metric: &'w Member<'a>,
        value: &Number,
        since: u64,
    ) -> Vec<(&'w Raise<'a>, f64)> {
        let own = metric.setting.metric.value();
        let keys: Vec<Key> =
            metric.given(value).iter().filter(|of| of.name == own.name).map(Given::key).collect();
        let readers = self.readers(&keys);
        let readers = readers.into_iter().filter(|reader| reader.setting.metric.value() == own);
        let own = std::iter::once(metric).chain(readers);
        let raises = own.flat_map(|member| member.setting.raises().map(move |raise| (member, raise)));
        let weigh = |(member, raise)| Some((raise, self.weight(member, raise, value, since)?));
        raises.filter_map(weigh).collect()
    }

    fn fires(&self, raise: &Raise<'_>, since: u64) -> bool {
        since >= self.proving.evaluations(raise.lasts)
    }

    /// How many evaluations an alert goes on at most after what raised it is over.
    pub fn keeps(&self) -> u64 {
        self.members.iter().map(|member| member.setting.keeps()).max().unwrap_or(0)
    }

    fn weight(&self, member: &Member<'_>, raise: &Raise<'_>, value: &Number, since: u64) -> Option<f64> {
        let setting = &member.setting;
        let enough = raise.least.is_none_or(|least| setting.enough(least, value, member.events()));
        let state = if self.fires(raise, since) { State::Firing } else { State::Pending };
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

    /// Whether the verdict needs a value of it here.
    pub fn is_needed(&self) -> bool {
        let off = self.setting.parts.iter().all(|part| part.case.limits.off.is_some());
        self.setting.metric.metric.no_data.level != NoDataLevel::Ignore && !off
    }
}

/// A calm value for each setting: one for all that read the same series, with enough events where they are its own. What is
/// derived from another metric's value is calm with it.
fn calm_values(settings: &[Setting<'_>]) -> Option<Vec<Number>> {
    let mut readers: BTreeMap<String, Vec<&Setting<'_>>> = BTreeMap::new();
    for setting in settings {
        readers.entry(setting.metric.value().selector()).or_default().push(setting);
    }
    let calm = settings.iter().map(|setting| calm(setting, readers.get(&setting.metric.value().selector())?));
    let mut calm: Vec<Number> = calm.collect::<Option<_>>()?;
    for (at, derived) in settings.iter().enumerate().filter(|(_, of)| of.is_derived()) {
        let measured = derived.measured();
        let Some(source) = settings.iter().position(|of| of.metric.value() == measured) else { continue };
        calm[at] = derived.difference(&calm[source])?;
    }
    let raised = settings.iter().zip(&calm).any(|(of, value)| of.raises().any(|raise| raise.reached(value)));
    (!raised).then_some(calm)
}

fn calm(own: &Setting<'_>, all: &[&Setting<'_>]) -> Option<Number> {
    let limits: Vec<_> = all.iter().flat_map(|of| of.parts.iter().map(|part| &part.case.limits)).collect();
    let raises: Vec<Raise<'_>> = all.iter().flat_map(|of| of.raises().copied()).collect();
    let enough =
        |value: &Number| own.least().is_none_or(|least| own.enough(least, value, Events::both(least)));
    values::calm(&limits, &raises, Extent::of(own.metric.metric)).filter(enough)
}
