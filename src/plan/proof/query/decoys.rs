//! Series that stand beside those that a query reads, and that it must not take.

use crate::promql::Expr;
use crate::promql::selectors;
use crate::promql::solve::{Motion, Series, evaluate, refused, takes};

/// For each matcher a series that fails only this one, with another value. All of them together change nothing of
/// what the query gives.
pub(super) fn of(expr: &Expr, series: &[Series], now: Option<f64>) -> Vec<Series> {
    let Ok(wanted) = evaluate(expr, series, now) else { return Vec::new() };
    let mut all = series.to_vec();
    for selector in selectors(expr) {
        for matcher in &selector.matchers {
            let Some(value) = refused(matcher) else { continue };
            let Some(like) = series.iter().find(|one| takes(selector, one)) else { continue };
            let mut decoy = like.clone();
            if matcher.label.text == "__name__" {
                decoy.name = value;
            } else {
                decoy.labels.insert(matcher.label.text.clone(), value);
            }
            decoy.motion = moved(like.motion);
            let known = all.iter().any(|one| (&one.name, &one.labels) == (&decoy.name, &decoy.labels));
            if known {
                continue;
            }
            all.push(decoy);
            if evaluate(expr, &all, now) != Ok(wanted.clone()) {
                all.pop();
            }
        }
    }
    all.split_off(series.len())
}

fn moved(motion: Motion) -> Motion {
    match motion {
        Motion::Level(value) => Motion::Level(value * 3.0 + 7.0),
        Motion::Climb(rate) => Motion::Climb(rate * 3.0 + 7.0),
    }
}
