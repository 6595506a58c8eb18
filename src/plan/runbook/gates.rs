//! Conditions as people tick them, each with the query that shows it.

use super::steps::MetricLink;
use super::{Pages, text};
use crate::ladder::{Bound, Side};
use crate::plan::annotations::bound_text;
use crate::plan::expr::{Series, one_of};
use crate::plan::guard::narrowed;
use crate::plan::measured::{MetricPlan, Role};
use crate::plan::names;
use crate::plan::variants::{Place, StageChoice, partition};
use crate::promql;
use crate::quantity::Duration;
use crate::spec::condition::{Condition, ConditionKind, MetricsOf, Statistic, Test, Within};
use crate::spec::metric::{Limits, Measurement, Metric, NoDataLevel};
use crate::spec::scalar::DurationText;
use serde::Serialize;
use std::fmt::Write as _;

/// A condition to tick.
#[derive(Debug, Clone, Serialize)]
pub struct Gate {
    /// `metric`, `metrics`, `alerts`, `judge` or `any`.
    pub kind: &'static str,
    /// The metric, where it is about one.
    pub metric: Option<MetricLink>,
    /// Which metrics, where it is about several: `all`, `alert`, `hourly`, `daily` or `weekly`.
    pub which: Option<&'static str>,
    /// Those metrics.
    pub members: Vec<MetricLink>,
    /// `normal`, `target`, `average`, `worst` or `latest`.
    pub test: Option<&'static str>,
    /// The limit with its unit as the author wrote it.
    pub limit: Option<String>,
    /// On which side of the limit it is good: `at-most` or `at-least`.
    pub side: Option<&'static str>,
    /// The time over which it holds.
    pub over: Option<String>,
    /// The mildest level whose alerts count.
    pub level: Option<&'static str>,
    /// What a person must see.
    pub judge: Option<String>,
    /// The conditions of which one is enough.
    pub any: Vec<Self>,
    /// What shows it in Prometheus: each has a value where the condition holds.
    pub queries: Vec<Query>,
}

/// A query to copy.
#[derive(Debug, Clone, Serialize)]
pub struct Query {
    /// What it is about.
    pub title: String,
    /// The PromQL.
    pub promql: String,
    /// The same on the project's Prometheus.
    pub link: Option<String>,
}

/// Where a condition stands.
#[derive(Clone, Copy)]
pub struct Standing<'a> {
    /// The stage whose limits hold; those of no stage without.
    pub stage: Option<&'a str>,
    /// The time of a condition that says none: since the stage began.
    pub since: Option<&'a Duration>,
}

