//! A judge of order that shares nothing with the program: whole numbers, every pair compared with every other.

use crate::model::{Condition, Ends, Level, Limits, Metric, Release};

/// What is wrong with a release's numbers at any of its places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Verdict {
    pub disorder: bool,
    pub mixed: bool,
}

impl Verdict {
    pub fn is_sound(self) -> bool {
        !self.disorder && !self.mixed
    }
}

pub fn judge(release: &Release) -> Verdict {
    let all = release.metrics.iter().map(|metric| judge_metric(metric, &release.stages));
    all.fold(Verdict::default(), |one, two| Verdict {
        disorder: one.disorder || two.disorder,
        mixed: one.mixed || two.mixed,
    })
}

pub fn judge_metric(metric: &Metric, stages: &[String]) -> Verdict {
    let mut verdict = Verdict { disorder: false, mixed: turns(metric, stages) };
    for limits in everywhere(metric, stages) {
        if is_mixed(&limits) {
            verdict.mixed = true;
        }
        if !in_order(&limits) || (!is_mixed(&limits) && leaves_nothing(&limits)) {
            verdict.disorder = true;
        }
    }
    verdict
}

/// Whether high values are bad where nothing else is said and low ones at a place, or the reverse. Only places that are
/// sound by themselves have a direction.
fn turns(metric: &Metric, stages: &[String]) -> bool {
    let sound = |limits: &Limits| in_order(limits) && !is_mixed(limits) && !leaves_nothing(limits);
    let sides = |limits: &Limits| {
        let all = conditions(limits);
        let normal = limits.normal.clone().unwrap_or_default();
        (
            normal.low.is_some() || all.iter().any(|(_, c)| c.bounds.low.is_some()),
            normal.high.is_some() || all.iter().any(|(_, c)| c.bounds.high.is_some()),
        )
    };
    let base = &metric.limits;
    let opposite = |limits: &Limits| {
        matches!(
            (sides(base), sides(limits)),
            ((true, false), (false, true)) | ((false, true), (true, false))
        )
    };
    sound(base) && everywhere(metric, stages).iter().any(|limits| sound(limits) && opposite(limits))
}

/// The limits at every stage (and at none) for every value of each label (and for one that nobody names).
/// Where the metric is taken away there are none.
pub fn everywhere(metric: &Metric, stages: &[String]) -> Vec<Limits> {
    let mut combinations: Vec<Vec<(String, Option<String>)>> = vec![Vec::new()];
    for label in &metric.by {
        let mut values: Vec<Option<String>> = vec![None];
        for (name, value) in metric.wheres.iter().flat_map(|entry| &entry.labels) {
            if name == label && !values.contains(&Some(value.clone())) {
                values.push(Some(value.clone()));
            }
        }
        combinations = combinations
            .iter()
            .flat_map(|chosen| {
                values.iter().map(|value| [chosen.clone(), vec![(label.clone(), value.clone())]].concat())
            })
            .collect();
    }
    let stages = std::iter::once(None).chain(stages.iter().map(Some));
    let places = stages.flat_map(|stage| combinations.iter().map(move |labels| (stage, labels)));
    places.filter_map(|(stage, labels)| at(metric, stage, labels)).collect()
}

fn at(metric: &Metric, stage: Option<&String>, labels: &[(String, Option<String>)]) -> Option<Limits> {
    let holds = |entry: &&crate::model::Where| {
        (entry.stage.is_none() || entry.stage.as_ref() == stage)
            && entry.labels.iter().all(|(name, value)| labels.contains(&(name.clone(), Some(value.clone()))))
    };
    let mut limits = metric.limits.clone();
    for weight in 1..=1 + metric.by.len() {
        for entry in metric.wheres.iter().filter(holds) {
            if usize::from(entry.stage.is_some()) + entry.labels.len() != weight {
                continue;
            }
            if entry.off {
                return None;
            }
            override_with(&mut limits, &entry.limits);
        }
    }
    Some(limits)
}

fn override_with(limits: &mut Limits, new: &Limits) {
    limits.normal = new.normal.clone().or(limits.normal.take());
    limits.target = new.target.clone().or(limits.target.take());
    limits.min_events = new.min_events.or(limits.min_events);
    for (old, new) in limits.levels.iter_mut().zip(&new.levels) {
        match (old, new) {
            (_, None) => {}
            (Some(Level::One(old)), Some(Level::One(new))) => {
                if !new.bounds.is_empty() {
                    old.bounds = new.bounds.clone();
                }
                old.lasts = new.lasts.or(old.lasts);
                old.keep = new.keep.or(old.keep);
                old.after = [new.after[0].or(old.after[0]), new.after[1].or(old.after[1])];
                old.judge |= new.judge;
            }
            (old, new) => *old = new.clone(),
        }
    }
}

