//! A bad value and a calm one, as the law has them, and what they are compared with.

use super::domain::{Domain, rounded};
use crate::ladder::{Level, Side};
use crate::plan::measured::MetricPlan;
use crate::quantity::DeltaForm;
use crate::spec::metric::{Limits, Metric, Reference, Relative};

/// Values of one metric.
#[derive(Debug, Clone, Copy)]
pub struct Values {
    /// A measured value beyond every bound of the harshest level on one side.
    pub bad: f64,
    /// A measured value that raises nothing.
    pub calm: f64,
    /// What the other role has beside the bad value.
    pub theirs: f64,
    /// What it has beside the calm one: something else wherever that raises nothing.
    pub later: f64,
    /// The harshest level with bounds, if `bad` reaches it.
    pub raises: Option<Level>,
}

/// What values are looked for in.
struct Search<'a> {
    metric: &'a Metric,
    limits: &'a Limits,
    domain: Domain,
    /// The share of the traffic by which a value is divided before it is judged.
    share: f64,
    /// Measured values below this come from too few events.
    least: f64,
}

/// The values of a metric where these limits hold; `None` where there are no two values at all.
pub fn of(plan: &MetricPlan<'_>, limits: &Limits, share: f64) -> Option<Values> {
    let metric = plan.metric;
    let factor = plan.events_factor().filter(|_| plan.events_operation().as_ref() == Some(&plan.operation()));
    let least = limits.min_events.as_ref().zip(factor).map_or(0.0, |(least, factor)| {
        #[allow(clippy::cast_precision_loss, reason = "numbers of events are small")]
        let least = least.value as f64;
        least / factor.to_f64()
    });
    let domain = Domain::of(&metric.measurement);
    let search = Search { metric, limits, domain, share, least };
    search.raising().or_else(|| search.any())
}

