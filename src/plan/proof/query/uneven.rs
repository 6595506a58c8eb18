//! What a query must see of its series besides a steady course: that they stand still, and that they grow unevenly.

use super::asked::{Asked, Example};
use super::split::SECOND;
use crate::plan::proof::inputs::Key;
use crate::promql::solve::{Motion, Series, evaluate, takes};
use crate::promql::{Kind, Selector, selectors};

/// How many samples a window must have so that one late sample does not begin it.
const FEWEST: f64 = 3.0;

impl Asked<'_> {
    /// The same series at 0, or standing still, where the query then has no value.
    pub(super) fn still(&self, example: &Example, beside: &[Series]) -> Option<Vec<Series>> {
        let stands = |one: &Series| {
            let motion = match one.motion {
                Motion::Level(_) => Motion::Level(0.0),
                Motion::Climb(_) => Motion::Climb(0.0),
            };
            Series { motion, ..one.clone() }
        };
        let still: Vec<Series> = example.series.iter().map(stands).collect();
        let all = [still.clone(), beside.to_vec()].concat();
        evaluate(&self.expr, &all, self.now()).is_ok_and(|gives| gives.is_empty()).then_some(still)
    }

    /// The counters of which only rates over whole windows are read, so that their growth inside of a window must not
    /// matter: of two that make one value only the first, of a histogram only what lies in any bucket. `interval` is the
    /// time between two samples in milliseconds.
    pub(super) fn uneven(&self, example: &Example, interval: u64) -> Vec<Key> {
        if self.expr.descendants().any(|expr| matches!(expr.kind, Kind::Subquery(_))) {
            return Vec::new();
        }
        let whole = self.over_whole_windows(interval);
        let others = selectors(&self.expr);
        let others = others.into_iter().filter(|one| !whole.iter().any(|of| std::ptr::eq(*of, *one)));
        let others: Vec<&Selector> = others.collect();
        let free = |one: &&Series| {
            let label = |label: &str| one.labels.get(label).map(String::as_str);
            matches!(one.motion, Motion::Climb(_))
                && !others.iter().any(|selector| takes(selector, one))
                && example.spare.is_none_or(|spare| label(spare) != Some(SECOND))
                && label("le").is_none_or(|bound| bound == "+Inf")
        };
        let found = example.series.iter().filter(free);
        found.map(|one| (one.name.clone(), one.labels.clone())).collect()
    }

    /// The selectors of which the rate over a window of several samples is taken, and nothing else.
    fn over_whole_windows(&self, interval: u64) -> Vec<&Selector> {
        #[allow(clippy::cast_precision_loss, reason = "milliseconds of a few minutes")]
        let least = interval as f64 / 1000.0 * FEWEST;
        let rates = self.expr.descendants().filter_map(|expr| match &expr.kind {
            Kind::Call(call) if matches!(call.name.as_str(), "rate" | "increase") => call.args.first(),
            _ => None,
        });
        let read = rates.filter_map(|arg| arg.bare().as_selector());
        let long = |one: &&Selector| {
            let seconds = one.range.as_ref().and_then(|range| range.length.seconds);
            one.modifiers.span.is_none() && seconds.is_some_and(|seconds| seconds >= least)
        };
        read.filter(long).collect()
    }
}
