//! Series that make a condition (`only_when`) hold, and series that make it fail.

use super::super::course::{Course, Phase, alerts_of};
use super::super::feed::{Events, can_be_given};
use super::super::setting::{self, Setting};
use super::super::{Given, Inputs, Labels, Proof, Proving, Seen, Situation, values};
use super::givens;
use super::length::{interval, steps};
use super::{decoys, turns};
use crate::plan::expr::added;
use crate::plan::measured::MetricPlan;
use crate::plan::{Broken, guard, recordings};
use crate::promql::solve::{self, Aim, Series, Signs, Want};
use crate::promql::{self, Expr};
use crate::quantity::Duration;

/// How many evaluations are waited beyond what must be.
const QUIET: u64 = 2;

/// How many reasons for a condition to fail are shown at most.
const MOST_REASONS: usize = 4;

/// Series that make a metric's condition hold for these sets of labels, with a sample at each evaluation; `None` where none
/// were found, and where there is no condition.
pub(crate) fn condition(metric: &MetricPlan<'_>, by: &[Labels], every: u64) -> Option<Vec<Given>> {
    let condition = Condition::new(metric, by)?;
    // A window that is not longer than the time between two samples never holds two of them.
    let shortest = promql::ranges(&condition.expr)
        .iter()
        .filter_map(|range| range.length.seconds)
        .min_by(f64::total_cmp);
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of a few minutes")]
    let fits = shortest.is_none_or(|seconds| seconds * 1000.0 > every as f64);
    if fits { condition.given(Aim::Present) } else { None }
}

/// How many evaluations a metric's condition takes to hold, once its series are there; 0 without a condition.
pub(crate) fn settles(metric: &MetricPlan<'_>, every: u64) -> u64 {
    let expr = guard::condition(metric).and_then(|(text, _)| promql::parse_generated(&text).ok());
    expr.and_then(|expr| steps(&expr, every)).unwrap_or(0)
}

/// A condition for some sets of labels.
struct Condition<'a> {
    metric: &'a MetricPlan<'a>,
    expr: Expr,
    /// The labels that it is joined on.
    shared: Vec<String>,
    by: Vec<Labels>,
}

impl<'a> Condition<'a> {
    fn new(metric: &'a MetricPlan<'a>, by: &[Labels]) -> Option<Self> {
        let (text, shared) = guard::condition(metric)?;
        let expr = promql::parse_generated(&text).ok()?;
        let only = |labels: &Labels| -> Labels {
            shared.iter().filter_map(|label| Some((label.clone(), labels.get(label)?.clone()))).collect()
        };
        let mut sets: Vec<Labels> = by.iter().map(only).collect();
        sets.sort();
        sets.dedup();
        Some(Self { metric, expr, shared, by: sets })
    }

    /// Series for it, none of which the metric is measured from: those would be recorded as well.
    fn given(&self, aim: Aim) -> Option<Vec<Given>> {
        self.series(aim).map(givens)
    }

    fn series(&self, aim: Aim) -> Option<Vec<Series>> {
        let wants: Vec<Want> = self.by.iter().map(|labels| Want { labels: labels.clone(), aim }).collect();
        let found = |signs| solve::solve(&self.expr, &self.shared, &wants, signs, None);
        let series = found(Signs::Positive).or_else(|| found(Signs::Negative))?;
        (!series.iter().any(|one| self.measured(one))).then_some(series)
    }

    /// Series for which it fails, each of them for one reason where that is possible.
    fn failing(&self, holds: &[Series]) -> Vec<Vec<Series>> {
        let broken = solve::breaks(&self.expr, &self.shared, &self.by, holds);
        if broken.is_empty() {
            return self.series(Aim::Absent).into_iter().collect();
        }
        broken.into_iter().take(MOST_REASONS).collect()
    }

    /// Whether the metric is measured from a series.
    fn measured(&self, series: &Series) -> bool {
        let metric = self.metric;
        let added: Vec<_> =
            metric.roles().iter().map(|role| added(recordings::matchers(metric, *role))).collect();
        let texts = metric.source.measurement.promql().into_iter().flat_map(|promql| {
            added.iter().map(|added| promql::add_matchers(promql.text(), &promql.expr, added))
        });
        let names = ["", "_bucket", "_count", "_sum"].iter().filter_map(|end| series.name.strip_suffix(end));
        let like: Vec<Series> =
            names.map(|name| Series { name: name.to_owned(), ..series.clone() }).collect();
        texts.filter_map(|text| promql::parse(&text).ok()).any(|expr| {
            promql::selectors(&expr).iter().any(|selector| like.iter().any(|one| solve::takes(selector, one)))
        })
    }
}

