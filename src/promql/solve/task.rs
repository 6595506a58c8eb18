//! What is asked of an expression, and the series that answer it.

use super::super::ast::{Expr, Kind};
use super::super::walk::selectors;
use super::build::{Build, Free, Manner, set};
use super::pattern;
use super::search::{Aim, NEAR, Search, Signs, Want};
use super::world::{Labels, Series, World};

/// Series over which an expression gives all that is wanted and nothing else; labels not in `by` are not looked at.
/// `None` where none were found.
#[must_use]
pub fn solve(
    expr: &Expr,
    by: &[String],
    wants: &[Want],
    signs: Signs,
    now: Option<f64>,
) -> Option<Vec<Series>> {
    let task = Task { expr, by, wants, signs, now };
    // What can't be foretold for one choice of labels can't be for another one.
    if now.is_none() && reason(expr).is_some() {
        return None;
    }
    let manners = [Manner::Plain, Manner::Alike, Manner::Apart].into_iter();
    let without = (0..selectors(expr).len()).map(Manner::Without);
    manners.chain(without).find_map(|manner| task.solve(manner))
}

/// Why an expression can't be foretold over any of a few values; `None` where it can.
pub(super) fn reason(expr: &Expr) -> Option<String> {
    let mut build = Build::default();
    build.add(expr, &Labels::new(), Manner::Plain)?;
    let mut world = World::new(expr, build.series, None);
    let literals = literals(expr);
    let values = [1.0, 0.0].into_iter().chain(literals.iter().flat_map(|n| [2.0 * n, n / 2.0]));
    let unknown = values.filter_map(|value| {
        build.free.iter().for_each(|free| set(&mut world.series, *free, value));
        world.samples(expr).err().filter(|unknown| !unknown.of_labels)
    });
    unknown.map(|unknown| unknown.why).next()
}

/// What is asked for.
struct Task<'a> {
    expr: &'a Expr,
    by: &'a [String],
    wants: &'a [Want],
    signs: Signs,
    now: Option<f64>,
}

impl Task<'_> {
    fn solve(&self, manner: Manner) -> Option<Vec<Series>> {
        let mut build = Build::default();
        let mut groups = Vec::new();
        for want in self.wants {
            groups.push(build.add(self.expr, &before(self.expr, &want.labels), manner)?);
        }
        let world = World::new(self.expr, build.series, self.now);
        let (expr, by, signs) = (self.expr, self.by, self.signs);
        let mut search = Search { expr, by, literals: literals(expr), signs, world, tries: 0 };
        for (want, group) in self.wants.iter().zip(&groups) {
            let free: Vec<Free> = group.iter().filter_map(|at| build.free.get(*at).copied()).collect();
            search.tries = 0;
            if !search.one(want, &free) {
                return None;
            }
        }
        let samples = search.world.samples(expr).ok()?;
        let met = |want| search.distance(&samples, want).is_some_and(|distance| distance.abs() <= NEAR);
        let exact = self.wants.iter().all(|want| matches!(want.aim, Aim::Value(_)));
        let all = self.wants.iter().all(met) && (!exact || samples.len() == self.wants.len());
        all.then_some(search.world.series)
    }
}

/// The wanted labels as they are before `label_replace` makes them of others.
fn before(expr: &Expr, wanted: &Labels) -> Labels {
    let mut labels = wanted.clone();
    for expr in expr.descendants() {
        let Kind::Call(call) = &expr.kind else { continue };
        let text = |at: usize| match call.args.get(at).map(|arg| &arg.bare().kind) {
            Some(Kind::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let (Some(to), Some("$1" | "${1}"), Some(from), Some(pattern)) = (text(1), text(2), text(3), text(4))
        else {
            continue;
        };
        let Some(source) = wanted.get(to).and_then(|value| pattern::text_around(pattern, value)) else {
            continue;
        };
        if call.name == "label_replace" {
            labels.remove(to);
            labels.insert(from.to_owned(), source);
        }
    }
    labels
}

/// Each way in which series of one name alone make an expression that has values for all these labels have none: by
/// another value, the nearest that does, or by not being there.
#[must_use]
pub fn breaks(expr: &Expr, by: &[String], labels: &[Labels], series: &[Series]) -> Vec<Vec<Series>> {
    let wants: Vec<Want> = labels.iter().map(|of| Want { labels: of.clone(), aim: Aim::Absent }).collect();
    let world = World::new(expr, series.to_vec(), None);
    let mut search = Search { expr, by, literals: literals(expr), signs: Signs::Positive, world, tries: 0 };
    let points = search.points();
    let mut names: Vec<&str> = series.iter().map(|one| one.name.as_str()).collect();
    names.dedup();
    let fails = |search: &Search<'_>| {
        let samples = search.world.samples(expr);
        samples.is_ok_and(|samples| wants.iter().all(|want| search.distance(&samples, want).is_some()))
    };
    let one = |name: &str| {
        let at: Vec<usize> = (0..series.len()).filter(|at| series[*at].name == name).collect();
        let now = series[*at.first()?].motion.value();
        let mut points = points.clone();
        points.sort_by(|a, b| (a - now).abs().total_cmp(&(b - now).abs()));
        for point in points {
            search.world.series.clone_from_slice(series);
            at.iter().for_each(|at| set(&mut search.world.series, Free::Motion(*at), point));
            if fails(&search) {
                return Some(search.world.series.clone());
            }
        }
        let rest: Vec<Series> = series.iter().filter(|one| one.name != name).cloned().collect();
        let samples = World::new(expr, rest.clone(), None).samples(expr).ok()?;
        wants.iter().all(|want| search.distance(&samples, want).is_some()).then_some(rest)
    };
    names.into_iter().filter_map(one).collect()
}

fn literals(expr: &Expr) -> Vec<f64> {
    let numbers = expr.descendants().filter_map(|expr| match &expr.kind {
        Kind::Number(number) if number.value.is_finite() && number.value != 0.0 => Some(number.value),
        _ => None,
    });
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    numbers
}
