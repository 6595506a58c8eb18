//! From labels to whom they reach: with the alerts of the plan that they may be.

use crate::plan::routing::reach::{Configuration, Raised, Silencers};
use crate::spec::alertmanager::{Landing, route::value};
use std::collections::BTreeMap;

type Labels = Vec<(String, String)>;

/// What is asked, and of what.
pub struct Question<'a> {
    /// The labels as they are given.
    pub given: &'a [(String, String)],
    /// The routes and inhibitions.
    pub configuration: &'a Configuration,
    /// Every alert of the plan.
    pub raised: &'a [Raised<'a>],
    /// Whether labels that are not given are filled in.
    pub fills: bool,
}

/// All that can be said.
pub struct Reply<'a> {
    /// One for each group of label sets that share the answer.
    pub answers: Vec<Answer<'a>>,
    /// What is odd about the question, in sentences without a full stop.
    pub notes: Vec<String>,
    /// Whether there are alerts of a plan that could silence others.
    pub knows_alerts: bool,
}

/// What holds for some label sets alike.
pub struct Answer<'a> {
    /// The label sets; at least one.
    pub sets: Vec<LabelSet<'a>>,
    /// Where they end.
    pub landings: Vec<Landing<'a>>,
    /// What silences them, each by the labels in which it differs.
    pub silenced_by: Vec<BTreeMap<String, String>>,
}

/// The labels of one alert.
pub struct LabelSet<'a> {
    /// The alert of the plan that has them.
    pub alert: Option<&'a Raised<'a>>,
    /// All labels.
    pub labels: Labels,
    /// The names of those that were filled in.
    pub filled_in: Vec<String>,
}

impl<'a> Question<'a> {
    /// Answers it.
    #[must_use]
    pub fn reply(&self) -> Reply<'a> {
        let (sets, notes) = self.sets();
        let raised: Vec<Raised<'_>> = self.raised.iter().map(|one| self.with_given(one)).collect();
        let silencers = Silencers::new(&self.configuration.inhibitions, &raised);
        let mut answers: Vec<Answer<'a>> = Vec::new();
        for set in sets {
            let landings = self.configuration.route.resolve(&set.labels);
            let asked = Raised { labels: set.labels.clone(), ..Raised::default() };
            let silenced_by =
                silencers.of(&set.labels).into_iter().map(|other| asked.differing(other)).collect();
            let same = |answer: &&mut Answer<'a>| {
                let first = answer.sets.first().map_or(&[][..], |set| &set.labels);
                answer.silenced_by == silenced_by && alike(&answer.landings, first, &landings, &set.labels)
            };
            match answers.iter_mut().find(same) {
                Some(answer) => answer.sets.push(set),
                None => answers.push(Answer { sets: vec![set], landings, silenced_by }),
            }
        }
        Reply { answers, notes, knows_alerts: !self.raised.is_empty() }
    }

    /// The label sets that may be meant: those of the plan's alerts that the given labels fit, or the given ones.
    fn sets(&self) -> (Vec<LabelSet<'a>>, Vec<String>) {
        let name = value(self.given, "alertname");
        let named: Vec<&Raised<'_>> = self.raised.iter().filter(|raised| raised.name == name).collect();
        let fitting: Vec<&Raised<'_>> =
            named.iter().copied().filter(|raised| self.other_value(raised).is_none()).collect();
        let mut notes = Vec::new();
        if fitting.is_empty() {
            notes.extend(self.note(name, &named));
        }
        let mut sets: Vec<LabelSet<'_>> = Vec::new();
        if self.fills {
            for set in fitting.into_iter().map(|raised| self.filled(raised)) {
                if !sets.iter().any(|known| known.labels == set.labels) {
                    sets.push(set);
                }
            }
        }
        if sets.is_empty() {
            sets.push(LabelSet { alert: None, labels: self.given.to_vec(), filled_in: Vec::new() });
        }
        (sets, notes)
    }

    /// A given label that an alert has with another value; a label without a value that is named can have any.
    fn other_value<'b>(&'b self, raised: &'b Raised<'_>) -> Option<(&'b str, &'b str)> {
        let differs = |(name, given): &&(String, String)| {
            let has = value(&raised.labels, name);
            !has.is_empty() && has != given && !self.is_open(raised, name, given)
        };
        self.given.iter().find(differs).map(|(name, _)| (name.as_str(), value(&raised.labels, name)))
    }

    /// Whether an alert can have that value for a label, since it can have any that the release does not name.
    fn is_open(&self, raised: &Raised<'_>, name: &str, given: &str) -> bool {
        let metric = value(&raised.labels, "metric");
        let names = |other: &Raised<'_>| {
            let same = other.release == raised.release && value(&other.labels, "metric") == metric;
            same && value(&other.labels, name) == given && !other.open.contains(name)
        };
        raised.open.contains(name) && !self.raised.iter().any(names)
    }

    /// An alert with the given values where it can have them: what is asked for one region is about that region.
    fn with_given(&self, raised: &'a Raised<'a>) -> Raised<'a> {
        let mut with = raised.clone();
        for (name, value) in &mut with.labels {
            let given = self.given.iter().find(|(known, _)| known == name);
            if let Some((_, given)) = given.filter(|(_, given)| self.is_open(raised, name, given)) {
                value.clone_from(given);
            }
        }
        with
    }

    fn note(&self, name: &str, named: &[&Raised<'_>]) -> Option<String> {
        if self.raised.is_empty() {
            return None;
        }
        if name.is_empty() {
            return self.unnamed();
        }
        let Some(first) = named.first() else {
            return Some(format!("no release of the project raises {name}"));
        };
        let (label, has) = self.other_value(first)?;
        Some(format!("{} of the project has {label}=\"{has}\", so that this is another alert", first.title()))
    }

    /// What to say where no alert is named and the given labels are those of the project's alerts.
    fn unnamed(&self) -> Option<String> {
        let has = |raised: &&Raised<'_>| {
            let same = |(name, given): &(String, String)| {
                value(&raised.labels, name) == given || self.is_open(raised, name, given)
            };
            self.fills && self.given.iter().all(same) && raised.labels.len() > self.given.len()
        };
        let fitting: Vec<&Raised<'_>> = self.raised.iter().filter(has).collect();
        let first =
            fitting.iter().find(|raised| !value(&raised.labels, "metric").is_empty()).or(fitting.first())?;
        let count = match fitting.len() {
            1 => "1 alert of the project has".to_owned(),
            many => format!("{many} alerts of the project have"),
        };
        Some(format!(
            "taken as it stands; {count} these labels and others: name one with `alertname={}`",
            first.name
        ))
    }

    fn filled(&self, raised: &'a Raised<'a>) -> LabelSet<'a> {
        let given = |name: &str| self.given.iter().any(|(known, _)| known == name);
        let own = raised.labels.iter().filter(|(name, _)| !given(name));
        let filled_in = own.clone().map(|(name, _)| name.clone()).collect();
        let labels = self.given.iter().chain(own).filter(|(_, value)| !value.is_empty()).cloned().collect();
        LabelSet { alert: Some(raised), labels, filled_in }
    }
}

/// Whether two alerts end at the same routes in groups with the same labels.
fn alike(
    one: &[Landing<'_>],
    labels: &[(String, String)],
    two: &[Landing<'_>],
    others: &[(String, String)],
) -> bool {
    let same = |(a, b): (&Landing<'_>, &Landing<'_>)| {
        std::ptr::eq(a.route, b.route) && a.group(labels) == b.group(others)
    };
    one.len() == two.len() && one.iter().zip(two).all(same)
}
