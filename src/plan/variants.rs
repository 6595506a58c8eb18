//! Where one number holds: the places that `where` tells apart, put together again as far as they agree.

use super::expr::{equal, none_of};
use crate::spec::metric::{Limits, Metric};
use std::collections::BTreeMap;

/// The stages and label values for which one rule holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The stages.
    pub stage: StageChoice,
    /// The labels that it is restricted to; empty for all values.
    pub labels: BTreeMap<String, LabelChoice>,
}

/// The stages for which a rule holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StageChoice {
    /// An unknown stage and every stage but these.
    AllBut(Vec<String>),
    /// One stage.
    At(String),
}

/// The values of a label for which a rule holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelChoice {
    /// One value.
    Is(String),
    /// Every value but these.
    IsNot(Vec<String>),
}

impl Place {
    /// The matchers that restrict a series to the place's label values.
    #[must_use]
    pub fn matchers(&self) -> Vec<String> {
        self.labels
            .iter()
            .map(|(label, choice)| match choice {
                LabelChoice::Is(value) => equal(label, value),
                LabelChoice::IsNot(values) => {
                    none_of(label, &values.iter().map(String::as_str).collect::<Vec<_>>())
                }
            })
            .collect()
    }

    /// The labels that tell the place's rules from those of others: one value of a label is told by that value.
    pub fn telling(&self) -> impl Iterator<Item = (&str, &str)> {
        self.labels.iter().filter_map(|(label, choice)| match choice {
            LabelChoice::Is(value) => Some((label.as_str(), value.as_str())),
            LabelChoice::IsNot(_) => None,
        })
    }
}

type Labels = BTreeMap<String, Option<String>>;

/// For each place where `of` gives something, what it gives; places that agree are one. A metric that is off
/// somewhere gives nothing there.
pub fn partition<'m, K: PartialEq + Clone>(
    metric: &'m Metric,
    of: impl Fn(&'m Limits) -> Option<K>,
) -> Vec<(Place, K)> {
    let mut cells: Vec<(&Labels, Vec<(StageChoice, K)>)> = Vec::new();
    for case in metric.cases.iter().filter(|case| case.place.stage.is_none()) {
        cells.push((&case.place.labels, stages(metric, &case.place.labels, &of)));
    }
    let all_agree = cells.windows(2).all(|pair| pair[0].1 == pair[1].1);
    if all_agree {
        cells.truncate(1);
    }
    let mut found = Vec::new();
    for (labels, choices) in cells {
        let labels = if all_agree { BTreeMap::new() } else { choose(metric, labels) };
        for (stage, data) in choices {
            found.push((Place { stage, labels: labels.clone() }, data));
        }
    }
    found
}

fn stages<'m, K: PartialEq + Clone>(
    metric: &'m Metric,
    labels: &Labels,
    of: &impl Fn(&'m Limits) -> Option<K>,
) -> Vec<(StageChoice, K)> {
    let here = |limits: &'m Limits| if limits.off.is_some() { None } else { of(limits) };
    let mut base = None;
    let mut named = Vec::new();
    for case in metric.cases.iter().filter(|case| case.place.labels == *labels) {
        match &case.place.stage {
            None => base = here(&case.limits),
            Some(stage) => named.push((stage.clone(), here(&case.limits))),
        }
    }
    named.retain(|(_, data)| *data != base);
    let but = named.iter().map(|(stage, _)| stage.clone()).collect();
    let mut choices: Vec<_> = base.map(|data| (StageChoice::AllBut(but), data)).into_iter().collect();
    choices.extend(named.into_iter().filter_map(|(stage, data)| Some((StageChoice::At(stage), data?))));
    choices
}

fn choose(metric: &Metric, labels: &Labels) -> BTreeMap<String, LabelChoice> {
    labels
        .iter()
        .map(|(label, value)| {
            let choice = match value {
                Some(value) => LabelChoice::Is(value.clone()),
                None => LabelChoice::IsNot(named_values(metric, label)),
            };
            (label.clone(), choice)
        })
        .collect()
}

fn named_values(metric: &Metric, label: &str) -> Vec<String> {
    let mut values: Vec<String> =
        metric.cases.iter().filter_map(|case| case.place.labels.get(label)?.clone()).collect();
    values.sort();
    values.dedup();
    values
}
