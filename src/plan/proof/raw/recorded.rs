//! What must have been recorded, as queries that give the same on every server: rates differ in their last digits, so
//! a query compares instead of showing the number.

use crate::plan::measured::{MetricPlan, Role};
use crate::plan::proof::Labels;
use crate::plan::proof::feed::role_labels;
use crate::promql;
use crate::spec::metric::{Measurement, Reference};
use std::collections::BTreeMap;

/// A query and what it must give.
pub type Asked = (String, Vec<(Labels, f64)>);

/// How near a value must lie, as a part of it.
const NEAR: f64 = 1e-6;

/// How far rounding may move a value, as a part of it.
const ROUNDING: f64 = 1e-8;

/// What a recorded value must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Check {
    /// This, but for rounding.
    Is(f64),
    /// This, worked out from something as large as the second number, whose rounding it keeps.
    Of(f64, f64),
    /// Above 0 and below this.
    Below(f64),
}

impl Check {
    fn query(self, selector: &str) -> String {
        match self {
            Self::Is(value) => Self::Of(value, value).query(selector),
            Self::Of(value, from) => {
                let near = (value.abs() * NEAR).max(from.abs() * ROUNDING).max(1e-12);
                format!("abs({selector} - {value}) < bool {}", one_digit(near))
            }
            Self::Below(value) => format!("({selector} > bool 0) * ({selector} < bool {value})"),
        }
    }
}

/// A number with its first digit alone, so that it reads well.
fn one_digit(value: f64) -> f64 {
    format!("{value:.0e}").parse().unwrap_or(value)
}

/// A query that gives 1 for each of these label sets of a recorded series that passes its check, and anything else for
/// every other series of that name.
pub fn exactly(name: &str, rows: &[(Labels, Check)]) -> Asked {
    only(name, name, rows)
}

/// The same, where `all` is every series that must not be another.
fn only(all: &str, name: &str, rows: &[(Labels, Check)]) -> Asked {
    let mut parts: Vec<String> =
        rows.iter().map(|(labels, check)| check.query(&selector(name, labels))).collect();
    parts.push(if rows.is_empty() { all.to_owned() } else { format!("0 * {all}") });
    (parts.join("\nor "), rows.iter().map(|(labels, _)| (labels.clone(), 1.0)).collect())
}

/// The one series with these labels.
fn selector(name: &str, labels: &Labels) -> String {
    let mut matchers: Vec<String> =
        labels.iter().map(|(label, value)| format!("{label}={}", promql::quote(value))).collect();
    if !labels.contains_key("role") {
        matchers.push("role=\"\"".to_owned());
    }
    format!("{name}{{{}}}", matchers.join(","))
}

/// What a role must have for one set of kept labels.
pub struct Row<'a> {
    pub role: Role,
    pub by: &'a Labels,
    /// The measurement; `None` for none, while there may be events.
    pub value: Option<Check>,
    /// Events a second, where something else than the measurement counts them.
    pub events: Option<Check>,
    /// The part of them that a ratio counts.
    pub part: Option<Check>,
}

impl<'a> Row<'a> {
    /// A value from so many events a second.
    pub fn new(metric: &MetricPlan<'_>, role: Role, by: &'a Labels, value: f64, events: f64) -> Self {
        let counts = matches!(
            metric.source.measurement,
            Measurement::Ratio { .. } | Measurement::Quantile { .. } | Measurement::Mean { .. }
        );
        Self {
            role,
            by,
            value: Some(Check::Is(value)),
            events: counts.then_some(Check::Is(events)),
            part: metric.part_operation().map(|_| Check::Is(value * events)),
        }
    }
}

/// What every recorded series of a measurement must be: these rows and no others.
pub fn measured(metric: &MetricPlan<'_>, release: &str, rows: &[Row<'_>]) -> Vec<Asked> {
    let mut names: BTreeMap<String, Vec<(Labels, Check)>> = BTreeMap::new();
    let operations = [Some(metric.operation()), metric.events_operation(), metric.part_operation()];
    for role in metric.roles() {
        for operation in operations.iter().flatten() {
            names.entry(metric.series(operation, role).name).or_default();
        }
    }
    for row in rows {
        let checks = [row.value, row.events, row.part];
        for (operation, check) in operations.iter().zip(checks) {
            let (Some(operation), Some(check)) = (operation, check) else { continue };
            let labels = role_labels(metric, row.role, release, row.by);
            names.entry(metric.series(operation, row.role).name).or_default().push((labels, check));
        }
    }
    let all = |name: &str| match has_a_past_of_its_own(metric) {
        true => format!("{name}{{role!=\"{}\"}}", Role::Reference.label().unwrap_or_default()),
        false => name.to_owned(),
    };
    names.into_iter().map(|(name, rows)| only(&all(&name), &name, &rows)).collect()
}

/// Whether the metric whose measurement this one shares is compared with its own past, which is recorded beside it.
fn has_a_past_of_its_own(metric: &MetricPlan<'_>) -> bool {
    let relative = metric.source.relative.as_ref().filter(|_| metric.source.id.value != metric.id());
    relative.is_some_and(|relative| matches!(relative.reference, Reference::Offset(_)))
}
