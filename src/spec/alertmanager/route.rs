//! Routes as Alertmanager follows them, for the team's own file and for what is generated.

#[cfg(test)]
mod tests;

use super::matcher::{Matcher, selector};
use crate::quantity::Duration;
use crate::source::Span;

/// Labels by name; one that is not there has the empty value.
pub type Labels = [(String, String)];

/// The one word of `group_by` that stands for every label of an alert.
pub const ALL_LABELS: &str = "...";

/// A node of the tree of routes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Route {
    /// The receiver; `None` to take the parent's.
    pub receiver: Option<String>,
    /// What an alert must have; nothing takes every alert.
    pub matchers: Vec<Matcher>,
    /// Whether an alert goes on to the next sibling after this route.
    pub goes_on: bool,
    /// The labels that tell groups apart, or [`ALL_LABELS`] alone; `None` (and no label at all) to take the parent's.
    pub group_by: Option<Vec<String>>,
    /// How groups wait.
    pub waits: Waits,
    /// The names of the intervals in which it tells nobody; its children do not take them over.
    pub mute: Vec<String>,
    /// The names of the intervals outside of which it tells nobody, where there are any; children do not take them over.
    pub active: Vec<String>,
    /// The routes below.
    pub routes: Vec<Route>,
    /// Where it is written; `None` for what is generated.
    pub span: Option<Span>,
}

/// How groups wait; `None` to take the parent's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waits {
    /// `group_wait`: a first alert for others; 30 seconds where nobody says.
    pub wait: Option<Duration>,
    /// `group_interval`: a group that changed; 5 minutes where nobody says.
    pub interval: Option<Duration>,
    /// `repeat_interval`: until an unchanged group is told again; 4 hours where nobody says.
    pub repeat: Option<Duration>,
}

/// A route at which an alert ends, and what it has there.
#[derive(Debug, Clone)]
pub struct Landing<'a> {
    /// The receiver, the route's own or that of the nearest route above; empty where none has any.
    pub receiver: &'a str,
    /// The route.
    pub route: &'a Route,
    /// The routes on the way, the root first and the route itself last.
    pub way: Vec<&'a Route>,
}

impl Route {
    /// Where an alert with these labels ends, in the tree's order; nothing where the route does not take it. The
    /// children are asked in order, up to the first that takes it and does not let it go on; a route whose children do
    /// not take it keeps it. Two routes with one receiver are two landings, as they are two groups.
    #[must_use]
    pub fn resolve<'a>(&'a self, labels: &Labels) -> Vec<Landing<'a>> {
        let mut landings = Vec::new();
        self.below(labels, &mut Vec::new(), &mut landings);
        landings
    }

    /// Whether it takes the alert; with the routes above it in `way`.
    fn below<'a>(
        &'a self,
        labels: &Labels,
        way: &mut Vec<&'a Self>,
        landings: &mut Vec<Landing<'a>>,
    ) -> bool {
        if !all_match(&self.matchers, labels) {
            return false;
        }
        way.push(self);
        let before = landings.len();
        for route in &self.routes {
            if route.below(labels, way, landings) && !route.goes_on {
                break;
            }
        }
        if landings.len() == before {
            let receiver = way.iter().rev().find_map(|route| route.receiver.as_deref()).unwrap_or_default();
            landings.push(Landing { receiver, route: self, way: way.clone() });
        }
        way.pop();
        true
    }

    /// This route by itself, as if none were below it.
    #[must_use]
    pub fn without_routes(&self) -> Self {
        Self {
            receiver: self.receiver.clone(),
            matchers: self.matchers.clone(),
            goes_on: self.goes_on,
            group_by: self.group_by.clone(),
            waits: self.waits.clone(),
            mute: self.mute.clone(),
            active: self.active.clone(),
            routes: Vec::new(),
            span: self.span,
        }
    }

    /// This route and all below it.
    #[must_use]
    pub fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        self.routes.iter().for_each(|route| all.extend(route.all()));
        all
    }
}

impl Landing<'_> {
    /// The matchers of each route on the way, without the root, which has none.
    #[must_use]
    pub fn path(&self) -> Vec<String> {
        self.way.iter().skip(1).map(|route| selector(&route.matchers)).collect()
    }

    /// The labels that tell groups apart here, or [`ALL_LABELS`] alone; none where all alerts are one group.
    #[must_use]
    pub fn group_by(&self) -> Vec<String> {
        let own = |route: &&Route| route.group_by.clone().filter(|labels| !labels.is_empty());
        self.way.iter().rev().find_map(own).unwrap_or_default()
    }

    /// The labels and values of the alert's group. A label that the alert lacks is none of its group's either.
    #[must_use]
    pub fn group(&self, labels: &Labels) -> Vec<(String, String)> {
        let by = self.group_by();
        let told = |name: &String| by.iter().any(|label| label == ALL_LABELS || label == name);
        let mut group: Vec<_> = labels.iter().filter(|(name, _)| told(name)).cloned().collect();
        group.sort();
        group
    }

    /// How the group waits, every time of it known.
    #[must_use]
    pub fn waits(&self) -> [Duration; 3] {
        let default = |seconds| Duration::from_seconds(seconds).unwrap_or_else(Duration::zero);
        let of = |part: fn(&Waits) -> &Option<Duration>, or: u64| {
            self.way.iter().rev().find_map(|route| part(&route.waits).clone()).unwrap_or_else(|| default(or))
        };
        [of(|waits| &waits.wait, 30), of(|waits| &waits.interval, 300), of(|waits| &waits.repeat, 4 * 3600)]
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
