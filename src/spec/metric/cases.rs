//! What holds where: `where` applied to the base, for each stage and value of a label that it names.

use super::limits::Limits;
use super::written::{ConditionText, LevelText, MetricText, OverrideText, WhereText};
use crate::diag::Diagnostic;
use crate::lint;
use crate::source::Span;
use crate::spec::shape::Text;
use std::collections::BTreeMap;

/// The limits of a metric at one stage and for one value of each label that `where` names.
#[derive(Debug, Clone)]
pub struct Case {
    /// Where they hold.
    pub place: CasePlace,
    /// The limits.
    pub limits: Limits,
}

/// A stage (or any that is not named) and for each label that `where` names a value (or any that is not named).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct CasePlace {
    /// The stage; `None` for an unknown stage and all that `where` does not name.
    pub stage: Option<String>,
    /// Each label that `where` names; `None` for all values that it does not name.
    pub labels: BTreeMap<String, Option<String>>,
}

impl CasePlace {
    /// Whether it is where the limits hold that `where` does not touch.
    #[must_use]
    pub fn is_base(&self) -> bool {
        self.stage.is_none() && self.labels.values().all(Option::is_none)
    }

    /// In words: `at stage canary-50 for region=eu`, or nothing for the base.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = String::new();
        if let Some(stage) = &self.stage {
            words.push_str(&format!(" at stage {stage}"));
        }
        for (label, value) in self.labels.iter().filter_map(|(l, v)| Some((l, v.as_ref()?))) {
            words.push_str(&format!(" for {label}={value}"));
        }
        words
    }
}

/// The most places that one metric may tell apart; each is a rule of its own at every level.
pub const MOST: usize = 200;

/// Every place that a metric tells apart, the base first. One more than [`MOST`] means that there are too many.
#[must_use]
pub fn places(wheres: &[WhereText]) -> Vec<CasePlace> {
    let mut stages: Vec<Option<String>> = vec![None];
    let mut labels: BTreeMap<String, Vec<Option<String>>> = BTreeMap::new();
    for entry in wheres {
        if let Some(stage) = &entry.keys.stage
            && !stages.contains(&Some(stage.value.clone()))
        {
            stages.push(Some(stage.value.clone()));
        }
        for row in &entry.labels {
            let values = labels.entry(row.key.value.clone()).or_insert_with(|| vec![None]);
            if !values.contains(&Some(row.value.value.clone())) {
                values.push(Some(row.value.value.clone()));
            }
        }
    }
    let mut places: Vec<CasePlace> =
        stages.into_iter().map(|stage| CasePlace { stage, labels: BTreeMap::new() }).collect();
    for (label, values) in labels {
        places = places
            .into_iter()
            .flat_map(|place| {
                let label = label.clone();
                values.iter().map(move |value| {
                    let mut place = place.clone();
                    place.labels.insert(label.clone(), value.clone());
                    place
                })
            })
            .take(MOST + 1)
            .collect();
    }
    places
}

impl CasePlace {
    /// Whether both name the same stage and the same values of labels.
    #[must_use]
    pub fn names_the_same(&self, other: &Self) -> bool {
        let named = |place: &Self| -> BTreeMap<String, String> {
            let labels = place.labels.iter();
            labels.filter_map(|(label, value)| Some((label.clone(), value.clone()?))).collect()
        };
        self.stage == other.stage && named(self) == named(other)
    }
}

/// Whether an entry of `where` holds at a place.
fn holds(entry: &WhereText, place: &CasePlace) -> bool {
    let stage = entry.keys.stage.as_ref().is_none_or(|stage| place.stage.as_ref() == Some(&stage.value));
    stage
        && entry.labels.iter().all(|row| {
            place.labels.get(&row.key.value).is_some_and(|value| value.as_ref() == Some(&row.value.value))
        })
}

/// How specific an entry is: the number of things that it names.
fn weight(entry: &WhereText) -> usize {
    usize::from(entry.keys.stage.is_some()) + entry.labels.len()
}

/// The texts of the limits at a place: the base with every entry that holds there, the more specific last.
pub fn at(metric: &MetricText, place: &CasePlace, findings: &mut Vec<Diagnostic>) -> LimitsText {
    let mut entries: Vec<_> = metric.r#where.iter().flatten().filter(|entry| holds(entry, place)).collect();
    entries.sort_by_key(|entry| weight(entry));
    report_ties(&entries, place, findings);
    let mut text = LimitsText::of(metric);
    for entry in entries {
        text.apply(&entry.keys);
    }
    text
}