fn conditions(limits: &Limits) -> Vec<(usize, &Condition)> {
    let levels = limits.levels.iter().enumerate();
    levels
        .flat_map(|(n, level)| level.iter().flat_map(move |l| l.conditions().iter().map(move |c| (n, c))))
        .collect()
}

fn low(ends: &Ends) -> Option<i128> {
    ends.low.as_ref().map(|value| value.ticks)
}

fn high(ends: &Ends) -> Option<i128> {
    ends.high.as_ref().map(|value| value.ticks)
}

/// normal < warn < hold < rollback on each side; the first level may begin where normal ends.
fn in_order(limits: &Limits) -> bool {
    let all = conditions(limits);
    let normal = limits.normal.clone().unwrap_or_default();
    if let (Some(min), Some(max)) = (low(&normal), high(&normal))
        && min > max
    {
        return false;
    }
    for (level, condition) in &all {
        if let (Some(max), Some(above)) = (high(&normal), high(&condition.bounds))
            && above < max
        {
            return false;
        }
        if let (Some(min), Some(below)) = (low(&normal), low(&condition.bounds))
            && below > min
        {
            return false;
        }
        for (_, harsher) in all.iter().filter(|(other, _)| other > level) {
            if let (Some(mild), Some(harsh)) = (high(&condition.bounds), high(&harsher.bounds))
                && harsh <= mild
            {
                return false;
            }
            if let (Some(mild), Some(harsh)) = (low(&condition.bounds), low(&harsher.bounds))
                && harsh >= mild
            {
                return false;
            }
        }
    }
    true
}

/// Without a normal range, values that are short of every level are the normal ones; there must be some.
fn leaves_nothing(limits: &Limits) -> bool {
    let all = conditions(limits);
    let crossed = |(_, one): &(usize, &Condition)| {
        all.iter()
            .any(|(_, two)| matches!((low(&one.bounds), high(&two.bounds)), (Some(b), Some(a)) if b > a))
    };
    limits.normal.is_none() && all.iter().any(crossed)
}

/// High values are bad, low ones are too, and nothing says that it is a band.
fn is_mixed(limits: &Limits) -> bool {
    let all = conditions(limits);
    let normal = limits.normal.clone().unwrap_or_default();
    let higher = normal.high.is_some() || all.iter().any(|(_, c)| c.bounds.high.is_some());
    let lower = normal.low.is_some() || all.iter().any(|(_, c)| c.bounds.low.is_some());
    let says_band = match limits.normal {
        Some(_) => normal.low.is_some() && normal.high.is_some(),
        None => (0..3).any(|level| {
            let side = |of: fn(&Ends) -> bool| all.iter().any(|(n, c)| *n == level && of(&c.bounds));
            side(|ends| ends.low.is_some()) && side(|ends| ends.high.is_some())
        }),
    };
    higher && lower && !says_band
}

/// Whether nothing but the order can be wrong at a place: no `for` without a bound, no `keep_firing_for` without an alert, no `after_…` of nothing or too
/// short, no promise beyond rollback or on a side that is not watched.
pub fn is_plain(limits: &Limits, default_for: u32) -> bool {
    let all = conditions(limits);
    let whole = |(level, c): &(usize, &Condition)| {
        let milder_for = |milder: usize| {
            let bounded = all.iter().filter(|(n, c)| *n == milder && !c.bounds.is_empty());
            bounded.map(|(_, c)| c.lasts.unwrap_or(default_for)).min()
        };
        let after = (0..2).all(|milder| {
            c.after[milder]
                .is_none_or(|lasts| milder < *level && milder_for(milder).is_some_and(|own| lasts > own))
        });
        let raised = !c.bounds.is_empty() || c.after != [None, None];
        let keeps = raised || c.keep.is_none();
        after && keeps && (raised || c.judge) && (!c.bounds.is_empty() || c.lasts.is_none())
    };
    all.iter().all(whole) && target_fits(limits, &all)
}

fn target_fits(limits: &Limits, all: &[(usize, &Condition)]) -> bool {
    let Some(target) = &limits.target else { return true };
    let rollbacks = || all.iter().filter(|(level, _)| *level == 2);
    let normal = limits.normal.clone().unwrap_or_default();
    let sides = |ends: &Ends| (ends.low.is_some(), ends.high.is_some());
    let watched = std::iter::once(sides(&normal)).chain(all.iter().map(|(_, c)| sides(&c.bounds)));
    let watched = watched.fold((false, false), |(l, h), (low, high)| (l || low, h || high));
    let anything = watched == (false, false);
    low(target).is_none_or(|min| {
        (watched.0 || anything) && rollbacks().all(|(_, c)| low(&c.bounds).is_none_or(|below| min > below))
    }) && high(target).is_none_or(|max| {
        (watched.1 || anything) && rollbacks().all(|(_, c)| high(&c.bounds).is_none_or(|above| max < above))
    })
}
