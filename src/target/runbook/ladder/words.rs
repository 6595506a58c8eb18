//! The picture in words, in the language of the release.

use super::rows::Row;
use crate::ladder::{Bound, Level};
use crate::plan::bound_text;
use crate::quantity::Duration;
use crate::spec::Spec;
use crate::spec::metric::cases::CasePlace;
use crate::spec::metric::{LevelLimits, Limits, Metric, Reference};
use crate::template::{Phrases, TemplateFault};
use std::collections::BTreeMap;

type Said = Result<String, TemplateFault>;

/// What words are taken from.
pub struct Say<'a> {
    pub spec: &'a Spec,
    pub metric: &'a Metric,
    pub phrases: &'a Phrases,
}

impl Say<'_> {
    pub fn say(&self, phrase: &str, with: &[(&str, &str)]) -> Said {
        self.phrases.say(phrase, &with.iter().copied().collect::<BTreeMap<_, _>>())
    }

    fn join(&self, separator: &str, parts: &[String]) -> Said {
        Ok(parts.join(&self.say(separator, &[])?))
    }

    /// A bound in a sentence.
    fn quantity(&self, bound: &Bound) -> Said {
        self.phrases.quantity(&bound_text(self.metric, bound))
    }

    /// What the numbers are, and that the picture has no scale.
    pub fn below_title(&self) -> Said {
        let unit = match self.metric.relative.as_ref().map(|relative| &relative.reference) {
            None => self.say(&format!("unit-{}", self.metric.unit.name()), &[])?,
            Some(Reference::Baseline) => self.say("unit-beside-baseline", &[])?,
            Some(Reference::Offset(offset)) => {
                self.say("unit-beside-past", &[("ago", &self.phrases.duration(offset.text())?)])?
            }
            Some(Reference::Value(value)) => {
                self.say("unit-beside-value", &[("value", &self.quantity(value)?)])?
            }
        };
        let scale = self.say("ladder-scale", &[])?;
        Ok(if unit.is_empty() { scale } else { format!("{unit} · {scale}") })
    }

    /// The whole picture in words.
    pub fn all(&self, rows: &[Row<'_>]) -> Said {
        let mut said = Vec::new();
        for row in rows {
            let limits = self.limits(row.limits)?;
            let head = self.head(row)?;
            said.push(match rows.len() {
                1 => limits,
                _ => self.say("ladder-row", &[("place", &head), ("limits", &limits)])?,
            });
        }
        self.join("ladder-rows", &said)
    }

    /// Where limits hold.
    pub fn head(&self, row: &Row<'_>) -> Said {
        if row.places.is_empty() {
            return self.say("ladder-elsewhere", &[]);
        }
        let places = row.places.iter().map(|place| self.place(place)).collect::<Result<Vec<_>, _>>()?;
        self.join("ladder-comma", &places)
    }

    fn place(&self, place: &CasePlace) -> Said {
        let mut parts = Vec::new();
        if let Some(id) = &place.stage {
            let stage = self.spec.stage(id).and_then(|stage| stage.title.as_ref());
            let stage = stage.map_or(id.as_str(), |title| title.value.trim());
            parts.push(self.say("ladder-stage", &[("stage", stage)])?);
        }
        let labels = place.labels.iter().filter_map(|(label, value)| Some((label, value.as_ref()?)));
        parts.extend(labels.map(|(label, value)| format!("{label}={value}")));
        if parts.is_empty() { self.say("ladder-elsewhere", &[]) } else { Ok(parts.join(" ")) }
    }

    fn limits(&self, limits: &Limits) -> Said {
        if limits.off.is_some() {
            return self.say("ladder-off", &[]);
        }
        let normal = limits.ladder.normal();
        let mut parts = vec![self.range("ladder-normal", normal.min.as_ref(), normal.max.as_ref())?];
        for (level, written) in &limits.levels {
            parts.push(self.level(*level, written)?);
        }
        if let Some(target) = &limits.target {
            parts.push(self.range("ladder-target", target.range.min.as_ref(), target.range.max.as_ref())?);
        }
        parts.retain(|part| !part.is_empty());
        if parts.is_empty() { self.say("ladder-free", &[]) } else { self.join("ladder-comma", &parts) }
    }

    fn range(&self, phrase: &str, min: Option<&Bound>, max: Option<&Bound>) -> Said {
        match (min, max) {
            (None, None) => Ok(String::new()),
            (Some(min), None) => self.say(&format!("{phrase}-min"), &[("min", &self.quantity(min)?)]),
            (None, Some(max)) => self.say(&format!("{phrase}-max"), &[("max", &self.quantity(max)?)]),
            (Some(min), Some(max)) => {
                let (min, max) = (self.quantity(min)?, self.quantity(max)?);
                self.say(&format!("{phrase}-both"), &[("min", &min), ("max", &max)])
            }
        }
    }

    fn level(&self, level: Level, limits: &LevelLimits) -> Said {
        let mut ways = Vec::new();
        for condition in &limits.conditions {
            let lasts = self.metric.waits(condition).map(|lasts| self.lasts(lasts)).transpose()?;
            let lasts = lasts.unwrap_or_default();
            for (phrase, bound) in [("ladder-below", &condition.below), ("ladder-above", &condition.above)] {
                if let Some(bound) = bound {
                    ways.push(self.say(phrase, &[("bound", &self.quantity(bound)?), ("lasts", &lasts)])?);
                }
            }
        }
        ways.extend(self.after(limits)?);
        if ways.is_empty() {
            return Ok(String::new());
        }
        self.with_level(level, &self.join("ladder-or", &ways)?)
    }

    pub fn with_level(&self, level: Level, when: &str) -> Said {
        self.say("ladder-level", &[("level", &self.level_word(level)?), ("when", when)])
    }

    pub fn level_word(&self, level: Level) -> Said {
        self.say(&format!("level-{}", level.name()), &[])
    }

    fn lasts(&self, lasts: &Duration) -> Said {
        if lasts.is_zero() { Ok(String::new()) } else { self.phrases.duration(lasts.text()) }
    }

    pub fn after(&self, limits: &LevelLimits) -> Result<Vec<String>, TemplateFault> {
        let of = |after: &crate::spec::metric::After| {
            let (milder, lasts) = (self.level_word(after.level)?, self.lasts(&after.lasts.value)?);
            self.say("ladder-after", &[("milder", &milder), ("lasts", &lasts)])
        };
        limits.after.iter().map(of).collect()
    }
}
