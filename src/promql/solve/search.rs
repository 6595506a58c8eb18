//! The search for numbers that make an expression give what is wanted.

use super::super::ast::{Expr, Kind};
use super::super::walk::selectors;
use super::build::{Build, Free, Manner, set};
use super::eval::Sample;
use super::pattern;
use super::world::{Labels, Series, World};

/// What is wanted of a result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aim {
    /// This value.
    Value(f64),
    /// Any value.
    Present,
    /// No value.
    Absent,
}

/// What is wanted for one set of labels.
#[derive(Debug, Clone, PartialEq)]
pub struct Want {
    /// The labels that the result must have; others than those that are asked for do not count.
    pub labels: Labels,
    /// What is wanted.
    pub aim: Aim,
}

/// Which values series may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signs {
    /// From 0 upwards, as nearly everything that is measured.
    Positive,
    /// Levels and slopes below 0.
    Negative,
}

/// How often an expression is evaluated at most for one set of labels.
const TRIES: usize = 2000;

/// A value counts as found within this much of it.
const NEAR: f64 = 1e-9;

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

struct Search<'a> {
    expr: &'a Expr,
    by: &'a [String],
    /// Numbers that stand in the expression: values change their meaning there.
    literals: Vec<f64>,
    signs: Signs,
    world: World,
    tries: usize,
}

impl Search<'_> {
    /// Chooses the free numbers so that one result is as wanted.
    fn one(&mut self, want: &Want, free: &[Free]) -> bool {
        if free.is_empty() {
            return self.at(want).is_some_and(|distance| distance.abs() <= NEAR);
        }
        let points = self.points();
        for others in combinations(&self.bases(), free.len()) {
            for (value, one) in others.iter().zip(free) {
                set(&mut self.world.series, *one, *value);
            }
            if self.signs == Signs::Positive && self.hits(want) {
                return true;
            }
            for (value, one) in others.iter().zip(free) {
                if self.along(want, *one, &points) {
                    return true;
                }
                set(&mut self.world.series, *one, *value);
                if self.tries > TRIES {
                    return false;
                }
            }
        }
        false
    }

    fn hits(&mut self, want: &Want) -> bool {
        self.at(want).is_some_and(|distance| distance.abs() <= NEAR)
    }

    /// Looks for the wanted along one number: at some points, then between two of them that lie on both sides.
    fn along(&mut self, want: &Want, free: Free, points: &[f64]) -> bool {
        let mut before: Option<(f64, f64)> = None;
        for point in points {
            if matches!(free, Free::Bound(_)) && *point <= 0.0 {
                continue;
            }
            set(&mut self.world.series, free, *point);
            let Some(distance) = self.at(want) else {
                before = None;
                continue;
            };
            if distance.abs() <= NEAR {
                return true;
            }
            if let Some((start, there)) = before
                && (there < 0.0) != (distance < 0.0)
                && self.between(want, free, (start, there), *point)
            {
                return true;
            }
            before = Some((*point, distance));
        }
        false
    }

    /// Halves the stretch until the wanted is met.
    fn between(&mut self, want: &Want, free: Free, (start, there): (f64, f64), end: f64) -> bool {
        let (mut low, mut high) = (start, end);
        for _ in 0..200 {
            let middle = f64::midpoint(low, high);
            set(&mut self.world.series, free, middle);
            let Some(distance) = self.at(want) else { return false };
            if distance == 0.0 || middle <= low.min(high) || middle >= low.max(high) {
                break;
            }
            if (distance < 0.0) == (there < 0.0) { low = middle } else { high = middle }
        }
        let found = f64::midpoint(low, high);
        // The shortest number that does is the one that a reader understands.
        for digits in 0..=16_usize {
            let Ok(short) = format!("{found:.digits$e}").parse() else { continue };
            set(&mut self.world.series, free, short);
            if self.at(want).is_some_and(|distance| distance.abs() <= NEAR / 1000.0) {
                return true;
            }
        }
        set(&mut self.world.series, free, found);
        self.hits(want)
    }

    fn at(&mut self, want: &Want) -> Option<f64> {
        self.tries += 1;
        let samples = self.world.samples(self.expr).ok()?;
        self.distance(&samples, want)
    }

    /// How far a result is from what is wanted, in proportion to it; `None` where they can't be compared.
    fn distance(&self, samples: &[Sample], want: &Want) -> Option<f64> {
        let mut found = samples.iter().filter(|sample| {
            let of = |labels: &Labels, label: &String| labels.get(label).cloned().unwrap_or_default();
            self.by.iter().all(|label| of(&sample.labels, label) == of(&want.labels, label))
        });
        match (want.aim, found.next()) {
            (Aim::Absent, None) | (Aim::Present, Some(_)) => Some(0.0),
            (Aim::Value(wanted), Some(sample)) if found.next().is_none() && sample.value.is_finite() => {
                let scale = if wanted == 0.0 { 1.0 } else { wanted.abs() };
                Some((sample.value - wanted) / scale)
            }
            _ => None,
        }
    }

    /// Numbers that the others are set to while one is searched.
    fn bases(&self) -> Vec<f64> {
        let mut bases = vec![1.0, 0.0];
        bases.extend(self.literals.iter().flat_map(|n| [2.0 * n, n / 2.0, *n]));
        bases.extend([1000.0, 0.001]);
        bases.dedup();
        if self.signs == Signs::Negative {
            bases.retain(|base| *base >= 0.0);
            bases.iter_mut().for_each(|base| *base = -*base);
        }
        bases
    }

    /// The numbers along which one is searched, ascending.
    fn points(&self) -> Vec<f64> {
        let decades =
            (-9..=12).flat_map(|exponent| [1.0, 2.0, 5.0].map(|digit| digit * 10_f64.powi(exponent)));
        let near = self.literals.iter().flat_map(|n| [*n, n / 2.0, 2.0 * n, n * 1.01, n * 0.99]);
        let mut points: Vec<f64> = std::iter::once(0.0).chain(decades).chain(near).collect();
        points.retain(|point| *point >= 0.0);
        if self.signs == Signs::Negative {
            points.iter_mut().for_each(|point| *point = -*point);
        }
        points.sort_by(f64::total_cmp);
        points.dedup();
        points
    }
}

/// Each way to give so many numbers a base: first all the same, then two that differ.
fn combinations(bases: &[f64], count: usize) -> Vec<Vec<f64>> {
    let mut all: Vec<Vec<f64>> = bases.iter().map(|base| vec![*base; count]).collect();
    for rest in bases {
        for at in 0..count {
            for other in bases.iter().filter(|other| *other != rest) {
                let mut one = vec![*rest; count];
                one[at] = *other;
                all.push(one);
            }
        }
    }
    all
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
