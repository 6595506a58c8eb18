//! The section `stages`: the steps of the rollout, in order.

use super::Spec;
use super::check::Check;
use super::condition::Condition;
use super::metric::Metric;
use super::people::Approval;
use super::release::AlertsWhen;
use super::scalar::{DurationText, Share};
use super::shape::{Defs, Id, Shape, Table, Text, mapping, section};
use super::step::Step;
use crate::diag::Diagnostic;
use crate::spec::shape::Key;
use crate::syntax::{Kind, Node};
use serde_json::{Value, json};

section! {
    /// One step of the rollout.
    pub struct Stage {
        /// The id; the label `stage` of the stage signal.
        id @required: Id,
        /// The title for people.
        title: Text,
        /// The share of the traffic that the new version gets.
        traffic: Share,
        /// Who gets the new version, where that is not a share of the traffic.
        audience: Text,
        /// The cohort by label: which values of a label get the new version.
        select: Table<Text>,
        /// How long the stage lasts.
        lasts: Lasts,
        /// What is looked at above all.
        focus: Vec<Text>,
        /// What must hold before it begins.
        start_when: Vec<Condition>,
        /// What to do when it begins, in order.
        steps: Vec<Step>,
        /// Who looks at what, and when.
        checks: Vec<Check>,
        /// What must hold, all of it, before the next stage begins.
        advance: Vec<Condition>,
        /// What keeps the release at this stage, any of it.
        hold: Vec<Condition>,
        /// What sends the release back, any of it, besides the alerts of that level.
        rollback: Vec<Condition>,
        /// Who must approve the next stage.
        approve: Approval,
    }
}

impl Stage {
    /// The id, or nothing where the author forgot it (which has been reported).
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.as_ref().map_or("", |id| id.0.as_str())
    }

    /// The shortest time that the stage lasts.
    #[must_use]
    pub fn shortest(&self) -> Option<&DurationText> {
        self.lasts.as_ref().map(|lasts| &lasts.min)
    }
}

impl Spec {
    /// Whether anything needs to know the stage. Where nothing does, nothing depends on the stage signal.
    #[must_use]
    pub fn needs_stage(&self) -> bool {
        let measured = || self.metrics.iter().filter(|metric| metric.is_measured());
        let by_stage = |metric: &Metric| metric.cases.iter().any(|case| case.place.stage.is_some());
        self.release.alerts == Some(AlertsWhen::WhileRunning)
            || measured().any(|metric| metric.extensive.is_some())
            || measured().any(|metric| metric.alerts() && by_stage(metric))
    }
}

/// How long a stage lasts: one duration, or from a shortest to a longest.
#[derive(Debug, Clone)]
pub struct Lasts {
    /// The shortest.
    pub min: DurationText,
    /// The longest; the same as the shortest where one duration is given.
    pub max: DurationText,
}

impl Shape for Lasts {
    fn schema(defs: &mut Defs) -> Value {
        let key = |name, doc: &str, defs: &mut Defs| Key {
            name,
            doc: doc.to_owned(),
            required: true,
            schema: DurationText::schema(defs),
        };
        let keys = vec![key("min", "The shortest.", defs), key("max", "The longest.", defs)];
        let range = mapping("From a shortest to a longest.", keys);
        json!({ "if": { "type": "object" }, "then": range, "else": DurationText::schema(defs) })
    }

    fn read(node: &Node, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        if !matches!(node.kind, Kind::Mapping(_)) {
            let one = DurationText::read(node, findings)?;
            return Some(Self { min: one.clone(), max: one });
        }
        let mut read = |key| node.get(key).and_then(|entry| DurationText::read(&entry.value, findings));
        let (min, max) = (read("min"), read("max"));
        let (min, max) = (min?, max?);
        if min.value.millis() > max.value.millis() {
            findings.push(crate::lint::bad_duration::reversed(&min, &max));
        }
        Some(Self { min, max })
    }
}

/// Stages that were given the id of an earlier one.
#[must_use]
pub fn duplicates(stages: &[Stage]) -> Vec<Diagnostic> {
    let mut seen = std::collections::BTreeMap::new();
    let mut found = Vec::new();
    for id in stages.iter().filter_map(|stage| stage.id.as_ref()) {
        if id.0.value == "done" {
            found.push(crate::lint::duplicate_id::reserved(&id.0));
        }
        match seen.get(&id.0.value) {
            Some(first) => found.push(crate::lint::duplicate_id::again("stage", &id.0, *first)),
            None => {
                seen.insert(id.0.value.clone(), id.0.span);
            }
        }
    }
    found
}
