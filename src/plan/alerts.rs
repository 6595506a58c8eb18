//! The alerts of a metric: for each level, each condition and side, and each place where numbers differ.

use super::annotations::{plain, told_bound};
use super::expr::Series;
use super::measured::MetricPlan;
use super::variants::{Place, StageChoice, partition};
use super::{Alert, Broken, Draft, Raised, guard, names};
use crate::ladder::{Bound, Direction, Level, Side};
use crate::quantity::{Duration, Number};
use crate::spec::metric::{Condition, LevelLimits, Limits};

/// What raises a level: one of its conditions on one side, or a milder level that has lasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// The condition of that number among those with a bound on the side.
    Condition {
        index: usize,
        side: Side,
    },
    After {
        milder: Level,
        side: Side,
    },
}

/// The numbers of one rule. Rules with equal numbers are one rule.
#[derive(Debug, Clone)]
struct Numbers<'a> {
    bound: &'a Bound,
    lasts: &'a Duration,
    keep: Option<&'a Duration>,
    least: Option<u64>,
}

impl PartialEq for Numbers<'_> {
    fn eq(&self, other: &Self) -> bool {
        let key = |of: &Self| (of.bound.value, of.lasts.millis(), of.keep.map(Duration::millis), of.least);
        key(self) == key(other)
    }
}

/// Every alert of a metric's levels.
pub fn of(draft: &Draft<'_>, metric: &MetricPlan<'_>) -> Result<Vec<Alert>, Broken> {
    let mut alerts = Vec::new();
    for level in Level::ALL {
        for cause in causes(metric, level) {
            for (place, numbers) in partition(metric.metric, |limits| numbers(limits, level, cause)) {
                add(&mut alerts, Rule { draft, metric, level, cause, place, numbers }.alert()?);
            }
        }
    }
    Ok(alerts)
}

/// Adds an alert. Conditions of a list may say the same: at the same places they are one rule, at different ones they
/// are told apart by a number.
fn add(alerts: &mut Vec<Alert>, mut alert: Alert) {
    let same = |one: &Alert, two: &Alert| one.name == two.name && one.labels == two.labels;
    if alerts
        .iter()
        .any(|other| same(other, &alert) && (&other.expr, &other.keep) == (&alert.expr, &alert.keep))
    {
        return;
    }
    let because = |(label, value): &(String, String)| (label == "because").then(|| value.clone());
    let Some(first) = alert.labels.iter().find_map(because) else { return alerts.push(alert) };
    let mut number = 1;
    while alerts.iter().any(|other| same(other, &alert)) {
        number += 1;
        alert.labels.retain(|(label, _)| label != "because");
        alert.labels.push(("because".to_owned(), format!("{first}-{number}")));
    }
    alerts.push(alert);
}

/// Every cause that a level has at any place.
fn causes(metric: &MetricPlan<'_>, level: Level) -> Vec<Cause> {
    let mut causes = Vec::new();
    let mut add = |cause| {
        if !causes.contains(&cause) {
            causes.push(cause);
        }
    };
    for limits in metric.metric.cases.iter().filter_map(|case| case.limits.levels.get(&level)) {
        for side in Side::ALL {
            (0..on_side(limits, side).count()).for_each(|index| add(Cause::Condition { index, side }));
        }
        for after in &limits.after {
            Side::ALL.into_iter().for_each(|side| add(Cause::After { milder: after.level, side }));
        }
    }
    causes
}

fn numbers(limits: &Limits, level: Level, cause: Cause) -> Option<Numbers<'_>> {
    let of = limits.levels.get(&level)?;
    let least = limits.min_events.as_ref().map(|least| least.value);
    match cause {
        Cause::Condition { index, side } => {
            let (condition, bound) = on_side(of, side).nth(index)?;
            let keep = condition.keep.as_ref().map(|keep| &keep.value);
            Some(Numbers { bound, lasts: &condition.lasts.duration, keep, least })
        }
        Cause::After { milder, side } => {
            let waits = of.after.iter().filter(|after| after.level == milder);
            let after = waits.min_by_key(|after| after.lasts.value.millis())?;
            let bound = limits.ladder.mildest(milder, side)?;
            let keep = after.keep.as_ref().map(|keep| &keep.value);
            Some(Numbers { bound, lasts: &after.lasts.value, keep, least })
        }
    }
}

/// The conditions of a level that have a bound on a side, in the author's order.
fn on_side(limits: &LevelLimits, side: Side) -> impl Iterator<Item = (&Condition, &Bound)> {
    limits.conditions.iter().filter_map(move |condition| {
        let bound = match side {
            Side::Above => condition.above.as_ref(),
            Side::Below => condition.below.as_ref(),
        };
        Some((condition, bound?))
    })
}

