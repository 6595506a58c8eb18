//! Whole rules: gone, twice, under another name, in another order, in another unit.

use super::{AtSite, Change, Site, shown};
use crate::rules::Rule;

pub const TABLE: [(&str, AtSite); 8] = [
    ("rule lost", |site| {
        let mut rules = site.group.rules.clone();
        rules.remove(site.at);
        vec![Change { shown: "the rule".to_owned(), rules }]
    }),
    ("rule twice", |site| {
        let mut rules = site.group.rules.clone();
        rules.insert(site.at, site.rule().clone());
        vec![Change { shown: "the rule".to_owned(), rules }]
    }),
    ("rule renamed", renamed),
    ("rule after its reader", late),
    ("levels exchanged", |site| {
        exchanged(site, |one, other| {
            for label in ["level", "severity"] {
                let (mine, theirs) = (one.labels.remove(label), other.labels.remove(label));
                one.labels.extend(theirs.map(|value| (label.to_owned(), value)));
                other.labels.extend(mine.map(|value| (label.to_owned(), value)));
            }
        })
    }),
    ("names exchanged", |site| {
        exchanged(site, |one, other| std::mem::swap(&mut one.alert, &mut other.alert))
    }),
    ("recorded x100", |site| recorded(site, |expr| format!("100 * ({expr})"))),
    ("recorded /1000", |site| recorded(site, |expr| format!("({expr}) / 1000"))),
];

fn renamed(site: &Site) -> Vec<Change> {
    let mut rule = site.rule().clone();
    let old = rule.name().to_owned();
    let new = format!("{old}{}", if rule.alert.is_some() { "X" } else { "_x" });
    let name = if rule.alert.is_some() { &mut rule.alert } else { &mut rule.record };
    *name = Some(new.clone());
    vec![site.replaced(shown(&old, &new), rule)]
}

/// A recorded series behind the first rule that reads it, which then sees the one of the last evaluation.
fn late(site: &Site) -> Vec<Change> {
    let reader = site.group.rules.iter().skip(site.at + 1).position(|rule| rule.reads_what(site.rule()));
    let Some(reader) = reader else { return Vec::new() };
    let mut rules = site.group.rules.clone();
    let rule = rules.remove(site.at);
    let name = rules[site.at + reader].name().to_owned();
    rules.insert(site.at + reader + 1, rule);
    vec![Change { shown: format!("behind {name}"), rules }]
}

/// Something of this alert and of each later one in the group exchanged.
fn exchanged(site: &Site, exchange: fn(&mut Rule, &mut Rule)) -> Vec<Change> {
    if site.rule().alert.is_none() {
        return Vec::new();
    }
    let later = (site.at + 1..site.group.rules.len()).filter(|at| site.group.rules[*at].alert.is_some());
    let changes = later.map(|at| {
        let mut rules = site.group.rules.clone();
        let (head, tail) = rules.split_at_mut(at);
        exchange(&mut head[site.at], &mut tail[0]);
        Change { shown: format!("with {} ({})", site.group.rules[at].name(), at + 1), rules }
    });
    changes.collect()
}

/// The unit of a recorded series is another.
fn recorded(site: &Site, other: fn(&str) -> String) -> Vec<Change> {
    let mut rule = site.rule().clone();
    if rule.record.is_none() {
        return Vec::new();
    }
    rule.expr = other(&rule.expr);
    vec![site.replaced("the whole expression".to_owned(), rule)]
}
