//! The search for numbers that make an expression give what is wanted.

use super::super::ast::Expr;
use super::build::{Free, set};
use super::eval::Sample;
use super::world::{Labels, World};

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
pub(super) const NEAR: f64 = 1e-9;

/// The search for one expression.
pub(super) struct Search<'a> {
    pub expr: &'a Expr,
    pub by: &'a [String],
    /// Numbers that stand in the expression: values change their meaning there.
    pub literals: Vec<f64>,
    pub signs: Signs,
    pub world: World,
    pub tries: usize,
}

impl Search<'_> {
    /// Chooses the free numbers so that one result is as wanted.
    pub fn one(&mut self, want: &Want, free: &[Free]) -> bool {
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
    pub fn distance(&self, samples: &[Sample], want: &Want) -> Option<f64> {
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
    pub fn points(&self) -> Vec<f64> {
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