fn report_ties(entries: &[&WhereText], place: &CasePlace, findings: &mut Vec<Diagnostic>) {
    for (n, first) in entries.iter().enumerate() {
        for second in &entries[n + 1..] {
            if weight(first) != weight(second) {
                continue;
            }
            let theirs = keys(&second.keys);
            for (key, span) in keys(&first.keys) {
                let Some((_, other)) = theirs.iter().find(|(other, _)| *other == key) else { continue };
                // What is not watched at a place has no limits there that could contradict each other.
                let settles = |entry: &WhereText| {
                    let off = entry.keys.off.as_ref().is_some_and(|off| off.value);
                    off || keys(&entry.keys).iter().any(|(of, _)| *of == key)
                };
                let settled = entries.iter().any(|entry| weight(entry) > weight(first) && settles(entry));
                if !settled && !lint::where_tie::is_told(findings, span, *other) {
                    findings.push(lint::where_tie::tie(&key, span, *other, &place.words()));
                }
            }
        }
    }
}

/// The keys that an entry replaces, as finely as they are replaced.
fn keys(entry: &OverrideText) -> Vec<(String, Span)> {
    let mut keys = Vec::new();
    let mut add = |key: &str, span: Option<Span>| keys.extend(span.map(|span| (key.to_owned(), span)));
    add("normal", entry.normal.as_ref().map(|range| range.span));
    add("target", entry.target.as_ref().map(|target| target.span));
    add("min_events", entry.min_events.as_ref().map(|text| text.span));
    add("off", entry.off.as_ref().map(|off| off.span));
    for (name, level) in [("warn", &entry.warn), ("hold", &entry.hold), ("rollback", &entry.rollback)] {
        let Some(level) = level else { continue };
        let [one] = level.conditions.as_slice() else {
            add(name, Some(level.span));
            continue;
        };
        let bound = one.above.as_ref().or(one.below.as_ref());
        add(name, bound.map(|text| text.span));
        add(&format!("{name}.for"), one.r#for.as_ref().map(|text| text.span));
        add(&format!("{name}.keep_firing_for"), one.keep_firing_for.as_ref().map(|text| text.span));
        add(&format!("{name}.after_warn"), one.after_warn.as_ref().map(|text| text.span));
        add(&format!("{name}.after_hold"), one.after_hold.as_ref().map(|text| text.span));
        add(&format!("{name}.judge"), one.judge.as_ref().map(|text| text.span));
    }
    keys
}

/// The texts of all limits at one place.
#[derive(Debug, Clone)]
pub struct LimitsText {
    /// As in [`OverrideText`].
    pub keys: OverrideText,
}

impl LimitsText {
    fn of(metric: &MetricText) -> Self {
        Self {
            keys: OverrideText {
                stage: None,
                normal: metric.normal.clone(),
                warn: metric.warn.clone(),
                hold: metric.hold.clone(),
                rollback: metric.rollback.clone(),
                target: metric.target.clone(),
                min_events: metric.min_events.clone(),
                off: None,
                reason: metric.reason.clone(),
                span: metric.span,
            },
        }
    }

    fn apply(&mut self, entry: &OverrideText) {
        let keys = &mut self.keys;
        replace(&mut keys.normal, &entry.normal);
        replace(&mut keys.target, &entry.target);
        replace(&mut keys.min_events, &entry.min_events);
        replace(&mut keys.off, &entry.off);
        replace::<Text>(&mut keys.reason, &entry.reason);
        merge(&mut keys.warn, &entry.warn);
        merge(&mut keys.hold, &entry.hold);
        merge(&mut keys.rollback, &entry.rollback);
    }
}

fn replace<T: Clone>(ours: &mut Option<T>, theirs: &Option<T>) {
    if theirs.is_some() {
        ours.clone_from(theirs);
    }
}

/// A level's bounds are replaced together, its durations one by one, a list wholly.
fn merge(ours: &mut Option<LevelText>, theirs: &Option<LevelText>) {
    let Some(theirs) = theirs else { return };
    let (Some(base), [new], false) = (ours.as_mut(), theirs.conditions.as_slice(), theirs.list) else {
        *ours = Some(theirs.clone());
        return;
    };
    let ([old], false) = (base.conditions.as_mut_slice(), base.list) else {
        *ours = Some(theirs.clone());
        return;
    };
    merge_condition(old, new);
    base.span = theirs.span;
}

fn merge_condition(old: &mut ConditionText, new: &ConditionText) {
    if new.above.is_some() || new.below.is_some() {
        old.above.clone_from(&new.above);
        old.below.clone_from(&new.below);
    }
    replace(&mut old.r#for, &new.r#for);
    replace(&mut old.keep_firing_for, &new.keep_firing_for);
    replace(&mut old.after_warn, &new.after_warn);
    replace(&mut old.after_hold, &new.after_hold);
    replace(&mut old.judge, &new.judge);
    old.span = new.span;
}
