//! How long steps take, one after another.

use super::Spec;
use super::step::Step;
use crate::quantity::Duration;

/// The time of a list of steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// The sum of what is known.
    pub total: Duration,
    /// How many steps there are, those of procedures each for themselves.
    pub steps: usize,
    /// How many of them do not say how long they take.
    pub untimed: usize,
}

impl Budget {
    /// The time of steps, those of procedures written out. The time of a step covers its own items and its procedure;
    /// a step that applies only in some case counts, since that case is the one to prepare for.
    #[must_use]
    pub fn of(spec: &Spec, steps: &[Step]) -> Self {
        let mut budget = Self { total: Duration::zero(), steps: 0, untimed: 0 };
        budget.add(spec, steps, 0);
        budget
    }

    /// This time and another one after it.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self {
            total: self.total.checked_add(&other.total).unwrap_or_else(|| self.total.clone()),
            steps: self.steps + other.steps,
            untimed: self.untimed + other.untimed,
        }
    }

    fn add(&mut self, spec: &Spec, steps: &[Step], depth: usize) {
        // Circles of procedures have been told, and the release is not built then.
        if depth > MOST {
            return;
        }
        for step in steps {
            let inner = step.0.procedure.as_ref().and_then(|id| spec.procedure(&id.value));
            let inner = inner.or(step.0.items.as_deref()).unwrap_or_default();
            match &step.0.takes {
                Some(takes) => {
                    self.steps += 1;
                    self.total = self.total.checked_add(&takes.value).unwrap_or_else(|| self.total.clone());
                }
                None if inner.is_empty() => {
                    self.steps += 1;
                    self.untimed += 1;
                }
                None => self.add(spec, inner, depth + 1),
            }
        }
    }
}

/// Deeper than procedures may stand in one another.
const MOST: usize = 64;
