//! The documents that Prometheus and Prometheus Operator read. Fields newer than Prometheus 2.42 are not used.

use crate::plan::{Alert, Group, Recording, ReleasePlan, Rule};
use crate::quantity::Duration;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// One YAML document: Prometheus silently ignores all but the first of a file.
#[derive(serde::Serialize)]
pub struct RuleFile<'a> {
    groups: Vec<GroupDocument<'a>>,
}

#[derive(serde::Serialize)]
struct GroupDocument<'a> {
    name: &'a str,
    interval: String,
    rules: Vec<RuleDocument<'a>>,
}

#[derive(serde::Serialize)]
#[serde(untagged)]
enum RuleDocument<'a> {
    Recording {
        record: &'a str,
        expr: &'a str,
        labels: Pairs<'a, &'static str>,
    },
    Alert {
        alert: &'a str,
        expr: &'a str,
        #[serde(rename = "for", skip_serializing_if = "Option::is_none")]
        lasts: Option<String>,
        #[serde(rename = "keep_firing_for", skip_serializing_if = "Option::is_none")]
        keep: Option<String>,
        labels: Pairs<'a, String>,
        annotations: Pairs<'a, &'static str>,
    },
}

/// Pairs as a mapping, in their own order.
struct Pairs<'a, K>(&'a [(K, String)]);

impl<K: AsRef<str>> Serialize for Pairs<'_, K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in self.0 {
            map.serialize_entry(key.as_ref(), value)?;
        }
        map.end()
    }
}

impl<'a> RuleFile<'a> {
    /// The groups of a release.
    #[must_use]
    pub fn new(plan: &'a ReleasePlan<'_>) -> Self {
        let group = |group: &'a Group| GroupDocument {
            name: &group.name,
            interval: plan.interval.to_prometheus(),
            rules: group.rules.iter().map(RuleDocument::new).collect(),
        };
        Self { groups: plan.groups.iter().map(group).collect() }
    }
}

impl<'a> RuleDocument<'a> {
    fn new(rule: &'a Rule) -> Self {
        match rule {
            Rule::Recording(Recording { name, expr, labels }) => {
                Self::Recording { record: name, expr, labels: Pairs(labels) }
            }
            Rule::Alert(Alert { name, expr, lasts, keep, labels, annotations, .. }) => Self::Alert {
                alert: name,
                expr,
                lasts: (!lasts.is_zero()).then(|| lasts.to_prometheus()),
                keep: keep.as_ref().map(Duration::to_prometheus),
                labels: Pairs(labels),
                annotations: Pairs(annotations),
            },
        }
    }
}

/// The same groups as a `PrometheusRule` of `monitoring.coreos.com/v1`.
#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest<'a> {
    api_version: &'static str,
    kind: &'static str,
    metadata: Metadata<'a>,
    spec: &'a RuleFile<'a>,
}

#[derive(serde::Serialize)]
struct Metadata<'a> {
    name: &'a str,
    labels: ManifestLabels,
}

#[derive(serde::Serialize)]
struct ManifestLabels {
    #[serde(rename = "app.kubernetes.io/managed-by")]
    managed_by: &'static str,
}

impl<'a> Manifest<'a> {
    /// The manifest of a release's rules.
    #[must_use]
    pub fn new(plan: &'a ReleasePlan<'_>, rules: &'a RuleFile<'a>) -> Self {
        Self {
            api_version: "monitoring.coreos.com/v1",
            kind: "PrometheusRule",
            metadata: Metadata { name: &plan.id, labels: ManifestLabels { managed_by: "relspec" } },
            spec: rules,
        }
    }
}
