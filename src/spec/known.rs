//! What is named by id is there: metrics, stages, people, procedures, checklists and scenarios.

use super::Spec;
use super::condition;
use super::metric::written::MetricText;
use super::shape::{Row, Text};
use super::step::Step;
use crate::diag::Diagnostic;
use crate::lint::{unknown_reference as lint, wrong_type};
use std::collections::BTreeSet;

/// Tells every name that nothing defines, and reads the numbers of the conditions. `metrics` are all metrics that are
/// written, also those that could not be read.
pub fn check(spec: &mut Spec, metrics: &[Row<MetricText>], findings: &mut Vec<Diagnostic>) {
    let ids: Vec<&str> = metrics.iter().map(|row| row.key.as_str()).collect();
    let mut conditions = |list: &mut [condition::Condition]| {
        condition::resolve(list, &spec.metrics, &ids, findings);
    };
    for stage in &mut spec.stages {
        let lists = [&mut stage.start_when, &mut stage.advance, &mut stage.hold, &mut stage.rollback];
        lists.into_iter().flatten().for_each(|list| conditions(list));
    }
    spec.acceptance.iter_mut().for_each(|row| conditions(&mut row.value));
    let mut names = Names { found: findings, told: BTreeSet::new() };
    names.bad_ids(spec);
    names.metrics(spec, &ids);
    names.parts(spec);
    names.stages(spec);
    names.people(spec);
    circles(spec, findings);
}

struct Names<'a> {
    found: &'a mut Vec<Diagnostic>,
    /// Places that have been told; a shared procedure may be read once for each release.
    told: BTreeSet<crate::source::Span>,
}

impl Names<'_> {
    fn look_up(&mut self, kind: &str, names: &[&Text], known: &[&str]) {
        for name in names.iter().filter(|name| !known.contains(&name.value.as_str())) {
            if self.told.insert(name.span) {
                self.found.push(lint::unknown(kind, name, known.iter().copied()));
            }
        }
    }

    /// Ids are ASCII, since they become anchors and names of files.
    fn bad_ids(&mut self, spec: &Spec) {
        let modes = spec.rollback.iter().flat_map(|of| of.modes.iter().flat_map(|table| &table.0));
        let keys = spec
            .checklists
            .iter()
            .map(|row| &row.key)
            .chain(spec.procedures.iter().map(|row| &row.key))
            .chain(spec.scenarios.iter().map(|row| &row.key))
            .chain(spec.people.iter().map(|row| &row.key))
            .chain(spec.reports.iter().map(|row| &row.key))
            .chain(modes.map(|row| &row.key));
        let bad = keys.filter(|key| key.span.file == spec.file && !is_id(&key.value));
        self.found.extend(bad.map(wrong_type::bad_key));
    }

    fn metrics(&mut self, spec: &Spec, known: &[&str]) {
        let mut named: Vec<&Text> = spec.steps().iter().filter_map(|step| step.0.metric.as_ref()).collect();
        let signs = spec.scenarios.iter().flat_map(|row| row.value.when.iter().flat_map(|when| &when.0));
        named.extend(signs.filter_map(|sign| sign.0.metric.as_ref()));
        named.extend(spec.reports.iter().flat_map(|row| row.value.metrics.iter().flatten()));
        self.look_up("metric", &named, known);
    }

    fn parts(&mut self, spec: &Spec) {
        let procedures: Vec<&Text> =
            spec.steps().iter().filter_map(|step| step.0.procedure.as_ref()).collect();
        self.look_up("procedure", &procedures, &keys(&spec.procedures));
        let lists: Vec<&Text> =
            spec.checks().flat_map(|(_, check)| check.0.list.iter().flat_map(|list| &list.0)).collect();
        self.look_up("checklist", &lists, &keys(&spec.checklists));
        let scenarios: Vec<&Text> =
            spec.metrics.iter().filter_map(|metric| metric.scenario.as_ref()).collect();
        self.look_up("scenario", &scenarios, &keys(&spec.scenarios));
    }

    fn stages(&mut self, spec: &Spec) {
        let known: Vec<&str> = spec.stages.iter().map(super::stage::Stage::id).collect();
        let modes = spec.rollback.iter().flat_map(|of| of.modes.iter().flat_map(|table| &table.0));
        let mut named: Vec<&Text> = modes.flat_map(|row| row.value.stages.iter().flatten()).collect();
        named.extend(spec.timeline.iter().filter_map(|entry| entry.stage.as_ref()));
        self.look_up("stage", &named, &known);
    }

    /// Where nobody is defined, a name is just a name.
    fn people(&mut self, spec: &Spec) {
        if !spec.people.is_empty() {
            self.look_up("person", &spec.named_people(), &keys(&spec.people));
        }
    }
}

fn keys<T>(rows: &[Row<T>]) -> Vec<&str> {
    rows.iter().map(|row| row.key.as_str()).collect()
}

fn is_id(text: &str) -> bool {
    let rest = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(rest)
}

/// How deep procedures may stand in one another; nobody could follow them deeper.
const DEEPEST: usize = 32;

/// Procedures that lead back to themselves, each circle once.
fn circles(spec: &Spec, findings: &mut Vec<Diagnostic>) {
    let mut done = BTreeSet::new();
    for row in &spec.procedures {
        follow(spec, row.key.as_str(), &mut Vec::new(), &mut done, findings);
    }
}

/// Goes through a procedure once, however many others use it.
fn follow<'a>(
    spec: &'a Spec,
    id: &'a str,
    way: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
    findings: &mut Vec<Diagnostic>,
) {
    if !done.insert(id) {
        return;
    }
    way.push(id);
    let steps: Vec<&Step> =
        spec.procedure(id).unwrap_or_default().iter().flat_map(Step::with_items).collect();
    for name in steps.iter().filter_map(|step| step.0.procedure.as_ref()) {
        match way.iter().position(|known| *known == name.value) {
            Some(at) => {
                let through: Vec<&str> = way[at..].iter().copied().chain([name.as_str()]).collect();
                findings.push(lint::circle(name, &through));
            }
            None if way.len() >= DEEPEST => findings.push(lint::too_deep(name)),
            None => follow(spec, name.as_str(), way, done, findings),
        }
    }
    way.pop();
}