impl Pages<'_> {
    /// Conditions in order.
    pub fn gates(&self, conditions: Option<&[Condition]>, standing: Standing<'_>) -> Vec<Gate> {
        conditions.unwrap_or_default().iter().map(|condition| self.gate(condition, standing)).collect()
    }

    fn gate(&self, condition: &Condition, standing: Standing<'_>) -> Gate {
        let over = condition.over().map(|over| over.text().to_owned());
        let blank = Gate { over, ..Gate::blank() };
        match &condition.kind {
            ConditionKind::Judge(judge) => Gate { kind: "judge", judge: Some(text(judge)), ..blank },
            ConditionKind::Any(any) => Gate { kind: "any", any: self.gates(Some(any), standing), ..blank },
            ConditionKind::NoAlerts { level, over, .. } => Gate {
                kind: "alerts",
                level: Some(level.name()),
                queries: self.no_alerts(*level, time(over, standing)),
                ..blank
            },
            ConditionKind::Metrics { which, within, over } => {
                let members: Vec<&Metric> = self.members(which.value);
                let time = time(over, standing);
                Gate {
                    kind: "metrics",
                    which: Some(which.value.name()),
                    test: Some(within.value.name()),
                    queries: members
                        .iter()
                        .filter_map(|metric| self.within(metric, within.value, time, standing))
                        .collect(),
                    members: members.iter().filter_map(|metric| self.metric_link(&metric.id.value)).collect(),
                    ..blank
                }
            }
            ConditionKind::Metric { metric, test, over } => {
                self.of_metric(&metric.value, test, time(over, standing), standing, blank)
            }
        }
    }

    fn of_metric(
        &self,
        id: &str,
        test: &Test,
        time: Option<&Duration>,
        standing: Standing<'_>,
        blank: Gate,
    ) -> Gate {
        let gate = Gate { kind: "metric", metric: self.metric_link(id), ..blank };
        let Some(metric) = self.draft.spec.metric(id) else { return gate };
        match test {
            Test::Within(within) => Gate {
                test: Some(within.value.name()),
                queries: self.within(metric, within.value, time, standing).into_iter().collect(),
                ..gate
            },
            Test::Limit { of, bound, .. } => {
                let Some(bound) = bound else { return gate };
                let side = metric.base().and_then(|limits| limits.ladder.bad_side(&bound.value));
                let side = side.unwrap_or(Side::Above);
                Gate {
                    test: Some(statistic(*of)),
                    limit: Some(bound_text(metric, bound)),
                    side: Some(if side == Side::Above { "at-most" } else { "at-least" }),
                    queries: self.limit(metric, *of, (side, bound), time).into_iter().collect(),
                    ..gate
                }
            }
        }
    }

    /// The metrics that a word stands for.
    fn members(&self, which: MetricsOf) -> Vec<&Metric> {
        let all = self.draft.spec.metrics.iter();
        all.filter(|metric| which == MetricsOf::All || metric.watch.name() == which.name()).collect()
    }

    /// Every recorded value within a range of the metric, at the stage's own limits.
    fn within(
        &self,
        metric: &Metric,
        within: Within,
        time: Option<&Duration>,
        standing: Standing<'_>,
    ) -> Option<Query> {
        let plan = self.plan(metric)?;
        let time = time?;
        let here = |place: &Place| match &place.stage {
            StageChoice::At(stage) => standing.stage == Some(stage.as_str()),
            StageChoice::AllBut(but) => !but.iter().any(|stage| standing.stage == Some(stage.as_str())),
        };
        let (parts, seen): (Vec<String>, Vec<String>) =
            partition(metric, |limits| Some(ends(limits, within)))
                .into_iter()
                .filter(|(place, _)| here(place))
                .filter_map(|(place, ends)| {
                    let series = narrowed(plan.value(), &place);
                    let good = self.every_value(metric, &series, &ends, time)?;
                    Some((good, format!("last_over_time({})", series.over(&time.to_prometheus()))))
                })
                .unzip();
        (!parts.is_empty())
            .then(|| self.query(metric, of_all(metric, &parts.join("\nor\n"), &seen.join("\nor "))))
    }

    /// Every value of a series on the good side of each end, and enough of them; where a lack of data means nothing, none
    /// at all is good too.
    fn every_value(
        &self,
        metric: &Metric,
        series: &Series,
        ends: &[End<'_>],
        time: &Duration,
    ) -> Option<String> {
        let range = time.to_prometheus();
        let mut lines: Vec<String> =
            ends.iter().map(|(side, bound)| worst(series, *side, bound, &range)).collect();
        if lines.is_empty() {
            return None;
        }
        if metric.no_data.level == NoDataLevel::Ignore {
            return Some(format!("({})\nor absent_over_time({})", lines.join("\nand "), series.over(&range)));
        }
        lines.push(format!("count_over_time({}) >= {}", series.over(&range), self.enough(time)));
        Some(lines.join("\nand "))
    }

    /// Nine tenths of the values that are recorded in a time.
    fn enough(&self, time: &Duration) -> u64 {
        let interval = self.draft.config.evaluation.millis().max(1);
        (time.millis() / interval).saturating_mul(9).div_ceil(10).max(1)
    }

    fn limit(&self, metric: &Metric, of: Statistic, end: End<'_>, time: Option<&Duration>) -> Option<Query> {
        let plan = self.plan(metric)?;
        let series = plan.value();
        let (side, bound) = end;
        let symbol = good(side);
        let number = bound.value.to_promql();
        let good = match of {
            Statistic::Latest => format!("{} {symbol} {number}", series.selector()),
            Statistic::Worst => self.every_value(metric, &series, &[end], time?)?,
            Statistic::Average => {
                let range = time?.to_prometheus();
                let average = average(plan, &series, &range);
                let enough = self.enough(time?);
                format!(
                    "{average} {symbol} {number}\nand count_over_time({}) >= {enough}",
                    series.over(&range)
                )
            }
        };
        let seen = match of {
            Statistic::Latest => series.selector(),
            _ => format!("last_over_time({})", series.over(&time?.to_prometheus())),
        };
        Some(self.query(metric, of_all(metric, &good, &seen)))
    }

    /// No alert of a level or a harsher one; only a time in which the verdict was recorded shows it.
    fn no_alerts(&self, level: crate::ladder::Level, time: Option<&Duration>) -> Vec<Query> {
        let Some(time) = time else { return Vec::new() };
        let harsher = crate::ladder::Level::ALL.into_iter().filter(|other| *other >= level);
        let names: Vec<&str> = harsher.map(crate::ladder::Level::name).collect();
        let range = time.to_prometheus();
        let release = self.draft.release();
        let alerts = Series::new("ALERTS", release)
            .matching(one_of("level", &names))
            .with("alertstate", "firing")
            .over(&range);
        let verdict = Series::new(names::VERDICT, release).over(&range);
        let promql = format!(
            "absent_over_time({alerts})\nand on () count_over_time({verdict}) >= {}",
            self.enough(time)
        );
        vec![self.link(release.to_owned(), promql)]
    }

    /// For each ratio: has what it counts ever been seen? A matcher with a slip counts nothing, which looks healthy.
    pub fn preflight_queries(&self) -> Vec<Query> {
        let measured = self.draft.metrics.iter().filter(|plan| plan.records());
        let ratios = measured.filter_map(|plan| match &plan.metric.measurement {
            Measurement::Ratio { part, .. } => {
                // Without a comment behind it, which would swallow the range.
                let selector = part.text().get(promql::selectors(&part.expr).first()?.core.clone())?;
                Some(self.query(plan.metric, format!("count(last_over_time({selector}[30d]))")))
            }
            _ => None,
        });
        ratios.collect()
    }

    pub(super) fn plan(&self, metric: &Metric) -> Option<&MetricPlan<'_>> {
        self.draft.metrics.iter().find(|plan| plan.id() == metric.id.value)
    }

    fn query(&self, metric: &Metric, promql: String) -> Query {
        self.link(text(&metric.title), promql)
    }

    pub(super) fn link(&self, title: String, promql: String) -> Query {
        let base = self.draft.config.prometheus_url.as_ref();
        let link = base.map(|base| format!("{base}/graph?g0.expr={}&g0.tab=1", encoded(&promql)));
        Query { title, promql, link }
    }
}