/// One rule, before it is written.
struct Rule<'a> {
    draft: &'a Draft<'a>,
    metric: &'a MetricPlan<'a>,
    level: Level,
    cause: Cause,
    place: Place,
    numbers: Numbers<'a>,
}

impl Rule<'_> {
    fn alert(&self) -> Result<Alert, Broken> {
        let name = names::alert(self.metric.id(), self.level);
        Ok(Alert {
            expr: self.expr(),
            lasts: self.numbers.lasts.clone(),
            keep: self.numbers.keep.cloned(),
            labels: self.labels(),
            annotations: self.annotations(&name)?,
            raised: Some(Box::new(self.raised())),
            name,
        })
    }

    fn raised(&self) -> Raised {
        let after = match self.cause {
            Cause::After { milder, .. } => Some(milder),
            Cause::Condition { .. } => None,
        };
        Raised {
            metric: self.metric.id().to_owned(),
            level: self.level,
            side: self.side(),
            after,
            bound: self.numbers.bound.value,
            place: self.place.clone(),
        }
    }

    fn side(&self) -> Side {
        match self.cause {
            Cause::Condition { side, .. } | Cause::After { side, .. } => side,
        }
    }

    fn expr(&self) -> String {
        let value = guard::narrowed(self.metric.value(), &self.place);
        let mut lines = vec![comparison(&value, self.side(), &self.numbers.bound.value)];
        lines.extend(guard::enough_events(self.metric, &self.place, self.numbers.least, self.numbers.lasts));
        lines.extend(guard::only_when(self.metric));
        lines.extend(guard::stage(self.draft, &self.place));
        lines.join("\n")
    }

    fn labels(&self) -> Vec<(String, String)> {
        let severity = if self.level == Level::Warn { "warning" } else { "critical" };
        let mut labels = self.draft.alert_labels(self.metric.id(), self.level.name(), severity);
        let mut add = |label: &str, value: String| labels.push((label.to_owned(), value));
        if is_band(self.metric) {
            add("side", self.side().name().to_owned());
        }
        if let StageChoice::At(stage) = &self.place.stage {
            add("stage", stage.clone());
        }
        for (label, value) in self.place.telling() {
            add(label, plain(value));
        }
        if let Some(because) = self.because() {
            add("because", because);
        }
        labels
    }

    /// What tells the rules of one level apart, where it has several.
    fn because(&self) -> Option<String> {
        match self.cause {
            Cause::After { milder, .. } => Some(format!("after-{}", milder.name())),
            Cause::Condition { side, .. } => {
                let levels =
                    self.metric.metric.cases.iter().filter_map(|case| case.limits.levels.get(&self.level));
                let most = levels.map(|limits| on_side(limits, side).count()).max().unwrap_or(0);
                let text = self.numbers.bound.text.split_whitespace().collect::<String>();
                let lasts = self.numbers.lasts.to_prometheus();
                (most > 1).then(|| format!("{}-{text}-for-{lasts}", self.side().name()))
            }
        }
    }

    fn annotations(&self, name: &str) -> Result<Vec<(&'static str, String)>, Broken> {
        let side = self.side().name();
        let phrase = if matches!(self.cause, Cause::After { .. }) { "after" } else { side };
        let mut said = self.draft.said(self.metric.metric, self.level)?;
        said.bound = told_bound(self.metric.metric, self.numbers.bound);
        side.clone_into(&mut said.side);
        if !self.numbers.lasts.is_zero() {
            said.lasts = self.draft.duration_in_words(self.numbers.lasts)?;
        }
        if let StageChoice::At(stage) = &self.place.stage {
            said.stage.clone_from(stage);
        }
        if let Cause::After { milder, .. } = self.cause {
            said.milder = self.draft.level_word(milder)?;
        }
        self.draft.annotations(name, Some(self.metric.metric), phrase, &said)
    }
}

/// Whether both sides of the metric are watched, so that its rules need the label `side`.
fn is_band(metric: &MetricPlan<'_>) -> bool {
    metric.metric.cases.iter().any(|case| case.limits.ladder.direction() == Some(Direction::Band))
}

fn comparison(value: &Series, side: Side, bound: &Number) -> String {
    let symbol = match side {
        Side::Above => ">",
        Side::Below => "<",
    };
    format!("{} {symbol} {}", value.selector(), bound.to_promql())
}
