//! The panels of a metric: what its alerts read with its ladder behind it, and the measured values where those are
//! something else.

use super::super::{Broken, Draft, Group, MetricPlan, Role, Rule, names};
use super::{Link, Panel, Query, Reads, Series, Show, about, steps};
use crate::quantity::{DeltaForm, Unit};
use crate::spec::metric::Reference;

/// The panels of a metric.
pub(super) fn panels(
    draft: &Draft<'_>,
    metric: &MetricPlan<'_>,
    groups: &[Group],
) -> Result<Vec<Panel>, Broken> {
    let id = draft.panels.get(metric.id()).copied();
    let id = id.ok_or_else(|| Broken::new(draft.release(), format!("{} has no panel", metric.id())))?;
    let form = metric.metric.relative.as_ref().map(|relative| relative.form);
    let unit = if form == Some(DeltaForm::Factor) { Unit::Ratio } else { metric.metric.unit };
    let title = metric.metric.title.value.trim();
    let derived = derived(metric);
    let mut lines = if derived { vec![made(draft, metric)?] } else { measured(draft, metric)? };
    lines.extend(promises(draft, metric)?);
    let ladder = metric.metric.base().map(|limits| steps(&limits.ladder)).unwrap_or_default();
    let mut panels = vec![Panel {
        id,
        title: title.to_owned(),
        about: about::metric(draft, metric)?,
        links: links(draft, metric, groups)?,
        show: Show::Lines { lines, unit, binary: metric.metric.is_binary(), steps: ladder },
    }];
    if derived {
        let mut lines = measured(draft, metric)?;
        lines.extend(reference(draft, metric)?);
        panels.push(Panel {
            id: names::measured_panel(id),
            title: draft.words("board-measured", &[("title", title)])?,
            about: vec![draft.words("board-about-measured", &[("title", title)])?],
            links: Vec::new(),
            show: Show::Lines {
                lines,
                unit: metric.metric.unit,
                binary: metric.metric.is_binary(),
                steps: Vec::new(),
            },
        });
    }
    Ok(panels)
}

/// Whether its alerts read something made from the measured values: a difference, or the value at full traffic.
fn derived(metric: &MetricPlan<'_>) -> bool {
    metric.metric.relative.is_some() || metric.metric.extensive.is_some()
}

/// The sections of its alerts in the runbook, where the project says where that is served.
fn links(draft: &Draft<'_>, metric: &MetricPlan<'_>, groups: &[Group]) -> Result<Vec<Link>, Broken> {
    let Some(base) = &draft.config.runbooks else { return Ok(Vec::new()) };
    let link = |alert: String| {
        let url = format!("{base}/{}", names::runbook_link(draft.release(), &alert));
        Ok(Link { title: draft.words("board-alert", &[("alert", &alert)])?, url, alert: Some(alert) })
    };
    alerts(metric, groups).into_iter().map(link).collect()
}

/// The names of its alerts, each once.
fn alerts(metric: &MetricPlan<'_>, groups: &[Group]) -> Vec<String> {
    let mut alerts: Vec<String> = Vec::new();
    let of = |labels: &[(String, String)]| labels.iter().any(|(l, v)| l == "metric" && v == metric.id());
    for rule in groups.iter().flat_map(|group| &group.rules) {
        if let Rule::Alert(alert) = rule
            && of(&alert.labels)
            && !alerts.contains(&alert.name)
        {
            alerts.push(alert.name.clone());
        }
    }
    alerts
}

fn query(metric: &MetricPlan<'_>, series: Series, role: Option<Role>, name: String) -> Query {
    let labels = metric.by();
    let role = role.and_then(Role::label).map(|_| "role".to_owned());
    let chosen = role.into_iter().chain(labels.iter().cloned()).collect();
    Query { reads: Reads::Series(series), name, labels, chosen }
}

/// What is made from the measured values.
fn made(draft: &Draft<'_>, metric: &MetricPlan<'_>) -> Result<Query, Broken> {
    let relative = metric.metric.relative.is_some();
    let name = draft.words(if relative { "board-difference" } else { "board-full" }, &[])?;
    let role = (!relative).then(|| metric.main_role());
    Ok(query(metric, metric.value(), role, name))
}

/// The measured values, a line for each role.
fn measured(draft: &Draft<'_>, metric: &MetricPlan<'_>) -> Result<Vec<Query>, Broken> {
    let operation = metric.operation();
    let line = |role: Role| {
        let name = match role.label() {
            Some(role) => draft.words(&format!("board-role-{role}"), &[])?,
            None if metric.by().is_empty() => metric.metric.title.value.trim().to_owned(),
            None => String::new(),
        };
        Ok(query(metric, metric.series(&operation, role), Some(role), name))
    };
    metric.roles().into_iter().map(line).collect()
}

/// The fixed value that it is compared with.
fn reference(draft: &Draft<'_>, metric: &MetricPlan<'_>) -> Result<Option<Query>, Broken> {
    let relative = metric.metric.relative.as_ref();
    let Some(Reference::Value(bound)) = relative.map(|relative| &relative.reference) else { return Ok(None) };
    let name = draft.words("board-role-reference", &[])?;
    Ok(Some(constant(bound, name)))
}

/// The ends of the promise.
fn promises(draft: &Draft<'_>, metric: &MetricPlan<'_>) -> Result<Vec<Query>, Broken> {
    let target = metric.metric.base().and_then(|limits| limits.target.as_ref());
    let Some(target) = target else { return Ok(Vec::new()) };
    let ends = [(&target.range.min, "board-target-min"), (&target.range.max, "board-target-max")];
    let ends = ends.into_iter().filter_map(|(end, phrase)| Some((end.as_ref()?, phrase)));
    ends.map(|(end, phrase)| Ok(constant(end, draft.words(phrase, &[])?))).collect()
}

fn constant(bound: &crate::ladder::Bound, name: String) -> Query {
    Query { reads: Reads::Constant(bound.value), name, labels: Vec::new(), chosen: Vec::new() }
}
