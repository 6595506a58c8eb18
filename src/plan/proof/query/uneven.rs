//! What a query must see of its series besides a steady course: that they stand still, and that they grow unevenly.

use super::asked::{Asked, Example};
use super::split::SECOND;
use crate::plan::proof::inputs::{Inputs, Key, Whole};
use crate::promql::solve::{Motion, Series, evaluate, takes};
use crate::promql::{Expr, Kind, Selector, selectors};
use crate::spec::timing;

/// How many samples a window must have so that one late sample does not begin it.
const FEWEST: u64 = 3;

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

    /// Makes an example's series uneven inside of the windows that the query reads, the last of which end before the last
    /// `per_evaluation - 1` samples: of two that make one value only the first, of a histogram only what lies in any
    /// bucket. `interval` is the time between two samples in milliseconds.
    pub(super) fn shake(&self, inputs: &mut Inputs, example: &Example, interval: u64) {
        if self.expr.descendants().any(|expr| matches!(expr.kind, Kind::Subquery(_))) {
            return;
        }
        let reads: Vec<Read<'_>> = self.expr.descendants().filter_map(|expr| read(expr, interval)).collect();
        let rest = self.per_evaluation;
        let all = selectors(&self.expr);
        for one in example.series.iter().filter(|one| is_first(one, example)) {
            let key: Key = (one.name.clone(), one.labels.clone());
            let of = all.iter().filter(|selector| takes(selector, one));
            let read: Option<Vec<&Read<'_>>> =
                of.map(|selector| reads.iter().find(|read| std::ptr::eq(read.selector, *selector))).collect();
            let Some((first, others)) = read.as_deref().and_then(<[_]>::split_first) else { continue };
            let alike = others.iter().all(|other| other.window == first.window);
            match (one.motion, first.how) {
                (Motion::Climb(_), How::Rate) if others.iter().all(|other| other.how == How::Rate) => {
                    if alike {
                        inputs.sag(&key, first.window, rest);
                    }
                    inputs.stumble(&[key], rest);
                }
                (Motion::Level(_), How::Whole(whole))
                    if alike && others.iter().all(|other| other.how == first.how) =>
                {
                    inputs.wave(&key, whole, first.window, rest);
                }
                _ => {}
            }
        }
    }
}

/// How an expression reads a selector over a window of several samples, at the time of the evaluation; `interval` is the
/// time between two samples in milliseconds.
fn read(expr: &Expr, interval: u64) -> Option<Read<'_>> {
    let Kind::Call(call) = &expr.kind else { return None };
    let how = match call.name.as_str() {
        "rate" | "increase" => How::Rate,
        name => How::Whole(Whole::of(name)?),
    };
    let selector = call.args.first()?.bare().as_selector().filter(|of| of.modifiers.span.is_none())?;
    let window = timing::length(&selector.range.as_ref()?.length)?.millis().checked_div(interval)?;
    (window >= FEWEST).then_some(Read { selector, how, window })
}

/// How a selector's samples become a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// As the growth over the window.
    Rate,
    /// As something of all of them.
    Whole(Whole),
}

/// A selector, how it is read, and how many samples are.
struct Read<'a> {
    selector: &'a Selector,
    how: How,
    window: u64,
}

fn is_first(one: &Series, example: &Example) -> bool {
    let label = |label: &str| one.labels.get(label).map(String::as_str);
    example.spare.is_none_or(|spare| label(spare) != Some(SECOND))
        && label("le").is_none_or(|le| le == "+Inf")
}
