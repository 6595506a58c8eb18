//! Series that make a condition (`only_when`) hold, and series that make it fail.

use super::super::course::{Course, Phase};
use super::super::inputs::Given;
use super::super::setting::{self, Setting};
use super::super::{Inputs, Labels, Proof, Proving, Seen, Situation, Unproven, values};
use super::asked::{interval, steps};
use super::givens;
use crate::plan::measured::MetricPlan;
use crate::plan::{Broken, guard, recordings};
use crate::promql::solve::{self, Aim, Series, Signs, Want};
use crate::promql::{self, Expr};
use crate::quantity::Duration;

/// How many evaluations are waited beyond what must be.
const QUIET: u64 = 2;

/// Series that make a metric's condition hold for these sets of labels; `None` where none were found, and where there is no
/// condition.
pub(crate) fn condition(metric: &MetricPlan<'_>, by: &[Labels]) -> Option<Vec<Given>> {
    Condition::new(metric, by)?.given(Aim::Present)
}

/// How many evaluations a metric's condition takes to hold, once its series are there.
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
        let wants: Vec<Want> = self.by.iter().map(|labels| Want { labels: labels.clone(), aim }).collect();
        let found = |signs| solve::solve(&self.expr, &self.shared, &wants, signs, None);
        let series = found(Signs::Positive).or_else(|| found(Signs::Negative))?;
        (!series.iter().any(|one| self.measured(one))).then(|| givens(series))
    }

    /// Whether the metric is measured from a series.
    fn measured(&self, series: &Series) -> bool {
        let metric = self.metric;
        let added: Vec<_> =
            metric.roles().iter().map(|role| super::super::super::expr::added(recordings::matchers(metric, *role))).collect();
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

/// Beyond every level while the condition fails, then while it holds, then while it fails again.
///
/// # Errors
/// When the law raises a level for which there is no rule.
pub(crate) fn of_condition(
    proving: &Proving<'_>,
    metric: &MetricPlan<'_>,
    proof: &mut Proof,
) -> Result<(), Broken> {
    if metric.metric.only_when.is_none() || !metric.metric.alerts() {
        return Ok(());
    }
    let settings = setting::of(proving, metric)?;
    let situation = settings.iter().find_map(|setting| Guarded::new(setting)?.situation());
    match situation {
        Some(situation) => proof.situations.push(situation),
        None => proof.unproven.push(Unproven {
            metric: metric.id().to_owned(),
            why: "no series were found that make its condition (only_when) hold and fail".to_owned(),
        }),
    }
    Ok(())
}

/// A setting whose alerts are guarded by a condition.
struct Guarded<'a, 's> {
    setting: &'s Setting<'a>,
    holds: Vec<Given>,
    fails: Vec<Given>,
    expr: Expr,
}

impl<'a, 's> Guarded<'a, 's> {
    fn new(setting: &'s Setting<'a>) -> Option<Self> {
        let by: Vec<Labels> = setting.parts.iter().map(|part| part.by.clone()).collect();
        let condition = Condition::new(setting.metric, &by)?;
        let (holds, fails) = (condition.given(Aim::Present)?, condition.given(Aim::Absent)?);
        Some(Self { setting, holds, fails, expr: condition.expr })
    }

    fn situation(&self) -> Option<Situation> {
        let setting = self.setting;
        let every = setting.proving.every;
        let raise = setting.harshest()?;
        let value = values::beyond(raise.bound, raise.side);
        let events = setting.events(setting.least().unwrap_or_default());
        let raises = setting.parts.iter().flat_map(|part| &part.raises);
        let lasts = raises.map(|raise| setting.proving.evaluations(raise.lasts)).max()?;
        let lasts = lasts + steps(&self.expr, every)? + QUIET;
        let interval = interval(&self.expr, every);
        let samples = lasts * (every / interval.max(1));
        let mut inputs = Inputs::new(interval);
        for beside in [&self.fails, &self.holds, &self.fails] {
            let given = [setting.given(&value, events), beside.clone()].concat();
            inputs.phase(samples, &given);
        }
        let course = Course {
            setting,
            phases: vec![Phase { evaluations: lasts, value, events, enough: true }],
            beside: Vec::new(),
        };
        let fired = course.seen(lasts - 1).into_iter().map(|seen| Seen { at: seen.at + lasts * every, ..seen });
        let mut seen: Vec<Seen> = fired.collect();
        let query = seen.first()?.query.clone();
        for at in [lasts / 2, lasts - 1, 3 * lasts - 1] {
            seen.push(Seen { at: at * every, query: query.clone(), samples: Vec::new() });
        }
        seen.sort_by_key(|seen| seen.at);
        Some(Situation {
            name: format!("{}: beyond every level it is silent until its condition holds", setting.metric.id()),
            interval: Duration::from_millis(interval).unwrap_or_else(Duration::zero),
            inputs: inputs.finish(),
            seen,
            told: Vec::new(),
            native: false,
        })
    }
}
