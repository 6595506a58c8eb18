//! A section for each alert: what it means, what to do, and how soon it is told.

use super::Pages;
use super::limits::MetricPage;
use crate::ladder::Level;
use crate::plan::{Alert, Group, Rule, names};
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
    /// The rules' expressions, each once.
    pub expressions: Vec<String>,
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
    /// The alerts in the order of the rules, each name once.
    pub fn alerts(&self, groups: &[Group]) -> Vec<AlertPage> {
        let mut pages: Vec<AlertPage> = Vec::new();
        for rule in groups.iter().flat_map(|group| &group.rules) {
            let Rule::Alert(alert) = rule else { continue };
            let expression = alert.expr.clone();
            match pages.iter_mut().find(|page| page.name == alert.name) {
                Some(page) if page.expressions.contains(&expression) => {}
                Some(page) => page.expressions.push(expression),
                None => pages.push(self.alert(alert)),
            }
        }
        pages
    }

    fn alert(&self, alert: &Alert) -> AlertPage {
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
        AlertPage {
            name: alert.name.clone(),
            anchor: alert.name.to_ascii_lowercase(),
            kind,
            told: told.into_iter().filter(|told| told.level == level).collect(),
            level,
            metric: metric.map(|metric| self.metric(metric)),
            lasts: (kind != "level").then(|| alert.lasts.text().to_owned()),
            expressions: vec![alert.expr.clone()],
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
        let timing = Timing::of(metric, wait, self.draft.config).after_the_stage(needs_stage).told_at(level);
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
