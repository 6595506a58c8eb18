//! The series behind an alert: its value as it is now, and what that was measured from.

use super::AlertPage;
use crate::plan::expr::{Series, one_of};
use crate::plan::measured::{MetricPlan, Role};
use crate::plan::runbook::gates::Query;
use crate::plan::runbook::{Pages, text};
use crate::plan::{Group, Recording, Rule, names};
use crate::promql;
use crate::spec::metric::Metric;
use serde::Serialize;

/// A series that a metric is measured from.
#[derive(Debug, Clone, Serialize)]
pub struct Source {
    /// `canary`, `baseline` or `reference`, where there are several versions.
    pub role: Option<&'static str>,
    /// The series.
    pub query: Query,
}

impl AlertPage {
    /// Every query that it prints.
    pub(crate) fn queries(&self) -> impl Iterator<Item = &Query> {
        let sources = self.sources.iter().map(|source| &source.query);
        self.now.iter().chain(sources).chain(&self.unreachable).chain(&self.expressions)
    }
}

impl Pages<'_> {
    /// The value that the alert reads; after a roll-back only the replaced version has one.
    pub(super) fn now(&self, metric: &Metric) -> Option<Query> {
        let plan = self.plan(metric)?;
        let value = plan.value();
        let series = if self.shows_both(metric) {
            let roles: Vec<&str> =
                [Role::Canary, Role::Baseline].iter().filter_map(|role| role.label()).collect();
            Series::new(value.name, self.draft.release()).matching(one_of("role", &roles))
        } else {
            value
        };
        Some(self.link(text(&metric.title), series.selector()))
    }

    /// Whether the value is recorded for both versions.
    pub(super) fn shows_both(&self, metric: &Metric) -> bool {
        let both = |plan: &MetricPlan<'_>| {
            plan.roles().contains(&Role::Baseline) && plan.main_role() == Role::Canary
        };
        metric.relative.is_none() && metric.extensive.is_none() && self.plan(metric).is_some_and(both)
    }

    /// The stage signal as it is now.
    pub(super) fn signal_now(&self) -> Query {
        let release = self.draft.release();
        self.link(release.to_owned(), Series::new(names::STAGE_SIGNAL, release).selector())
    }

    /// The series that the watched recordings of a metric are made from.
    pub(super) fn sources(&self, metric: &Metric, groups: &[Group]) -> Vec<Source> {
        let Some(plan) = self.plan(metric) else { return Vec::new() };
        let watched = plan.watched();
        let mut sources: Vec<Source> = Vec::new();
        for rule in groups.iter().flat_map(|group| &group.rules) {
            let Rule::Recording(recording) = rule else { continue };
            if watched.iter().all(|series| series.name != recording.name) {
                continue;
            }
            let Some(role) = self.role_of(recording, &watched) else { continue };
            for selector in selectors(&recording.expr) {
                let query = self.link(text(&metric.title), selector);
                if sources.iter().all(|known| known.query.promql != query.promql) {
                    sources.push(Source { role: role.label(), query });
                }
            }
        }
        sources
    }

    /// The role of a recording that is one of the watched series.
    fn role_of(&self, recording: &Recording, watched: &[Series]) -> Option<Role> {
        let label =
            recording.labels.iter().find(|(label, _)| *label == "role").map(|(_, role)| role.as_str());
        let series = || Series::new(recording.name.clone(), self.draft.release());
        let is_watched = match label {
            Some(label) => watched.contains(&series().with("role", label)),
            None => watched.contains(&series()) || watched.contains(&series().with("role", "")),
        };
        let roles = [Role::Only, Role::Canary, Role::Baseline, Role::Reference];
        roles.into_iter().find(|role| role.label() == label).filter(|_| is_watched)
    }
}

/// The selectors of an expression, each without its range.
fn selectors(expr: &str) -> Vec<String> {
    let Ok(parsed) = promql::parse_generated(expr) else { return Vec::new() };
    let plain = promql::selectors(&parsed).into_iter().filter_map(|selector| {
        let end = selector.braces.as_ref().or(selector.name.as_ref().map(|name| &name.span))?.end;
        Some(expr.get(selector.core.start..end)?.to_owned())
    });
    plain.collect()
}
