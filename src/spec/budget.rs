//! How long steps take, one after another.

#[cfg(test)]
mod tests;

use super::Spec;
use super::step::Step;
use crate::quantity::Duration;
use crate::source::Span;
use std::collections::BTreeMap;

/// The time of a list of steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// The sum of what is known.
    pub total: Duration,
    /// How many steps there are, those of procedures each for themselves.
    pub steps: usize,
    /// How many of them do not say how long they take.
    pub untimed: usize,
    /// Where the times that make up the sum are written; one that counts several times, since its procedure is used
    /// several times, stands here once.
    pub times: BTreeMap<Span, Duration>,
}

impl Budget {
    /// The time of steps, those of procedures written out. The time of a step covers its own items and its procedure;
    /// a step that applies only in some case counts, since that case is the one to prepare for.
    #[must_use]
    pub fn of(spec: &Spec, steps: &[Step]) -> Self {
        Sums { spec, procedures: BTreeMap::new(), depth: 0 }.of(steps)
    }

    /// This time and another one after it.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.add(other);
        both
    }

    /// No steps at all.
    fn none() -> Self {
        Self { total: Duration::zero(), steps: 0, untimed: 0, times: BTreeMap::new() }
    }

    fn add(&mut self, other: &Self) {
        self.total = self.total.checked_add(&other.total).unwrap_or_else(|| self.total.clone());
        self.steps = self.steps.saturating_add(other.steps);
        self.untimed = self.untimed.saturating_add(other.untimed);
        self.times.extend(other.times.iter().map(|(span, time)| (*span, time.clone())));
    }
}

/// Sums of steps; each procedure is summed once, however often others use it.
struct Sums<'a> {
    spec: &'a Spec,
    /// The sums by procedure; `None` while one is being made, so that a circle, which has been told, ends.
    procedures: BTreeMap<&'a str, Option<Budget>>,
    /// How many procedures the current step stands in.
    depth: usize,
}

/// Deeper than procedures may stand in one another; what is deeper has been told and is not counted.
const MOST: usize = 64;

impl<'a> Sums<'a> {
    fn of(&mut self, steps: &'a [Step]) -> Budget {
        let mut sum = Budget::none();
        for step in steps {
            sum.add(&self.step(step));
        }
        sum
    }

    fn step(&mut self, step: &'a Step) -> Budget {
        if let Some(takes) = &step.0.takes {
            let times = BTreeMap::from([(takes.span, takes.value.clone())]);
            return Budget { total: takes.value.clone(), steps: 1, untimed: 0, times };
        }
        let procedure = step.0.procedure.as_ref().map(|id| id.value.as_str());
        let inner = procedure.and_then(|id| Some((id, self.spec.procedure(id)?)));
        match (inner, step.0.items.as_deref()) {
            (Some((id, steps)), _) if !steps.is_empty() => self.procedure(id, steps),
            (None, Some(items)) if !items.is_empty() => self.of(items),
            _ => Budget { steps: 1, untimed: 1, ..Budget::none() },
        }
    }

    fn procedure(&mut self, id: &'a str, steps: &'a [Step]) -> Budget {
        if let Some(known) = self.procedures.get(id) {
            return known.clone().unwrap_or_else(Budget::none);
        }
        if self.depth >= MOST {
            return Budget::none();
        }
        self.procedures.insert(id, None);
        self.depth += 1;
        let sum = self.of(steps);
        self.depth -= 1;
        self.procedures.insert(id, Some(sum.clone()));
        sum
    }
}