/// Beyond every level while the condition fails, then while it holds, then while it fails again; where a level takes
/// long, with `slow`.
///
/// # Errors
/// When the law raises a level for which there is no rule.
pub(crate) fn of_condition<'a>(
    proving: &'a Proving<'a>,
    slow: &'a Proving<'a>,
    metric: &'a MetricPlan<'a>,
    proof: &mut Proof,
) -> Result<(), Broken> {
    if metric.metric.only_when.is_none() || !metric.metric.alerts() || !can_be_given(metric) {
        return Ok(());
    }
    let is_long = |setting: &Setting<'_>| setting.raises().any(|raise| raise.is_long(proving));
    let mut settings = setting::each(proving, metric)?;
    if settings.iter().any(is_long) {
        settings = setting::each(slow, metric)?;
    }
    match settings.iter().find_map(|setting| Guarded::new(setting)?.situation()) {
        Some(situation) => proof.situations.push(situation),
        None => {
            proof.unproven(
                metric.id(),
                "no series were found that make its condition (only_when) hold and fail",
            );
        }
    }
    Ok(())
}

/// A setting whose alerts are guarded by a condition.
struct Guarded<'a, 's> {
    setting: &'s Setting<'a>,
    /// Each of them another way to hold, at least one.
    holds: Vec<Vec<Given>>,
    /// Each of them with another reason to fail, at least one.
    fails: Vec<Vec<Given>>,
    expr: Expr,
}

impl<'a, 's> Guarded<'a, 's> {
    fn new(setting: &'s Setting<'a>) -> Option<Self> {
        let by: Vec<Labels> = setting.parts.iter().map(|part| part.by.clone()).collect();
        let condition = Condition::new(setting.metric, &by)?;
        let holds = condition.series(Aim::Present)?;
        let mut fails = condition.failing(&holds);
        let mut turns = turns::of(&condition.expr, &condition.shared, &holds);
        for sets in [&mut turns.holds, &mut turns.fails] {
            sets.retain(|set| !set.iter().any(|one| condition.measured(one)));
        }
        fails.extend(turns.fails);
        for set in &mut fails {
            let decoys = decoys::holding(&condition.expr, &holds, set).into_iter();
            set.extend(decoys.filter(|one| !condition.measured(one)));
        }
        let all = |sets: Vec<Vec<Series>>| sets.into_iter().map(givens).collect::<Vec<_>>();
        let (holds, fails) = (all([vec![holds], turns.holds].concat()), all(fails));
        (!fails.is_empty()).then_some(Self { setting, holds, fails, expr: condition.expr })
    }

    fn situation(&self) -> Option<Situation> {
        let (setting, proving) = (self.setting, self.setting.proving);
        let raise = setting.harshest()?;
        let value = values::beyond(raise.bound, raise.side);
        let events = Events::both(setting.least().unwrap_or_default());
        let longest = setting.raises().map(|raise| proving.evaluations(raise.lasts)).max()?;
        let lasts = longest + setting.keeps() + steps(&self.expr, proving.every)? + QUIET;
        let interval = interval(&self.expr, proving.every);
        let mut inputs = Inputs::new(interval);
        let mut seen = Vec::new();
        let query = alerts_of(setting.release(), setting.metric.id());
        let phases = vec![Phase { setting, evaluations: lasts, value, events }];
        let course = Course { proving, phases, beside: Vec::new() };
        let fails = || self.fails.iter().map(|given| (given, false));
        let holds = self.holds.iter().map(|given| (given, true));
        for (beside, holds) in fails().chain(holds).chain(fails().take(1)) {
            let start = inputs.now();
            let given = [setting.given(&value, events), beside.clone()].concat();
            inputs.phase(lasts * (proving.every / interval.max(1)), &given);
            if holds {
                let fired = course.seen(lasts - 1).into_iter();
                seen.extend(fired.map(|seen| Seen { at: seen.at + start, ..seen }));
            } else {
                let at = start + (lasts - 1) * proving.every;
                seen.push(Seen { at, query: query.clone(), samples: Vec::new() });
            }
        }
        let name =
            format!("{}: beyond every level it is silent until its condition holds", setting.metric.id());
        let interval = Duration::from_millis(interval).unwrap_or_else(Duration::zero);
        Some(Situation { interval, ..proving.situation(name, inputs, seen, Vec::new()) })
    }
}
