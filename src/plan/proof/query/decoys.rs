//! Series that stand beside those that a query reads, and that it must not take.

use crate::promql::Expr;
use crate::promql::selectors;
use crate::promql::solve::{Motion, Series, evaluate, refused, takes};

/// For each matcher a series that fails only this one, with another value. All of them together change nothing of
/// what the query gives.
pub(super) fn of(expr: &Expr, series: &[Series], now: Option<f64>) -> Vec<Series> {
    let moved = |like: Series| Series { motion: moved(like.motion), ..like };
    beside(expr, series, refused_likes(expr, series).into_iter().map(moved), now)
}

/// For each matcher of a condition a series that fails only this one and would make the condition hold: all those of `holds`
/// that change nothing of what it gives for `series`.
pub(super) fn holding(expr: &Expr, holds: &[Series], series: &[Series]) -> Vec<Series> {
    beside(expr, series, refused_likes(expr, holds).into_iter(), None)
}

/// For each matcher a series that fails only this one, and is like one that it takes.
fn refused_likes(expr: &Expr, series: &[Series]) -> Vec<Series> {
    let mut likes = Vec::new();
    for selector in selectors(expr) {
        for matcher in &selector.matchers {
            let Some(value) = refused(matcher) else { continue };
            let Some(mut like) = series.iter().find(|one| takes(selector, one)).cloned() else { continue };
            if matcher.label.text == "__name__" {
                like.name = value;
            } else {
                like.labels.insert(matcher.label.text.clone(), value);
            }
            likes.push(like);
        }
    }
    likes
}

/// Those of some decoys that change nothing of what a query gives for these series.
fn beside(
    expr: &Expr,
    series: &[Series],
    decoys: impl Iterator<Item = Series>,
    now: Option<f64>,
) -> Vec<Series> {
    let Ok(wanted) = evaluate(expr, series, now) else { return Vec::new() };
    let mut all = series.to_vec();
    for decoy in decoys {
        let known = all.iter().any(|one| (&one.name, &one.labels) == (&decoy.name, &decoy.labels));
        if known {
            continue;
        }
        all.push(decoy);
        if evaluate(expr, &all, now) != Ok(wanted.clone()) {
            all.pop();
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
