//! A section for each alert: what it means, what to do, and how soon it is told.

mod help;
mod series;

use help::healthy;
pub use help::{Decider, Likely};
pub use series::Source;

use super::Pages;
use super::gates::Query;
use super::limits::{Limits, MetricPage, Range};
use super::people::Call;
use crate::ladder::Level;
use crate::plan::{Alert, Group, Rule, names, no_data, signal};
use crate::quantity::Duration;
use crate::spec::metric::Metric;
use crate::spec::timing::{self, Timing};
use serde::Serialize;

/// All rules of one alert name.
#[derive(Debug, Serialize)]
pub struct AlertPage {
    /// The name.
    pub name: String,
    /// The anchor of its section.
    pub anchor: String,
    /// `level`, `no-data` or `signal`.
    pub kind: &'static str,
    /// `warn`, `hold` or `rollback`.
    pub level: String,
    /// The metric; none for the stage signal.
    pub metric: Option<MetricPage>,
    /// How soon it is told, once for each way in which it is raised.
    pub told: Vec<Told>,
    /// How long the data must be missing.
    pub lasts: Option<String>,
    /// How long it goes on after what raised it is over, at most; nothing where it ends at once.
    pub keep: Option<String>,
    /// Whether some of its rules go on for less.
    pub keep_differs: bool,
    /// Where it is raised by which numbers: first those that hold where nothing else does, then those that differ, each
    /// with nothing but this alert's level and without what people judge.
    pub places: Vec<Limits>,
    /// Those of `places` after the first at which other bounds or waits raise it, or nothing does.
    pub others: Vec<Limits>,
    /// The value as it is now, of both versions where both are recorded; the stage signal for its loss.
    pub now: Option<Query>,
    /// The range in which it is healthy: the usual one, or everything short of the first level.
    pub healthy: Option<Range>,
    /// Whether `now` shows both versions.
    pub both: bool,
    /// What was measured, for a lack of data.
    pub sources: Vec<Source>,
    /// The targets that can't be scraped, for a lack of data.
    pub unreachable: Option<Query>,
    /// How long after the last value a lack of data is forgotten.
    pub forgotten: Option<String>,
    /// The troubles that may lie behind it, those that have begun first.
    pub scenarios: Vec<Likely>,
    /// Who decides, where a person does.
    pub deciders: Vec<Decider>,
    /// Who is called at this level, in order.
    pub escalation: Vec<Call>,
    /// The rules' expressions, each once.
    pub expressions: Vec<Query>,
}

/// The time from a fault to the message, part by part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The level.
    pub level: &'static str,
    /// All of it.
    pub total: String,
    /// The parts that are not nothing, in order.
    pub parts: Vec<Part>,
}

/// A part of the time from a fault to the message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// `scrape`, `window`, `wait`, `evaluation` or `grouping`.
    pub what: &'static str,
    /// How long.
    pub takes: String,
}

