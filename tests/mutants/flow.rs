//! What can have a value at all when a test feeds only some series. A group in which nothing can have one is the same with
//! and without a change, and need not be evaluated: most tests feed one metric of many.

use crate::rules::{Group, Rule};
use relspec::promql::{self, BinaryOp, Call, Expr, Kind};
use std::collections::BTreeSet;

/// What an expression needs before it can have a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// A value of this series.
    Series(String),
    /// Every one of these; of none, nothing.
    All(Vec<Need>),
    /// One of these.
    Any(Vec<Need>),
}

/// The series that each rule of a group makes, and what it needs.
pub type Needs = Vec<(String, Need)>;

/// An alert makes a series of this name.
const ALERTS: &str = "ALERTS";

/// What the rules of a group need.
pub fn needs(group: &Group) -> Needs {
    group
        .rules
        .iter()
        .map(|rule| (rule.record.clone().unwrap_or_else(|| ALERTS.to_owned()), of(rule)))
        .collect()
}

/// The groups in which a rule can have a value when these series are fed; an empty name is any series.
pub fn active(groups: &[&Needs], feeds: &BTreeSet<String>) -> BTreeSet<usize> {
    if feeds.contains("") {
        return (0..groups.len()).collect();
    }
    let mut names: BTreeSet<&str> = feeds.iter().map(String::as_str).collect();
    let mut active = BTreeSet::new();
    loop {
        let before = (names.len(), active.len());
        for (at, needs) in groups.iter().enumerate() {
            for (series, _) in needs.iter().filter(|(_, need)| need.is_met(&names)).collect::<Vec<_>>() {
                names.insert(series);
                active.insert(at);
            }
        }
        if before == (names.len(), active.len()) {
            return active;
        }
    }
}

impl Need {
    const NOTHING: Self = Self::All(Vec::new());

    fn is_met(&self, names: &BTreeSet<&str>) -> bool {
        match self {
            Self::Series(name) => names.contains(name.as_str()),
            Self::All(needs) => needs.iter().all(|need| need.is_met(names)),
            Self::Any(needs) => needs.iter().any(|need| need.is_met(names)),
        }
    }
}

/// What is no expression any more is for promtool to refuse, whatever is fed.
fn of(rule: &Rule) -> Need {
    promql::parse_generated(&rule.expr).map_or(Need::NOTHING, |expr| need(&expr))
}

fn need(expr: &Expr) -> Need {
    match &expr.kind {
        Kind::Number(_) | Kind::Text(_) => Need::NOTHING,
        Kind::Selector(selector) => match selector.metric() {
            // The times at which alerts began stand beside the alerts.
            Some(name) if name.starts_with(ALERTS) => Need::Series(ALERTS.to_owned()),
            Some(name) => Need::Series(name.to_owned()),
            None => Need::NOTHING,
        },
        Kind::Subquery(subquery) => need(&subquery.expr),
        Kind::Paren(inner) => need(inner),
        Kind::Unary(unary) => need(&unary.expr),
        Kind::Aggregation(aggregation) => need(&aggregation.expr),
        Kind::Binary(binary) => {
            let (left, right) = (need(&binary.left), need(&binary.right));
            match binary.op {
                BinaryOp::Unless => left,
                BinaryOp::Or => Need::Any(vec![left, right]),
                _ if binary.fills.is_empty() => Need::All(vec![left, right]),
                _ => Need::Any(vec![left, right]),
            }
        }
        Kind::Call(call) => of_call(call),
    }
}

fn of_call(call: &Call) -> Need {
    match call.name.as_str() {
        "absent" | "absent_over_time" | "scalar" => Need::NOTHING,
        _ => Need::All(call.args.iter().map(need).collect()),
    }
}

#[test]
fn a_group_without_a_fed_source_is_left_out() {
    let groups =
        ["up > 1", "absent(x)", "(a and b) or on () c", "a unless c", "sum(d) * scalar(e)", "vector(1)"];
    let needs: Vec<Needs> = groups.iter().map(|text| vec![("s".to_owned(), need(&parsed(text)))]).collect();
    let needs: Vec<&Needs> = needs.iter().collect();
    let fed = |names: &[&str]| -> Vec<usize> {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        active(&needs, &names).into_iter().collect()
    };
    assert_eq!(fed(&[]), [1, 5]);
    assert_eq!(fed(&["a"]), [1, 3, 5]);
    assert_eq!(fed(&["c", "d"]), [1, 2, 4, 5]);
    assert_eq!(fed(&["a", "b"]), [1, 2, 3, 5]);
    assert_eq!(fed(&[""]).len(), 6);
}

#[test]
fn what_a_group_records_reaches_those_that_read_it() {
    let alert = vec![(ALERTS.to_owned(), need(&parsed("r > 1")))];
    let record = vec![("r".to_owned(), need(&parsed("sum(rate(a[5m]))")))];
    let verdict = vec![("v".to_owned(), need(&parsed("count(ALERTS{level=\"hold\"})")))];
    let groups = [&verdict, &alert, &record];
    assert_eq!(active(&groups, &BTreeSet::from(["a".to_owned()])).len(), 3);
    assert_eq!(active(&groups, &BTreeSet::from(["b".to_owned()])).len(), 0);
}

#[cfg(test)]
fn parsed(text: &str) -> Expr {
    promql::parse(text).expect("an expression")
}
