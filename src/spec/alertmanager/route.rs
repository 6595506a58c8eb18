//! Routes and inhibition as Alertmanager follows them, for the team's own file and for what is generated.

use super::matcher::Matcher;
use crate::quantity::Duration;
use crate::source::Span;

/// Labels by name; one that is not there has the empty value.
pub type Labels = [(String, String)];

/// A node of the tree of routes.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// The receiver; `None` to take the parent's.
    pub receiver: Option<String>,
    /// What an alert must have; nothing takes every alert.
    pub matchers: Vec<Matcher>,
    /// Whether an alert goes on to the next sibling after this route.
    pub goes_on: bool,
    /// The labels that tell groups apart; `None` to take the parent's.
    pub group_by: Option<Vec<String>>,
    /// How groups wait; `None` to take the parent's.
    pub waits: Option<Waits>,
    /// The routes below.
    pub routes: Vec<Route>,
    /// Where it is written; `None` for what is generated.
    pub span: Option<Span>,
}

/// How groups wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waits {
    /// `group_wait`.
    pub wait: Duration,
    /// `group_interval`.
    pub interval: Duration,
    /// `repeat_interval`.
    pub repeat: Duration,
}

/// A route at which an alert ends, and the receiver that it has there.
#[derive(Debug, Clone, Copy)]
pub struct Landing<'a> {
    /// The receiver, the route's own or that of the nearest route above; empty where none has any.
    pub receiver: &'a str,
    /// The route.
    pub route: &'a Route,
}

impl Route {
    /// Where an alert with these labels ends, in the tree's order; nothing where the route does not take it. The
    /// children are asked in order, up to the first that takes it and does not let it go on; a route whose children do
    /// not take it keeps it.
    #[must_use]
    pub fn resolve<'a>(&'a self, labels: &Labels) -> Vec<Landing<'a>> {
        self.below("", labels)
    }

    fn below<'a>(&'a self, inherited: &'a str, labels: &Labels) -> Vec<Landing<'a>> {
        if !all_match(&self.matchers, labels) {
            return Vec::new();
        }
        let receiver = self.receiver.as_deref().unwrap_or(inherited);
        let mut landings = Vec::new();
        for route in &self.routes {
            let taken = route.below(receiver, labels);
            let ends = !taken.is_empty() && !route.goes_on;
            landings.extend(taken);
            if ends {
                break;
            }
        }
        if landings.is_empty() {
            landings.push(Landing { receiver, route: self });
        }
        landings
    }

    /// This route and all below it.
    #[must_use]
    pub fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        self.routes.iter().for_each(|route| all.extend(route.all()));
        all
    }
}

/// One rule of inhibition: while an alert with `source` fires, those with `target` and the same values of the labels
/// `equal` are silent.
#[derive(Debug, Clone, PartialEq)]
pub struct Inhibition {
    /// What fires.
    pub source: Vec<Matcher>,
    /// What is silenced.
    pub target: Vec<Matcher>,
    /// The labels whose values must be the same. A label that both lack counts as the same.
    pub equal: Vec<String>,
    /// Where it is written; `None` for what is generated.
    pub span: Option<Span>,
}

impl Inhibition {
    /// Whether one firing alert silences another one. An alert that is both source and target is not silenced by one
    /// that is both as well.
    #[must_use]
    pub fn silences(&self, firing: &Labels, other: &Labels) -> bool {
        let both = |labels| all_match(&self.source, labels) && all_match(&self.target, labels);
        let same = self.equal.iter().all(|label| value(firing, label) == value(other, label));
        let roles = all_match(&self.source, firing) && all_match(&self.target, other);
        roles && same && !(both(firing) && both(other))
    }
}

/// Whether labels have all that the matchers want.
#[must_use]
pub fn all_match(matchers: &[Matcher], labels: &Labels) -> bool {
    matchers.iter().all(|matcher| matcher.matches(value(labels, &matcher.label)))
}

/// A label's value; empty where it is not there.
#[must_use]
pub fn value<'a>(labels: &'a Labels, name: &str) -> &'a str {
    labels.iter().find(|(label, _)| label == name).map_or("", |(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(receiver: Option<&str>, matchers: &str, goes_on: bool, routes: Vec<Route>) -> Route {
        Route {
            receiver: receiver.map(str::to_owned),
            matchers: super::super::matcher::parse(matchers).expect("matchers"),
            goes_on,
            group_by: None,
            waits: None,
            routes,
            span: None,
        }
    }

    fn lands(tree: &Route, labels: &[(&str, &str)]) -> Vec<String> {
        let labels: Vec<_> = labels.iter().map(|(l, v)| ((*l).to_owned(), (*v).to_owned())).collect();
        tree.resolve(&labels).iter().map(|landing| landing.receiver.to_owned()).collect()
    }

    #[test]
    fn alerts_go_on_where_a_route_lets_them_and_stay_where_no_child_takes_them() {
        let tree = route(
            Some("root"),
            "",
            false,
            vec![
                route(Some("log"), "", true, Vec::new()),
                route(Some("a"), "team=a", false, vec![route(None, "level=high", false, Vec::new())]),
                route(Some("b"), "level=high", false, Vec::new()),
            ],
        );
        assert_eq!(lands(&tree, &[("team", "a"), ("level", "high")]), ["log", "a"]);
        assert_eq!(lands(&tree, &[("level", "high")]), ["log", "b"]);
        assert_eq!(lands(&tree, &[("level", "low")]), ["log"]);
        assert_eq!(lands(&route(Some("root"), "", false, Vec::new()), &[]), ["root"]);
    }

    #[test]
    fn inhibition_takes_missing_labels_for_equal_ones() {
        let rule = |equal: &[&str]| Inhibition {
            source: super::super::matcher::parse("severity=critical").expect("matchers"),
            target: super::super::matcher::parse("severity=~critical|warning").expect("matchers"),
            equal: equal.iter().map(|label| (*label).to_owned()).collect(),
            span: None,
        };
        let labels = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(l, v)| ((*l).to_owned(), (*v).to_owned())).collect::<Vec<_>>()
        };
        let critical = labels(&[("severity", "critical"), ("region", "eu")]);
        let warning = labels(&[("severity", "warning"), ("region", "us")]);
        assert!(rule(&["cluster"]).silences(&critical, &warning));
        assert!(!rule(&["region"]).silences(&critical, &warning));
        assert!(!rule(&[]).silences(&critical, &critical), "both are both");
        assert!(!rule(&[]).silences(&warning, &critical));
    }
}
