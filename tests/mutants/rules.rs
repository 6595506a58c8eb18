//! The rules of one release as they are changed: every field that a generated rule has, and none besides.

use relspec::promql;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// A rule file. A field that is not known here is refused, since nobody would change it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    pub groups: Vec<Group>,
}

/// A group; promtool pays no attention to its interval, so that nothing here changes it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub name: String,
    pub interval: String,
    pub rules: Vec<Rule>,
}

/// A recorded series or an alert.
#[derive(Debug, Clone, PartialEq, Hash, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert: Option<String>,
    pub expr: String,
    #[serde(rename = "for", skip_serializing_if = "Option::is_none")]
    pub wait: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_firing_for: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

impl Rules {
    pub fn read(text: &str) -> Self {
        serde_yaml::from_str(text).expect("a rule file with the fields that relspec writes")
    }

    /// JSON is YAML, and says of every text that it is one.
    pub fn write(&self) -> String {
        serde_json::to_string(self).expect("rules in memory")
    }

    /// The same with only these groups.
    pub fn only(&self, groups: &BTreeSet<usize>) -> Self {
        let kept = self.groups.iter().enumerate().filter(|(at, _)| groups.contains(at));
        Self { groups: kept.map(|(_, group)| group.clone()).collect() }
    }
}

impl Group {
    /// The metric that the group is of, or `stage`, or `verdict`.
    pub fn about<'a>(&'a self, release: &str) -> &'a str {
        let rest = self.name.strip_prefix(release).and_then(|rest| rest.strip_prefix('-'));
        rest.unwrap_or(&self.name)
    }
}

impl Rule {
    /// The name of the alert or of the series.
    pub fn name(&self) -> &str {
        self.alert.as_deref().or(self.record.as_deref()).unwrap_or_default()
    }

    /// Whether the expression reads the series that another rule records, in its role.
    pub fn reads_what(&self, other: &Self) -> bool {
        let Some(name) = other.record.as_deref() else { return false };
        let expr = promql::parse_generated(&self.expr).expect("a generated expression");
        promql::selectors(&expr).iter().filter(|selector| selector.metric() == Some(name)).any(|selector| {
            let role = selector.matchers.iter().find(|matcher| matcher.label.text == "role");
            role.is_none_or(|role| other.labels.get("role") == Some(&role.value))
        })
    }
}
