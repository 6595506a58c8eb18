//! Levels with their numbers, in the metric's unit.

use super::Lasts;
use super::written::{ConditionText, LevelText, RangeText, TargetText};
use crate::diag::Diagnostic;
use crate::ladder::{Bound, Ladder, Level};
use crate::lint;
use crate::quantity::{Delta, DeltaForm, Duration, Quantity, Unit};
use crate::source::{Span, Spanned};
use crate::spec::shape::Text;
use std::collections::BTreeMap;

/// The limits of a metric in one case. The ladder holds exactly the bounds of `normal` and `levels`.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The metric is taken away here.
    pub off: Option<Span>,
    /// The usual range.
    pub normal: Option<Range>,
    /// The levels that are set, mildest first.
    pub levels: BTreeMap<Level, LevelLimits>,
    /// The promise.
    pub target: Option<Target>,
    /// The number of events below which there is no verdict.
    pub min_events: Option<Spanned<u64>>,
    /// Why the numbers are what they are.
    pub reason: Option<Text>,
    /// The proof of their order.
    pub ladder: Ladder,
}

/// A range of values, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The smallest value inside.
    pub min: Option<Bound>,
    /// The largest value inside.
    pub max: Option<Bound>,
    /// The whole range as written.
    pub span: Span,
}

/// The promise (SLO).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The values that keep it.
    pub range: Range,
    /// The time over which it is kept.
    pub over: Option<Spanned<Duration>>,
}

/// One level: any of its conditions raises it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelLimits {
    /// Bounds that must be passed for some time.
    pub conditions: Vec<Condition>,
    /// Levels that must have lasted.
    pub after: Vec<After>,
    /// What a person must see.
    pub judge: Vec<Text>,
    /// The level as written.
    pub span: Span,
}

/// Bounds that must be passed for some time. At least one bound is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Reached above this value.
    pub above: Option<Bound>,
    /// Reached below this value.
    pub below: Option<Bound>,
    /// For how long.
    pub lasts: Lasts,
    /// How long its alert goes on after that; never zero.
    pub keep: Option<Spanned<Duration>>,
}

/// A milder level that must have lasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// The milder level.
    pub level: Level,
    /// How long, counted from the first moment beyond its mildest bound.
    pub lasts: Spanned<Duration>,
    /// How long its alert goes on after that; never zero.
    pub keep: Option<Spanned<Duration>>,
}

impl Limits {
    /// The longest time for which an alert goes on after what raised it is over.
    #[must_use]
    pub fn longest_keep(&self) -> Option<&Duration> {
        self.keeps().map(|keep| &keep.value).max_by_key(|keep| keep.millis())
    }

    /// Each time for which an alert goes on after what raised it is over.
    pub fn keeps(&self) -> impl Iterator<Item = &Spanned<Duration>> {
        self.levels.values().flat_map(|level| {
            let conditions = level.conditions.iter().filter_map(|condition| condition.keep.as_ref());
            conditions.chain(level.after.iter().filter_map(|after| after.keep.as_ref()))
        })
    }
}

/// How the numbers of one metric are read.
pub struct Numbers<'a> {
    /// The metric's unit.
    pub unit: Unit,
    /// Whether the numbers are differences from a reference.
    pub relative: bool,
    /// What a level takes where it does not say how long: for warn, hold, rollback.
    pub defaults: [Duration; 3],
    /// Where faults go.
    pub findings: &'a mut Vec<Diagnostic>,
    /// The forms of the differences that were read, each with its place.
    pub forms: Vec<(DeltaForm, Span)>,
}

impl Numbers<'_> {
    /// The bound that a text stands for; its fault is reported.
    pub fn bound(&mut self, text: &Text) -> Option<Bound> {
        let read = if self.relative {
            Delta::parse(&text.value, self.unit).map(|delta| {
                if !delta.value.is_zero() {
                    self.forms.push((delta.form(), text.span));
                }
                delta.value
            })
        } else {
            Quantity::parse(&text.value, self.unit).map(|quantity| quantity.value)
        };
        match read {
            Ok(value) => Some(Bound { value, text: text.value.clone(), span: text.span }),
            Err(fault) => {
                self.findings.push(lint::bad_quantity::from_fault(&fault, &text.value, text.span));
                None
            }
        }
    }

    /// A range; `None` where both ends are missing or could not be read.
    pub fn range(&mut self, text: &RangeText) -> Option<Range> {
        let min = text.min.as_ref().and_then(|text| self.bound(text));
        let max = text.max.as_ref().and_then(|text| self.bound(text));
        if text.min.is_none() && text.max.is_none() {
            self.findings.push(lint::missing_key::empty_range(text.span));
        }
        (min.is_some() || max.is_some()).then_some(Range { min, max, span: text.span })
    }

    /// The promise.
    pub fn target(&mut self, text: &TargetText) -> Option<Target> {
        let range = RangeText { min: text.min.clone(), max: text.max.clone(), span: text.span };
        Some(Target { range: self.range(&range)?, over: text.over.clone() })
    }

    /// A level.
    pub fn level(&mut self, level: Level, text: &LevelText) -> LevelLimits {
        let mut limits =
            LevelLimits { conditions: Vec::new(), after: Vec::new(), judge: Vec::new(), span: text.span };
        for condition in &text.conditions {
            self.condition(level, condition, &mut limits);
        }
        limits
    }

    fn condition(&mut self, level: Level, text: &ConditionText, limits: &mut LevelLimits) {
        let above = text.above.as_ref().and_then(|text| self.bound(text));
        let below = text.below.as_ref().and_then(|text| self.bound(text));
        let bounded = text.above.is_some() || text.below.is_some();
        let keep = text.keep_firing_for.clone().filter(|keep| !keep.value.is_zero());
        if above.is_some() || below.is_some() {
            let lasts = match &text.r#for {
                Some(written) => Lasts { duration: written.value.clone(), written: Some(written.span) },
                None => Lasts { duration: self.defaults[level as usize].clone(), written: None },
            };
            limits.conditions.push(Condition { above, below, lasts, keep: keep.clone() });
        }
        for (milder, after) in [(Level::Warn, &text.after_warn), (Level::Hold, &text.after_hold)] {
            let Some(lasts) = after else { continue };
            if milder < level {
                limits.after.push(After { level: milder, lasts: lasts.clone(), keep: keep.clone() });
            } else {
                self.findings.push(lint::unknown_key::after_itself(level, milder, lasts.span));
            }
        }
        limits.judge.extend(text.judge.clone());
        let raised = bounded || text.after_warn.is_some() || text.after_hold.is_some();
        if !raised && text.judge.is_none() {
            self.findings.push(lint::missing_key::empty_level(level, text.span));
        } else if let (false, Some(lasts)) = (bounded, &text.r#for) {
            self.findings.push(lint::missing_key::for_without_bound(level, lasts.span));
        } else if let (false, Some(keep)) = (raised, &text.keep_firing_for) {
            self.findings.push(lint::missing_key::keep_without_alert(level, keep.span));
        }
    }
}
