//! Situations of what the author's own PromQL measures (`query`), and series for conditions (`only_when`).
//!
//! Nobody but the author knows what a query should say of its series. So the series are worked out from the query, and
//! what is shown is that the rules record what the query says: nothing more, nothing less, and no longer than its
//! series are there.

mod asked;
mod condition;
mod decoys;
mod from_nothing;
mod length;
mod samples;
mod split;
mod try_values;
mod turns;
mod uneven;

pub(crate) use condition::{condition, of_condition, settles};
pub(crate) use from_nothing::of_levels;

use super::inputs::{Given, Shape};
use super::{Labels, Proof, Proving};
use crate::plan::measured::{MetricPlan, Role};
use crate::promql::solve::{self, Aim, Motion, Series, Signs, Want};
use crate::promql::{self, Expr};
use crate::spec::metric::Measurement;
use asked::Asked;

/// The situations of a metric that its author's own query measures, those of long windows with `slow`.
pub(crate) fn of(proving: &Proving<'_>, slow: &Proving<'_>, metric: &MetricPlan<'_>, proof: &mut Proof) {
    for role in metric.recorded_roles() {
        let Some(expr) = recorded(metric, role) else { continue };
        let long = length::steps(&expr, proving.every).is_none_or(|steps| steps > asked::MOST_STEPS);
        let asked = match Asked::new(if long { slow } else { proving }, metric, role, expr) {
            Ok(asked) => asked,
            Err(why) => {
                proof.unproven(metric.id(), &why);
                continue;
            }
        };
        if asked.meets_its_past() {
            proof.unproven(
                metric.id(),
                "the past that its query is compared with is nearer than a test is long",
            );
            continue;
        }
        let before = proof.situations.len();
        proof.situations.extend(asked.samples());
        proof.situations.extend(asked.situations());
        if proof.situations.len() == before {
            proof.unproven(metric.id(), &asked.reason());
        }
    }
}

/// Whether the recorded series may have a value without any input, so that it can't be put in by itself.
pub(crate) fn from_nothing(metric: &MetricPlan<'_>) -> bool {
    recorded(metric, metric.main_role()).is_some_and(|expr| solve::gives_from_nothing(&expr))
}

/// Series from which a role's measurement has this value for each set of labels, at all times.
pub(crate) fn given(metric: &MetricPlan<'_>, role: Role, by: &[Labels], value: f64) -> Option<Vec<Given>> {
    let expr = recorded(metric, role)?;
    let wants: Vec<Want> =
        by.iter().map(|labels| Want { labels: labels.clone(), aim: Aim::Value(value) }).collect();
    let found = |signs| solve::solve(&expr, &metric.by(), &wants, signs, None);
    found(Signs::Positive).or_else(|| found(Signs::Negative)).map(givens)
}

/// The query as it is recorded in a role.
fn recorded(metric: &MetricPlan<'_>, role: Role) -> Option<Expr> {
    let Measurement::Query(query) = &metric.source.measurement else { return None };
    promql::parse_generated(&crate::plan::recordings::query_text(metric, role, query)).ok()
}

/// Steady series as inputs.
fn givens(series: Vec<Series>) -> Vec<Given> {
    let given = |one: Series| {
        let shape = match one.motion {
            Motion::Level(value) => Shape::Level(value),
            Motion::Climb(rate) => Shape::Climb(rate),
        };
        Given { name: one.name, labels: one.labels, shape }
    };
    series.into_iter().map(given).collect()
}
