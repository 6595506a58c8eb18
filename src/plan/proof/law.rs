//! The law as the author wrote it, asked about a value: which alerts it raises at a place, and after how long.

use super::Proving;
use crate::ladder::{Bound, Level, Side};
use crate::plan::measured::MetricPlan;
use crate::plan::variants::{LabelChoice, Place, StageChoice};
use crate::plan::{Alert, Broken};
use crate::quantity::{Duration, Number};
use crate::source::Spanned;
use crate::spec::metric::cases::CasePlace;
use crate::spec::metric::{Case, Condition};

/// How long an alert goes on, where its author says that it does.
type Keep = Option<Spanned<Duration>>;

/// One way in which a value raises a level at a place.
#[derive(Debug, Clone, Copy)]
pub struct Raise<'a> {
    /// The level.
    pub level: Level,
    /// The side on which the bound lies.
    pub side: Side,
    /// The milder level that must have lasted, where the level waits for one.
    pub after: Option<Level>,
    /// The bound: the level's own, or the mildest of the level that is waited for.
    pub bound: &'a Bound,
    /// How long the value must lie beyond it.
    pub lasts: &'a Duration,
    /// How long the alert goes on after that is over.
    pub keep: Option<&'a Duration>,
    /// Below so many events there is no verdict.
    pub least: Option<u64>,
    /// The alert that tells it.
    pub alert: &'a Alert,
}

impl Raise<'_> {
    /// Whether it takes so long, or its alert goes on for so long, that fewer evaluations show it.
    pub fn is_long(&self, proving: &Proving<'_>) -> bool {
        proving.is_long(self.lasts) || self.keep.is_some_and(|keep| proving.is_long(keep))
    }

    /// Whether a value lies beyond the bound.
    pub fn reached(&self, value: &Number) -> bool {
        self.side.beyond(value, &self.bound.value)
    }
}

/// Everything that raises a level of the metric in a case; nothing where it is taken away.
///
/// # Errors
/// When there is no alert for it.
pub fn raises<'a>(
    proving: &'a Proving<'_>,
    metric: &'a MetricPlan<'_>,
    case: &'a Case,
) -> Result<Vec<Raise<'a>>, Broken> {
    let limits = &case.limits;
    let mut found: Vec<Raise<'a>> = Vec::new();
    if limits.off.is_some() || !metric.metric.alerts() {
        return Ok(found);
    }
    let least = limits.min_events.as_ref().map(|least| least.value);
    let mut add =
        |level, side, after, bound: Option<&'a Bound>, lasts, keep: &'a Keep| -> Result<(), Broken> {
            let keep = keep.as_ref().map(|keep| &keep.value);
            let Some(bound) = bound else { return Ok(()) };
            let alerts = proving.telling(metric, &case.place, &(level, side, after), bound, (lasts, keep))?;
            // Two conditions may say the same in other words, and each has an alert of its own.
            let told = |alert: &&Alert| found.iter().any(|other| std::ptr::eq(other.alert, *alert));
            if let Some(alert) = alerts.into_iter().find(|alert| !told(alert)) {
                found.push(Raise { level, side, after, bound, lasts, keep, least, alert });
            }
            Ok(())
        };
    for (level, of) in &limits.levels {
        for condition in &of.conditions {
            let Condition { above, below, lasts, keep } = condition;
            add(*level, Side::Above, None, above.as_ref(), &lasts.duration, keep)?;
            add(*level, Side::Below, None, below.as_ref(), &lasts.duration, keep)?;
        }
        for milder in Level::ALL {
            // Of several waits for one level the shortest raises it.
            let waits = of.after.iter().filter(|after| after.level == milder);
            let Some(after) = waits.min_by_key(|after| after.lasts.value.millis()) else { continue };
            for side in Side::ALL {
                let bound = limits.ladder.mildest(milder, side);
                add(*level, side, Some(milder), bound, &after.lasts.value, &after.keep)?;
            }
        }
    }
    Ok(found)
}

impl<'a> Proving<'a> {
    /// The alerts that tell a level at a place: at least one.
    fn telling(
        &self,
        metric: &MetricPlan<'_>,
        at: &CasePlace,
        (level, side, after): &(Level, Side, Option<Level>),
        bound: &Bound,
        (lasts, keep): (&Duration, Option<&Duration>),
    ) -> Result<Vec<&'a Alert>, Broken> {
        let tells = |alert: &&'a Alert| {
            alert.raised.as_ref().is_some_and(|raised| {
                raised.metric == metric.id()
                    && (raised.level, raised.side, raised.after) == (*level, *side, *after)
                    && raised.bound == bound.value
                    && (&alert.lasts, alert.keep.as_ref()) == (lasts, keep)
                    && holds(&raised.place, at)
            })
        };
        let found: Vec<&Alert> = self.alerts(metric.id()).iter().copied().filter(tells).collect();
        if !found.is_empty() {
            return Ok(found);
        }
        let what = format!(
            "no rule raises {} of {} {} {}{}",
            level.name(),
            metric.id(),
            side.name(),
            bound.text,
            at.words()
        );
        Err(Broken::new(self.draft.release(), what))
    }
}

/// Whether the rules of a place hold in a case.
fn holds(place: &Place, at: &CasePlace) -> bool {
    let stage = match &place.stage {
        StageChoice::At(stage) => at.stage.as_ref() == Some(stage),
        StageChoice::AllBut(but) => at.stage.as_ref().is_none_or(|stage| !but.contains(stage)),
    };
    let value = |label: &str| at.labels.get(label).and_then(Option::as_ref);
    stage
        && place.labels.iter().all(|(label, choice)| match choice {
            LabelChoice::Is(one) => value(label) == Some(one),
            LabelChoice::IsNot(others) => value(label).is_none_or(|value| !others.contains(value)),
        })
}
