//! What a reader of a panel must know: what is normal, the levels, and what to do at each.

use super::super::annotations::{Said, bound_text};
use super::super::{Broken, Draft, MetricPlan};
use crate::ladder::{Bound, Level};
use crate::quantity::Duration;
use crate::spec::metric::{Case, Limits, Metric, Reference};
use serde::Serialize;

/// A level in words.
#[derive(Serialize)]
struct LevelWords {
    level: String,
    /// Its conditions, any of which raises it.
    parts: Vec<String>,
    act: String,
}

/// A place in words.
#[derive(Serialize)]
struct PlaceWords {
    stage: String,
    labels: String,
    /// What holds there.
    what: Vec<String>,
}

/// Every statement about a metric.
pub(super) fn metric(draft: &Draft<'_>, metric: &MetricPlan<'_>) -> Result<Vec<String>, Broken> {
    let of = metric.metric;
    let mut about: Vec<String> = of.impact.iter().map(|impact| impact.value.trim_end().to_owned()).collect();
    about.extend(compared(draft, of)?);
    if let Some(limits) = of.base() {
        about.extend(normal(draft, of, limits)?);
        for level in levels(draft, of, limits)? {
            about.push(draft.phrase("board-level", &level)?);
        }
        about.extend(target(draft, of, limits)?);
        if let Some(least) = &limits.min_events {
            about.push(draft.words("board-min-events", &[("least", &least.value.to_string())])?);
        }
    }
    for (name, bound) in &of.observed {
        let with = [("name", name.value.as_str()), ("value", &bound_text(of, bound))];
        about.push(draft.words("board-observed", &with)?);
    }
    for case in of.cases.iter().filter(|case| !case.place.is_base()) {
        about.extend(place(draft, of, case)?);
    }
    if about.is_empty() {
        about.push(draft.words("board-no-limits", &[])?);
    }
    Ok(about)
}

impl Draft<'_> {
    fn phrase(&self, phrase: &str, with: &impl Serialize) -> Result<String, Broken> {
        self.phrases.say(phrase, with).map_err(|fault| Broken::new(self.release(), fault.to_string()))
    }
}

/// What the shown value is, where it is not the measured one.
fn compared(draft: &Draft<'_>, of: &Metric) -> Result<Option<String>, Broken> {
    let Some(relative) = &of.relative else {
        let full = of.extensive.map(|_| draft.words("board-about-full", &[]));
        return full.transpose();
    };
    let said = match &relative.reference {
        Reference::Baseline => draft.words("board-against-baseline", &[]),
        Reference::Offset(offset) => draft.words("board-against-offset", &[("offset", offset.value.text())]),
        Reference::Value(bound) => draft.words("board-against-value", &[("value", &bound_text(of, bound))]),
    };
    said.map(Some)
}

fn range(
    draft: &Draft<'_>,
    of: &Metric,
    (min, max): (&Option<Bound>, &Option<Bound>),
) -> Result<String, Broken> {
    let text = |bound: &Option<Bound>| bound.as_ref().map(|bound| bound_text(of, bound)).unwrap_or_default();
    draft.words("board-range", &[("min", &text(min)), ("max", &text(max))])
}

fn normal(draft: &Draft<'_>, of: &Metric, limits: &Limits) -> Result<Option<String>, Broken> {
    let Some(normal) = &limits.normal else { return Ok(None) };
    let range = range(draft, of, (&normal.min, &normal.max))?;
    draft.words("board-normal", &[("range", &range)]).map(Some)
}

fn target(draft: &Draft<'_>, of: &Metric, limits: &Limits) -> Result<Option<String>, Broken> {
    let Some(target) = &limits.target else { return Ok(None) };
    let range = range(draft, of, (&target.range.min, &target.range.max))?;
    let over = target.over.as_ref().map_or("", |over| over.value.text());
    draft.words("board-target", &[("range", &range), ("over", over)]).map(Some)
}

fn levels(draft: &Draft<'_>, of: &Metric, limits: &Limits) -> Result<Vec<LevelWords>, Broken> {
    let all = limits.levels.keys().map(|level| {
        Ok(LevelWords {
            level: draft.level_word(*level)?,
            parts: parts(draft, of, limits, *level)?,
            act: draft.phrase(&format!("act-{}", level.name()), &Said::default())?,
        })
    });
    all.collect()
}

/// What raises a level, each condition in words.
fn parts(draft: &Draft<'_>, of: &Metric, limits: &Limits, level: Level) -> Result<Vec<String>, Broken> {
    let mut parts = Vec::new();
    let Some(limits) = limits.levels.get(&level) else { return Ok(parts) };
    for condition in &limits.conditions {
        let lasts = of.waits(condition).filter(|lasts| !lasts.is_zero());
        let lasts = lasts.map_or("", Duration::text);
        for (bound, phrase) in [(&condition.above, "board-above"), (&condition.below, "board-below")] {
            let Some(bound) = bound else { continue };
            parts.push(draft.words(phrase, &[("bound", &bound_text(of, bound)), ("lasts", lasts)])?);
        }
    }
    for after in &limits.after {
        let with =
            [("milder", draft.level_word(after.level)?), ("lasts", after.lasts.value.text().to_owned())];
        let with = with.each_ref().map(|(name, value)| (*name, value.as_str()));
        parts.push(draft.words("board-after", &with)?);
    }
    for judge in &limits.judge {
        let text = judge.value.trim().trim_end_matches(['.', '。']);
        parts.push(draft.words("board-judge", &[("text", text)])?);
    }
    Ok(parts)
}

/// What holds at a place and not everywhere; nothing where it is the same.
fn place(draft: &Draft<'_>, of: &Metric, case: &Case) -> Result<Option<String>, Broken> {
    let Some(base) = of.base() else { return Ok(None) };
    let mut what = vec![draft.words("board-off", &[])?];
    if case.limits.off.is_none() {
        let everywhere = statements(draft, of, base)?;
        what = statements(draft, of, &case.limits)?;
        what.retain(|statement| !everywhere.contains(statement));
        for level in base.levels.keys().filter(|level| !case.limits.levels.contains_key(level)) {
            what.push(draft.words("board-no-level", &[("level", &draft.level_word(*level)?)])?);
        }
    }
    if what.is_empty() {
        return Ok(None);
    }
    let named = case.place.labels.iter().filter_map(|(label, value)| Some((label, value.as_ref()?)));
    let labels: Vec<String> = named.map(|(label, value)| format!("{label}={value}")).collect();
    let stage = case.place.stage.clone().unwrap_or_default();
    draft.phrase("board-place", &PlaceWords { stage, labels: labels.join(", "), what }).map(Some)
}

/// The limits in words, without what to do.
fn statements(draft: &Draft<'_>, of: &Metric, limits: &Limits) -> Result<Vec<String>, Broken> {
    let mut all: Vec<String> = normal(draft, of, limits)?.into_iter().collect();
    for level in levels(draft, of, limits)? {
        all.push(draft.phrase("board-level", &LevelWords { act: String::new(), ..level })?);
    }
    all.extend(target(draft, of, limits)?);
    if let Some(least) = &limits.min_events {
        all.push(draft.words("board-min-events", &[("least", &least.value.to_string())])?);
    }
    Ok(all)
}
