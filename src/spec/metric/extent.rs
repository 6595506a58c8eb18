//! What the values of a metric can be.

use super::{Measurement, Metric};
use crate::quantity::{DeltaForm, Number, Unit};
use crate::spec::metric::{Reference, Relative};

/// The ends of a metric's values, in its unit. Both can be reached; an end that is not known is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// No value is less.
    pub least: Option<Number>,
    /// No value is greater.
    pub most: Option<Number>,
}

impl Extent {
    /// What can be measured: a share lies between 0 % and 100 %, a counter never shrinks, and a duration or a size is never
    /// less than nothing. What is compared with a reference has the ends of that difference.
    #[must_use]
    pub fn of(metric: &Metric) -> Self {
        let alone = alone(metric);
        metric.relative.as_ref().map_or(alone, |relative| alone.compared(relative))
    }

    /// Whether a value can be.
    #[must_use]
    pub fn has(&self, value: &Number) -> bool {
        self.least.is_none_or(|least| *value >= least) && self.most.is_none_or(|most| *value <= most)
    }

    fn compared(&self, relative: &Relative) -> Self {
        match (&relative.reference, relative.form) {
            (Reference::Value(value), form) => {
                let against = |end: Number| match form {
                    DeltaForm::Factor => end.checked_div(&value.value)?.checked_sub(&Number::ONE),
                    DeltaForm::Points | DeltaForm::Absolute => end.checked_sub(&value.value),
                };
                let is_fit = form != DeltaForm::Factor || value.value > Number::ZERO;
                let end = |end: Option<Number>| end.filter(|_| is_fit).and_then(against);
                Self { least: end(self.least), most: end(self.most) }
            }
            // Nothing at all is 100 % less than the reference.
            (_, DeltaForm::Factor) if self.least.is_some() => {
                Self { least: Number::ZERO.checked_sub(&Number::ONE), most: None }
            }
            // Two shares are at most a whole apart; two numbers without an upper end may be anything apart.
            _ => {
                let least = self.most.and_then(|most| Number::ZERO.checked_sub(&most));
                Self { least, most: self.most }
            }
        }
    }
}

/// What is measured, compared with nothing. Classic histograms are left to their buckets.
fn alone(metric: &Metric) -> Extent {
    let zero = Some(Number::ZERO);
    match &metric.measurement {
        Measurement::Ratio { .. } => {
            let all = if metric.unit == Unit::Percent { Number::from_integer(100) } else { Number::ONE };
            Extent { least: zero, most: Some(all) }
        }
        Measurement::Rate { .. } | Measurement::Increase { .. } => Extent { least: zero, most: None },
        Measurement::Quantile { buckets, .. } if !buckets.is_empty() && metric.relative.is_none() => {
            Extent::default()
        }
        Measurement::Quantile { .. } | Measurement::Mean { .. } if metric.unit != Unit::None => {
            Extent { least: zero, most: None }
        }
        _ => Extent::default(),
    }
}
