//! The rules of one release as they are changed: every field that a generated rule has, and none besides.

use relspec::promql::{self, Kind};
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

    /// The groups without which this one does not do what it does: those whose series it reads, those that read its
    /// own, the stage and the verdict.
    pub fn around(&self, group: usize) -> BTreeSet<usize> {
        let ends = |at: usize, end: &str| self.groups.get(at).is_some_and(|one| one.name.ends_with(end));
        let of_all = |at: usize| ends(at, "-stage") || ends(at, "-verdict");
        if of_all(group) {
            return (0..self.groups.len()).collect();
        }
        let mut around = BTreeSet::from([group]);
        let own = self.groups[group].records();
        around.extend((0..self.groups.len()).filter(|at| {
            of_all(*at) || self.groups[*at].rules.iter().any(|rule| !rule.reads().is_disjoint(&own))
        }));
        loop {
            let metrics = around.iter().filter(|at| !of_all(**at));
            let read: BTreeSet<String> =
                metrics.flat_map(|at| &self.groups[*at].rules).flat_map(Rule::reads).collect();
            let before = around.len();
            let sources = (0..self.groups.len()).filter(|at| !self.groups[*at].records().is_disjoint(&read));
            around.extend(sources);
            if around.len() == before {
                return around;
            }
        }
    }

    /// The names of all series that can reach this group; `None` where it gives a value without any series.
    pub fn sources(&self, group: usize) -> Option<BTreeSet<String>> {
        let mut open: Vec<&Rule> = self.groups[group].rules.iter().collect();
        let mut names = BTreeSet::new();
        while let Some(rule) = open.pop() {
            if rule.speaks_of_nothing() {
                return None;
            }
            for name in rule.reads() {
                if names.insert(name.clone()) {
                    let all = self.groups.iter().flat_map(|group| &group.rules);
                    open.extend(all.filter(|rule| rule.record.as_ref() == Some(&name)));
                }
            }
        }
        Some(names)
    }
}

impl Group {
    /// The names of the recorded series.
    pub fn records(&self) -> BTreeSet<String> {
        self.rules.iter().filter_map(|rule| rule.record.clone()).collect()
    }

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

    /// The names of the series that the expression reads.
    pub fn reads(&self) -> BTreeSet<String> {
        let expr = promql::parse_generated(&self.expr).expect("a generated expression");
        let selectors = promql::selectors(&expr);
        selectors.iter().filter_map(|selector| selector.metric()).map(str::to_owned).collect()
    }

    /// Whether there can be a value where no series is: `vector`, `absent`, or what alerts of all metrics say.
    fn speaks_of_nothing(&self) -> bool {
        let expr = promql::parse_generated(&self.expr).expect("a generated expression");
        expr.descendants().any(|part| match &part.kind {
            Kind::Call(call) => {
                ["vector", "absent", "absent_over_time", "time"].contains(&call.name.as_str())
            }
            Kind::Selector(selector) => selector.metric().is_none_or(|name| name.starts_with("ALERTS")),
            _ => false,
        })
    }
}
