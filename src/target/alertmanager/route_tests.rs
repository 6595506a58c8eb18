//! `routes.test.yaml`: for every alert that the plan can raise, whom it reaches, by which routes, in which group, and what
//! silences it. It is read again by whoever holds a configuration against it, so it is one type in both directions.

use crate::plan::routing::reach::{self, Raised};
use crate::plan::{Plan, names};
use crate::spec::alertmanager::Landing;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The whole file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteTests {
    /// The configuration that the tests are about, as a path from this file's folder.
    pub config: String,
    /// The tests, by release and then in the order of its rules. No two have the same labels.
    pub tests: Vec<RouteTest>,
}

/// One alert as Alertmanager gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteTest {
    /// The release, a colon, the alert and what tells it from others of its name.
    pub name: String,
    /// Every label, `alertname` too. Labels that only the series bring have one of the values that the release names, or
    /// one that it does not name.
    pub labels: BTreeMap<String, String>,
    /// Where it ends, in the order in which Alertmanager goes through the tree.
    pub reaches: Vec<Reach>,
    /// The alerts of the plan that silence it while they fire. Each is told by the labels in which it differs from this one;
    /// all others are the same, and an empty value is a label that it does not carry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silenced_by: Vec<BTreeMap<String, String>>,
}

/// A route at which an alert ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// The receiver, the route's own or inherited.
    pub receiver: String,
    /// The labels by which the alert is grouped, the route's own or inherited; `...` alone for all of them.
    pub group_by: Vec<String>,
    /// The matchers of each route on the way below the root, such as `{release="a", level="hold"}`; nothing for the root.
    pub path: Vec<String>,
}

impl RouteTests {
    /// Those of the configuration of all releases.
    #[must_use]
    pub fn of(plan: &Plan<'_>) -> Self {
        let config = names::ALERTMANAGER_FILE.rsplit('/').next().unwrap_or_default().to_owned();
        Self { config, tests: reach::each(plan, RouteTest::new) }
    }
}

impl RouteTest {
    fn new(alert: &Raised<'_>, landings: &[Landing<'_>], silenced_by: &[&Raised<'_>]) -> Self {
        let reach = |landing: &Landing<'_>| Reach {
            receiver: landing.receiver.to_owned(),
            group_by: landing.group_by(),
            path: landing.path(),
        };
        Self {
            name: alert.title(),
            labels: alert.labels.iter().cloned().collect(),
            reaches: landings.iter().map(reach).collect(),
            silenced_by: silenced_by.iter().map(|other| alert.differing(other)).collect(),
        }
    }

    /// All labels of an alert that silences this one, from those in which it differs.
    #[must_use]
    pub fn silencing(&self, differing: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let mut labels = self.labels.clone();
        labels.extend(differing.iter().map(|(name, value)| (name.clone(), value.clone())));
        labels.retain(|_, value| !value.is_empty());
        labels
    }
}