impl Search<'_> {
    #[allow(clippy::float_cmp, reason = "the same number would not tell one role from the other")]
    fn raising(&self) -> Option<Values> {
        let (level, _) = self.limits.levels.iter().rev().find(|(_, of)| !of.conditions.is_empty())?;
        let beyond = |value: f64| {
            Side::ALL.into_iter().any(|side| {
                let bound = self.limits.ladder.harshest(*level, side).map(|bound| bound.value.to_f64());
                bound.is_some_and(|bound| outside(side, value, bound))
            })
        };
        let tries = self.tries();
        self.references().into_iter().find_map(|theirs| {
            let measured = |judged: f64| {
                let value = self.measured(judged, theirs);
                (self.domain.has(value) && self.judged(value, theirs).is_some()).then_some(value)
            };
            let enough = |value: &f64| *value >= self.least;
            let bad = tries
                .iter()
                .filter(|value| beyond(**value))
                .filter_map(|value| measured(*value))
                .find(enough)?;
            let calm = |usual: bool| {
                let mut quiet =
                    tries.iter().filter(|value| self.quiet(**value) && (!usual || self.usual(**value)));
                quiet.find_map(|value| measured(*value))
            };
            let calm = calm(true).or_else(|| calm(false))?;
            if self.metric.relative.is_none() && (theirs == bad || theirs == calm) {
                return None;
            }
            let later = self.later(bad, calm, theirs);
            Some(Values { bad, calm, theirs, later, raises: Some(*level) })
        })
    }

    /// Any two values, where no level has bounds that a value can reach.
    fn any(&self) -> Option<Values> {
        let samples = self.domain.samples(&self.bounds());
        let (bad, calm) = (*samples.first()?, *samples.iter().find(|value| **value != samples[0])?);
        let theirs = self.references().into_iter().find(|value| *value != bad)?;
        let later = if self.metric.relative.is_some() { theirs } else { bad };
        Some(Values { bad, calm, theirs, later, raises: None })
    }

    /// What the other role has beside the calm value.
    #[allow(clippy::float_cmp, reason = "the same number would not tell one window from the next")]
    fn later(&self, bad: f64, calm: f64, theirs: f64) -> f64 {
        if self.metric.relative.is_none() {
            return bad;
        }
        let quiet = |other: &f64| self.judged(calm, *other).is_some_and(|value| self.quiet(value));
        let mut others = self.references().into_iter().filter(|other| *other != theirs);
        others.find(quiet).unwrap_or(theirs)
    }

    /// Values of the other role, or what stands in its place.
    fn references(&self) -> Vec<f64> {
        match self.metric.relative.as_ref().map(|relative| &relative.reference) {
            Some(Reference::Value(value)) => vec![value.value.to_f64()],
            _ => {
                let mut samples = self.domain.samples(&self.bounds());
                samples.retain(|value| *value >= self.least);
                samples
            }
        }
    }

    /// Every bound that is written.
    fn bounds(&self) -> Vec<f64> {
        let levels = self.limits.levels.values().rev().flat_map(|of| &of.conditions);
        let bounds = levels.flat_map(|condition| [&condition.above, &condition.below]);
        let normal = self.limits.normal.iter().flat_map(|normal| [&normal.min, &normal.max]);
        bounds.chain(normal).flatten().map(|bound| bound.value.to_f64()).collect()
    }

    /// Values to judge, those that read well first.
    fn tries(&self) -> Vec<f64> {
        let bounds = self.bounds();
        let near = |by: fn(f64) -> f64| bounds.iter().map(move |bound| by(*bound)).collect::<Vec<_>>();
        let mut tries = [
            near(|x| x * 2.0),
            near(|x| x * 1.5),
            near(|x| x * 1.1),
            near(|x| x / 2.0),
            near(|x| x * 0.9),
            near(|x| x + 1.0),
            near(|x| x - 1.0),
            near(|x| x + 0.01),
            near(|x| x - 0.01),
            near(|x| x * 1.01),
            near(|x| x * 0.99),
            near(|x| x),
            vec![0.0],
        ]
        .concat();
        for end in [self.domain.low, self.domain.high].into_iter().filter(|end| end.is_finite()) {
            tries.extend(bounds.iter().map(|bound| f64::midpoint(*bound, end)));
            tries.push(end);
        }
        tries.into_iter().map(rounded).collect()
    }

    /// The value to measure so that this one is judged.
    fn measured(&self, judged: f64, theirs: f64) -> f64 {
        rounded(match &self.metric.relative {
            Some(Relative { form: DeltaForm::Factor, .. }) => theirs * (1.0 + judged),
            Some(_) => theirs + judged,
            None => judged * self.share,
        })
    }

    /// The other way round; `None` where rounding has moved the value across a bound.
    fn judged(&self, measured: f64, theirs: f64) -> Option<f64> {
        let judged = judged(self.metric, measured, theirs, self.share);
        let near = self.bounds().into_iter().any(|bound| (bound - judged).abs() <= bound.abs() * 1e-4);
        (!near).then_some(judged)
    }

    fn quiet(&self, value: f64) -> bool {
        let conditions = self.limits.levels.values().flat_map(|of| &of.conditions);
        !conditions.into_iter().any(|condition| {
            let above =
                condition.above.as_ref().map(|bound| outside(Side::Above, value, bound.value.to_f64()));
            let below =
                condition.below.as_ref().map(|bound| outside(Side::Below, value, bound.value.to_f64()));
            above == Some(true) || below == Some(true)
        })
    }

    fn usual(&self, value: f64) -> bool {
        self.limits.normal.as_ref().is_none_or(|normal| {
            !normal.max.as_ref().is_some_and(|max| value > max.value.to_f64())
                && !normal.min.as_ref().is_some_and(|min| value < min.value.to_f64())
        })
    }
}

/// What a measured value comes to where it is judged: its difference from the other, or its size at full traffic.
pub fn judged(metric: &Metric, measured: f64, theirs: f64, share: f64) -> f64 {
    match &metric.relative {
        Some(Relative { form: DeltaForm::Factor, .. }) => measured / theirs - 1.0,
        Some(_) => measured - theirs,
        None => measured / share,
    }
}

pub fn outside(side: Side, value: f64, bound: f64) -> bool {
    match side {
        Side::Above => value > bound,
        Side::Below => value < bound,
    }
}