impl Pages<'_> {
    /// The alerts, each name once: by level, the harshest first, then lacks of data and the stage signal; within each in
    /// the order of the rules.
    pub fn alerts(&self, groups: &[Group]) -> Vec<AlertPage> {
        let mut pages: Vec<AlertPage> = Vec::new();
        for rule in groups.iter().flat_map(|group| &group.rules) {
            let Rule::Alert(alert) = rule else { continue };
            let expression = self.link(alert.name.clone(), alert.expr.clone());
            match pages.iter_mut().find(|page| page.name == alert.name) {
                Some(page) if page.expressions.iter().any(|known| known.promql == expression.promql) => {}
                Some(page) => page.expressions.push(expression),
                None => pages.push(self.alert(alert, expression, groups)),
            }
        }
        pages.sort_by_key(|page| match (page.kind, page.level.as_str()) {
            ("level", "rollback") => 0,
            ("level", "hold") => 1,
            ("level", _) => 2,
            ("no-data", _) => 3,
            _ => 4,
        });
        pages
    }

    fn alert(&self, alert: &Alert, expression: Query, groups: &[Group]) -> AlertPage {
        let label = |name: &str| {
            alert.labels.iter().find(|(label, _)| label == name).map_or("", |(_, value)| value.as_str())
        };
        let metric = self.draft.spec.metric(label("metric"));
        let kind = match metric {
            None => "signal",
            Some(_) if names::no_data_alert(label("metric")) == alert.name => "no-data",
            Some(_) => "level",
        };
        let level = label("level").to_owned();
        let told = metric.filter(|_| kind == "level").map(|metric| self.told(metric)).unwrap_or_default();
        let lost = metric.filter(|_| kind == "no-data");
        let (keep, keep_differs) = keep(&alert.name, groups);
        let places = metric.filter(|_| kind == "level").map_or_else(Vec::new, |of| self.places(of, &level));
        AlertPage {
            name: alert.name.clone(),
            anchor: names::alert_anchor(&alert.name),
            kind,
            told: told.into_iter().filter(|told| told.level == level).collect(),
            lasts: match kind {
                "level" => None,
                "signal" => Some(signal::lost_for(self.draft).text().to_owned()),
                _ => Some(alert.lasts.text().to_owned()),
            },
            keep,
            keep_differs,
            others: Self::others(&places),
            places,
            now: metric.map_or_else(|| Some(self.signal_now()), |metric| self.now(metric)),
            healthy: metric.and_then(healthy),
            both: metric.is_some_and(|metric| self.shows_both(metric)),
            sources: lost.map(|metric| self.sources(metric, groups)).unwrap_or_default(),
            unreachable: lost.map(|_| self.link("up".to_owned(), "up == 0".to_owned())),
            forgotten: lost
                .map(|metric| no_data::lookback(&metric.no_data.after.duration, self.draft.config.pace)),
            scenarios: metric.map_or_else(Vec::new, |metric| self.likely(metric, kind, &level)),
            deciders: if level == "hold" { self.deciders() } else { Vec::new() },
            escalation: self.called_at(&level),
            level,
            metric: metric.map(|metric| self.metric(metric)),
            expressions: vec![expression],
        }
    }

    /// How soon each level of a metric is told, where nothing but the base holds; each time once.
    pub fn told(&self, metric: &Metric) -> Vec<Told> {
        let Some(base) = metric.base().filter(|_| metric.alerts()) else { return Vec::new() };
        let mut all: Vec<Told> = Vec::new();
        for (level, limits) in &base.levels {
            for wait in timing::waits(limits) {
                let told = self.told_after(metric, *level, &wait.duration);
                all.extend(told.filter(|told| !all.contains(told)));
            }
        }
        all
    }

    fn told_after(&self, metric: &Metric, level: Level, wait: &Duration) -> Option<Told> {
        let needs_stage = timing::needs_stage(self.draft.spec, metric);
        let config = self.draft.config;
        let timing =
            Timing::of(metric, wait, config).after_the_stage(needs_stage).told_at(level, config.pace);
        let parts = [
            ("scrape", Some(timing.scrape.clone())),
            ("window", Some(timing.window.clone())),
            ("wait", Some(timing.wait.clone())),
            ("evaluation", timing.evaluation.checked_mul(timing.hops)),
            ("grouping", Some(timing.grouping.clone())),
        ];
        let part = |(what, takes): (&'static str, Option<Duration>)| {
            let takes = takes.filter(|takes| !takes.is_zero())?;
            Some(Part { what, takes: takes.text().to_owned() })
        };
        Some(Told {
            level: level.name(),
            total: timing.to_tell()?.to_canonical(),
            parts: parts.into_iter().filter_map(part).collect(),
        })
    }
}

/// The longest time for which the rules of a name go on, and whether others of them go on for less.
fn keep(name: &str, groups: &[Group]) -> (Option<String>, bool) {
    let alerts = groups.iter().flat_map(|group| &group.rules).filter_map(|rule| match rule {
        Rule::Alert(alert) if alert.name == name => Some(alert.keep.as_ref()),
        _ => None,
    });
    let keeps: Vec<Option<&Duration>> = alerts.collect();
    let longest = keeps.iter().copied().flatten().max_by_key(|keep| keep.millis());
    (longest.map(|keep| keep.text().to_owned()), keeps.iter().any(|keep| *keep != longest))
}