impl Gate {
    /// Its queries and those of the conditions in it.
    #[must_use]
    pub fn all_queries(&self) -> Vec<&Query> {
        self.queries.iter().chain(self.any.iter().flat_map(Self::all_queries)).collect()
    }

    fn blank() -> Self {
        Self {
            kind: "judge",
            metric: None,
            which: None,
            members: Vec::new(),
            test: None,
            limit: None,
            side: None,
            over: None,
            level: None,
            judge: None,
            any: Vec::new(),
            queries: Vec::new(),
        }
    }
}

/// A side and the last value on it that is good.
pub(super) type End<'a> = (Side, &'a Bound);

/// The ends of a range; where the usual range has none on a side, the first level begins there.
pub(super) fn ends(limits: &Limits, within: Within) -> Vec<End<'_>> {
    let end = |side| match within {
        Within::Target => limits.target.as_ref().and_then(|target| match side {
            Side::Above => target.range.max.as_ref(),
            Side::Below => target.range.min.as_ref(),
        }),
        Within::Normal => {
            let mildest =
                || limits.ladder.levels().into_iter().find_map(|level| limits.ladder.mildest(level, side));
            limits.ladder.normal().end(side).or_else(mildest)
        }
    };
    Side::ALL.into_iter().filter_map(|side| Some((side, end(side)?))).collect()
}

/// What is good of a metric, where all of its label values are: one that is bad leaves no value for any of them.
fn of_all(metric: &Metric, good: &str, seen: &str) -> String {
    if metric.by.is_empty() {
        return good.to_owned();
    }
    format!("(\n{good}\n)\nunless on (release) (\n({seen})\nunless\n({good})\n)")
}

fn worst(series: &Series, side: Side, bound: &Bound, range: &str) -> String {
    let function = if side == Side::Above { "max_over_time" } else { "min_over_time" };
    format!("{function}({}) {} {}", series.over(range), good(side), bound.value.to_promql())
}

/// The comparison that holds on the good side of a bound.
fn good(side: Side) -> &'static str {
    if side == Side::Above { "<=" } else { ">=" }
}

/// The average over a time; that of a ratio is weighted by its traffic.
fn average(plan: &MetricPlan<'_>, series: &Series, range: &str) -> String {
    let parts = plan.part_operation().zip(plan.events_operation());
    match parts.filter(|_| plan.metric.relative.is_none()) {
        Some((part, total)) => {
            let role: Role = plan.main_role();
            let sum =
                |operation: &str| format!("sum_over_time({})", plan.series(operation, role).over(range));
            format!("{} / {}", sum(&part), sum(&total))
        }
        None => format!("avg_over_time({})", series.over(range)),
    }
}

fn time<'a>(over: &'a Option<DurationText>, standing: Standing<'a>) -> Option<&'a Duration> {
    over.as_ref().map(|over| &over.value).or(standing.since)
}

fn statistic(of: Statistic) -> &'static str {
    match of {
        Statistic::Average => "average",
        Statistic::Worst => "worst",
        Statistic::Latest => "latest",
    }
}

/// Text inside a web address (RFC 3986: everything but unreserved characters).
fn encoded(text: &str) -> String {
    let mut address = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                address.push(char::from(byte))
            }
            // Writing to a string cannot fail.
            _ => drop(write!(address, "%{byte:02X}")),
        }
    }
    address
}
